//! Who runs a visit's room: a node and an epoch in the visit's row. A room is claimed by raising the epoch; whatever is written under an
//! older one, or by a node that does not hold the room any more, is refused.

use signaling::room::Plan;

use super::plan::Known;
use super::{Opened, plan};
use crate::base::ids::{NodeId, VisitId};
use crate::http::context::Context;
use crate::nodes::Pulse;
use crate::store::{Connection, On, StoreError, sql};

/// Somebody else may claim the same room at the same moment; so often we look again.
const TRIES: usize = 5;

/// A room that this node took up.
#[derive(Clone, Debug)]
pub(in crate::rooms) struct Hold {
    pub(in crate::rooms) visit: VisitId,
    pub(in crate::rooms) epoch: u32,
    node: NodeId,
}

pub(in crate::rooms) enum Claim {
    Ours(Hold, Box<Plan>, Opened),
    Elsewhere(NodeId),
    /// Ended or cancelled.
    Over,
}

/// Why what happened in a room was not stored.
#[derive(Debug, thiserror::Error)]
pub(in crate::rooms) enum Unsaved {
    #[error("another node has taken the room")]
    Lost,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Hold {
    /// In a transaction that writes: there is one at a time, so until it ends nobody else can claim the room.
    pub(super) async fn check(&self, c: &mut Connection) -> Result<(), Unsaved> {
        if self.stands(c).await? { Ok(()) } else { Err(Unsaved::Lost) }
    }

    pub(in crate::rooms) async fn is_ours(&self, context: &Context) -> Result<bool, StoreError> {
        self.stands(context.store.reader()).await
    }

    async fn stands(&self, on: impl Into<On<'_>>) -> Result<bool, StoreError> {
        let query = sql("SELECT id FROM visits WHERE id = $1 AND epoch = $2 AND node = $3");
        let query = query.bind(self.visit.as_str()).bind(i64::from(self.epoch)).bind(self.node.as_str());
        Ok(query.fetch_optional(on).await?.is_some())
    }

    /// Anybody may take the room up from now on.
    pub(in crate::rooms) async fn release(self, context: &Context) -> Result<(), StoreError> {
        let job = context.store.write(move |c| {
            Box::pin(async move {
                let query = sql("UPDATE visits SET node = NULL WHERE id = $1 AND epoch = $2 AND node = $3");
                query.bind(self.visit.as_str()).bind(i64::from(self.epoch)).bind(self.node.as_str()).execute(c).await?;
                Ok::<_, StoreError>(())
            })
        });
        job.await
    }
}

/// Takes the visit's room up, unless a living node has it.
pub(in crate::rooms) async fn claim(context: &Context, visit: &VisitId, known: &Known) -> Result<Claim, StoreError> {
    let mut gone = None;
    for _ in 0..TRIES {
        match take(context, visit, gone.take(), known).await? {
            Taken::Claimed(claim) => return Ok(claim),
            Taken::HeldBy(node) => match context.nodes.verdict(&node).await {
                Pulse::Gone { beats } => gone = Some((node, beats)),
                Pulse::Alive | Pulse::Unsure => return Ok(Claim::Elsewhere(node)),
            },
            Taken::Not => {}
        }
    }
    Err(StoreError::TooSlow)
}

enum Taken {
    Claimed(Claim),
    HeldBy(NodeId),
    /// The node that seemed gone has beaten again, or this run of ours is over.
    Not,
}

/// Looks, raises the epoch and reads the plan in one transaction. `gone` is a node that may be passed over, and its last beat.
async fn take(context: &Context, visit: &VisitId, gone: Option<(NodeId, i64)>, known: &Known) -> Result<Taken, StoreError> {
    let run = context.nodes.run().await?;
    let (visit, me, known) = (visit.clone(), context.nodes.me().clone(), known.clone());
    let job = context.store.write(move |c| {
        Box::pin(async move {
            let query = sql("SELECT epoch, node FROM visits WHERE id = $1 AND state = 'booked'").bind(visit.as_str());
            let Some(found) = query.fetch_optional(&mut *c).await? else { return Ok(Taken::Claimed(Claim::Over)) };
            let owner = found.get::<Option<String>>("node")?.map(NodeId).filter(|node| *node != me);
            let beats = match (owner, gone) {
                (None, _) => i64::MAX,
                (Some(owner), Some((node, beats))) if owner == node => beats,
                (Some(owner), _) => return Ok(Taken::HeldBy(owner)),
            };
            let raised = sql("UPDATE visits SET epoch = epoch + 1, node = $1 WHERE id = $2
                 AND EXISTS (SELECT 1 FROM nodes WHERE id = $1 AND run = $3 AND stopped_at IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM nodes WHERE id = visits.node AND beats > $4)");
            let raised = raised.bind(me.as_str()).bind(visit.as_str()).bind(run).bind(beats).execute(&mut *c).await?;
            if raised == 0 {
                return Ok(Taken::Not);
            }
            let epoch = u32::try_from(found.get::<i64>("epoch")? + 1).unwrap_or(u32::MAX);
            Ok::<_, StoreError>(Taken::Claimed(match plan::read(c, &visit, &me, &known).await? {
                Some((plan, about)) => Claim::Ours(Hold { visit, epoch, node: me }, Box::new(plan), about),
                None => Claim::Over,
            }))
        })
    });
    job.await
}

/// Visits in which somebody waits or is, as far as the database knows, and whose room was this node's or is nobody's.
pub(in crate::rooms) async fn left_by(context: &Context, node: &NodeId) -> Result<Vec<VisitId>, StoreError> {
    let rows = sql("SELECT DISTINCT v.id FROM visits v JOIN seats ON seats.visit_id = v.id
         WHERE v.state = 'booked' AND seats.state IN ('waiting', 'admitted') AND (v.node IS NULL OR v.node = $1)")
    .bind(node.as_str())
    .fetch_all(context.store.reader())
    .await?;
    rows.iter().map(|row| Ok(VisitId(row.get("id")?))).collect()
}
