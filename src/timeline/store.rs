//! SQL of the timeline: what a room notes of a visit, and all that is read of it afterwards.

use signaling::message::Happening;
use signaling::room::{Millis, PathRow};

use super::{PathPoint, StepKind, Timeline, TimelinePath, TimelinePerson, TimelineStep};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::store::words::spelled;
use crate::store::{Connection, Row, StoreError, sql};

pub async fn path(c: &mut Connection, visit: &VisitId, row: &PathRow) -> Result<(), StoreError> {
    let [first, second] = &row.between;
    let trouble = row.trouble.as_ref();
    sql("INSERT INTO visit_paths (visit_id, first_seat, second_seat, at, level, points, cause, side, round_trip_ms, loss_permille)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(visit.as_str())
    .bind(first.as_str())
    .bind(second.as_str())
    .bind(row.at)
    .bind(spelled(row.level))
    .bind(row.points.round() as i64)
    .bind(&trouble.map(|trouble| spelled(trouble.cause)))
    .bind(&trouble.map(|trouble| trouble.side.0.clone()))
    .bind(row.round_trip_ms.map(i64::from))
    .bind(row.loss.map(|loss| (loss * 1000.0).round() as i64))
    .execute(c)
    .await?;
    Ok(())
}

pub async fn happened(c: &mut Connection, visit: &VisitId, seat: &SeatId, what: Happening, at: Millis) -> Result<(), StoreError> {
    sql("INSERT INTO visit_happenings (visit_id, seat_id, at, what) VALUES ($1, $2, $3, $4)")
        .bind(visit.as_str())
        .bind(seat.as_str())
        .bind(at)
        .bind(spelled(what))
        .execute(c)
        .await?;
    Ok(())
}

/// Whose visit it is, if it is one of the facility's.
pub(super) async fn clinician_of(
    c: &mut Connection,
    facility: &FacilityId,
    visit: &VisitId,
) -> Result<Option<StaffId>, StoreError> {
    let query = sql("SELECT staff_id FROM visits WHERE id = $1 AND facility_id = $2");
    let row = query.bind(visit.as_str()).bind(facility.as_str()).fetch_optional(c).await?;
    row.map(|row| Ok(StaffId(row.get("staff_id")?))).transpose()
}

pub(super) async fn read(c: &mut Connection, visit: &VisitId) -> Result<Timeline, StoreError> {
    let mut steps = Vec::new();
    for (kind, query) in STEPS {
        for row in sql(query).bind(visit.as_str()).fetch_all(&mut *c).await? {
            steps.push(step(*kind, &row)?);
        }
    }
    // Stable: what came at the same moment stays in the order of the list.
    steps.sort_by_key(|step| step.at);
    Ok(Timeline { people: people(c, visit).await?, steps, paths: paths(c, visit).await? })
}

/// Each gives `at`, `what`, `seat_id` and `detail`.
const STEPS: &[(StepKind, &str)] = &[
    (
        StepKind::Join,
        "SELECT at, action AS what, seat_id, NULL AS detail FROM audit WHERE visit_id = $1 AND action IN ('link.redeemed',
         'seat.identified', 'seat.vouched', 'seat.checked_in', 'seat.text_asked', 'seat.admitted', 'seat.denied', 'seat.sent_back', 'seat.removed', 'seat.left',
         'seat.lost', 'takeover.done', 'visit.running_late', 'visit.ended', 'help.asked', 'help.claimed') ORDER BY seq",
    ),
    (
        StepKind::Verdict,
        "SELECT t.finished_at AS at, t.mode AS what, t.seat_id, t.cause AS detail FROM equipment_tests t JOIN seats ON seats.id = t.seat_id
         WHERE seats.visit_id = $1 AND t.finished_at IS NOT NULL AND t.mode IS NOT NULL ORDER BY t.finished_at, t.id",
    ),
    (
        StepKind::Told,
        "SELECT ended_at AS at, message AS what, seat_id, channel AS detail FROM notices
         WHERE visit_id = $1 AND state = 'sent' AND ended_at IS NOT NULL ORDER BY ended_at, id",
    ),
    (StepKind::Call, "SELECT at, what, seat_id, NULL AS detail FROM visit_happenings WHERE visit_id = $1 ORDER BY at"),
];

fn step(kind: StepKind, row: &Row) -> Result<TimelineStep, StoreError> {
    let seat = row.get::<Option<String>>("seat_id")?.map(SeatId);
    Ok(TimelineStep { at: Moment(row.get("at")?), kind, what: row.get("what")?, seat, detail: row.get("detail")? })
}

async fn people(c: &mut Connection, visit: &VisitId) -> Result<Vec<TimelinePerson>, StoreError> {
    let query =
        sql("SELECT id, role, name FROM seats WHERE visit_id = $1 ORDER BY CASE role WHEN 'patient' THEN 0 ELSE 1 END, name, id");
    let rows = query.bind(visit.as_str()).fetch_all(c).await?;
    let person = |row: &Row| -> Result<TimelinePerson, StoreError> {
        Ok(TimelinePerson { seat: SeatId(row.get("id")?), role: row.get("role")?, name: Personal(row.get("name")?) })
    };
    rows.iter().map(person).collect()
}

async fn paths(c: &mut Connection, visit: &VisitId) -> Result<Vec<TimelinePath>, StoreError> {
    let rows = sql("SELECT first_seat, second_seat, at, level, points, cause, side, round_trip_ms, loss_permille
         FROM visit_paths WHERE visit_id = $1 ORDER BY at")
    .bind(visit.as_str())
    .fetch_all(c)
    .await?;
    let mut paths: Vec<TimelinePath> = Vec::new();
    for row in &rows {
        let between = [SeatId(row.get("first_seat")?), SeatId(row.get("second_seat")?)];
        let point = point(row)?;
        match paths.iter_mut().find(|path| path.between == between) {
            Some(path) => path.points.push(point),
            None => paths.push(TimelinePath { between, points: vec![point] }),
        }
    }
    Ok(paths)
}

fn point(row: &Row) -> Result<PathPoint, StoreError> {
    Ok(PathPoint {
        at: Moment(row.get("at")?),
        level: row.get("level")?,
        points: row.get("points")?,
        cause: row.get("cause")?,
        side: row.get::<Option<String>>("side")?.map(SeatId),
        round_trip_ms: row.get("round_trip_ms")?,
        loss_permille: row.get("loss_permille")?,
    })
}
