//! Debian's coturn takes our configuration and our credentials. (It is too old to be run for real; see `turn_config::coturn`.)

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::time::{interval, timeout};
use turn_config::coturn::Coturn;
use turn_config::credentials::{CALL_LIFE, RelaySecret};

use crate::house::{START_MS, holder};
use crate::turn_client::{PATIENCE, Refused, TurnClient};

const TURNSERVER: &str = "/usr/bin/turnserver";

/// Ends its own child and nothing else.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn our_credentials_allocate_on_debians_coturn() {
    assert!(Path::new(TURNSERVER).exists(), "install Debian's coturn: apt-get install coturn");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let secret = RelaySecret::random();
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
    let _running = start(folder.path(), &secret, server);
    // coturn asks the system what time it is.
    let now_ms = i64::try_from(std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_millis()).expect("this age");
    wait_for(server).await;

    let good = secret.mint(&holder("visit1", "patient"), now_ms, CALL_LIFE, 0);
    let mut patient = TurnClient::udp(server, good.clone()).await;
    let relayed = patient.allocate().await.expect("coturn takes our credential");
    assert!((30_000..=30_999).contains(&relayed.port()));
    assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)));
    assert!(TurnClient::tcp(server, good.clone()).await.allocate().await.is_ok());

    let mut edited = good;
    edited.username = edited.username.replace("visit1", "visit2");
    let expired = secret.mint(&holder("visit1", "patient"), START_MS, CALL_LIFE, 0);
    for bad in [edited, expired] {
        assert_eq!(TurnClient::udp(server, bad).await.allocate().await, Err(Refused(401)));
    }
    for peer in ["10.0.0.1:4000", "169.254.169.254:4000", "127.0.0.1:4000", "192.168.1.1:4000", "224.0.0.1:4000"] {
        assert_eq!(patient.permit(peer.parse().expect("an address")).await, Err(Refused(403)), "{peer}");
    }
}

fn start(folder: &Path, secret: &RelaySecret, server: SocketAddr) -> Running {
    let config = Coturn {
        secret: secret.clone(),
        public_ip: Ipv4Addr::new(8, 8, 4, 4).into(),
        listening_ip: Some(server.ip()),
        port: server.port(),
        tls_port: free_port(),
        ports: 30_000..=30_999,
        certificate: folder.join("chain.pem"),
        key: folder.join("key.pem"),
    };
    let file = folder.join("turnserver.conf");
    std::fs::write(&file, config.render()).expect("written");
    let child = Command::new(TURNSERVER)
        .arg("-c")
        .arg(&file)
        // What this old version does unasked, and newer ones do not.
        .args(["--no-cli", "--no-tls", "--no-dtls", "--no-rfc5780", "--log-file", "stdout", "--pidfile"])
        .arg(folder.join("pid"))
        .arg("--userdb")
        .arg(folder.join("turndb"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Running(child.expect("coturn starts"))
}

/// A number that is free for UDP and TCP now.
fn free_port() -> u16 {
    loop {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = tcp.local_addr().expect("bound").port();
        if UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// Until it answers a STUN Binding request: its TCP listener is up before its UDP one.
async fn wait_for(server: SocketAddr) {
    let socket = tokio::net::UdpSocket::bind((server.ip(), 0)).await.expect("a local port");
    socket.connect(server).await.expect("a server address");
    let request = [&[0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xa4, 0x42][..], &[7; 12]].concat();
    let (mut tick, mut answer) = (interval(Duration::from_millis(50)), [0; 512]);
    let up = timeout(PATIENCE, async {
        loop {
            tick.tick().await;
            // Refused while nobody listens yet.
            let _ = socket.send(&request).await;
            if matches!(timeout(Duration::from_millis(200), socket.recv(&mut answer)).await, Ok(Ok(_))) {
                return;
            }
        }
    });
    assert!(up.await.is_ok(), "coturn answers");
}
