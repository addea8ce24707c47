//! SQL of help requests. Callers hold a transaction and add the audit entry.

use std::time::Duration;

use super::wait::Line;
use super::{HelpPlace, HelpScreen, HelpState, Holder, NewRequest, Request, wait};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::identity::{at_desk, serving};
use crate::store::{Connection, Row, StoreError, sql};
use crate::visits::store::rows::{moment, word};
use crate::visits::time::GRACE;
use crate::visits::words::Outcome;

/// The newest handled ones show how long helping takes.
const HANDLED: i64 = 20;
/// A request that ended so long ago is no news to the patient any more.
const NEWS: Duration = Duration::from_secs(30 * 60);

const COLUMNS: &str = "SELECT h.*, staff.name AS holder_name FROM help_requests h LEFT JOIN staff ON staff.id = h.holder WHERE ";

/// Makes the visit's request, unless one is open. Whoever races makes one.
pub async fn ask(c: &mut Connection, new: &NewRequest, now: Moment, dice: &Dice) -> Result<bool, StoreError> {
    let made = sql("INSERT INTO help_requests (id, facility_id, visit_id, open_for, asked_by, screen, cause, asked_at, state)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, 'asked') ON CONFLICT (open_for) DO NOTHING")
    .bind(dice.id())
    .bind(new.facility.as_str())
    .bind(new.visit.as_str())
    .bind(new.asked_by.word())
    .bind(new.screen.map(HelpScreen::word))
    .bind(&new.cause)
    .bind(now.0)
    .execute(c)
    .await?;
    Ok(made == 1)
}

/// So many requests were made for the visit since `from`.
pub async fn asked_since(c: &mut Connection, visit: &VisitId, from: Moment) -> Result<i64, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM help_requests WHERE visit_id = $1 AND asked_at > $2")
        .bind(visit.as_str())
        .bind(from.0)
        .fetch_one(c)
        .await?;
    row.get("n")
}

/// Nobody needs to help any more. False when no request was open.
pub async fn withdraw(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<bool, StoreError> {
    let closed = sql("UPDATE help_requests SET state = 'withdrawn', open_for = NULL, closed_at = $1 WHERE open_for = $2")
        .bind(now.0)
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(closed == 1)
}

pub async fn open(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<Option<Request>, StoreError> {
    let mut query = sql(COLUMNS);
    query.push("h.open_for = ").push_bind(visit.as_str());
    let Some(row) = query.fetch_optional(&mut *c).await? else { return Ok(None) };
    let mut request = read(&row)?;
    if let Some(holder) = &mut request.holder {
        holder.at_desk = at_desk::is_there(c, &FacilityId(row.get("facility_id")?), &holder.staff, now).await?;
    }
    Ok(Some(request))
}

/// Every request of the visit, oldest first; whether who holds one is at the desk is for the caller to say.
pub async fn of_visit(c: &mut Connection, visit: &VisitId) -> Result<Vec<Request>, StoreError> {
    let mut query = sql(COLUMNS);
    query.push("h.visit_id = ").push_bind(visit.as_str()).push(" ORDER BY h.asked_at, h.id");
    query.fetch_all(c).await?.iter().map(read).collect()
}

/// What the patient is told of the visit's newest request; nothing when there is none, or it was over long ago.
pub async fn place(
    c: &mut Connection,
    (facility, visit): (&FacilityId, &VisitId),
    can_be_texted: bool,
    now: Moment,
) -> Result<Option<HelpPlace>, StoreError> {
    let Some(mut newest) = of_visit(c, visit).await?.pop() else { return Ok(None) };
    let is_news = newest.closed_at.is_none_or(|at| now.since(at) < NEWS);
    if newest.state == HelpState::Withdrawn || !is_news {
        return Ok(None);
    }
    let there = at_desk::everybody(c, facility, now).await?;
    newest.holder = newest.holder.filter(|holder| there.contains(&holder.staff));
    let mut place = HelpPlace {
        state: newest.state,
        helper: newest.holder.map(|holder| holder.name),
        ahead: 0,
        at_desk: !there.is_empty(),
        about_minutes: None,
        can_be_texted,
        outcome: newest.outcome,
    };
    // Whoever had it has gone home: it waits like one that nobody has.
    if place.helper.is_none() && place.state.is_open() {
        place.state = HelpState::Asked;
        let line = line(c, facility, newest.asked_at, &there, now).await?;
        place.ahead = line.ahead;
        place.about_minutes = wait::about_minutes(&line);
    }
    Ok(Some(place))
}

async fn line(
    c: &mut Connection,
    facility: &FacilityId,
    asked_at: Moment,
    there: &[StaffId],
    now: Moment,
) -> Result<Line, StoreError> {
    let mut open = sql("SELECT h.holder, h.asked_at FROM help_requests h JOIN visits v ON v.id = h.open_for
         WHERE v.state = 'booked' AND v.ends_at > ");
    open.push_bind(now.minus(GRACE).0);
    // Whoever is there may serve other clinics too: their patients stand in the same line.
    let mut together = if there.is_empty() { Vec::new() } else { serving::of(&mut *c, there).await? };
    together.push(facility.clone());
    open.push(" AND h.facility_id IN ").push_list(together.iter().map(FacilityId::as_str));
    let open = open.fetch_all(&mut *c).await?;
    let (mut ahead, mut in_hand) = (0, 0);
    for row in open {
        let holder = row.get::<Option<String>>("holder")?.map(StaffId);
        if holder.is_some_and(|holder| there.contains(&holder)) {
            in_hand += 1;
        } else if row.get::<i64>("asked_at")? < asked_at.0 {
            ahead += 1;
        }
    }
    let handled = sql("SELECT claimed_at, closed_at FROM help_requests
         WHERE facility_id = $1 AND state = 'done' AND claimed_at IS NOT NULL ORDER BY closed_at DESC, id LIMIT $2")
    .bind(facility.as_str())
    .bind(HANDLED)
    .fetch_all(c)
    .await?;
    let took = |row: &Row| Ok(Moment(row.get("closed_at")?).since(Moment(row.get("claimed_at")?)));
    let handled = handled.iter().map(took).collect::<Result<_, StoreError>>()?;
    Ok(Line { ahead, in_hand, technicians: u32::try_from(there.len()).unwrap_or(u32::MAX), handled })
}

pub(in crate::visits) fn read(row: &Row) -> Result<Request, StoreError> {
    let known = |text: Option<String>| text.map(|text| HelpScreen::parse(&text).ok_or_else(unknown)).transpose();
    let holder = row.get::<Option<String>>("holder")?.map(StaffId);
    Ok(Request {
        id: row.get("id")?,
        visit: VisitId(row.get("visit_id")?),
        state: word(row, "state", HelpState::parse)?,
        asked_by: word(row, "asked_by", super::AskedBy::parse)?,
        screen: known(row.get("screen")?)?,
        cause: row.get("cause")?,
        asked_at: Moment(row.get("asked_at")?),
        holder: match holder {
            Some(staff) => Some(Holder { staff, name: row.get("holder_name")?, at_desk: false }),
            None => None,
        },
        texted_at: moment(row, "texted_at")?,
        closed_at: moment(row, "closed_at")?,
        outcome: row.get::<Option<String>>("outcome")?.map(|text| Outcome::parse(&text).ok_or_else(unknown)).transpose()?,
        note: row.get::<Option<String>>("note")?.map(Personal),
    })
}

fn unknown() -> StoreError {
    StoreError::strange("a stored word that we do not know")
}
