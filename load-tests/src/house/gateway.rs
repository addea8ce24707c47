//! A gateway of our own: an empty data folder, free ports, a clinic's staff; started, waited for, and ended by its id.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;

use super::By;
use crate::Failure;
use crate::child::{self, Server, free_address};
use crate::machine::Machine;
use crate::wire::Way;

const FACILITY: &str = "load";
pub(crate) const PASSWORD: &str = "a-password-for-load-tests";

pub(crate) struct Gateway {
    server: Server,
    program: PathBuf,
    core: Option<usize>,
    settings: Settings,
    trust: Arc<rustls::ClientConfig>,
    pub(crate) version: String,
    // Removed with everything in it when the gateway is gone.
    folder: tempfile::TempDir,
}

/// Where people find the gateway.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) way: Way,
    pub(crate) origin: String,
}

impl Place {
    pub(crate) fn host(&self) -> &str {
        self.origin.trim_start_matches("https://")
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.way.trust.is_some() { "wss" } else { "ws" }
    }
}

/// Somebody who works there.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) login: String,
    pub(crate) role: &'static str,
}

impl Gateway {
    /// Starts the program that was built beside this one, with these people in it.
    pub(crate) async fn start(machine: &Machine, staff: &[Account]) -> Result<Self, Failure> {
        Self::start_with(machine, &[], staff).await
    }

    /// With these settings besides its own; without staff it is another node of a clinic that has them.
    pub(crate) async fn start_with(machine: &Machine, besides: &[Setting], staff: &[Account]) -> Result<Self, Failure> {
        let (program, core, folder) = (program()?, machine.server_core(), tempfile::tempdir()?);
        let settings = Settings::new(folder.path(), besides);
        let shell = Shell { program: &program, settings: &settings };
        if !staff.is_empty() {
            shell.hire(staff).await?;
        }
        let version = shell.run(&["--version"], "").await?.trim().to_owned();
        let server = serve(core, &program, &settings, folder.path()).await?;
        let trust = trust(&folder.path().join("data/tls/certificate.pem"))?;
        Ok(Self { server, program, core, settings, trust, version, folder })
    }

    /// Stops it as an operator would, and starts it again on the same data.
    pub(crate) async fn restart(&mut self) -> Result<(), Failure> {
        self.stop().await?;
        self.go_on().await
    }

    /// Asks it to stop, and waits until it is gone.
    pub(crate) async fn stop(&mut self) -> Result<(), Failure> {
        self.server.stop().await
    }

    /// After `stop`.
    pub(crate) async fn go_on(&mut self) -> Result<(), Failure> {
        self.server = serve(self.core, &self.program, &self.settings, self.folder.path()).await?;
        Ok(())
    }

    pub(crate) fn process(&self) -> u32 {
        self.server.process
    }

    pub(crate) fn place(&self, by: By) -> Place {
        let (address, trust) = match by {
            By::Tls => (self.settings.https, Some(Arc::clone(&self.trust))),
            By::Plain => (self.settings.plain, None),
        };
        Place { way: Way { address, trust }, origin: self.settings.public_url().to_owned() }
    }

    /// The certificate and key it made for itself: others on this machine may show the same.
    pub(crate) fn identity(&self) -> (PathBuf, PathBuf) {
        let tls = self.folder.path().join("data/tls");
        (tls.join("certificate.pem"), tls.join("key.pem"))
    }

    /// The file of its database.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("data/housecall.db")
    }

    /// A gauge or counter of `/metrics`.
    pub(crate) async fn metric(&self, name: &str) -> Option<f64> {
        let answer = plain(self.settings.health, "/metrics").await?;
        answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.trim().parse().ok())
    }
}

async fn serve(core: Option<usize>, program: &Path, settings: &Settings, folder: &Path) -> Result<Server, Failure> {
    let mut command = child::command(core, program);
    command.arg("serve").envs(settings.all.iter().cloned()).env("RUST_LOG", "warn");
    let mut server = Server::start(command, folder)?;
    server.ready(async || plain(settings.health, "/readyz").await.is_some_and(|answer| answer.contains(" 200 "))).await?;
    Ok(server)
}

/// By the name that the environment has for it.
pub(crate) type Setting = (&'static str, String);

pub(crate) const PUBLIC_URL: &str = "HOUSECALL_PUBLIC_URL";

struct Settings {
    https: SocketAddr,
    plain: SocketAddr,
    health: SocketAddr,
    /// The last of a name counts.
    all: Vec<Setting>,
}

impl Settings {
    fn new(folder: &Path, besides: &[Setting]) -> Self {
        let (https, plain, health) = (free_address(), free_address(), free_address());
        let mut all = vec![
            ("HOUSECALL_DATA", folder.join("data").display().to_string()),
            ("HOUSECALL_LISTEN", https.to_string()),
            ("HOUSECALL_PROXY__LISTEN", plain.to_string()),
            ("HOUSECALL_HEALTH_LISTEN", health.to_string()),
            (PUBLIC_URL, format!("https://localhost:{}", https.port())),
            ("HOUSECALL_DEMO", "false".to_owned()),
            ("HOUSECALL_MEDIA__LISTEN", "127.0.0.1:0".to_owned()),
            ("HOUSECALL_MEDIA__SESSIONS", "1000".to_owned()),
            ("HOUSECALL_RELAY__LISTEN", free_address().to_string()),
            ("HOUSECALL_RELAY__TLS_LISTEN", free_address().to_string()),
        ];
        all.extend_from_slice(besides);
        Self { https, plain, health, all }
    }

    fn public_url(&self) -> &str {
        self.all.iter().rev().find(|(name, _)| *name == PUBLIC_URL).map_or("", |(_, url)| url)
    }
}

/// An operator at the gateway's shell.
struct Shell<'a> {
    program: &'a Path,
    settings: &'a Settings,
}

impl Shell<'_> {
    /// A facility with these people.
    async fn hire(&self, staff: &[Account]) -> Result<(), Failure> {
        let facility = ["facility", "add", FACILITY, "--name", "Load", "--time-zone", "UTC", "--phone", "555-0100"];
        self.run(&facility, "").await?;
        for Account { login, role } in staff {
            let add = ["staff", "add", "--login", login, "--name", login, "--role", role, "--facility", FACILITY];
            self.run(&add, PASSWORD).await?;
        }
        Ok(())
    }

    async fn run(&self, arguments: &[&str], input: &str) -> Result<String, Failure> {
        let mut command = Command::new(self.program);
        command.args(arguments).envs(self.settings.all.iter().cloned()).env("RUST_LOG", "warn");
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

fn program() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe()?;
    // Tests of this crate stand one folder deeper.
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join("housecall")).find(|program| program.is_file());
    found
        .ok_or_else(|| "there is no gateway beside this program: build both with `cargo build -p housecall -p load-tests`".into())
}

/// Trusts the certificate that the gateway made for itself, and nothing else.
fn trust(certificate: &Path) -> Result<Arc<rustls::ClientConfig>, Failure> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(Arc::new(client.with_root_certificates(roots).with_no_client_auth()))
}

/// The whole answer to a plain HTTP request; `None` while nobody answers.
async fn plain(address: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    Some(answer)
}
