//! A visit read back into the plan of its room.

use signaling::ids::CommandId;
use signaling::message::{Consent, Role, SnippetState, VisitKind};
use signaling::room::{COMMANDS_KEPT, Plan, SeatPlan, SnippetPlan, Standing};

use super::{Opened, SeatRow};
use crate::base::ids::{FacilityId, NodeId, SeatId, SnippetId, StaffId, VisitId};
use crate::store::words::word;
use crate::store::{Connection, Row, StoreError, sql};

/// What a plan needs that stands in no row.
#[derive(Clone, Debug)]
pub(in crate::rooms) struct Known {
    /// The Ed25519 public key that signs snippets, base64url.
    pub(in crate::rooms) snippet_key: String,
    /// Texts can be sent here.
    pub(in crate::rooms) can_text: bool,
}

pub(super) async fn read(
    c: &mut Connection,
    visit: &VisitId,
    node: &NodeId,
    known: &Known,
) -> Result<Option<(Plan, Opened)>, StoreError> {
    let row = sql("SELECT v.facility_id, v.kind, v.late_minutes, v.by_phone_at, v.consent, f.relay_only
         FROM visits v JOIN facilities f ON f.id = v.facility_id WHERE v.id = $1 AND v.state = 'booked'")
    .bind(visit.as_str())
    .fetch_optional(&mut *c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (seats, rows) = seats(c, visit, known.can_text).await?;
    let staff = rows.iter().find(|seat| seat.staff.is_some()).map(|seat| seat.id.clone());
    let plan = Plan {
        visit: visit.clone(),
        node: node.0.clone(),
        kind: word::<VisitKind>(row.get("kind")?)?,
        relay_only: row.get::<i64>("relay_only")? != 0,
        late_minutes: u32::try_from(row.get::<i64>("late_minutes")?).unwrap_or(0),
        by_phone: row.get::<Option<i64>>("by_phone_at")?.is_some(),
        consent: word::<Consent>(row.get("consent")?)?,
        snippet_key: known.snippet_key.clone(),
        seats,
        snippets: match staff {
            Some(offered_by) => snippets(c, visit, &offered_by).await?,
            None => Vec::new(),
        },
    };
    Ok(Some((plan, Opened { facility: FacilityId(row.get("facility_id")?), seats: rows })))
}

async fn seats(c: &mut Connection, visit: &VisitId, can_text: bool) -> Result<(Vec<SeatPlan>, Vec<SeatRow>), StoreError> {
    let rows = sql("SELECT s.id, s.role, s.name, s.staff_id, s.state, s.waiting_since, s.admitted_at, s.live_session, s.text_at,
         CASE WHEN s.staff_id IS NOT NULL THEN NULL WHEN s.role = 'patient' THEN p.phone ELSE s.phone END AS phone
         FROM seats s JOIN visits v ON v.id = s.visit_id JOIN patients p ON p.id = v.patient_id WHERE s.visit_id = $1 ORDER BY s.id")
    .bind(visit.as_str())
    .fetch_all(&mut *c)
    .await?;
    let (mut plans, mut known) = (Vec::new(), Vec::new());
    for row in rows {
        let (id, role) = (SeatId(row.get("id")?), word::<Role>(row.get("role")?)?);
        plans.push(SeatPlan {
            commands: commands(c, &id).await?,
            seat: id.clone(),
            role,
            name: row.get("name")?,
            state: standing(&row)?,
            device: row.get("live_session")?,
            text_me: text_me(&row, can_text)?,
        });
        known.push(SeatRow { id, role, staff: row.get::<Option<String>>("staff_id")?.map(StaffId) });
    }
    Ok((plans, known))
}

/// Where the clinic knows a number and can text: whether the person wants it.
fn text_me(row: &Row, can_text: bool) -> Result<Option<bool>, StoreError> {
    let reachable = can_text && row.get::<Option<String>>("phone")?.is_some();
    let wanted = row.get::<Option<i64>>("text_at")?.is_some();
    Ok(reachable.then_some(wanted))
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    let at = |column| -> Result<i64, StoreError> { Ok(row.get::<Option<i64>>(column)?.unwrap_or(0)) };
    Ok(match row.get::<&str>("state")? {
        "waiting" => Standing::Waiting { since: at("waiting_since")? },
        "admitted" => Standing::Admitted { at: at("admitted_at")? },
        "left" => Standing::Left,
        "denied" => Standing::Denied,
        "removed" => Standing::Removed,
        _ => Standing::Expected,
    })
}

/// The newest ones, oldest first.
async fn commands(c: &mut Connection, seat: &SeatId) -> Result<Vec<CommandId>, StoreError> {
    let rows = sql("SELECT id FROM commands WHERE seat_id = $1 ORDER BY at DESC LIMIT $2")
        .bind(seat.as_str())
        .bind(i64::try_from(COMMANDS_KEPT).unwrap_or(i64::MAX))
        .fetch_all(c)
        .await?;
    rows.iter().rev().map(|row| Ok(CommandId(row.get("id")?))).collect()
}

async fn snippets(c: &mut Connection, visit: &VisitId, offered_by: &SeatId) -> Result<Vec<SnippetPlan>, StoreError> {
    let rows = sql("SELECT id, state, keep FROM snippets WHERE visit_id = $1 AND state <> 'prepared' ORDER BY prepared_at, id")
        .bind(visit.as_str())
        .fetch_all(&mut *c)
        .await?;
    let mut plans = Vec::new();
    for row in rows {
        let mut plan = SnippetPlan {
            snippet: SnippetId(row.get("id")?),
            state: word::<SnippetState>(row.get("state")?)?,
            offered_by: offered_by.clone(),
            audience: vec![],
            shown_to: vec![],
            seen_by: vec![],
            keep: row.get::<i64>("keep")? != 0,
        };
        audience(c, &mut plan).await?;
        plans.push(plan);
    }
    Ok(plans)
}

async fn audience(c: &mut Connection, plan: &mut SnippetPlan) -> Result<(), StoreError> {
    let rows =
        sql("SELECT seat_id, shown_at, seen_at FROM snippet_audience WHERE snippet_id = $1 AND gone_at IS NULL ORDER BY seat_id")
            .bind(plan.snippet.as_str())
            .fetch_all(c)
            .await?;
    for row in rows {
        let seat = SeatId(row.get("seat_id")?);
        if row.get::<Option<i64>>("shown_at")?.is_some() {
            plan.shown_to.push(seat.clone());
        }
        if row.get::<Option<i64>>("seen_at")?.is_some() {
            plan.seen_by.push(seat.clone());
        }
        plan.audience.push(seat);
    }
    Ok(())
}
