//! The bus between nodes, over Redis' publish and subscribe. Two tasks: one speaks, one listens; each connects again by itself, with a
//! bounded wait. Every operation has our own time limit: the crate's would hold a publisher for seconds.

mod listener;
mod speaker;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use redis::io::tcp::TcpSettings;
use redis::{Client, IntoConnectionInfo};
use tokio::sync::{broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::seal::{ClusterKey, Sealer};
use super::{Letter, News};
use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::base::ids::NodeId;
use crate::base::private::Secret;

/// For connecting, subscribing, publishing.
const LIMIT: Duration = Duration::from_secs(1);
/// How often a node says that it is there; it hears itself, and so knows that the line is whole.
const BEAT: Duration = Duration::from_secs(1);
/// Waits between tries to connect, doubled from the first to the second.
const WAITS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// What may wait to be said, and letters that may wait to be read. More is lost, which the numbers tell.
const LINE: usize = 8192;

#[derive(Debug, thiserror::Error)]
#[error("bus.redis must be an address such as redis://127.0.0.1:6379")]
pub struct BadRedis;

/// This node among those that share a Redis.
#[derive(Debug)]
pub struct Membership {
    pub redis: Secret,
    pub key: ClusterKey,
    pub me: NodeId,
    /// Rises each time this node starts.
    pub run: i64,
}

/// The way to the other nodes.
#[derive(Debug)]
pub(super) struct Others {
    line: mpsc::Sender<Outgoing>,
    /// News did not fit into the line: the next number is skipped.
    has_dropped: Arc<AtomicBool>,
    is_up: watch::Receiver<bool>,
}

#[derive(Debug)]
pub(super) enum Outgoing {
    News(News),
    Letter(NodeId, String),
}

impl Others {
    pub(super) fn tell(&self, news: News) {
        if self.line.try_send(Outgoing::News(news)).is_err() {
            self.has_dropped.store(true, std::sync::atomic::Ordering::SeqCst);
            metrics::counter!("bus_dropped_total").increment(1);
        }
    }

    pub(super) fn post(&self, to: NodeId, text: String) -> bool {
        *self.is_up.borrow() && self.line.try_send(Outgoing::Letter(to, text)).is_ok()
    }

    pub(super) fn is_up(&self) -> watch::Receiver<bool> {
        self.is_up.clone()
    }
}

pub(super) fn join(
    membership: Membership,
    here: broadcast::Sender<News>,
    clock: &Clock,
    closing: &CancellationToken,
) -> Result<(Others, mpsc::Receiver<Letter>), BadRedis> {
    let settings = membership.redis.reveal().into_connection_info().map_err(|_| BadRedis)?;
    let settings = settings.set_tcp_settings(TcpSettings::default().set_nodelay(true));
    let client = Client::open(settings).map_err(|_| BadRedis)?;
    let (line, outgoing) = mpsc::channel(LINE);
    let (letters, inbox) = mpsc::channel(LINE);
    let (up, is_up) = watch::channel(false);
    let has_dropped = Arc::new(AtomicBool::new(false));
    let speaker = speaker::Speaker {
        client: client.clone(),
        me: membership.me.clone(),
        run: membership.run,
        sealer: Sealer::new(&membership.key, Dice::system().bytes()),
        clock: clock.clone(),
        outgoing,
        has_dropped: Arc::clone(&has_dropped),
        n: 0,
        news: 0,
    };
    let listener = listener::Listener { client, membership, clock: clock.clone(), here, letters, line: line.clone(), up };
    let (speaks, listens) = (closing.clone(), closing.clone());
    tokio::spawn(async move { speaks.run_until_cancelled(speaker.run()).await });
    tokio::spawn(async move { listens.run_until_cancelled(listener.run()).await });
    Ok((Others { line, has_dropped, is_up }, inbox))
}

/// A wait between tries, spread so that nodes do not come back in step.
#[expect(clippy::disallowed_methods, reason = "nothing tells when a server is there again")]
async fn pause(wait: &mut Duration) {
    let [chance] = Dice::system().bytes::<1>();
    tokio::time::sleep(*wait / 2 + *wait * u32::from(chance) / 512).await;
    *wait = (*wait * 2).min(WAITS.1);
}
