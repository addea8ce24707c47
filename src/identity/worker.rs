//! Accounts that the operator closes at a shell, by a process of its own that shares nothing with this gateway but the database. The gateway
//! finds out by itself within the second in which `housecall staff disable` promises it, with a bus or without.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{MissedTickBehavior, interval};

use crate::audit::store::{head, since};
use crate::base::ids::StaffId;
use crate::bus::News;
use crate::http::context::Context;
use crate::store::StoreError;

/// What a closed account may be used for at most.
const EVERY: Duration = Duration::from_millis(500);

/// Tells the rooms and lists of this gateway, until it closes.
pub async fn follow(context: Context) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = None;
    while context.closing.run_until_cancelled(tick.tick()).await.is_some() {
        match look(&context, seen).await {
            Ok(now) => seen = Some(now),
            // Looked for again, from where it was.
            Err(error) => tracing::debug!(cause = %error, "cannot look for closed accounts"),
        }
    }
}

/// What was closed after the entry `seen` of the audit; gives the newest entry there is.
async fn look(context: &Context, seen: Option<i64>) -> Result<i64, StoreError> {
    let Some(seen) = seen else { return Ok(head(context.store.reader()).await?.seq) };
    let (closed, newest) = since(context.store.reader(), "staff.disabled", seen).await?;
    for detail in closed {
        if let Some(staff) = staff(&detail) {
            context.bus.tell_here(News::StaffSignedOut { staff, session: None });
        }
    }
    Ok(newest)
}

fn staff(detail: &str) -> Option<StaffId> {
    let detail: Value = serde_json::from_str(detail).ok()?;
    detail["staff"].as_str().map(|id| StaffId(id.to_owned()))
}
