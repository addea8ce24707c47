//! One input and what comes of it: facts are on disk before anything else is done, and where that fails nothing happened.

use std::collections::VecDeque;

use signaling::message::{CloseWord, Envelope};
use signaling::room::{Connect, ConnectionId, Fact, Input, Output};
use tokio::time::timeout;

use super::{Event, PATIENCE, Task};
use crate::base::clock::Moment;
use crate::rooms::line::Outgoing;
use crate::rooms::relay;
use crate::rooms::store::facts;
use crate::rooms::store::owner::Unsaved;
use crate::store::StoreError;

impl Task {
    /// A message that is only passed on is most of a call: nothing of it is stored, so it waits for nothing and needs no box to wait in.
    /// Gives back an event that has to have its turn.
    pub(super) fn at_once(&mut self, event: Event) -> Option<Event> {
        let now = self.clock.now();
        match event {
            Event::Received(connection, envelope) if envelope.message.is_passed_on() && self.is_at_ease(now) => {
                self.counted.received.increment(1);
                self.pass_on(Input::Received { connection, envelope: *envelope }, now);
                None
            }
            event => Some(event),
        }
    }

    fn pass_on(&mut self, input: Input, now: Moment) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.room.handle(now.0, input);
            while let Some(output) = self.room.poll() {
                debug_assert!(!matches!(output, Output::Store(_)), "what is stored has its turn");
                inputs.extend(self.carry_out(output));
            }
        }
    }

    /// One input, and what answering the room brings in turn.
    pub(super) async fn handle(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            inputs.extend(self.step(input).await);
        }
    }

    /// Facts are stored before anything else is done. Where that fails the room is again what it was before.
    async fn step(&mut self, input: Input) -> Vec<Input> {
        let now = self.clock.now();
        let before = input.may_store().then(|| (self.room.clone(), input.clone()));
        let is_asked = input.is_asked();
        self.room.handle(now.0, input);
        let (mut stored, mut rest) = (Vec::new(), Vec::new());
        while let Some(output) = self.room.poll() {
            match output {
                Output::Store(fact) => stored.push(fact),
                output => rest.push(output),
            }
        }
        if let Err(error) = self.commit(stored, now, is_asked).await {
            if matches!(error, Unsaved::Lost) {
                metrics::counter!("room_writes_refused_total").increment(1);
                self.is_lost = true;
                return Vec::new();
            }
            tracing::error!(cause = %error, "a room could not store what happened");
            metrics::counter!("room_writes_failed_total").increment(1);
            if let Some((before, input)) = before {
                self.room = before;
                return self.not_stored(input);
            }
        }
        rest.into_iter().filter_map(|output| self.carry_out(output)).collect()
    }

    /// Everybody in the room waits for it: what nobody asked for is tried again later instead.
    async fn commit(&self, stored: Vec<Fact>, now: Moment, is_asked: bool) -> Result<(), Unsaved> {
        if stored.is_empty() {
            return Ok(());
        }
        let (about, hold, tell) = (self.about.clone(), self.hold.clone(), self.hub.tell());
        let store = &self.hub.context().store;
        let written = store.write(move |c| Box::pin(async move { facts::commit(c, &hold, &about, &stored, now, &tell).await }));
        if is_asked {
            return written.await;
        }
        timeout(PATIENCE, written).await.unwrap_or(Err(Unsaved::Store(StoreError::TooSlow)))
    }

    /// Nothing happened; whoever asked is told to try again, and what nobody asked for is tried again by us.
    fn not_stored(&mut self, input: Input) -> Vec<Input> {
        match input {
            Input::Connect(Connect { connection, .. }) => {
                if let Some(line) = self.lines.get(&connection) {
                    line.say_goodbye(&CloseWord::Overloaded.into());
                }
                Vec::new()
            }
            Input::Received { connection, envelope: Envelope { n: Some(n), id: Some(id), .. } } => {
                vec![Input::NotStored { connection, n, id }]
            }
            // Its number was not taken: the page says it again when it comes back.
            Input::Received { connection, .. } => {
                self.lines.remove(&connection);
                Vec::new()
            }
            input => {
                self.failed_at = Some(self.clock.now());
                if !matches!(input, Input::Tick) {
                    self.again.push_back(input);
                }
                Vec::new()
            }
        }
    }

    fn carry_out(&mut self, output: Output) -> Option<Input> {
        match output {
            // Taken out before.
            Output::Store(_) => {}
            Output::Send { connection, text } => {
                self.counted.sent.increment(1);
                self.put(connection, Outgoing::Text(text));
            }
            Output::Close { connection, word } => self.put(connection, Outgoing::Close(word)),
            Output::MintRelay { seat } => {
                let servers = relay::mint(&self.hub, &self.visit, &seat)?;
                return Some(Input::IceServers { seat, servers });
            }
            Output::EndRelay { seat } => {
                relay::end_seat(&self.hub, &self.visit, &seat);
                if self.room.is_over() {
                    relay::end_visit(&self.hub, &self.visit);
                }
            }
            Output::Changed => self.show(),
            Output::Measured { level } => self.counted.measured(level),
        }
        None
    }

    fn put(&mut self, connection: ConnectionId, outgoing: Outgoing) {
        let Some(line) = self.lines.get(&connection) else { return };
        if !line.put(outgoing) {
            // The socket ends when its line is dropped, and says so here.
            self.lines.remove(&connection);
            metrics::counter!("lines_dropped_total").increment(1);
        }
    }
}
