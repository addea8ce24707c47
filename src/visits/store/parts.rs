//! What belongs to visits: their seats, equipment tests, test calls and help requests, read for all of a list at once.

use std::collections::HashMap;

use super::rows::{self, VisitRow, moment};
use crate::notices::told;
use crate::store::{Connection, Query, StoreError, sql};
use crate::visits::help;
use crate::visits::words::SeatRole;

type Place = HashMap<String, usize>;

pub(super) async fn seats(c: &mut Connection, visits: &mut [VisitRow], place: &Place) -> Result<(), StoreError> {
    let mut query = sql("SELECT seats.*, live.created_at AS opened_at, live.identified_at, live.device_hash,
                (SELECT COUNT(*) FROM join_links l WHERE l.seat_id = seats.id AND l.superseded_at IS NULL) AS links,
                (SELECT COUNT(*) FROM seat_sessions s WHERE s.seat_id = seats.id AND s.ended_at IS NULL) AS sessions
         FROM seats LEFT JOIN seat_sessions live ON live.id = seats.live_session AND live.ended_at IS NULL
         WHERE seats.visit_id IN ");
    among(&mut query, visits);
    query.push(" ORDER BY seats.visit_id, seats.role, seats.id");
    for row in query.fetch_all(c).await? {
        if let Some(visit) = of(visits, place, row.get("visit_id")?) {
            visit.seats.push(rows::seat(&row)?);
        }
    }
    Ok(())
}

pub(super) async fn tests(c: &mut Connection, visits: &mut [VisitRow], place: &Place) -> Result<(), StoreError> {
    let mut query = sql("SELECT t.*, seats.role, COALESCE(v.for_visit, v.id) AS of_visit
         FROM equipment_tests t JOIN seats ON seats.id = t.seat_id JOIN visits v ON v.id = seats.visit_id
         WHERE v.id IN ");
    among(&mut query, visits);
    query.push(" OR (seats.role = 'patient' AND v.for_visit IN ");
    among(&mut query, visits);
    query.push(") ORDER BY t.started_at, t.id");
    for row in query.fetch_all(c).await? {
        let Some(visit) = of(visits, place, row.get("of_visit")?) else { continue };
        let (seat, is_patients) = (row.get::<&str>("seat_id")?, row.get::<&str>("role")? == "patient");
        // A patient's test in a test call is of another seat, and counts for the visit's.
        let is_of = |known: &rows::Seat| known.id.as_str() == seat || (is_patients && known.role == SeatRole::Patient);
        let Some(seat) = visit.seats.iter_mut().find(|known| is_of(known)) else { continue };
        seat.tests.count += 1;
        seat.tests.started_at = moment(&row, "started_at")?;
        if let Some(tested) = rows::tested(&row)?
            && seat.tests.finished.as_ref().is_none_or(|known| known.at <= tested.at)
        {
            seat.tests.finished = Some(tested);
        }
    }
    Ok(())
}

pub(super) async fn calls(c: &mut Connection, visits: &mut [VisitRow], place: &Place) -> Result<(), StoreError> {
    let mut query =
        sql("SELECT v.*, staff.name AS staff_name FROM visits v JOIN staff ON staff.id = v.staff_id WHERE v.for_visit IN ");
    among(&mut query, visits);
    query.push(" ORDER BY v.created_at, v.id");
    for row in query.fetch_all(c).await? {
        if let Some(visit) = of(visits, place, row.get("for_visit")?) {
            visit.calls.push(rows::call(&row)?);
        }
    }
    Ok(())
}

pub(super) async fn told(c: &mut Connection, visits: &mut [VisitRow]) -> Result<(), StoreError> {
    let mut newest = told::in_visits(c, visits.iter().map(|visit| &visit.id)).await?;
    for seat in visits.iter_mut().flat_map(|visit| &mut visit.seats) {
        seat.told = newest.remove(&seat.id);
    }
    Ok(())
}

pub(super) async fn help(c: &mut Connection, visits: &mut [VisitRow], place: &Place) -> Result<(), StoreError> {
    let mut query = sql(
        "SELECT h.*, staff.name AS holder_name FROM help_requests h LEFT JOIN staff ON staff.id = h.holder WHERE h.visit_id IN ",
    );
    among(&mut query, visits);
    query.push(" ORDER BY h.asked_at, h.id");
    for row in query.fetch_all(c).await? {
        if let Some(visit) = of(visits, place, row.get("visit_id")?) {
            visit.help.push(help::store::read(&row)?);
        }
    }
    Ok(())
}

fn of<'a>(visits: &'a mut [VisitRow], place: &Place, id: &str) -> Option<&'a mut VisitRow> {
    visits.get_mut(*place.get(id)?)
}

fn among(query: &mut Query, visits: &[VisitRow]) {
    query.push_list(visits.iter().map(|visit| visit.id.as_str()));
}
