//! A relay on loopback with a clock that is moved by hand, and people with seats.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::time::{interval, timeout};
use turn_config::access::{Reach, RelayAccess};
use turn_config::credentials::{Credential, Holder, RelaySecret};
use turn_config::ended::Ended;
use turn_config::ice::RelayPlace;
use turn_config::peers::Agent;
use turn_config::relay::{Counts, Limits, Relay, Settings};

use crate::turn_client::{PATIENCE, TurnClient};

pub(crate) const START_MS: i64 = 1_764_000_000_000;

pub(crate) struct House {
    pub(crate) relay: Relay,
    pub(crate) access: RelayAccess,
    pub(crate) secret: RelaySecret,
    now: Arc<AtomicI64>,
    trust: Arc<rustls::ClientConfig>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
    Udp,
    Tcp,
    Tls,
}

pub(crate) const PATHS: [Path; 3] = [Path::Udp, Path::Tcp, Path::Tls];

impl House {
    pub(crate) async fn open() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        Self::open_for(limits, Vec::new()).await
    }

    /// A relay that lets these agents be reached.
    pub(crate) async fn open_for(limits: Limits, agents: Vec<Agent>) -> Self {
        let (server, trust) = certificate();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let settings = Settings {
            listen: any,
            tls_listen: any,
            tls: server,
            public_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            ports: 20_000..=29_999,
            agents,
            limits,
        };
        let (secret, ended, now) = (RelaySecret::random(), Arc::new(Ended::default()), Arc::new(AtomicI64::new(START_MS)));
        let clock = Arc::clone(&now);
        let tell = Arc::new(move || clock.load(Ordering::SeqCst));
        let relay = Relay::start(settings, secret.clone(), Arc::clone(&ended), tell).await.expect("free ports");
        let access = RelayAccess::new(secret.clone(), place(&relay), ended, Reach::Embedded(relay.clone()));
        Self { relay, access, secret, now, trust }
    }

    /// The same relay, as a gateway in another process knows it.
    pub(crate) fn reached_from_elsewhere(&self) -> RelayAccess {
        RelayAccess::new(self.secret.clone(), place(&self.relay), Arc::default(), Reach::Elsewhere(self.relay.address()))
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    pub(crate) fn advance(&self, span: Duration) {
        self.now.fetch_add(i64::try_from(span.as_millis()).expect("short"), Ordering::SeqCst);
    }

    pub(crate) fn credential(&self, scope: &str, seat: &str) -> Credential {
        let servers = self.access.for_call(&holder(scope, seat), self.now_ms()).servers;
        Credential { username: servers[0].username.clone(), password: servers[0].credential.clone() }
    }

    pub(crate) async fn client(&self, path: Path, credential: Credential) -> TurnClient {
        match path {
            Path::Udp => TurnClient::udp(self.relay.address(), credential).await,
            Path::Tcp => TurnClient::tcp(self.relay.address(), credential).await,
            Path::Tls => TurnClient::tls(self.relay.tls_address(), Arc::clone(&self.trust), credential).await,
        }
    }

    /// Patient and clinician of one visit, each with what the relay gave them.
    pub(crate) async fn two(&self, ours: Path, theirs: Path) -> ((TurnClient, SocketAddr), (TurnClient, SocketAddr)) {
        let mut patient = self.person(ours, "visit1", "patient").await;
        let mut clinician = self.person(theirs, "visit1", "clinician").await;
        let here = patient.allocate().await.expect("a fresh credential");
        let there = clinician.allocate().await.expect("a fresh credential");
        ((patient, here), (clinician, there))
    }

    /// Someone in a seat, without an allocation yet.
    pub(crate) async fn person(&self, path: Path, scope: &str, seat: &str) -> TurnClient {
        self.client(path, self.credential(scope, seat)).await
    }

    /// Waits until what the relay counts looks right.
    pub(crate) async fn until(&self, what: impl Fn(Counts) -> bool) {
        let mut tick = interval(Duration::from_millis(5));
        let seen = timeout(PATIENCE, async {
            while !what(self.relay.counts()) {
                tick.tick().await;
            }
        });
        assert!(seen.await.is_ok(), "{:?}", self.relay.counts());
    }
}

pub(crate) fn holder(scope: &str, seat: &str) -> Holder {
    Holder::new(scope, seat).expect("plain names")
}

fn place(relay: &Relay) -> RelayPlace {
    RelayPlace {
        ip: relay.address().ip(),
        port: relay.address().port(),
        tls_host: "localhost".to_owned(),
        tls_port: relay.tls_address().port(),
    }
}

fn certificate() -> (Arc<rustls::ServerConfig>, Arc<rustls::ClientConfig>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("its own key");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a certificate");
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    (Arc::new(server), Arc::new(client))
}
