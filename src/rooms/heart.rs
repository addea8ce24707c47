//! The beat of this node: renews its heartbeat, and takes up the rooms of a node whose own has stopped.

use tokio::time::{MissedTickBehavior, interval};

use super::hub::Hub;
use super::task::Event;
use crate::base::ids::NodeId;
use crate::nodes::{BEAT, Pulse};

/// Until the gateway closes.
pub(super) async fn beat(hub: Hub) {
    let closing = hub.context().closing.clone();
    let mut tick = interval(BEAT);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut doubts = hub.context().nodes.doubts();
    let mut left = Vec::new();
    while closing.run_until_cancelled(tick.tick()).await.is_some() {
        once(&hub, &mut left).await;
        let now = hub.context().nodes.doubts();
        if std::mem::replace(&mut doubts, now) != now {
            hub.tell_all(|| Event::Doubted);
        }
    }
}

/// `left` are the nodes that are gone and may still have rooms.
async fn once(hub: &Hub, left: &mut Vec<NodeId>) {
    let gone = match hub.context().nodes.beat().await {
        Ok(gone) => gone,
        Err(error) => return tracing::warn!(cause = %error, "the heartbeat could not be renewed"),
    };
    for node in gone {
        metrics::counter!("nodes_gone_total").increment(1);
        hub.presence().node_gone(&node);
        tracing::warn!(%node, "a node is gone; its rooms are taken up here");
        left.push(node);
    }
    for node in std::mem::take(left) {
        if matches!(hub.context().nodes.pulse(&node), Pulse::Gone { .. }) && has_rooms(hub, &node).await {
            left.push(node);
        }
    }
}

/// Takes up the rooms that the node left. Whether there were any: one that could not be claimed is found again the next time.
async fn has_rooms(hub: &Hub, node: &NodeId) -> bool {
    hub.take_up(node).await.unwrap_or_else(|error| {
        tracing::error!(cause = %error, "the rooms of a node that is gone could not be found");
        true
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::base::ids::VisitId;
    use crate::nodes::LEASE;
    use crate::rooms::tests::House;
    use crate::store::sql;

    /// Two rooms that `b` left when it died, with somebody in them, and what keeps them from being taken up for a while.
    async fn is_taken_up_after(fault: &str, mended: &str) {
        let (house, mut left) = (House::open().await, Vec::new());
        let died = [
            "INSERT INTO nodes (id, run, beats, started_at) VALUES ('b', 1, 1, 0)",
            "UPDATE visits SET node = 'b', epoch = 1",
            "UPDATE seats SET state = 'admitted', admitted_at = 0",
            fault,
        ];
        house.change(died.map(str::to_owned).into()).await;
        for _ in 0..=LEASE.as_secs() + 1 {
            once(&house.hub, &mut left).await;
            house.advance(1);
        }
        let is_open = || ["one", "two"].into_iter().any(|visit| house.hub.open_room(&VisitId(visit.into())).is_some());
        let closed = async {
            while is_open() {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), closed).await.expect("neither could be opened");

        house.change(vec![mended.to_owned()]).await;
        once(&house.hub, &mut left).await;
        let theirs = async || {
            let rows = sql("SELECT id FROM visits WHERE node = 'b'").fetch_all(house.hub.context().store.reader()).await;
            rows.expect("read").len()
        };
        let taken = async { while theirs().await > 0 {} };
        timeout(Duration::from_secs(20), taken).await.expect("taken up");
        once(&house.hub, &mut left).await;
        assert_eq!(left, []);
    }

    #[tokio::test]
    async fn rooms_of_a_node_that_is_gone_are_looked_for_until_they_are_found() {
        is_taken_up_after("ALTER TABLE seats RENAME COLUMN state TO was", "ALTER TABLE seats RENAME COLUMN was TO state").await;
    }

    #[tokio::test]
    async fn rooms_of_a_node_that_is_gone_are_claimed_until_they_are_ours() {
        is_taken_up_after("ALTER TABLE visits RENAME COLUMN epoch TO was", "ALTER TABLE visits RENAME COLUMN was TO epoch").await;
    }
}
