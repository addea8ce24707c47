//! The gateway's life: start everything, be ready, drain, stop.

use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use turn_config::relay::Relay;

use super::relay::{self, RelayError};
use super::router;
use super::state::{App, OpenError};
use crate::audit::checkpoint_store::{CheckpointError, Checkpoints};
use crate::base::clock::Clock;
use crate::bus::{BadRedis, ClusterKey, Membership, UnfitKey};
use crate::config::{BusConfig, Config};
use crate::equipment;
use crate::http::context::Context;
use crate::http::forwarded::Proxies;
use crate::http::health;
use crate::http::listener::{self, Limits, Listener};
use crate::http::tls::{Identity, TlsError};
use crate::identity::worker;
use crate::media::MediaAgent;
use crate::notices::{Outbox, SenderError, Senders};
use crate::store::{Place, Store, StoreError};
use crate::visits::demo::{self, DemoError};

/// Requests and sockets that are still open after this are cut.
const DRAIN: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot make the data folder {0}")]
    Folder(String, #[source] io::Error),
    #[error("cannot open the database in {0}")]
    Store(String, #[source] StoreError),
    #[error("cannot listen on {0}; another program may use it")]
    Listen(SocketAddr, #[source] io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Notices(#[from] SenderError),
    #[error("the media agent cannot listen on {0} (UDP); another program may use it")]
    Media(SocketAddr, #[source] io::Error),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("cannot keep checkpoints of the audit")]
    Checkpoints(#[from] CheckpointError),
    #[error(transparent)]
    Relay(#[from] RelayError),
    #[error("cannot open the demo clinic")]
    Demo(#[from] DemoError),
    #[error(transparent)]
    ClusterKey(#[from] UnfitKey),
    #[error(transparent)]
    Redis(#[from] BadRedis),
    #[error("cannot count for /metrics")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
}

/// A gateway that is ready.
pub struct Gateway {
    app: App,
    tasks: JoinSet<()>,
    relay: Option<Relay>,
}

impl Gateway {
    pub async fn start(config: Config) -> Result<Self, StartError> {
        raise_descriptor_limit();
        let metrics = health::count()?;
        let context = open(config).await?;
        let identity = Identity::load(&context.config, &context.clock)?;
        let listen = context.config.media.listen;
        let (media, ended) =
            MediaAgent::start(&context.config.media, &context.dice).map_err(|error| StartError::Media(listen, error))?;
        let agents = relay::agents(&context.config, media.local(), media.announced());
        let (access, relay) = relay::open(&context.config, &identity, &context.clock, agents).await?;
        let mut app = App::open(context.clone(), access, media)?;
        if context.config.demo {
            app.doors = Some(Arc::new(demo::open(&context).await?));
        }
        join_others(&app).await?;
        app.hub.reopen().await.map_err(|error| StartError::Store("the visits that were going on".to_owned(), error))?;
        let checkpoints = Checkpoints::open(&context.config)?;
        let outbox = Outbox::new(context.clone(), app.notices.clone(), Senders::open(&context.config)?);

        let https = bind(context.config.listen)?;
        let loopback = bind(context.config.health_listen)?;
        let routes = router::build(app.clone());
        let behind = match &context.config.proxy {
            Some(proxy) => Some((Proxies::new(&proxy.from), bind(proxy.listen)?)),
            None => None,
        };
        let gateway = Listener::new(routes.clone(), Some(identity.server(&["http/1.1"])?), Limits::default());
        let health =
            Listener::new(health::router(context.store.clone(), metrics, context.closing.clone()), None, Limits::default());

        let mut tasks = JoinSet::new();
        tasks.spawn(checkpoints.keep(context.clone()));
        tasks.spawn(outbox.run());
        tasks.spawn(worker::follow(context.clone()));
        tasks.spawn(gateway.run(https, context.closing.clone()));
        if let Some((proxies, plain)) = behind {
            tasks.spawn(Listener::for_proxies(proxies, routes, Limits::default()).run(plain, context.closing.clone()));
        }
        if let Some(relay) = relay.clone() {
            tasks.spawn(relay::count(relay, context.closing.clone()));
        }
        tasks.spawn(equipment::media::keep(context.clone(), ended));
        tasks.spawn(health.run(loopback, context.closing));
        Ok(Self { app, tasks, relay })
    }

    /// What the person at the shell reads once the gateway is ready.
    pub fn greeting(&self) -> Vec<String> {
        let config = &self.app.context.config;
        let mut lines = vec![format!("Housecall is ready on {}", config.public_url)];
        lines.extend(self.app.doors.iter().flat_map(|doors| super::demo::lines(doors, config)));
        lines
    }

    /// Takes nothing new and returns when everything open has ended, after 30 seconds at the latest.
    pub async fn stop(mut self) {
        self.app.context.closing.cancel();
        self.app.media.stop().await;
        // Whoever is told to come back finds the rooms free on another node.
        if let Err(error) = self.app.hub.leave().await {
            tracing::warn!(cause = %error, "the rooms are free only once this node is missed");
        }
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(DRAIN, all).await.is_err() {
            tracing::warn!("some connections did not end in time and are cut");
        }
        if let Some(relay) = self.relay {
            relay.stop().await;
        }
    }
}

/// Speaks with the other gateways, where there are some.
async fn join_others(app: &App) -> Result<(), StartError> {
    let Context { config, nodes, bus, clock, closing, .. } = &app.context;
    let Some(BusConfig { redis, key }) = &config.bus else { return Ok(()) };
    let run = nodes.run().await.map_err(|error| StartError::Store("the list of nodes".to_owned(), error))?;
    let membership = Membership { redis: redis.clone(), key: ClusterKey::read(key)?, me: nodes.me().clone(), run };
    app.hub.host(bus.join(membership, clock, closing)?);
    Ok(())
}

/// What a command needs that runs beside the gateway without its database.
pub(super) fn prepare(folder: &Path) -> Result<(), StartError> {
    raise_descriptor_limit();
    make_private(folder)
}

/// The data folder opened, for the gateway or for one command beside it.
pub(super) async fn open(config: Config) -> Result<Context, StartError> {
    make_private(&config.data)?;
    let place = Place::of(&config);
    let store = Store::open(&place).await.map_err(|error| StartError::Store(place.to_string(), error))?;
    let clock = Clock::system();
    Ok(Context::new(config, store, clock))
}

fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    listener::open(address).map_err(|error| StartError::Listen(address, error))
}

/// The data folder is for the gateway's user alone.
fn make_private(folder: &Path) -> Result<(), StartError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| StartError::Folder(folder.display().to_string(), error))
}

/// A thousand descriptors, the usual soft limit, are a few hundred visits.
fn raise_descriptor_limit() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) => tracing::debug!(limit, "descriptors"),
        Err(error) => tracing::warn!(cause = %error, "cannot raise the limit of open files"),
    }
}
