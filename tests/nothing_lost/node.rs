//! The built gateway as a process of its own, on the clinic's database, ready to be killed.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard};

use crate::support::Clinic;

/// Where a gateway listens, and on what it stands. The same over all its lives.
pub struct Node {
    pub address: SocketAddr,
    health: SocketAddr,
    name: String,
    data: PathBuf,
    database: Option<String>,
}

/// One life of it. Whatever becomes of the test, it ends with it.
pub struct Life {
    process: Mutex<Child>,
    said: Mutex<Option<BufReader<ChildStdout>>>,
}

impl Node {
    /// Over the clinic's database and data folder.
    pub fn of(clinic: &Clinic) -> Self {
        static NEXT: AtomicU8 = AtomicU8::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // An address that no other program asks for, so that its ports stay free between two lives.
        let [pid, ..] = std::process::id().to_le_bytes();
        let host = Ipv4Addr::new(127, 77, pid, number);
        let free = || TcpListener::bind((host, 0)).and_then(|socket| socket.local_addr()).expect("a free port");
        let database = clinic.context.config.database.as_ref().map(|url| url.reveal().to_owned());
        Self { address: free(), health: free(), name: format!("node-{number}"), data: clinic.folder().to_owned(), database }
    }

    /// Starts; `crash` is where it is to die by itself, as `point:n`.
    pub fn start(&self, crash: Option<&str>) -> Life {
        let mut command = Command::new(env!("CARGO_BIN_EXE_housecall"));
        command
            .arg("serve")
            .env("HOUSECALL_DATA", &self.data)
            .env("HOUSECALL_NODE__NAME", &self.name)
            .env("HOUSECALL_LISTEN", self.address.to_string())
            .env("HOUSECALL_HEALTH_LISTEN", self.health.to_string())
            .env("HOUSECALL_RELAY__EMBEDDED", "false")
            .env("HOUSECALL_MEDIA__LISTEN", "127.0.0.1:0")
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command.envs(self.database.iter().map(|url| ("HOUSECALL_DATABASE", url)));
        command.envs(crash.iter().map(|crash| ("CRASH_AT", crash)));
        let mut process = command.spawn().expect("the gateway starts");
        let said = process.stdout.take().map(BufReader::new);
        Life { process: Mutex::new(process), said: Mutex::new(said) }
    }
}

impl Life {
    /// Waits until it is ready; false when it died before.
    pub async fn is_ready(&self) -> bool {
        let mut said = self.said().take().expect("nobody else reads");
        let (said, line) = blocking(move || {
            let mut line = String::new();
            let _ = said.read_line(&mut line);
            (said, line)
        })
        .await;
        *self.said() = Some(said);
        line.contains("ready")
    }

    pub fn kill(&self) {
        let _ = self.process.lock().expect("no panic while held").kill();
    }

    /// Waits until it is dead: its output ends then. Answers the signal it died of.
    pub async fn death(&self) -> Option<i32> {
        let said = self.said().take();
        if let Some(mut said) = said {
            blocking(move || said.read_to_end(&mut Vec::new())).await.expect("read to its end");
        }
        self.process.lock().expect("no panic while held").wait().expect("ours").signal()
    }

    fn said(&self) -> MutexGuard<'_, Option<BufReader<ChildStdout>>> {
        self.said.lock().expect("no panic while held")
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.kill();
        let _ = self.process.lock().expect("no panic while held").wait();
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("no panic")
}
