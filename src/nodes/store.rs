//! SQL of the running gateways: one row a node.

use super::watch::Row;
use crate::base::clock::Moment;
use crate::base::ids::NodeId;
use crate::store::{Connection, Store, StoreError, sql};

/// The node starts: from now on nothing of an earlier run counts.
pub(super) async fn join(c: &mut Connection, node: &NodeId, now: Moment) -> Result<i64, StoreError> {
    let row = sql(
        "INSERT INTO nodes (id, run, beats, started_at) VALUES ($1, 1, 1, $2)
         ON CONFLICT (id) DO UPDATE SET run = nodes.run + 1, beats = nodes.beats + 1, started_at = $2, stopped_at = NULL RETURNING run",
    )
    .bind(node.as_str())
    .bind(now.0)
    .fetch_one(c)
    .await?;
    row.get("run")
}

/// False when this run is over: another process has started under the node's name.
pub(super) async fn beat(c: &mut Connection, node: &NodeId, run: i64) -> Result<bool, StoreError> {
    let query = sql("UPDATE nodes SET beats = beats + 1 WHERE id = $1 AND run = $2 AND stopped_at IS NULL");
    Ok(query.bind(node.as_str()).bind(run).execute(c).await? == 1)
}

/// The node gives up its rooms and itself.
pub(super) async fn leave(c: &mut Connection, node: &NodeId, run: i64, now: Moment) -> Result<(), StoreError> {
    let stopped = sql("UPDATE nodes SET stopped_at = $1 WHERE id = $2 AND run = $3");
    let stopped = stopped.bind(now.0).bind(node.as_str()).bind(run).execute(&mut *c).await?;
    if stopped == 1 {
        sql("UPDATE visits SET node = NULL WHERE node = $1").bind(node.as_str()).execute(c).await?;
    }
    Ok(())
}

pub(super) async fn all(store: &Store) -> Result<Vec<Row>, StoreError> {
    let rows = sql("SELECT id, beats, stopped_at FROM nodes").fetch_all(store.reader()).await?;
    let read = |row: &crate::store::Row| {
        let is_stopped = row.get::<Option<i64>>("stopped_at")?.is_some();
        Ok(Row { id: NodeId(row.get("id")?), beats: row.get("beats")?, is_stopped })
    };
    rows.iter().map(read).collect()
}
