//! `housecall audit verify`: is the chain whole, and is it the one that the checkpoints saw?

use std::collections::{BTreeMap, BTreeSet};

use super::chain::Broken;
use super::checkpoint_store::{CheckpointError, Checkpoints};
use super::store;
use crate::base::clock::Moment;
use crate::http::context::Context;
use crate::store::StoreError;

/// What was looked at and found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub entries: i64,
    pub checkpoints: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("The audit is not whole")]
    Broken(#[from] Broken),
    #[error("The audit was rolled back: a checkpoint of {} saw {expected} entries, there are {found}", time(*.at))]
    RolledBack { at: Moment, expected: i64, found: i64 },
    #[error("The audit was replaced: entry {seq} is not the one that a checkpoint of {} saw", time(*.at))]
    Replaced { at: Moment, seq: i64 },
    #[error("The checkpoints cannot be trusted")]
    Checkpoints(#[from] CheckpointError),
    #[error("The audit could not be read")]
    Store(#[from] StoreError),
}

fn time(at: Moment) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

pub async fn verify(context: &Context) -> Result<Verified, AuditError> {
    let checkpoints = Checkpoints::open(&context.config)?.read()?;
    let mut seen = BTreeMap::new();
    let wanted: BTreeSet<i64> = checkpoints.iter().map(|checkpoint| checkpoint.seq).collect();
    let head = store::verify(context.store.reader(), |link| {
        if wanted.contains(&link.seq) {
            seen.insert(link.seq, link.hash.clone());
        }
    });
    let head = head.await??;
    for checkpoint in &checkpoints {
        let (at, seq) = (checkpoint.at, checkpoint.seq);
        match seen.get(&seq) {
            None => return Err(AuditError::RolledBack { at, expected: seq, found: head.seq }),
            Some(hash) if *hash != checkpoint.hash => return Err(AuditError::Replaced { at, seq }),
            Some(_) => {}
        }
    }
    Ok(Verified { entries: head.seq, checkpoints: checkpoints.len() })
}
