//! The way in for patients and who comes with them: what a link answers, redeeming it, saying who one is, and the page of the seat.
//! Whatever is unknown, wrong or somebody else's gets one and the same answer.

pub mod routes;
pub mod state;
mod store;

use axum::http::StatusCode;

use crate::audit::{Actor, Entry};
use crate::base::clock::Moment;
use crate::bus::{Bus, News};
use crate::http::problem::Problem;
use store::SeatFacts;

fn link_unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "link_unknown",
        "This link doesn't work. Open the newest text from the clinic, or call the clinic.",
    )
}

fn entry(facts: &SeatFacts, actor: Actor, at: Moment, action: &'static str, detail: serde_json::Value) -> Entry {
    let (facility, visit, seat) = (Some(facts.facility.id.clone()), Some(facts.visit.clone()), Some(facts.seat.clone()));
    Entry { at, actor, action, facility, visit, seat, detail }
}

/// The lists that show this person are out of date. A test call shows on the row of the visit it is for.
fn tell_changed(bus: &Bus, facts: &SeatFacts) {
    let visit = facts.for_visit.as_ref().unwrap_or(&facts.visit);
    bus.tell(News::VisitChanged { facility: facts.facility.id.clone(), visit: visit.clone() });
}
