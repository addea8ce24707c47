//! Gateways as children: started, waited for, hurt, and ended by their ids.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::redis_server::{Redis, signal_to};

pub const ORIGIN: &str = "https://localhost:8443";
const START: Duration = Duration::from_secs(60);

pub struct Node {
    pub name: &'static str,
    pub address: SocketAddr,
    health: SocketAddr,
    settings: Vec<(&'static str, String)>,
    child: Option<Child>,
    folder: PathBuf,
    pub trust: Arc<rustls::ClientConfig>,
}

/// What the gateways of one clinic have in common.
pub struct House {
    pub folder: tempfile::TempDir,
    pub database: Option<String>,
    pub redis: Option<String>,
}

impl House {
    pub fn new(database: Option<String>, redis: Option<&Redis>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("cluster.key"), "of forty-three letters or more, as the gateway asks")
            .expect("written");
        Self { folder, database, redis: redis.map(Redis::url) }
    }

    pub async fn node(&self, name: &'static str) -> Node {
        self.node_in(name, &self.folder.path().join(name)).await
    }

    /// With its data in this folder.
    pub async fn node_in(&self, name: &'static str, folder: &Path) -> Node {
        std::fs::create_dir_all(folder).expect("a folder");
        let (address, health) = (free_address(), free_address());
        let mut settings = vec![
            ("HOUSECALL_DATA", folder.display().to_string()),
            ("HOUSECALL_LISTEN", address.to_string()),
            ("HOUSECALL_HEALTH_LISTEN", health.to_string()),
            ("HOUSECALL_PUBLIC_URL", ORIGIN.to_owned()),
            ("HOUSECALL_RELAY__EMBEDDED", "false".to_owned()),
            ("HOUSECALL_MEDIA__LISTEN", "127.0.0.1:0".to_owned()),
            ("HOUSECALL_NODE__NAME", name.to_owned()),
            ("RUST_LOG", "warn".to_owned()),
        ];
        settings.extend(self.database.clone().map(|url| ("HOUSECALL_DATABASE", url)));
        if let Some(redis) = &self.redis {
            settings.push(("HOUSECALL_BUS__REDIS", redis.clone()));
            settings.push(("HOUSECALL_BUS__KEY", self.folder.path().join("cluster.key").display().to_string()));
        }
        let log = self.folder.path().join(format!("{name}.log"));
        let child = Some(spawn(&settings, &log));
        let trust = Arc::new(nobody());
        let mut node = Node { name, address, health, settings, child, folder: folder.to_owned(), trust };
        node.ready(&log).await;
        node.trust = Arc::new(trust_in(&folder.join("tls/certificate.pem")));
        node
    }

    pub async fn start_again(&self, node: &mut Node) {
        let log = self.folder.path().join(format!("{}.log", node.name));
        node.child = Some(spawn(&node.settings, &log));
        node.ready(&log).await;
    }

    pub fn log_of(&self, node: &Node) -> String {
        std::fs::read_to_string(self.folder.path().join(format!("{}.log", node.name))).unwrap_or_default()
    }
}

impl Node {
    pub fn process(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    pub fn signal(&self, signal: &str) {
        signal_to(self.process(), signal);
    }

    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("killed");
        child.wait().expect("ended");
    }

    /// SIGTERM; gives how long it took to end.
    pub async fn stop(&mut self) -> Duration {
        self.signal("TERM");
        let child = self.child.as_mut().expect("it runs");
        let took =
            crate::until("a gateway stops", Duration::from_secs(40), async || child.try_wait().expect("asked").is_some()).await;
        self.child = None;
        took
    }

    pub async fn is_ready(&self) -> bool {
        get(self.health, "/readyz").await.is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }

    /// A gauge or counter without labels; 0 where nothing was counted.
    pub async fn metric(&self, name: &str) -> f64 {
        let text = get(self.health, "/metrics").await.unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.trim().parse().expect("a number"))
    }

    async fn ready(&mut self, log: &Path) {
        let began = std::time::Instant::now();
        let mut tick = tokio::time::interval(Duration::from_millis(30));
        while !self.is_ready().await {
            let ended = self.child.as_mut().expect("started").try_wait().expect("asked");
            let words = || std::fs::read_to_string(log).unwrap_or_default();
            assert!(ended.is_none() && began.elapsed() < START, "{} does not start: {}", self.name, words());
            tick.tick().await;
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn spawn(settings: &[(&'static str, String)], log: &Path) -> Child {
    let log = File::options().create(true).append(true).open(log).expect("a log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_housecall"));
    command.arg("serve").envs(settings.iter().cloned()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    command.spawn().expect("the gateway starts")
}

fn free_address() -> SocketAddr {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
    socket.local_addr().expect("bound")
}

async fn get(address: SocketAddr, path: &str) -> Option<String> {
    let asked = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        Some(answer)
    };
    timeout(Duration::from_secs(3), asked).await.ok()?
}

fn client(roots: rustls::RootCertStore) -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    client.with_root_certificates(roots).with_no_client_auth()
}

fn nobody() -> rustls::ClientConfig {
    client(rustls::RootCertStore::empty())
}

fn trust_in(certificate: &Path) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate).expect("the gateway's certificate")).expect("a certificate");
    client(roots)
}
