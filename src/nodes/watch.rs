//! What this node thinks of the others: alive while their beats rise, gone when they have not for a lease. A decision without I/O.
//! Time in which this node could not look counts against nobody: when the database was away, nobody could beat either.

use std::collections::HashMap;
use std::time::Duration;

use super::{BEAT, LEASE};
use crate::base::clock::Moment;
use crate::base::ids::NodeId;

/// A node's row as it was read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: NodeId,
    pub(super) beats: i64,
    pub(super) is_stopped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulse {
    Alive,
    /// Not heard of for a beat or two, or not for long enough to know.
    Unsure,
    /// Its rooms may be claimed as long as its beats stay at this.
    Gone {
        beats: i64,
    },
}

#[derive(Debug, Default)]
pub(super) struct Watch {
    nodes: HashMap<NodeId, Seen>,
    looked_at: Option<Moment>,
}

#[derive(Debug)]
struct Seen {
    beats: i64,
    /// By our own clock, and later by what we could not see.
    rose_at: Moment,
    pulse: Pulse,
}

impl Watch {
    /// Takes in what the table says now; gives those that are gone since the last look.
    pub(super) fn look(&mut self, rows: Vec<Row>, now: Moment) -> Vec<NodeId> {
        let apart = self.looked_at.replace(now).map_or(Duration::ZERO, |last| now.since(last));
        let blind = apart.saturating_sub(BEAT * 2);
        let mut gone = Vec::new();
        for Row { id, beats, is_stopped } in rows {
            let seen = self.nodes.entry(id.clone()).or_insert(Seen { beats, rose_at: now, pulse: Pulse::Unsure });
            let was_gone = matches!(seen.pulse, Pulse::Gone { .. });
            seen.rose_at = seen.rose_at.plus(blind).min(now);
            seen.take(beats, is_stopped, now);
            if matches!(seen.pulse, Pulse::Gone { .. }) && !was_gone {
                gone.push(id);
            }
        }
        gone
    }

    pub(super) fn pulse(&self, node: &NodeId) -> Pulse {
        self.nodes.get(node).map_or(Pulse::Unsure, |seen| seen.pulse)
    }
}

impl Seen {
    fn take(&mut self, beats: i64, is_stopped: bool, now: Moment) {
        let rose = beats > self.beats;
        if rose {
            (self.beats, self.rose_at) = (beats, now);
        }
        let quiet = now.since(self.rose_at);
        self.pulse = match self.pulse {
            _ if is_stopped => Pulse::Gone { beats },
            _ if rose => Pulse::Alive,
            _ if quiet > LEASE => Pulse::Gone { beats },
            Pulse::Alive if quiet <= BEAT * 3 / 2 => Pulse::Alive,
            Pulse::Gone { .. } => Pulse::Gone { beats },
            Pulse::Alive | Pulse::Unsure => Pulse::Unsure,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment(seconds * 1000)
    }

    fn row(beats: i64) -> Vec<Row> {
        vec![Row { id: NodeId("a".into()), beats, is_stopped: false }]
    }

    #[test]
    fn a_node_is_alive_while_it_beats_and_gone_after_a_lease_without() {
        let (mut watch, a) = (Watch::default(), NodeId("a".into()));
        assert_eq!(watch.pulse(&a), Pulse::Unsure, "never heard of");
        assert!(watch.look(row(7), at(0)).is_empty());
        assert_eq!(watch.pulse(&a), Pulse::Unsure, "a row says nothing before it moves");
        watch.look(row(8), at(1));
        assert_eq!(watch.pulse(&a), Pulse::Alive);
        watch.look(row(8), at(3));
        assert_eq!(watch.pulse(&a), Pulse::Unsure);
        assert!(watch.look(row(8), at(5)).is_empty(), "not before the lease is over");
        assert_eq!(watch.look(row(8), at(6)), std::slice::from_ref(&a));
        assert_eq!(watch.pulse(&a), Pulse::Gone { beats: 8 });
        assert!(watch.look(row(8), at(7)).is_empty(), "told once");
        watch.look(row(9), at(8));
        assert_eq!(watch.pulse(&a), Pulse::Alive, "it woke up");
    }

    #[test]
    fn nobody_is_gone_because_this_node_could_not_look() {
        let (mut watch, a) = (Watch::default(), NodeId("a".into()));
        watch.look(row(1), at(0));
        watch.look(row(2), at(1));
        assert!(watch.look(row(2), at(60)).is_empty(), "the database is back, and the other node has not beaten yet");
        watch.look(row(3), at(61));
        assert_eq!(watch.pulse(&a), Pulse::Alive);
        assert!(watch.look(row(3), at(120)).is_empty());
        for second in 121..125 {
            watch.look(row(3), at(second));
        }
        assert_eq!(watch.pulse(&a), Pulse::Gone { beats: 3 }, "it did not come back");
    }

    #[test]
    fn a_node_that_says_it_stopped_is_gone_at_once() {
        let (mut watch, a) = (Watch::default(), NodeId("a".into()));
        watch.look(row(1), at(0));
        watch.look(row(2), at(1));
        let stopped = vec![Row { is_stopped: true, ..row(2).remove(0) }];
        assert_eq!(watch.look(stopped, at(2)), [a]);
    }
}
