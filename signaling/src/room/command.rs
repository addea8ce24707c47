//! The table of commands: who may say which, and the verb that carries it out.

use crate::message::{ClientMessage, Permission, RefusalWord};
use crate::room::Room;
use crate::room::seat::{Hold, permissions};

/// A verb's outcome; a refusal changes nothing.
pub(super) type Outcome = Result<(), RefusalWord>;

/// What a seat needs for a command, beyond having a session.
fn needs(message: &ClientMessage) -> Option<Permission> {
    match message {
        ClientMessage::Admit(_)
        | ClientMessage::Deny(_)
        | ClientMessage::SendBack(_)
        | ClientMessage::Remove(_)
        | ClientMessage::AllowTakeover(_) => Some(Permission::KeepTheDoor),
        ClientMessage::RunningLate(_) => Some(Permission::RunningLate),
        ClientMessage::GoByPhone(_) => Some(Permission::GoByPhone),
        ClientMessage::End(_) => Some(Permission::EndForEveryone),
        ClientMessage::SnippetOffer(_)
        | ClientMessage::SnippetKeep(_)
        | ClientMessage::SnippetWithdraw(_)
        | ClientMessage::SnippetWithdrawFrom(_) => Some(Permission::ShowRecord),
        ClientMessage::ConsentAnswer(_) => Some(Permission::AnswerConsent),
        _ => None,
    }
}

impl Room {
    pub(super) fn command(&mut self, at: usize, hold: Hold, message: ClientMessage) -> Outcome {
        if self.ended.is_some() {
            return Err(RefusalWord::VisitEnded);
        }
        if hold == Hold::Knocker {
            return match message {
                ClientMessage::TakeoverAsk(_) => self.ask_takeover(at),
                _ => Err(RefusalWord::NotAllowed),
            };
        }
        if let Some(permission) = needs(&message) {
            self.check(at, permission)?;
        }
        match message {
            ClientMessage::CheckIn(_) => self.check_in(at),
            ClientMessage::TextMe(text) => self.text_me(at, text.wanted),
            ClientMessage::Leave(_) => self.leave(at),
            ClientMessage::TakeoverAnswer(answer) => self.answer_takeover(at, answer.allow),
            ClientMessage::AllowTakeover(target) => self.allow_takeover(at, &target.seat),
            ClientMessage::Admit(admit) => self.admit(at, &admit),
            ClientMessage::Deny(target) => self.deny(at, &target.seat),
            ClientMessage::SendBack(target) => self.send_back(at, &target.seat),
            ClientMessage::Remove(target) => self.remove(at, &target.seat),
            ClientMessage::RunningLate(late) => self.run_late(at, late.minutes),
            ClientMessage::GoByPhone(go) => self.go_by_phone(at, go.by_phone),
            ClientMessage::End(_) => self.end(at),
            ClientMessage::Happened(happened) => self.happened(at, happened.what),
            ClientMessage::ConsentAnswer(answer) => self.answer_consent(at, answer.agreed),
            ClientMessage::SnippetOffer(offer) => self.offer(at, offer),
            ClientMessage::SnippetKeep(snippet) => self.may_keep(at, &snippet.snippet),
            ClientMessage::SnippetWithdraw(snippet) => self.withdraw(at, &snippet.snippet),
            ClientMessage::SnippetWithdrawFrom(from) => self.withdraw_from(at, &from),
            ClientMessage::SnippetShown(snippet) => self.shown(at, &snippet.snippet),
            ClientMessage::SnippetSeen(snippet) => self.seen(at, &snippet.snippet),
            ClientMessage::SnippetRejected(rejected) => self.rejected(at, &rejected),
            // `takeover_ask` from the device that holds the seat; what is left is no command.
            _ => Err(RefusalWord::NothingToTakeOver),
        }
    }

    /// Every permission is for use inside the visit.
    fn check(&self, at: usize, permission: Permission) -> Outcome {
        let seat = &self.seats[at];
        let may = permissions(seat.role, self.kind).contains(&permission) && seat.is_inside();
        if may { Ok(()) } else { Err(RefusalWord::NotAllowed) }
    }
}
