//! What one message of the bus holds once it is opened, and which channel it goes through.

use serde::{Deserialize, Serialize};

use super::News;
use crate::base::clock::Moment;
use crate::base::ids::NodeId;

/// News are spread over so many channels by visit.
pub(super) const SHARDS: usize = 16;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Packet {
    pub(super) from: NodeId,
    pub(super) run: i64,
    /// Rises with every packet of a run, whatever it holds and whoever it is for.
    pub(super) n: u64,
    pub(super) at: Moment,
    pub(super) said: Said,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// For everybody. Its number has no holes: who finds one has missed something.
    News {
        number: u64,
        news: News,
    },
    /// Nothing but that the line is whole, and what the last number was.
    Beat {
        number: u64,
    },
    Letter(String),
}

pub(super) fn news_channel(shard: usize) -> String {
    format!("housecall:news:{shard}")
}

pub(super) fn letters_channel(node: &NodeId) -> String {
    format!("housecall:node:{node}")
}

pub(super) fn shard(news: &News) -> usize {
    let visit = match news {
        News::VisitChanged { visit, .. }
        | News::TestChanged { visit, .. }
        | News::VisitOver { visit }
        | News::VisitPlanChanged { visit }
        | News::SeatRevoked { visit, .. }
        | News::TestCallStarted { visit, .. }
        | News::RunCheck { visit, .. }
        | News::Seen { visit, .. }
        | News::RelayEnded { visit, .. } => visit.as_str(),
        News::StaffSignedOut { .. } | News::WhoIsThere | News::Missed => "",
    };
    visit.bytes().map(usize::from).sum::<usize>() % SHARDS
}
