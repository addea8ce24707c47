//! The life of snippets, as far as signaling knows it: held, offered, shown, seen, withdrawn or rejected, and the one consent.
//! Their content never comes here.

use crate::ids::{SeatId, SnippetId};
use crate::message::{
    Consent, ConsentAsked, RefusalWord, Role, ServerMessage, SnippetOffer, SnippetRejected, SnippetSeat, SnippetState,
    SnippetView,
};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::{Fact, Millis};
use crate::room::plan::SnippetPlan;

/// So many prepared snippets wait to be offered; older ones are forgotten.
const PREPARED_KEPT: usize = 64;
/// What a page refuses is worth so many entries of the audit a minute and seat; who sends rubbish may send it often.
const REFUSALS_A_MINUTE: usize = 10;
const MINUTE_MS: Millis = 60_000;

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) consent: Consent,
    snippets: Vec<Snippet>,
    prepared: Vec<(SnippetId, Millis)>,
    /// Refusals of the last minute that were stored.
    refusals: Vec<(SeatId, Millis)>,
}

#[derive(Clone, Debug)]
struct Snippet {
    view: SnippetView,
    offered_by: SeatId,
}

impl Record {
    pub(super) fn restored(consent: Consent, snippets: Vec<SnippetPlan>) -> Self {
        let restore = |plan: SnippetPlan| Snippet {
            view: SnippetView {
                snippet: plan.snippet,
                state: plan.state,
                audience: plan.audience,
                shown_to: plan.shown_to,
                seen_by: plan.seen_by,
                keep: plan.keep,
            },
            offered_by: plan.offered_by,
        };
        Self { consent, snippets: snippets.into_iter().map(restore).collect(), prepared: Vec::new(), refusals: Vec::new() }
    }

    pub(super) fn prepared(&mut self, snippet: SnippetId, expires_at: Millis) {
        self.prepared.retain(|(known, _)| *known != snippet);
        if self.prepared.len() == PREPARED_KEPT {
            self.prepared.remove(0);
        }
        self.prepared.push((snippet, expires_at));
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &SnippetView> {
        self.snippets.iter().map(|snippet| &snippet.view)
    }

    /// The snippet as long as it may be on somebody's screen.
    fn live(&mut self, snippet: &SnippetId) -> Option<&mut Snippet> {
        self.snippets.iter_mut().find(|other| &other.view.snippet == snippet && is_live(other.view.state))
    }

    /// Whether one more refusal of this seat is worth an entry now.
    fn may_refuse(&mut self, by: &SeatId, now: Millis) -> bool {
        self.refusals.retain(|(_, at)| now - at < MINUTE_MS);
        let is_new = self.refusals.iter().filter(|(seat, _)| seat == by).count() < REFUSALS_A_MINUTE;
        if is_new {
            self.refusals.push((by.clone(), now));
        }
        is_new
    }

    fn is_known(&self, snippet: &SnippetId) -> bool {
        self.all().any(|view| view.snippet == *snippet) || self.prepared.iter().any(|(prepared, _)| prepared == snippet)
    }

    fn take_prepared(&mut self, snippet: &SnippetId, now: Millis) -> bool {
        let found = self.prepared.iter().position(|(other, expires_at)| other == snippet && now < *expires_at);
        found.map(|at| self.prepared.remove(at)).is_some()
    }
}

fn is_live(state: SnippetState) -> bool {
    matches!(state, SnippetState::Held | SnippetState::Offered | SnippetState::Shown)
}

impl Room {
    /// The first offer of a visit asks the patient; until the answer it is held.
    pub(super) fn offer(&mut self, by: usize, offer: SnippetOffer) -> Outcome {
        let audience = self.audience(by, offer.seats)?;
        if matches!(self.consent(), Consent::Refused | Consent::Stopped) {
            return Err(RefusalWord::NoConsent);
        }
        if self.record.live(&offer.snippet).is_some() {
            self.widen(by, &offer.snippet, &audience);
            return Ok(());
        }
        if !self.has_patient(&audience) {
            return Err(RefusalWord::WithoutPatient);
        }
        if !self.record.take_prepared(&offer.snippet, self.now) {
            return Err(RefusalWord::NoSuchSnippet);
        }
        if self.consent() == Consent::NotAsked {
            self.record.consent = Consent::Asked;
            self.store(Fact::ConsentAsked { by: self.id(by) });
        }
        let (snippet, by) = (offer.snippet, self.id(by));
        let held = self.consent() != Consent::Agreed;
        let state = if held { SnippetState::Held } else { SnippetState::Offered };
        let (shown_to, seen_by) = (vec![], vec![]);
        let view = SnippetView { snippet: snippet.clone(), state, audience: audience.clone(), shown_to, seen_by, keep: false };
        self.record.snippets.push(Snippet { view, offered_by: by.clone() });
        self.store(match held {
            true => Fact::SnippetHeld { snippet, by, audience },
            false => Fact::SnippetOffered { snippet, by, audience },
        });
        Ok(())
    }

    /// More people may see what is on a screen already; those who see it keep it.
    fn widen(&mut self, by: usize, snippet: &SnippetId, more: &[SeatId]) {
        let by = self.id(by);
        let Some(known) = self.record.live(snippet) else { return };
        let view = &mut known.view;
        let new: Vec<SeatId> = more.iter().filter(|seat| !view.audience.contains(seat)).cloned().collect();
        if new.is_empty() {
            return;
        }
        view.audience.extend(new);
        view.audience.sort();
        let (snippet, audience, held) = (snippet.clone(), view.audience.clone(), view.state == SnippetState::Held);
        if held {
            self.store(Fact::SnippetHeld { snippet, by, audience });
        } else {
            view.state = SnippetState::Offered;
            self.store(Fact::SnippetOffered { snippet, by, audience });
        }
    }

    /// At least one other person, each of them in the visit.
    fn audience(&self, by: usize, mut seats: Vec<SeatId>) -> Result<Vec<SeatId>, RefusalWord> {
        seats.sort();
        seats.dedup();
        if seats.iter().any(|seat| self.index(seat).is_none()) {
            return Err(RefusalWord::NoSuchSeat);
        }
        let by = &self.seats[by].id;
        let inside = |seat: &SeatId| self.index(seat).is_some_and(|at| self.seats[at].is_inside());
        if seats.is_empty() || !seats.iter().all(|seat| seat != by && inside(seat)) {
            return Err(RefusalWord::NotAdmitted);
        }
        Ok(seats)
    }

    /// Nobody sees of the patient's record what the patient does not see.
    fn has_patient(&self, audience: &[SeatId]) -> bool {
        self.seats.iter().any(|seat| seat.role == Role::Patient && audience.contains(&seat.id))
    }

    pub(super) fn answer_consent(&mut self, at: usize, agreed: bool) -> Outcome {
        let before = self.consent();
        let answer = match (before, agreed) {
            (Consent::NotAsked, _) => return Err(RefusalWord::NotAllowed),
            (_, true) => Consent::Agreed,
            (Consent::Agreed | Consent::Stopped, false) => Consent::Stopped,
            (Consent::Asked | Consent::Refused, false) => Consent::Refused,
        };
        if answer == before {
            return Ok(());
        }
        self.record.consent = answer;
        let by = self.id(at);
        self.store(Fact::ConsentAnswered { by: by.clone(), answer });
        if agreed {
            self.release_held()
        } else {
            self.withdraw_all(&by)
        }
        Ok(())
    }

    fn release_held(&mut self) {
        let mut facts = Vec::new();
        for Snippet { view, offered_by } in &mut self.record.snippets {
            if view.state == SnippetState::Held {
                view.state = SnippetState::Offered;
                let (snippet, audience) = (view.snippet.clone(), view.audience.clone());
                facts.push(Fact::SnippetOffered { snippet, by: offered_by.clone(), audience });
            }
        }
        self.facts.extend(facts);
    }

    fn withdraw_all(&mut self, by: &SeatId) {
        let mut facts = Vec::new();
        for Snippet { view, .. } in &mut self.record.snippets {
            if is_live(view.state) {
                view.state = SnippetState::Withdrawn;
                facts.push(Fact::SnippetWithdrawn { snippet: view.snippet.clone(), by: by.clone() });
            }
        }
        self.facts.extend(facts);
    }

    /// "Yours to keep": marked as long as it may be on a screen; what is withdrawn cannot be given back by marking it.
    pub(super) fn may_keep(&mut self, by: usize, snippet: &SnippetId) -> Outcome {
        let by = self.id(by);
        let view = &mut self.record.live(snippet).ok_or(RefusalWord::NoSuchSnippet)?.view;
        if !view.keep {
            view.keep = true;
            self.store(Fact::SnippetMayKeep { snippet: snippet.clone(), by });
        }
        Ok(())
    }

    pub(super) fn withdraw(&mut self, by: usize, snippet: &SnippetId) -> Outcome {
        let by = self.id(by);
        let known = self.record.live(snippet).ok_or(RefusalWord::NoSuchSnippet)?;
        known.view.state = SnippetState::Withdrawn;
        self.store(Fact::SnippetWithdrawn { snippet: snippet.clone(), by });
        Ok(())
    }

    /// Somebody who was included sees it no longer. Without the patient nobody has it: that is `withdraw`.
    pub(super) fn withdraw_from(&mut self, by: usize, SnippetSeat { snippet, seat }: &SnippetSeat) -> Outcome {
        let from = self.index(seat).ok_or(RefusalWord::NoSuchSeat)?;
        if self.seats[from].role == Role::Patient {
            return Err(RefusalWord::WithoutPatient);
        }
        let by = self.id(by);
        let view = &mut self.record.live(snippet).ok_or(RefusalWord::NoSuchSnippet)?.view;
        if view.audience.contains(seat) {
            for seats in [&mut view.audience, &mut view.shown_to, &mut view.seen_by] {
                seats.retain(|other| other != seat);
            }
            self.store(Fact::SnippetWithdrawnFrom { snippet: snippet.clone(), seat: seat.clone(), by });
        }
        Ok(())
    }

    pub(super) fn shown(&mut self, at: usize, snippet: &SnippetId) -> Outcome {
        let by = self.id(at);
        let view = self.for_me(at, snippet)?;
        if !view.shown_to.contains(&by) {
            view.shown_to.push(by.clone());
            view.state = SnippetState::Shown;
            self.store(Fact::SnippetShown { snippet: snippet.clone(), by });
        }
        Ok(())
    }

    pub(super) fn seen(&mut self, at: usize, snippet: &SnippetId) -> Outcome {
        // Who has seen it has it on the page, even where that message is still to come.
        self.shown(at, snippet)?;
        let by = self.id(at);
        let view = self.for_me(at, snippet)?;
        if !view.seen_by.contains(&by) {
            view.seen_by.push(by.clone());
            self.store(Fact::SnippetSeen { snippet: snippet.clone(), by });
        }
        Ok(())
    }

    /// A page did not show what came to it: also what nobody offered, what was withdrawn, and what is of another visit.
    pub(super) fn rejected(&mut self, at: usize, rejected: &SnippetRejected) -> Outcome {
        if !self.seats[at].is_inside() {
            return Err(RefusalWord::NotAllowed);
        }
        let (by, why) = (self.id(at), rejected.why);
        let snippet = rejected.snippet.clone();
        if let Some(view) = self.for_me(at, &snippet).ok().filter(|view| view.shown_to.is_empty()) {
            view.state = SnippetState::Rejected;
            self.store(Fact::SnippetRejected { snippet, by, why });
        } else if self.record.may_refuse(&by, self.now) {
            let snippet = self.record.is_known(&snippet).then_some(snippet);
            self.store(Fact::SnippetRefused { snippet, by, why });
        }
        Ok(())
    }

    /// An agreed snippet that this admitted seat is in the audience of.
    fn for_me(&mut self, at: usize, snippet: &SnippetId) -> Result<&mut SnippetView, RefusalWord> {
        if !self.seats[at].is_inside() {
            return Err(RefusalWord::NotAllowed);
        }
        let me = self.id(at);
        let view = &mut self.record.live(snippet).ok_or(RefusalWord::NoSuchSnippet)?.view;
        match view.state {
            _ if !view.audience.contains(&me) => Err(RefusalWord::NotInAudience),
            SnippetState::Held => Err(RefusalWord::NoConsent),
            _ => Ok(view),
        }
    }

    /// For a patient who is to answer: who would like to show something.
    pub(super) fn consent_asked(&self, at: usize) -> Option<ServerMessage> {
        let seat = &self.seats[at];
        if self.consent() != Consent::Asked || seat.role != Role::Patient || !seat.is_inside() {
            return None;
        }
        let asker = self.record.snippets.iter().rev().find(|snippet| snippet.view.state == SnippetState::Held)?;
        let by = self.seats[self.index(&asker.offered_by)?].name.clone();
        Some(ServerMessage::ConsentAsked(ConsentAsked { by }))
    }
}
