//! Who runs a visit's room: a node and an epoch in the visit's row. A room is claimed by raising the epoch; whatever is written under an
//! older one, or by a node that does not hold the room any more, is refused.

use signaling::room::Plan;

use super::Opened;
use crate::base::ids::{NodeId, VisitId};
use crate::http::context::Context;
use crate::nodes::Pulse;
use crate::store::{Connection, StoreError, sql};

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
    /// In a transaction that writes: from here to its end nobody else can claim the room.
    pub(super) async fn check(&self, c: &mut Connection) -> Result<(), Unsaved> {
        let query = sql("UPDATE visits SET epoch = epoch WHERE id = $1 AND epoch = $2 AND node = $3");
        let done = query.bind(self.visit.as_str()).bind(i64::from(self.epoch)).bind(self.node.as_str()).execute(c).await?;
        if done == 1 { Ok(()) } else { Err(Unsaved::Lost) }
    }

    pub(in crate::rooms) async fn is_ours(&self, context: &Context) -> Result<bool, StoreError> {
        let now = read(context, &self.visit).await?;
        Ok(now.is_some_and(|now| now.epoch == self.epoch && now.node.as_ref() == Some(&self.node)))
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
pub(in crate::rooms) async fn claim(context: &Context, visit: &VisitId, snippet_key: &str) -> Result<Claim, StoreError> {
    let me = context.nodes.me();
    for _ in 0..TRIES {
        let Some(found) = read(context, visit).await?.filter(|found| found.is_booked) else { return Ok(Claim::Over) };
        let gone = match found.node.clone().filter(|node| node != me) {
            None => None,
            Some(node) => match context.nodes.verdict(&node).await {
                Pulse::Gone { beats } => Some((node, beats)),
                Pulse::Alive | Pulse::Unsure => return Ok(Claim::Elsewhere(node)),
            },
        };
        let Some(epoch) = raise(context, visit, found.epoch, gone).await? else { continue };
        let hold = Hold { visit: visit.clone(), epoch, node: me.clone() };
        return Ok(match super::read(context, visit, snippet_key).await? {
            Some((plan, about)) => Claim::Ours(hold, Box::new(plan), about),
            None => Claim::Over,
        });
    }
    Err(StoreError::TooSlow)
}

struct Found {
    is_booked: bool,
    epoch: u32,
    node: Option<NodeId>,
}

async fn read(context: &Context, visit: &VisitId) -> Result<Option<Found>, StoreError> {
    let query = sql("SELECT state, epoch, node FROM visits WHERE id = $1").bind(visit.as_str());
    let Some(row) = query.fetch_optional(context.store.reader()).await? else { return Ok(None) };
    Ok(Some(Found {
        is_booked: row.get::<&str>("state")? == "booked",
        epoch: u32::try_from(row.get::<i64>("epoch")?).unwrap_or(u32::MAX),
        node: row.get::<Option<String>>("node")?.map(NodeId),
    }))
}

/// The new epoch; `None` when the row has changed since it was read, or the node that seemed gone has beaten again.
async fn raise(context: &Context, visit: &VisitId, seen: u32, gone: Option<(NodeId, i64)>) -> Result<Option<u32>, StoreError> {
    let run = context.nodes.run().await?;
    let (visit, me) = (visit.clone(), context.nodes.me().clone());
    let (owner, beats) = gone.unwrap_or_else(|| (me.clone(), i64::MAX));
    let job = context.store.write(move |c| {
        Box::pin(async move {
            let query = sql("UPDATE visits SET epoch = epoch + 1, node = $1
                 WHERE id = $2 AND state = 'booked' AND epoch = $3 AND (node IS NULL OR node = $4)
                 AND EXISTS (SELECT 1 FROM nodes WHERE id = $1 AND run = $5 AND stopped_at IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM nodes WHERE id = $4 AND beats > $6)");
            let query = query.bind(me.as_str()).bind(visit.as_str()).bind(i64::from(seen)).bind(owner.as_str());
            query.bind(run).bind(beats).execute(c).await
        })
    });
    Ok((job.await? == 1).then_some(seen + 1))
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
