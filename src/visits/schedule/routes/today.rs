//! The list of a day's visits, and the news that says when to read it again.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SessionId, StaffId};
use crate::bus::News;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::query::Query;
use crate::identity::{StaffActor, StaffRole, serving};
use crate::store::Connection;
use crate::visits::presence::Presence;
use crate::visits::store::{self, Which};
use crate::visits::view::{self, Visit};
use crate::visits::{schedule, time};

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `2026-11-24` in the facility's zone; today when absent.
    date: Option<String>,
    /// `me` or a clinician's id. When absent: a clinician's own, an administrator's whole facility.
    clinician: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Day {
    pub date: String,
    pub now: Moment,
    pub visits: Vec<Visit>,
}

#[utoipa::path(get, path = "/visits", operation_id = "list_visits", tag = "visits", params(Asked),
    responses((status = 200, body = Day), (status = 422, body = ProblemBody, description = "wrong_date, unknown_clinician")))]
pub async fn list(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Query(asked): Query<Asked>,
) -> Result<Json<Day>, Problem> {
    let now = context.clock.now();
    let mut c = context.store.reader().acquire().await?;
    let facility = schedule::facility(&mut c, &actor).await?;
    let zone = facility.zone();
    let date = asked.date.as_deref().map_or(Ok(time::date(now, &zone)), time::parse_date).map_err(|_| wrong_date())?;
    let (from, to) = time::day_bounds(date, &zone).map_err(|_| wrong_date())?;
    let clinician = whose(&mut c, &actor, asked.clinician).await?;
    let rows = store::load(&mut c, &actor.facility, Which::Between(from, to, clinician.as_ref())).await?;
    let visits = rows.into_iter().map(|row| view::visit(row, &facility, &presence, now)).collect();
    Ok(Json(Day { date: date.to_string(), now, visits }))
}

async fn whose(c: &mut Connection, actor: &StaffActor, asked: Option<String>) -> Result<Option<StaffId>, Problem> {
    match asked {
        None if actor.role == StaffRole::Clinician => Ok(Some(actor.staff.clone())),
        None => Ok(None),
        Some(me) if me == "me" => Ok(Some(actor.staff.clone())),
        Some(id) => {
            let clinician = StaffId(id);
            if store::is_clinician(c, &actor.facility, &clinician).await? {
                Ok(Some(clinician))
            } else {
                Err(Problem::bad_request("unknown_clinician", "The clinic has no such clinician."))
            }
        }
    }
}

fn wrong_date() -> Problem {
    Problem::bad_request("wrong_date", "Write the date like 2026-11-24.")
}

/// A stream is closed after so long and the page opens it again, so that a session that has ended ends its news too.
const STREAM: Duration = Duration::from_secs(5 * 60);
const PING: Duration = Duration::from_secs(15);

/// `event: visits` with the id of a visit that changed; `null` when several did and the whole list is to be read.
#[utoipa::path(get, path = "/news", operation_id = "news", tag = "visits", responses((status = 200, content_type = "text/event-stream", body = String)))]
pub async fn news(
    State(context): State<Context>,
    actor: StaffActor,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let listener = Listener {
        facilities: serving::facilities(context.store.reader(), &actor).await?,
        news: context.bus.listen(),
        closing: context.closing,
        actor,
        until: Instant::now() + STREAM,
        greeted: false,
    };
    let events = unfold(listener, |mut listener| async move { Some((Ok(listener.next().await?), listener)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(PING).text("still here")))
}

struct Listener {
    news: Receiver<News>,
    closing: CancellationToken,
    actor: StaffActor,
    /// As they were when the stream was opened.
    facilities: Vec<FacilityId>,
    until: Instant,
    greeted: bool,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            // Sent at once: whatever changes after this line will be heard.
            self.greeted = true;
            return Some(Event::default().comment("listening").retry(Duration::from_secs(2)));
        }
        loop {
            let heard = tokio::select! {
                () = self.closing.cancelled() => return None,
                heard = timeout_at(self.until, self.news.recv()) => heard,
            };
            match heard {
                Ok(Ok(News::VisitChanged { facility, visit })) if self.facilities.contains(&facility) => {
                    return Some(changed(json!(visit)));
                }
                Ok(Ok(News::TestChanged { facility, visit })) if self.facilities.contains(&facility) => {
                    return Some(Event::default().event("test").data(json!({ "visit": visit }).to_string()));
                }
                Ok(Ok(News::StaffSignedOut { staff, session })) if self.is_me(&staff, session.as_ref()) => return None,
                Ok(Ok(News::Missed)) => return Some(changed(json!(null))),
                Ok(Ok(_)) => {}
                Ok(Err(RecvError::Lagged(_))) => return Some(changed(json!(null))),
                Ok(Err(RecvError::Closed)) | Err(_) => return None,
            }
        }
    }

    fn is_me(&self, staff: &StaffId, session: Option<&SessionId>) -> bool {
        *staff == self.actor.staff && session.is_none_or(|session| *session == self.actor.session)
    }
}

fn changed(visit: serde_json::Value) -> Event {
    Event::default().event("visits").data(json!({ "visit": visit }).to_string())
}
