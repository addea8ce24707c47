//! A message arrives: is it in turn, is it not too much, and what is it.

use crate::ids::CommandId;
use crate::message::{ClientMessage, CloseWord, Empty, Envelope, RefusalWord, Refused, Screen, ServerMessage};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::{ConnectionId, Fact, Output};
use crate::room::seat::Hold;
use crate::wire::{Body, frame};

impl Room {
    pub(super) fn receive(&mut self, connection: ConnectionId, envelope: Envelope<ClientMessage>) {
        let Some((at, hold)) = self.by_connection(connection) else { return };
        match self.take(at, hold, envelope.n, envelope.ack) {
            Ok(true) => self.dispatch(connection, at, hold, envelope),
            Ok(false) => {}
            Err(word) => self.cut(at, hold, word),
        }
    }

    /// Whether the message is to be acted on: not when it was taken before.
    fn take(&mut self, at: usize, hold: Hold, n: Option<u64>, ack: u64) -> Result<bool, CloseWord> {
        let now = self.now;
        if hold == Hold::Holder && self.seats[at].reconnecting {
            self.seats[at].reconnecting = false;
            self.stale = true;
        }
        let Some(session) = self.seats[at].session_mut(hold) else { return Ok(false) };
        session.heard(now);
        if !session.allowance.take(now) {
            return Err(CloseWord::Flood);
        }
        if !session.outbox.acknowledge(ack) {
            return Err(CloseWord::BadMessage);
        }
        match n {
            None => Ok(true),
            Some(n) if n <= session.received => Ok(false),
            Some(n) if n == session.received + 1 => {
                session.received = n;
                Ok(true)
            }
            Some(_) => Err(CloseWord::BadMessage),
        }
    }

    fn dispatch(&mut self, connection: ConnectionId, at: usize, hold: Hold, envelope: Envelope<ClientMessage>) {
        match envelope.message {
            ClientMessage::Hello(_) => self.cut(at, hold, CloseWord::BadMessage),
            ClientMessage::Ping(ping) => self.say_unnumbered(at, hold, &ServerMessage::Pong(ping)),
            ClientMessage::Progress(progress) => self.progress(at, hold, progress.screen),
            message if message.is_command() => {
                if let Some(id) = envelope.id {
                    let outcome = self.run_command(at, hold, &id, message);
                    // A takeover has moved the session, or ended it.
                    if let Some((at, hold)) = self.by_connection(connection) {
                        self.answer(at, hold, id, outcome);
                    }
                }
            }
            message => self.pass_on(at, hold, message),
        }
    }

    fn run_command(&mut self, at: usize, hold: Hold, id: &CommandId, message: ClientMessage) -> Outcome {
        if hold == Hold::Holder && self.seats[at].has_done(id) {
            return Ok(());
        }
        let outcome = self.command(at, hold, message);
        match outcome {
            // Only what changed something has to be remembered: the rest is harmless to repeat.
            Ok(()) if !self.facts.is_empty() && hold == Hold::Holder => {
                self.seats[at].note_done(id.clone());
                self.store(Fact::CommandDone { seat: self.id(at), command: id.clone() });
            }
            // A page is told of no seat of another visit: one that names it made it up.
            Err(RefusalWord::NotAllowed | RefusalWord::NoSuchSeat) => self.store(Fact::NotAllowed { seat: self.id(at) }),
            Ok(()) | Err(_) => {}
        }
        outcome
    }

    /// The command could not be stored and did not happen.
    pub(super) fn not_stored(&mut self, connection: ConnectionId, n: u64, id: CommandId) {
        let Some((at, hold)) = self.by_connection(connection) else { return };
        let now = self.now;
        if let Some(session) = self.seats[at].session_mut(hold) {
            session.received = n;
            session.heard_at = now;
        }
        self.answer(at, hold, id, Err(RefusalWord::TryAgain));
    }

    fn answer(&mut self, at: usize, hold: Hold, id: CommandId, outcome: Outcome) {
        let message = match outcome {
            Ok(()) => ServerMessage::Done(Empty {}),
            Err(word) => ServerMessage::Refused(Refused { word, sentence: word.sentence().to_owned() }),
        };
        self.send(at, hold, Some(id), Body::of(&message));
    }

    fn progress(&mut self, at: usize, hold: Hold, screen: Screen) {
        if hold == Hold::Holder && self.seats[at].screen != screen {
            self.seats[at].screen = screen;
            self.stale = true;
        }
    }

    pub(super) fn say(&mut self, at: usize, hold: Hold, message: &ServerMessage) {
        self.send(at, hold, None, Body::of(message));
    }

    /// Numbers a message and keeps it until it is acknowledged, whether somebody is connected or not.
    pub(super) fn send(&mut self, at: usize, hold: Hold, id: Option<CommandId>, body: Body) {
        let now = self.now;
        let Some(session) = self.seats[at].session_mut(hold) else { return };
        let text = session.outbox.push(now, session.received, id, body);
        if let Some(connection) = session.connection {
            self.outputs.push_back(Output::Send { connection, text });
        }
    }

    fn say_unnumbered(&mut self, at: usize, hold: Hold, message: &ServerMessage) {
        let Some(session) = self.seats[at].session(hold) else { return };
        let text = frame(None, session.received, None, &Body::of(message));
        if let Some(connection) = session.connection {
            self.outputs.push_back(Output::Send { connection, text });
        }
    }
}
