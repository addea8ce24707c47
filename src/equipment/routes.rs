//! Starting a test gives the page the relay's addresses one way at a time; finishing it gives the page the verdict.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use signaling::message::IceServer;
use turn_config::access::RelayAccess;
use turn_config::credentials::Holder;
use turn_config::ice::SinglePaths;

use super::checks::{self, Check};
use super::store::{self, Finding, Finished, Place};
use super::verdict::{Verdict, Why, verdict};
use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ice::for_page;
use crate::base::ids::{EquipmentTestId, SeatId};
use crate::bus::{Bus, News};
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{Device, sessions};
use crate::media::MediaAgent;
use crate::store::{Connection, StoreError};
use crate::visits::help::{self, AskedBy, HelpScreen, NewRequest};
use crate::visits::readiness::Device as TestedDevice;
use crate::visits::words::Mode;

/// Tests of one seat in an hour: more than anybody needs, and a bound on what they cost.
const TESTS_AN_HOUR: i64 = 60;
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
const LONGEST_WORD: usize = 64;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StartedTest {
    pub id: EquipmentTestId,
    pub paths: Paths,
}

/// For `RTCPeerConnection`, one list for each way to the relay. They work for this test alone, and for minutes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Paths {
    pub udp: Vec<IceServer>,
    pub tcp: Vec<IceServer>,
    pub tls: Vec<IceServer>,
}

impl From<SinglePaths> for Paths {
    fn from(paths: SinglePaths) -> Self {
        Self { udp: for_page(paths.udp), tcp: for_page(paths.tcp), tls: for_page(paths.tls) }
    }
}

#[utoipa::path(post, path = "/seats/{seat}/equipment-tests", operation_id = "start_equipment_test", tag = "equipment", params(("seat" = String, Path)),
    responses((status = 201, body = StartedTest), (status = 403, body = ProblemBody, description = "identify_first"),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn start(
    State(context): State<Context>,
    State(relay): State<RelayAccess>,
    device: Device,
    Path(seat): Path<SeatId>,
) -> Result<(StatusCode, Json<StartedTest>), Problem> {
    let Context { store, clock, dice, bus, .. } = context;
    let (now, id) = (clock.now(), EquipmentTestId(dice.id()));
    let holder = Holder::new(id.as_str(), seat.as_str()).map_err(|_| Problem::not_found())?;
    let test = id.clone();
    let place = store
        .write(move |c| {
            Box::pin(async move {
                let session = sessions::find(&mut *c, &seat, &device).await?.ok_or_else(Problem::not_found)?;
                let place = store::place(c, &seat).await?.ok_or_else(Problem::not_found)?;
                if session.identified_at.is_none() && !place.is_known {
                    return Err(identify_first());
                }
                if store::begun_since(c, &seat, now.minus(HOUR)).await? >= TESTS_AN_HOUR {
                    return Err(too_many());
                }
                store::start(c, (&test, &device), &seat, now).await?;
                append(c, &entry(&place, seat, now, "equipment.started", json!({ "test": test }))).await?;
                Ok::<_, Problem>(place)
            })
        })
        .await?;
    tell_changed(&bus, &place);
    let paths = relay.for_test(&holder, now.0).servers.into();
    Ok((StatusCode::CREATED, Json(StartedTest { id, paths })))
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub checks: Vec<Check>,
    pub device: TestedDevice,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Judged {
    pub verdict: Verdict,
}

#[utoipa::path(put, path = "/seats/{seat}/equipment-tests/{id}", operation_id = "finish_equipment_test", tag = "equipment", params(("seat" = String, Path), ("id" = String, Path)), request_body = Report,
    responses((status = 200, body = Judged), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody, description = "unfit_report")))]
pub async fn finish(
    State(context): State<Context>,
    State(relay): State<RelayAccess>,
    State(media): State<MediaAgent>,
    device: Device,
    Path((seat, test)): Path<(SeatId, EquipmentTestId)>,
    Body(report): Body<Report>,
) -> Result<Json<Judged>, Problem> {
    examine(&report)?;
    let (now, dice, verdict) = (context.clock.now(), context.dice.clone(), verdict(&report.checks));
    let finding = finding(&report, verdict)?;
    let scope = test.clone();
    let place = context
        .store
        .write(move |c| {
            Box::pin(async move {
                sessions::find(&mut *c, &seat, &device).await?.ok_or_else(Problem::not_found)?;
                let place = store::place(c, &seat).await?.ok_or_else(Problem::not_found)?;
                match store::finish(c, (&seat, &test), &finding, now).await? {
                    Finished::Unknown => return Err(Problem::not_found()),
                    Finished::Otherwise => {
                        return Err(already_finished());
                    }
                    Finished::Before => {}
                    Finished::Now => {
                        let detail = json!({ "test": test, "mode": finding.mode, "cause": finding.cause });
                        append(c, &entry(&place, seat, now, "equipment.finished", detail)).await?;
                        if finding.mode == Mode::Phone.word() && place.is_patients {
                            ask_for_help(c, &place, finding.cause, now, &dice).await?;
                        }
                    }
                }
                Ok::<_, Problem>(place)
            })
        })
        .await?;
    media.end(scope.as_str()).await;
    relay.end_scope(scope.as_str(), now.0);
    tell_changed(&context.bus, &place);
    Ok(Json(Judged { verdict }))
}

/// Only the telephone is left: a technician looks at it before the visit.
async fn ask_for_help(
    c: &mut Connection,
    place: &Place,
    cause: Option<&'static str>,
    now: Moment,
    dice: &Dice,
) -> Result<(), StoreError> {
    let visit = place.for_visit.as_ref().unwrap_or(&place.visit).clone();
    let (facility, asked_by) = (place.facility.clone(), AskedBy::Check);
    let new =
        NewRequest { facility, visit: visit.clone(), asked_by, screen: Some(HelpScreen::Check), cause: cause.map(str::to_owned) };
    if help::store::ask(c, &new, now, dice).await? {
        let detail = json!({ "by": asked_by.word(), "cause": new.cause });
        let (facility, action) = (Some(new.facility), "help.asked");
        append(c, &Entry { at: now, actor: Actor::Gateway, action, facility, visit: Some(visit), seat: None, detail }).await?;
    }
    Ok(())
}

pub(super) fn already_finished() -> Problem {
    Problem::conflict("already_finished", "This test is finished. Start another.")
}

pub(super) fn unfit(error: &dyn std::fmt::Display) -> Problem {
    Problem::bad_request("unfit_report", format!("The report does not hang together: {error}."))
}

fn examine(report: &Report) -> Result<(), Problem> {
    checks::examine(&report.checks).map_err(|error| unfit(&error))?;
    let short = |text: &str| text.len() <= LONGEST_WORD && !text.chars().any(char::is_control);
    if short(&report.device.system) && short(&report.device.browser) {
        Ok(())
    } else {
        Err(unfit(&"the device's names are too long"))
    }
}

fn finding(report: &Report, verdict: Verdict) -> Result<Finding, Problem> {
    let json = |error: serde_json::Error| Problem::internal(&error);
    Ok(Finding {
        mode: verdict.mode.word(),
        cause: verdict.cause.map(Why::word),
        checks: serde_json::to_string(&report.checks).map_err(json)?,
        device: serde_json::to_string(&report.device).map_err(json)?,
    })
}

/// The relay is not for whoever got hold of a link.
fn identify_first() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "identify_first", "Say who you are before the check.")
}

fn too_many() -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_tests", "That were many tests. Wait a little, or call the clinic.")
        .retry_after(600)
}

fn entry(place: &Place, seat: SeatId, at: Moment, action: &'static str, detail: serde_json::Value) -> Entry {
    let (facility, visit) = (Some(place.facility.clone()), Some(place.visit.clone()));
    Entry { at, actor: Actor::Seat(seat.clone()), action, facility, visit, seat: Some(seat), detail }
}

/// A test in a test call shows on the row of the visit it is for.
fn tell_changed(bus: &Bus, place: &Place) {
    let visit = place.for_visit.as_ref().unwrap_or(&place.visit);
    bus.tell(News::VisitChanged { facility: place.facility.clone(), visit: visit.clone() });
}
