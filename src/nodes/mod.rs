//! The running gateways, and whether each is alive. A node raises the `beats` of its own row every second; the others measure by their
//! own clocks how long it has not risen, so that no two clocks are ever compared.

mod store;
mod watch;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{OnceCell, watch as channel};
use tokio::time::timeout;

use crate::base::clock::{Clock, Moment, Steady};
use crate::base::ids::NodeId;
use crate::store::{Store, StoreError};
pub use watch::Pulse;
use watch::Watch;

/// How often a node renews its heartbeat and looks at the others'.
pub const BEAT: Duration = Duration::from_secs(1);
/// A node without a beat for so long has lost its rooms.
pub const LEASE: Duration = Duration::from_secs(4);
/// A database that takes longer has not renewed anything.
const PATIENCE: Duration = Duration::from_secs(2);
/// Somebody who arrives waits at most so long for the verdict on a node that is not heard of.
const VERDICT: Duration = Duration::from_secs(4);

/// Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Nodes(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    me: NodeId,
    store: Store,
    clock: Clock,
    steady: Steady,
    run: OnceCell<i64>,
    others: channel::Sender<Watch>,
    tried_at: AtomicI64,
    beaten_at: AtomicI64,
    doubts: AtomicU64,
}

impl Nodes {
    pub fn new(me: NodeId, store: Store, clock: Clock) -> Self {
        let steady = clock.steady();
        let now = steady.now().0;
        Self(Arc::new(Inner {
            me,
            store,
            clock,
            steady,
            run: OnceCell::new(),
            others: channel::Sender::default(),
            tried_at: AtomicI64::new(now),
            beaten_at: AtomicI64::new(now),
            doubts: AtomicU64::new(0),
        }))
    }

    pub fn me(&self) -> &NodeId {
        &self.0.me
    }

    /// Which run of this node this is; the first call enters it in the table, and ends every earlier run.
    pub async fn run(&self) -> Result<i64, StoreError> {
        let enter = async || {
            let (me, now) = (self.0.me.clone(), self.0.clock.now());
            self.0.store.write(move |c| Box::pin(async move { store::join(c, &me, now).await })).await
        };
        self.0.run.get_or_try_init(enter).await.copied()
    }

    /// Renews the heartbeat and looks at the others'; gives those that are gone since the last time.
    pub async fn beat(&self) -> Result<Vec<NodeId>, StoreError> {
        let run = self.run().await?;
        // Before `tried_at` is renewed: a node that stood still has to notice.
        self.doubts();
        let began = self.0.steady.now();
        self.0.tried_at.store(began.0, Ordering::SeqCst);
        let me = self.0.me.clone();
        let renew = self.0.store.write(move |c| Box::pin(async move { store::beat(c, &me, run).await }));
        let renewed: bool = timeout(PATIENCE, renew).await.unwrap_or(Err(StoreError::TooSlow))?;
        if !renewed {
            tracing::error!("another gateway has started under this node's name: this one holds no rooms any more");
            self.0.doubts.fetch_add(1, Ordering::SeqCst);
        } else if began.since(Moment(self.0.beaten_at.swap(began.0, Ordering::SeqCst))) > LEASE {
            self.0.doubts.fetch_add(1, Ordering::SeqCst);
        }
        let rows = timeout(PATIENCE, store::all(&self.0.store)).await.unwrap_or(Err(StoreError::TooSlow))?;
        let mut gone = Vec::new();
        self.0.others.send_modify(|watch| gone = watch.look(rows, self.0.steady.now()));
        gone.retain(|node| *node != self.0.me);
        Ok(gone)
    }

    /// Rises whenever rooms may have been taken from this node unnoticed: it stood still, or could not renew its heartbeat, for a lease.
    /// Whoever holds a room under an older count asks the database whether it still does.
    pub fn doubts(&self) -> u64 {
        let now = self.0.steady.now();
        let tried_at = self.0.tried_at.load(Ordering::SeqCst);
        let noticed = now.since(Moment(tried_at)) > LEASE
            && self.0.tried_at.compare_exchange(tried_at, now.0, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        if noticed {
            self.0.doubts.fetch_add(1, Ordering::SeqCst);
        }
        self.0.doubts.load(Ordering::SeqCst)
    }

    pub fn pulse(&self, node: &NodeId) -> Pulse {
        self.0.others.borrow().pulse(node)
    }

    /// Alive or gone; waits a little where that is not known yet, and where it stays so takes the node for alive.
    pub async fn verdict(&self, node: &NodeId) -> Pulse {
        let mut others = self.0.others.subscribe();
        let settled = others.wait_for(|watch| watch.pulse(node) != Pulse::Unsure);
        match timeout(VERDICT, settled).await {
            Ok(Ok(watch)) => watch.pulse(node),
            Ok(Err(_)) | Err(_) => Pulse::Alive,
        }
    }

    /// Returns when the node is gone.
    pub async fn gone(&self, node: &NodeId) {
        let mut others = self.0.others.subscribe();
        // The sender lives as long as `self`.
        let _ = others.wait_for(|watch| matches!(watch.pulse(node), Pulse::Gone { .. })).await;
    }

    /// The last thing a node says: its rooms are free for the others.
    pub async fn leave(&self) -> Result<(), StoreError> {
        let (run, me, now) = (self.run().await?, self.0.me.clone(), self.0.clock.now());
        let left = self.0.store.write(move |c| Box::pin(async move { store::leave(c, &me, run, now).await }));
        timeout(PATIENCE, left).await.unwrap_or(Err(StoreError::TooSlow))
    }
}
