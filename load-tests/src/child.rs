//! A server as a child of this program: on its own core, its words in a file, ready when somebody answers, ended by its id.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout};

use crate::Failure;

const START: Duration = Duration::from_secs(30);
const STOP: Duration = Duration::from_secs(40);

pub(crate) struct Server {
    child: Child,
    pub(crate) process: u32,
    log: PathBuf,
}

/// Somebody else's program that is not on this machine: what needs it cannot be measured here.
#[derive(Debug, thiserror::Error)]
#[error("not installed: {0}")]
pub(crate) struct NotInstalled(pub(crate) String);

/// The program of this name, where a shell would find it.
pub(crate) fn installed(name: &str) -> Result<PathBuf, NotInstalled> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file());
    found.ok_or_else(|| NotInstalled(format!("there is no {name}")))
}

/// A command that runs on the server's core.
pub(crate) fn command(core: Option<usize>, program: impl AsRef<OsStr>) -> Command {
    let Some(core) = core else { return Command::new(program) };
    // It becomes the program, so that the child's id is the server's.
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string()]).arg(program);
    command
}

impl Server {
    /// Starts it; its folder outlives it.
    pub(crate) fn start(mut command: Command, folder: &Path) -> Result<Self, Failure> {
        let log = folder.join("log");
        let (out, err) = (std::fs::File::create(&log)?, std::fs::File::options().append(true).open(&log)?);
        let child = command.stdin(Stdio::null()).stdout(out).stderr(err).kill_on_drop(true).spawn();
        let child = child.map_err(|error| format!("cannot start {:?}: {error}", command.as_std().get_program()))?;
        let process = child.id().ok_or("the server ended at once")?;
        Ok(Self { child, process, log })
    }

    /// Waits until `is_ready` says so.
    pub(crate) async fn ready(&mut self, is_ready: impl AsyncFn() -> bool) -> Result<(), Failure> {
        let began = Instant::now();
        let mut tick = interval(Duration::from_millis(25));
        loop {
            tick.tick().await;
            if is_ready().await {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("it ended at once ({status}): {}", self.last_words()).into());
            }
            if began.elapsed() > START {
                return Err(format!("it is not ready after {} s: {}", START.as_secs(), self.last_words()).into());
            }
        }
    }

    pub(crate) async fn listens(&mut self, address: SocketAddr) -> Result<(), Failure> {
        self.ready(async || TcpStream::connect(address).await.is_ok()).await
    }

    /// Asks it to stop and waits.
    pub(crate) async fn stop(&mut self) -> Result<(), Failure> {
        Command::new("kill").args(["-TERM", &self.process.to_string()]).status().await?;
        match timeout(STOP, self.child.wait()).await {
            Ok(status) => status.map(|_| ())?,
            Err(_) => self.child.kill().await?,
        }
        Ok(())
    }

    pub(crate) fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        text.lines().rev().take(3).collect::<Vec<_>>().join(" | ")
    }
}

/// A number that is free for UDP and TCP now.
pub(crate) fn free_address() -> SocketAddr {
    loop {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
        let address = tcp.local_addr().expect("a bound socket has an address");
        if UdpSocket::bind(address).is_ok() {
            return address;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_name_or_its_path() {
        let program = installed("sh").expect("a shell");
        assert_eq!(installed(&program.display().to_string()).expect("the same"), program);
        assert_eq!(installed("no-such-program").expect_err("none").to_string(), "not installed: there is no no-such-program");
    }
}
