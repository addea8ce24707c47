//! Telling everyone what is new to them: the difference between what a session may see and what it was told last.

use crate::message::{
    ByPhone, CloseWord, Consent, Ended, Inside, PersonLeft, Role, ServerMessage, SnippetState, SnippetView, View, WaitingRoom,
};
use crate::room::Room;
use crate::room::io::Output;
use crate::room::seat::Hold;

impl Room {
    pub(super) fn tell(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        match self.ended {
            Some(by) => self.tell_end(by),
            None => self.tell_differences(),
        }
        let glances = self.glance();
        if glances != self.glances {
            self.glances = glances;
            self.outputs.push_back(Output::Changed);
        }
    }

    fn tell_differences(&mut self) {
        for at in 0..self.seats.len() {
            for hold in [Hold::Holder, Hold::Knocker] {
                let Some(told) = self.seats[at].session_mut(hold).and_then(|session| session.told.take()) else { continue };
                let view = self.view(at, hold);
                let came_in = matches!((&told, &view), (View::Outside(_), View::Inside(_)));
                let went_out = matches!((&told, &view), (View::Inside(_), View::Outside(_)));
                if let Some(session) = self.seats[at].session_mut(hold).filter(|_| went_out) {
                    session.outbox.forget();
                }
                for message in self.difference(at, told, &view) {
                    self.say(at, hold, &message);
                }
                if let Some(session) = self.seats[at].session_mut(hold) {
                    session.told = Some(view);
                }
                if came_in {
                    self.remind(at);
                }
            }
        }
    }

    fn difference(&self, at: usize, told: View, view: &View) -> Vec<ServerMessage> {
        match (told, view) {
            (View::Inside(told), View::Inside(inside)) => self.difference_inside(at, &told, inside),
            (View::Outside(told), View::Outside(outside)) if told == *outside => Vec::new(),
            (_, View::Outside(outside)) => vec![ServerMessage::Outside(outside.clone())],
            (View::Outside(_), View::Inside(inside)) => vec![ServerMessage::Admitted(Box::new(inside.clone()))],
        }
    }

    fn difference_inside(&self, at: usize, told: &Inside, inside: &Inside) -> Vec<ServerMessage> {
        let mut messages = Vec::new();
        for person in told.people.iter().filter(|person| inside.people.iter().all(|other| other.seat != person.seat)) {
            let why = self.index(&person.seat).map(|at| self.seats[at].departure());
            messages.extend(why.map(|why| ServerMessage::PersonLeft(PersonLeft { seat: person.seat.clone(), why })));
        }
        for person in inside.people.iter().filter(|person| !told.people.contains(person)) {
            messages.push(ServerMessage::Person(person.clone()));
        }
        for path in inside.paths.iter().filter(|path| !told.paths.contains(path)) {
            messages.push(ServerMessage::Quality(path.clone()));
        }
        if told.waiting != inside.waiting {
            messages.push(ServerMessage::WaitingRoom(WaitingRoom { people: inside.waiting.clone() }));
        }
        if told.by_phone != inside.by_phone {
            messages.push(ServerMessage::ByPhone(ByPhone { by_phone: inside.by_phone }));
        }
        if told.consent != inside.consent {
            messages.push(ServerMessage::Consent(inside.consent));
            messages.extend((inside.consent.consent == Consent::Asked).then(|| self.consent_asked(at)).flatten());
        }
        for snippet in inside.snippets.iter().filter(|snippet| !told.snippets.contains(snippet)) {
            messages.push(ServerMessage::Snippet(snippet.clone()));
        }
        let is_gone = |known: &&SnippetView| inside.snippets.iter().all(|other| other.snippet != known.snippet);
        for known in told.snippets.iter().filter(is_gone) {
            messages.push(ServerMessage::Snippet(SnippetView { state: SnippetState::Withdrawn, ..known.clone() }));
        }
        messages
    }

    fn tell_end(&mut self, by: Role) {
        for at in 0..self.seats.len() {
            if self.seats[at].is_inside() {
                self.outputs.push_back(Output::EndRelay { seat: self.id(at) });
            }
            for hold in [Hold::Holder, Hold::Knocker] {
                self.say(at, hold, &ServerMessage::Ended(Ended { by }));
            }
            self.seats[at].state = crate::room::seat::State::Gone(crate::room::seat::Gone::Left);
            self.close_sessions(at, CloseWord::VisitEnded);
        }
        self.stale = false;
    }
}
