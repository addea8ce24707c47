//! A Redis of the test's own, on a free port, that can be hurt. Gone when it is dropped.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Redis {
    port: u16,
    child: Child,
    folder: tempfile::TempDir,
}

impl Redis {
    pub fn start() -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let child = spawn(port, &folder);
        Self { port, child, folder }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// As a machine dies.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    pub fn start_again(&mut self) {
        self.child = spawn(self.port, &self.folder);
    }

    /// `STOP`, `CONT`.
    pub fn signal(&self, signal: &str) {
        signal_to(self.child.id(), signal);
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// After `STOP` the process does nothing any more.
pub fn signal_to(process: u32, signal: &str) {
    let sent = Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status();
    assert!(sent.expect("kill runs").success(), "SIG{signal}");
    let deadline = Instant::now() + Duration::from_secs(20);
    while signal == "STOP" && !stands_still(process) {
        assert!(Instant::now() < deadline, "it goes on");
        std::thread::yield_now();
    }
}

/// Each of its threads is in state `T`, which stands behind the name in parentheses.
fn stands_still(process: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
    let stat = |thread: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(thread.ok()?.path().join("stat")).ok();
    threads.filter_map(stat).all(|stat| stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T')))
}

fn spawn(port: u16, folder: &tempfile::TempDir) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
    command.arg("--dir").arg(folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
    let child = command.spawn().expect("redis-server is installed");
    let deadline = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(Instant::now() < deadline, "Redis does not answer");
        std::thread::yield_now();
    }
    child
}
