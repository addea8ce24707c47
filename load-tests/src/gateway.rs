//! A gateway of our own: built, given an empty data folder and free ports, started, waited for, and ended by its id.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval};

use crate::{Failure, say};

const START: Duration = Duration::from_secs(30);
const FACILITY: &str = "load";

pub(crate) struct Gateway {
    child: Child,
    pub(crate) place: Place,
    pub(crate) version: String,
    // Removed with everything in it when the gateway is gone.
    _folder: tempfile::TempDir,
}

/// Where the gateway is, and how to trust it.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) address: SocketAddr,
    pub(crate) origin: String,
    pub(crate) trust: Arc<rustls::ClientConfig>,
}

/// Somebody who works there.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) login: String,
    pub(crate) role: &'static str,
}

pub(crate) const PASSWORD: &str = "a-password-for-load-tests";

impl Gateway {
    /// Builds and starts the gateway with these people in it.
    pub(crate) async fn start(staff: &[Account]) -> Result<Self, Failure> {
        let program = build().await?;
        let folder = tempfile::tempdir()?;
        let (address, health) = (free_address(), free_address());
        let settings = settings(folder.path(), address, health);
        let house = House { program: &program, settings: &settings };
        house.run(&["facility", "add", FACILITY, "--name", "Load", "--time-zone", "UTC", "--phone", "555-0100"], "").await?;
        for account in staff {
            let Account { login, role } = account;
            let add = ["staff", "add", "--login", login, "--name", login, "--role", role, "--facility", FACILITY];
            house.run(&add, PASSWORD).await?;
        }
        let version = house.run(&["--version"], "").await?.trim().to_owned();
        let log = std::fs::File::create(folder.path().join("log"))?;
        let child =
            house.command(&["serve"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true).spawn()?;
        let mut starting = Starting { child, folder };
        starting.wait(health).await?;
        let Starting { child, folder } = starting;
        let trust = trust(&folder.path().join("data/tls/certificate.pem"))?;
        Ok(Self { child, place: Place { address, origin: origin(address), trust }, version, _folder: folder })
    }

    pub(crate) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    pub(crate) async fn stop(mut self) -> Result<(), Failure> {
        Ok(self.child.kill().await?)
    }
}

/// A child that has not said that it is ready.
struct Starting {
    child: Child,
    folder: tempfile::TempDir,
}

impl Starting {
    async fn wait(&mut self, health: SocketAddr) -> Result<(), Failure> {
        let began = Instant::now();
        let mut tick = interval(Duration::from_millis(50));
        loop {
            tick.tick().await;
            if crate::http::plain_status(health, "/readyz").await == Some(200) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the gateway ended at once ({status}): {}", self.log()).into());
            }
            if began.elapsed() > START {
                return Err(format!("the gateway is not ready after {} s: {}", START.as_secs(), self.log()).into());
            }
        }
    }

    /// Its last words.
    fn log(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        text.lines().rev().take(3).collect::<Vec<_>>().join(" | ")
    }
}

/// The gateway's program, with an operator at its shell.
struct House<'a> {
    program: &'a Path,
    settings: &'a [(&'static str, String)],
}

impl House<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.program);
        command.args(arguments).envs(self.settings.iter().cloned()).env("RUST_LOG", "warn");
        command
    }

    async fn run(&self, arguments: &[&str], input: &str) -> Result<String, Failure> {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that asks nothing may be gone already; what it says is what counts.
            let _ = stdin.write_all(format!("{input}\n").as_bytes()).await;
        }
        let output = child.wait_with_output().await?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("housecall {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim()).into())
    }
}

/// Builds the gateway in this program's own profile; comes back at once when it is fresh.
async fn build() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe()?;
    let folder = here.parent().ok_or("this program stands in no folder")?;
    say("building the gateway");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--quiet", "--package", "housecall", "--bin", "housecall"]);
    if folder.ends_with("release") {
        command.arg("--release");
    }
    if let Some(target) = folder.parent() {
        command.arg("--target-dir").arg(target);
    }
    let built = command.status().await.map_err(|error| format!("cannot run cargo: {error}"))?;
    if built.success() { Ok(folder.join("housecall")) } else { Err("the gateway does not build".into()) }
}

fn settings(folder: &Path, address: SocketAddr, health: SocketAddr) -> Vec<(&'static str, String)> {
    vec![
        ("HOUSECALL_DATA", folder.join("data").display().to_string()),
        ("HOUSECALL_LISTEN", address.to_string()),
        ("HOUSECALL_HEALTH_LISTEN", health.to_string()),
        ("HOUSECALL_PUBLIC_URL", origin(address)),
        ("HOUSECALL_DEMO", "false".to_owned()),
        ("HOUSECALL_RELAY__LISTEN", free_address().to_string()),
        ("HOUSECALL_RELAY__TLS_LISTEN", free_address().to_string()),
    ]
}

fn origin(address: SocketAddr) -> String {
    format!("https://localhost:{}", address.port())
}

/// A number that is free for UDP and TCP now.
fn free_address() -> SocketAddr {
    loop {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
        let address = tcp.local_addr().expect("a bound socket has an address");
        if UdpSocket::bind(address).is_ok() {
            return address;
        }
    }
}

/// Trusts the certificate that the gateway made for itself, and nothing else.
fn trust(certificate: &Path) -> Result<Arc<rustls::ClientConfig>, Failure> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(Arc::new(client.with_root_certificates(roots).with_no_client_auth()))
}
