//! "What is your date of birth?" Five tries for a seat, whatever the device; the answer never says which part was wrong.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use super::page::{SeatPage, shown, sitting};
use crate::audit::{Actor, store::append};
use crate::base::clock::Moment;
use crate::base::ids::SeatId;
use crate::base::private::Personal;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::Device;
use crate::identity::sessions::{self, SeatSession};
use crate::store::Connection;
use crate::visits::arrival::BIRTH_TRIES;
use crate::visits::join::state::{Step, step};
use crate::visits::join::store::{self, SeatFacts};
use crate::visits::join::{entry, tell_changed};

/// A date of birth as typed into three fields.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BirthDate {
    #[schema(value_type = Option<i64>)]
    pub year: Option<Personal<i64>>,
    #[schema(value_type = Option<i64>)]
    pub month: Option<Personal<i64>>,
    #[schema(value_type = Option<i64>)]
    pub day: Option<Personal<i64>>,
}

impl BirthDate {
    /// The date, with all four figures of the year, if it is one.
    fn date(&self) -> Option<Date> {
        let year = self.year.as_ref().map(|year| year.0).filter(|year| (1000..=9999).contains(year))?;
        let (month, day) = (self.month.as_ref()?.0, self.day.as_ref()?.0);
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
    }

    fn incomplete(&self) -> Problem {
        let year_is_whole = self.year.as_ref().is_some_and(|year| (1000..=9999).contains(&year.0));
        let sentence = if year_is_whole { "Check the month and the day." } else { "Date of birth must include a year." };
        Problem::bad_request("birth_incomplete", sentence)
    }
}

/// What became of one answer.
enum Answer {
    Right(Box<SeatPage>, SeatFacts),
    Wrong { tries_left: i64, facts: SeatFacts },
    LockedOut,
}

#[utoipa::path(post, path = "/seats/{seat}/identify", operation_id = "identify", tag = "joining", params(("seat" = String, Path)), request_body = BirthDate,
    responses((status = 200, body = SeatPage), (status = 404, body = ProblemBody),
        (status = 403, body = ProblemBody, description = "birth_mismatch with tries_left, locked_out"),
        (status = 422, body = ProblemBody, description = "birth_incomplete")))]
pub async fn identify(
    State(context): State<Context>,
    device: Device,
    Path(seat): Path<SeatId>,
    Body(typed): Body<BirthDate>,
) -> Result<Json<SeatPage>, Problem> {
    let Some(date) = typed.date() else { return Err(typed.incomplete()) };
    let now = context.clock.now();
    let answer = context.store.write(move |c| Box::pin(async move { answer(c, &seat, &device, date, now).await })).await?;
    match answer {
        Answer::Right(page, facts) => {
            tell_changed(&context.bus, &facts);
            Ok(Json(*page))
        }
        Answer::Wrong { tries_left, facts } => {
            tell_changed(&context.bus, &facts);
            Err(if tries_left > 0 { mismatch(tries_left) } else { locked_out() })
        }
        Answer::LockedOut => Err(locked_out()),
    }
}

/// A wrong answer is not an error here: its count must be kept.
async fn answer(c: &mut Connection, seat: &SeatId, device: &Device, date: Date, now: Moment) -> Result<Answer, Problem> {
    let (facts, session) = sitting(c, seat, device, now).await?;
    let actor = Actor::Seat(seat.clone());
    match step(&facts, &session) {
        Step::Ready => {}
        Step::LockedOut => {
            append(c, &entry(&facts, actor, now, "seat.locked_out", json!({ "session": session.id }))).await?;
            return Ok(Answer::LockedOut);
        }
        Step::Identify if date == facts.born.0 => right(c, &facts, &session, now).await?,
        Step::Identify => {
            store::count_wrong_birth(c, seat).await?;
            let tries_left = BIRTH_TRIES - facts.birth_tries - 1;
            let detail = json!({ "session": session.id, "tries_left": tries_left });
            append(c, &entry(&facts, actor, now, "seat.birth_mismatch", detail)).await?;
            return Ok(Answer::Wrong { tries_left, facts });
        }
    }
    let page = shown(c, &facts, device, now).await?;
    Ok(Answer::Right(Box::new(page), facts))
}

async fn right(c: &mut Connection, facts: &SeatFacts, session: &SeatSession, now: Moment) -> Result<(), Problem> {
    sessions::identified(c, &session.id, now).await?;
    store::forget_wrong_births(c, &facts.seat).await?;
    let detail = json!({ "session": session.id });
    append(c, &entry(facts, Actor::Seat(facts.seat.clone()), now, "seat.identified", detail)).await?;
    Ok(())
}

fn mismatch(tries_left: i64) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "birth_mismatch", "That doesn't match our records. Check the date and try again.")
        .with("tries_left", tries_left)
}

fn locked_out() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "locked_out",
        "That doesn't match our records. Ask the clinic to let you in, or call the clinic.",
    )
}
