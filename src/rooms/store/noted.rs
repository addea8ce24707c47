//! What happened in a room, as the audit calls it. Ids, words and counts only.

use serde_json::{Value, json};
use signaling::message::{Consent, Departure};
use signaling::room::Fact;

use super::Opened;
use crate::audit::{Actor, Entry};
use crate::base::clock::Moment;
use crate::base::ids::{SeatId, VisitId};

/// Who did it, what it is called, and to which seat.
pub(super) fn entry(visit: &VisitId, about: &Opened, fact: &Fact, now: Moment) -> Option<Entry> {
    let (by, action, seat, detail) = described(fact)?;
    Some(Entry {
        at: now,
        actor: by.map_or(Actor::Gateway, |by| actor(about, by)),
        action,
        facility: Some(about.facility.clone()),
        visit: Some(visit.clone()),
        seat: seat.cloned(),
        detail,
    })
}

fn actor(about: &Opened, seat: &SeatId) -> Actor {
    let staff = about.seats.iter().find(|known| known.id == *seat).and_then(|known| known.staff.clone());
    staff.map_or_else(|| Actor::Seat(seat.clone()), Actor::Staff)
}

type Described<'a> = (Option<&'a SeatId>, &'static str, Option<&'a SeatId>, Value);

fn described(fact: &Fact) -> Option<Described<'_>> {
    let nothing = || json!({});
    Some(match fact {
        Fact::SeatHeld { seat, .. } => (Some(seat), "seat.held", Some(seat), nothing()),
        Fact::Knocked { seat } => (Some(seat), "seat.already_open", Some(seat), nothing()),
        Fact::CheckedIn { seat, .. } => (Some(seat), "seat.checked_in", Some(seat), nothing()),
        Fact::TextMe { seat, wanted, .. } => (Some(seat), "seat.text_asked", Some(seat), json!({ "wanted": wanted })),
        Fact::Admitted { seat, by, identity_confirmed, .. } => {
            (Some(by), "seat.admitted", Some(seat), json!({ "identity_confirmed": identity_confirmed }))
        }
        Fact::Denied { seat, by } => (Some(by), "seat.denied", Some(seat), nothing()),
        Fact::SentBack { seat, by, .. } => (Some(by), "seat.sent_back", Some(seat), nothing()),
        Fact::Removed { seat, by } => (Some(by), "seat.removed", Some(seat), nothing()),
        Fact::Left { seat, why: Departure::Lost } => (None, "seat.lost", Some(seat), nothing()),
        Fact::Left { seat, .. } => (Some(seat), "seat.left", Some(seat), nothing()),
        Fact::Revoked { seat } => (None, "seat.revoked", Some(seat), nothing()),
        Fact::RunningLate { by, minutes } => (Some(by), "visit.running_late", None, json!({ "minutes": minutes })),
        Fact::ByPhone { by, on: true } => (Some(by), "visit.by_phone", None, nothing()),
        Fact::ByPhone { by, on: false } => (Some(by), "visit.back_from_phone", None, nothing()),
        Fact::Ended { by } => (Some(by), "visit.ended", None, nothing()),
        Fact::TakeoverAsked { seat } => (Some(seat), "takeover.asked", Some(seat), nothing()),
        Fact::TakeoverRefused { seat } => (Some(seat), "takeover.refused", Some(seat), nothing()),
        Fact::TookOver { seat, by, .. } => (Some(by), "takeover.done", Some(seat), nothing()),
        Fact::ConsentAsked { by } => (Some(by), "consent.asked", None, nothing()),
        Fact::ConsentAnswered { by, answer: Consent::Agreed } => (Some(by), "consent.agreed", Some(by), nothing()),
        Fact::ConsentAnswered { by, answer: Consent::Stopped } => (Some(by), "consent.stopped", Some(by), nothing()),
        Fact::ConsentAnswered { by, .. } => (Some(by), "consent.refused", Some(by), nothing()),
        Fact::SnippetHeld { snippet, by, audience } => {
            (Some(by), "snippet.held", None, json!({ "snippet": snippet, "audience": audience }))
        }
        Fact::SnippetOffered { snippet, by, audience } => {
            (Some(by), "snippet.offered", None, json!({ "snippet": snippet, "audience": audience }))
        }
        Fact::SnippetShown { snippet, by } => (Some(by), "snippet.shown", Some(by), json!({ "snippet": snippet })),
        Fact::SnippetSeen { snippet, by } => (Some(by), "snippet.seen", Some(by), json!({ "snippet": snippet })),
        Fact::SnippetRejected { snippet, by, why } => {
            (Some(by), "snippet.rejected", Some(by), json!({ "snippet": snippet, "why": why }))
        }
        Fact::SnippetRefused { snippet, by, why } => {
            (Some(by), "snippet.rejected", Some(by), json!({ "snippet": snippet, "why": why }))
        }
        Fact::SnippetMayKeep { snippet, by } => (Some(by), "snippet.may_keep", None, json!({ "snippet": snippet })),
        Fact::SnippetWithdrawn { snippet, by } => (Some(by), "snippet.withdrawn", None, json!({ "snippet": snippet })),
        Fact::SnippetWithdrawnFrom { snippet, seat, by } => {
            (Some(by), "snippet.withdrawn_from", Some(seat), json!({ "snippet": snippet }))
        }
        Fact::NotAllowed { seat } => (Some(seat), "access.not_allowed", Some(seat), nothing()),
        // Follows from the admission, or was measured and noticed by pages: nobody did anything with anything.
        Fact::TextDue { .. } | Fact::Path(_) | Fact::Happened { .. } | Fact::CommandDone { .. } => return None,
    })
}
