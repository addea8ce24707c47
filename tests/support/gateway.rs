//! The built gateway as a process of its own: started, waited for, hurt, started again, and ended by its id.

use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::redis_server::signal_to;
use crate::watch::Watch;

pub const ORIGIN: &str = "https://localhost:8443";

/// Where a gateway listens, and on what it stands: the same over all its lives.
pub struct Gateway {
    pub name: String,
    pub address: SocketAddr,
    pub behind_proxies: SocketAddr,
    pub health: SocketAddr,
    folder: PathBuf,
    settings: Vec<(&'static str, String)>,
    life: Mutex<Option<Child>>,
}

impl Gateway {
    /// Not started yet.
    pub fn new(name: &str, folder: PathBuf, more: Vec<(&'static str, String)>) -> Self {
        let ip = own_address();
        let [https, proxies, health] = ports(ip).map(|port| SocketAddr::new(ip, port));
        let mut settings = vec![
            ("HOUSECALL_DATA", folder.display().to_string()),
            ("HOUSECALL_LISTEN", https.to_string()),
            ("HOUSECALL_PROXY__LISTEN", proxies.to_string()),
            ("HOUSECALL_HEALTH_LISTEN", health.to_string()),
            ("HOUSECALL_PUBLIC_URL", ORIGIN.to_owned()),
            ("HOUSECALL_RELAY__EMBEDDED", "false".to_owned()),
            ("HOUSECALL_MEDIA__LISTEN", format!("{ip}:0")),
            ("HOUSECALL_NODE__NAME", name.to_owned()),
            ("RUST_LOG", "warn".to_owned()),
        ];
        settings.extend(more);
        let life = Mutex::new(None);
        Self { name: name.to_owned(), address: https, behind_proxies: proxies, health, folder, settings, life }
    }

    /// `crash` is where it is to die by itself, as `point:n`.
    pub fn start(&self, crash: Option<&str>) {
        std::fs::create_dir_all(&self.folder).expect("a folder");
        let log = File::options().create(true).append(true).open(self.log()).expect("a log");
        let mut command = self.program();
        command.arg("serve").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        command.envs(crash.map(|crash| ("CRASH_AT", crash)));
        let child = command.spawn().expect("the gateway starts");
        let before = self.life().replace(child);
        assert!(before.is_none(), "it had ended");
    }

    /// What an operator types beside it.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_housecall"));
        command.envs(self.settings.iter().cloned());
        command
    }

    /// Waits until it is ready; false when it died before.
    pub async fn comes_up(&self) -> bool {
        let (began, mut tick) = (Watch::start(), tokio::time::interval(Duration::from_millis(20)));
        while !self.is_ready().await {
            if self.has_ended() {
                return false;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{} is not ready: {}", self.name, self.said());
            tick.tick().await;
        }
        true
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

    /// As somebody on this machine behind a proxy that ended TLS: status and body. `None` when no answer came.
    pub async fn answers(&self, method: &str, path: &str, cookie: &str, body: &str) -> Option<(u16, String)> {
        let request = request(method, path, cookie, "X-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n", body);
        let answer = ask(self.behind_proxies, &request, Duration::from_secs(30)).await?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
    }

    pub fn process(&self) -> u32 {
        self.life().as_ref().expect("it runs").id()
    }

    pub fn signal(&self, signal: &str) {
        signal_to(self.process(), signal);
    }

    /// As a machine dies.
    pub fn kill(&self) {
        if let Some(child) = self.life().as_mut() {
            let _ = child.kill();
        }
    }

    /// Waits until it is dead; the signal it died of.
    pub async fn death(&self) -> Option<i32> {
        let (began, mut tick) = (Watch::start(), tokio::time::interval(Duration::from_millis(5)));
        while !self.has_ended() {
            assert!(began.elapsed() < Duration::from_secs(60), "{} does not end: {}", self.name, self.said());
            tick.tick().await;
        }
        let ended = self.life().take().expect("started").wait().expect("ours");
        ended.signal()
    }

    /// What it has logged in all its lives.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Trusts the certificate that it made for itself, and no other.
    pub fn trust(&self) -> Arc<rustls::ClientConfig> {
        let certificate = CertificateDer::from_pem_file(self.folder.join("tls/certificate.pem")).expect("a certificate");
        trust_in(certificate)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn log(&self) -> PathBuf {
        self.folder.join("gateway.log")
    }

    fn has_ended(&self) -> bool {
        self.life().as_mut().is_none_or(|child| child.try_wait().expect("ours").is_some())
    }

    fn life(&self) -> MutexGuard<'_, Option<Child>> {
        self.life.lock().expect("no panic while held")
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.kill();
        if let Some(mut child) = self.life().take() {
            let _ = child.wait();
        }
    }
}

pub fn trust_in(certificate: CertificateDer<'static>) -> Arc<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    Arc::new(client.with_root_certificates(roots).with_no_client_auth())
}

/// A loopback address that no other test program asks for, so that its ports stay free between two lives.
fn own_address() -> IpAddr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let [low, high, ..] = std::process::id().to_le_bytes();
    Ipv4Addr::new(127, 64 + high % 64, low, NEXT.fetch_add(1, Ordering::Relaxed)).into()
}

/// The same on every address of this program, as on the machines of one clinic.
fn ports(ip: IpAddr) -> [u16; 3] {
    static PORTS: OnceLock<[u16; 3]> = OnceLock::new();
    *PORTS.get_or_init(|| {
        let free = [(); 3].map(|()| TcpListener::bind((ip, 0)).expect("a free port"));
        free.map(|socket| socket.local_addr().expect("bound").port())
    })
}

/// What a page sends, as it stands on the line; `more` are header lines with their ends.
pub fn request(method: &str, path: &str, cookie: &str, more: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost:8443\r\nOrigin: {ORIGIN}\r\nCookie: {cookie}\r\n{more}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn get(address: SocketAddr, path: &str) -> Option<String> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    ask(address, &request, Duration::from_secs(3)).await
}

async fn ask(address: SocketAddr, request: &str, limit: Duration) -> Option<String> {
    let asked = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        Some(answer)
    };
    timeout(limit, asked).await.ok()?
}
