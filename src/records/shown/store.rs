//! SQL of what was shown: of one visit, of a patient's earlier visits, and of copies saved.

use std::collections::HashMap;

use super::search::{Place, Search};
use super::{ShownItem, ShownTo};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, SnippetId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::identity::StaffActor;
use crate::store::{Connection, On, Row, StoreError, sql};

/// The visit that a list of what was shown is about.
pub(super) struct About {
    pub(super) clinic: String,
    pub(super) clinician: StaffId,
    pub(super) clinician_name: Personal<String>,
    /// The patient in the record source, where one is linked.
    pub(super) record_id: Option<String>,
    pub(super) patient_name: Personal<String>,
    ended_at: Option<Moment>,
}

/// A clinical visit of the actor's clinic.
pub(super) async fn about(on: impl Into<On<'_>>, visit: &VisitId, actor: &StaffActor) -> Result<Option<About>, StoreError> {
    let row = sql("SELECT f.name AS clinic, v.staff_id, staff.name AS clinician, p.record_id, p.name AS patient, v.ended_at
         FROM visits v JOIN facilities f ON f.id = v.facility_id JOIN staff ON staff.id = v.staff_id JOIN patients p ON p.id = v.patient_id
         WHERE v.id = $1 AND v.facility_id = $2 AND v.kind = 'clinical'")
    .bind(visit.as_str())
    .bind(actor.facility.as_str())
    .fetch_optional(on)
    .await?;
    row.as_ref().map(about_of).transpose()
}

/// What was on a screen in this visit, oldest first.
pub(super) async fn of_visit(c: &mut Connection, visit: &VisitId, about: &About) -> Result<Vec<ShownItem>, StoreError> {
    let rows = sql("SELECT s.id, s.kind, s.keep, s.gone_at, MIN(a.shown_at) AS shown_from
         FROM snippets s JOIN snippet_audience a ON a.snippet_id = s.id
         WHERE s.visit_id = $1 AND a.shown_at IS NOT NULL GROUP BY s.id, s.kind, s.keep, s.gone_at ORDER BY shown_from, s.id")
    .bind(visit.as_str())
    .fetch_all(&mut *c)
    .await?;
    let mut items = Vec::new();
    for row in rows {
        let snippet = SnippetId(row.get("id")?);
        items.push(ShownItem {
            kind: row.get("kind")?,
            from: Moment(row.get("shown_from")?),
            until: moment(&row, "gone_at")?.or(about.ended_at),
            keep: row.get::<i64>("keep")? != 0,
            people: people(c, &snippet).await?,
            snippet,
        });
    }
    Ok(items)
}

/// Patient first.
async fn people(c: &mut Connection, snippet: &SnippetId) -> Result<Vec<ShownTo>, StoreError> {
    let rows = sql("SELECT seats.id, seats.role, seats.name, a.shown_at, a.seen_at, a.gone_at, a.kept_at
         FROM snippet_audience a JOIN seats ON seats.id = a.seat_id
         WHERE a.snippet_id = $1 ORDER BY CASE seats.role WHEN 'patient' THEN 0 ELSE 1 END, seats.name, seats.id")
    .bind(snippet.as_str())
    .fetch_all(c)
    .await?;
    rows.iter().map(person).collect()
}

/// One item on one person's page.
pub(super) struct Shown {
    pub(super) about: About,
    pub(super) visit: VisitId,
    pub(super) item: ShownItem,
    pub(super) person: ShownTo,
}

pub(super) struct Found {
    pub(super) shown: Vec<Shown>,
    /// Where this page ends, where another one follows.
    pub(super) next: Option<Place>,
}

/// What was on a page in any visit of the clinic, oldest first, a page of it.
pub(super) async fn between(c: &mut Connection, facility: &FacilityId, search: &Search) -> Result<Found, StoreError> {
    let count = i64::try_from(search.count).unwrap_or(i64::MAX);
    let mut rows = sql("SELECT f.name AS clinic, v.id AS visit, v.staff_id, staff.name AS clinician, p.record_id, p.name AS patient, v.ended_at,
                s.id AS snippet, s.kind, s.keep, s.gone_at AS taken_at, seats.id, seats.role, seats.name, a.shown_at, a.seen_at, a.gone_at, a.kept_at
         FROM snippet_audience a JOIN snippets s ON s.id = a.snippet_id JOIN visits v ON v.id = s.visit_id JOIN seats ON seats.id = a.seat_id
         JOIN facilities f ON f.id = v.facility_id JOIN staff ON staff.id = v.staff_id JOIN patients p ON p.id = v.patient_id
         WHERE v.facility_id = $1 AND a.shown_at >= $2 AND a.shown_at < $3
           AND (a.shown_at > $4 OR a.shown_at = $4 AND (s.id > $5 OR s.id = $5 AND seats.id > $6))
         ORDER BY a.shown_at, s.id, seats.id LIMIT $7")
    .bind(facility.as_str())
    .bind(search.from.0)
    .bind(search.until.0)
    .bind(search.after.at)
    .bind(&search.after.snippet)
    .bind(&search.after.seat)
    .bind(count + 1)
    .fetch_all(c)
    .await?;
    let has_more = rows.len() > search.count;
    rows.truncate(search.count);
    let shown = rows.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    let place = |last: &Shown| Place {
        at: last.item.from.0,
        snippet: last.item.snippet.as_str().to_owned(),
        seat: last.person.seat.as_str().to_owned(),
    };
    let next = shown.last().filter(|_| has_more).map(place);
    Ok(Found { shown, next })
}

fn one(row: &Row) -> Result<Shown, StoreError> {
    let (about, person) = (about_of(row)?, person(row)?);
    let item = ShownItem {
        snippet: SnippetId(row.get("snippet")?),
        kind: row.get("kind")?,
        from: Moment(row.get("shown_at")?),
        until: moment(row, "taken_at")?.or(about.ended_at),
        keep: row.get::<i64>("keep")? != 0,
        people: Vec::new(),
    };
    Ok(Shown { about, visit: VisitId(row.get("visit")?), item, person })
}

fn about_of(row: &Row) -> Result<About, StoreError> {
    Ok(About {
        clinic: row.get("clinic")?,
        clinician: StaffId(row.get("staff_id")?),
        clinician_name: Personal(row.get("clinician")?),
        record_id: row.get("record_id")?,
        patient_name: Personal(row.get("patient")?),
        ended_at: moment(row, "ended_at")?,
    })
}

fn person(row: &Row) -> Result<ShownTo, StoreError> {
    Ok(ShownTo {
        seat: SeatId(row.get("id")?),
        role: row.get("role")?,
        name: Personal(row.get("name")?),
        shown_at: moment(row, "shown_at")?,
        seen_at: moment(row, "seen_at")?,
        gone_at: moment(row, "gone_at")?,
        kept_at: moment(row, "kept_at")?,
    })
}

/// When each item of the record was last on this patient's screen in another visit, by the item's name in the list.
pub(in crate::records) async fn in_other_visits(
    on: impl Into<On<'_>>,
    visit: &VisitId,
) -> Result<HashMap<String, Moment>, StoreError> {
    let rows = sql("SELECT s.item, MAX(a.shown_at) AS shown_at
         FROM visits this JOIN visits v ON v.patient_id = this.patient_id AND v.id <> this.id
         JOIN snippets s ON s.visit_id = v.id JOIN snippet_audience a ON a.snippet_id = s.id JOIN seats ON seats.id = a.seat_id
         WHERE this.id = $1 AND a.shown_at IS NOT NULL AND seats.role = 'patient' GROUP BY s.item")
    .bind(visit.as_str())
    .fetch_all(on)
    .await?;
    rows.iter().map(|row| Ok((row.get("item")?, Moment(row.get("shown_at")?)))).collect()
}

/// Which item each snippet of this visit was made from, so that a page that was loaded anew knows what is on the screens.
pub(in crate::records) async fn offered(on: impl Into<On<'_>>, visit: &VisitId) -> Result<Vec<(SnippetId, String)>, StoreError> {
    let rows = sql("SELECT id, item FROM snippets WHERE visit_id = $1 AND state <> 'prepared' ORDER BY prepared_at, id")
        .bind(visit.as_str())
        .fetch_all(on)
        .await?;
    rows.iter().map(|row| Ok((SnippetId(row.get("id")?), row.get("item")?))).collect()
}

/// Where a copy belongs, for the audit.
pub(super) struct Kept {
    pub(super) facility: FacilityId,
    pub(super) visit: VisitId,
    /// It was saved before: nothing is new.
    pub(super) again: bool,
}

/// Notes that a copy was saved, of an item that was the patient's to keep and was on this seat's screen. Nobody else has one.
pub(super) async fn keep(
    c: &mut Connection,
    seat: &SeatId,
    snippet: &SnippetId,
    now: Moment,
) -> Result<Option<Kept>, StoreError> {
    let row = sql("SELECT v.facility_id, v.id, a.kept_at
         FROM snippet_audience a JOIN snippets s ON s.id = a.snippet_id JOIN visits v ON v.id = s.visit_id JOIN seats ON seats.id = a.seat_id
         WHERE a.snippet_id = $1 AND a.seat_id = $2 AND a.shown_at IS NOT NULL AND s.keep = 1 AND seats.role = 'patient'")
    .bind(snippet.as_str())
    .bind(seat.as_str())
    .fetch_optional(&mut *c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    sql("UPDATE snippet_audience SET kept_at = $1 WHERE snippet_id = $2 AND seat_id = $3 AND kept_at IS NULL")
        .bind(now.0)
        .bind(snippet.as_str())
        .bind(seat.as_str())
        .execute(c)
        .await?;
    Ok(Some(Kept {
        facility: FacilityId(row.get("facility_id")?),
        visit: VisitId(row.get("id")?),
        again: moment(&row, "kept_at")?.is_some(),
    }))
}

fn moment(row: &Row, column: &str) -> Result<Option<Moment>, StoreError> {
    Ok(row.get::<Option<i64>>(column)?.map(Moment))
}
