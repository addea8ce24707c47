//! What is left of a visit when its gateway dies: the facts that were stored, as a plan for the next room.

use std::collections::BTreeSet;

use signaling::ids::{CommandId, SeatId};
use signaling::message::{Consent, Role, SnippetState, VisitKind};
use signaling::room::{Fact, Plan, SeatPlan, SnippetPlan, Standing};

pub(crate) const CLINICIAN: &str = "clinician";
pub(crate) const PATIENT: &str = "patient";
pub(crate) const INTERPRETER: &str = "interpreter";

pub(crate) struct Database {
    plan: Plan,
    commands: BTreeSet<CommandId>,
    pub(crate) is_over: bool,
}

impl Database {
    pub(crate) fn booked() -> Self {
        let seat = |seat: &str, role| SeatPlan {
            seat: seat.into(),
            role,
            name: format!("{seat}'s name"),
            state: Standing::Expected,
            device: None,
            text_me: None,
            commands: vec![],
        };
        let seats = vec![seat(CLINICIAN, Role::Clinician), seat(PATIENT, Role::Patient), seat(INTERPRETER, Role::Interpreter)];
        let plan = Plan {
            visit: "visit".into(),
            kind: VisitKind::Clinical,
            node: "north-1".to_owned(),
            relay_only: false,
            late_minutes: 0,
            by_phone: false,
            consent: Consent::NotAsked,
            snippet_key: "key".into(),
            seats,
            snippets: vec![],
        };
        Self { plan, commands: BTreeSet::new(), is_over: false }
    }

    pub(crate) fn plan(&self) -> Plan {
        self.plan.clone()
    }

    pub(crate) fn standing(&self, seat: &SeatId) -> Standing {
        self.plan.seats.iter().find(|known| known.seat == *seat).expect("a seat").state
    }

    pub(crate) fn is_inside(&self, seat: &SeatId) -> bool {
        matches!(self.standing(seat), Standing::Admitted { .. })
    }

    pub(crate) fn has_place(&self, seat: &SeatId) -> bool {
        matches!(self.standing(seat), Standing::Admitted { .. } | Standing::Waiting { .. })
    }

    pub(crate) fn store(&mut self, fact: &Fact) {
        match fact {
            Fact::SeatHeld { seat, device } | Fact::TookOver { seat, device, .. } => {
                self.seat(seat).device = Some(device.clone());
            }
            Fact::CheckedIn { seat, at } | Fact::SentBack { seat, at, .. } => {
                self.seat(seat).state = Standing::Waiting { since: *at };
            }
            Fact::Admitted { seat, at, .. } => self.seat(seat).state = Standing::Admitted { at: *at },
            Fact::Denied { seat, .. } => self.seat(seat).state = Standing::Denied,
            Fact::Removed { seat, .. } => self.seat(seat).state = Standing::Removed,
            Fact::Left { seat, .. } => self.seat(seat).state = Standing::Left,
            Fact::Revoked { seat } => self.seat(seat).state = Standing::Expected,
            Fact::RunningLate { minutes, .. } => self.plan.late_minutes = *minutes,
            Fact::ByPhone { on, .. } => self.plan.by_phone = *on,
            Fact::Ended { .. } => self.is_over = true,
            Fact::ConsentAsked { .. } => self.plan.consent = Consent::Asked,
            Fact::ConsentAnswered { answer, .. } => self.plan.consent = *answer,
            Fact::SnippetHeld { snippet, by, audience } | Fact::SnippetOffered { snippet, by, audience } => {
                let held = matches!(fact, Fact::SnippetHeld { .. });
                let state = if held { SnippetState::Held } else { SnippetState::Offered };
                self.plan.snippets.retain(|known| known.snippet != *snippet);
                let (snippet, offered_by, audience) = (snippet.clone(), by.clone(), audience.clone());
                let (shown_to, seen_by) = (vec![], vec![]);
                self.plan.snippets.push(SnippetPlan { snippet, state, offered_by, audience, shown_to, seen_by, keep: false });
            }
            Fact::SnippetMayKeep { snippet, .. } => {
                for known in self.plan.snippets.iter_mut().filter(|known| known.snippet == *snippet) {
                    known.keep = true;
                }
            }
            Fact::SnippetWithdrawn { snippet, .. } => {
                for known in self.plan.snippets.iter_mut().filter(|known| known.snippet == *snippet) {
                    known.state = SnippetState::Withdrawn;
                }
            }
            Fact::SnippetWithdrawnFrom { snippet, seat, .. } => {
                for known in self.plan.snippets.iter_mut().filter(|known| known.snippet == *snippet) {
                    known.audience.retain(|other| other != seat);
                }
            }
            Fact::CommandDone { seat, command } => {
                assert!(self.commands.insert(command.clone()), "carried out twice: {command}");
                self.seat(seat).commands.push(command.clone());
            }
            Fact::Knocked { .. }
            | Fact::TextMe { .. }
            | Fact::TextDue { .. }
            | Fact::Path(_)
            | Fact::Happened { .. }
            | Fact::TakeoverAsked { .. }
            | Fact::TakeoverRefused { .. }
            | Fact::NotAllowed { .. }
            | Fact::SnippetShown { .. }
            | Fact::SnippetSeen { .. }
            | Fact::SnippetRejected { .. }
            | Fact::SnippetRefused { .. } => {}
        }
    }

    fn seat(&mut self, seat: &SeatId) -> &mut SeatPlan {
        self.plan.seats.iter_mut().find(|known| known.seat == *seat).expect("a seat")
    }
}
