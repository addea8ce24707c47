//! The beat of this node: renews its heartbeat, and takes up the rooms of a node whose own has stopped.

use tokio::time::{MissedTickBehavior, interval};

use super::hub::Hub;
use super::task::Event;
use crate::nodes::BEAT;

/// Until the gateway closes.
pub(super) async fn beat(hub: Hub) {
    let closing = hub.context().closing.clone();
    let mut tick = interval(BEAT);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut doubts = hub.context().nodes.doubts();
    while closing.run_until_cancelled(tick.tick()).await.is_some() {
        once(&hub).await;
        let now = hub.context().nodes.doubts();
        if std::mem::replace(&mut doubts, now) != now {
            hub.tell_all(|| Event::Doubted);
        }
    }
}

async fn once(hub: &Hub) {
    let gone = match hub.context().nodes.beat().await {
        Ok(gone) => gone,
        Err(error) => return tracing::warn!(cause = %error, "the heartbeat could not be renewed"),
    };
    for node in gone {
        metrics::counter!("nodes_gone_total").increment(1);
        hub.presence().node_gone(&node);
        tracing::warn!(%node, "a node is gone; its rooms are taken up here");
        if let Err(error) = hub.take_up(&node).await {
            tracing::error!(cause = %error, "the rooms of a node that is gone could not be found");
        }
    }
}
