//! The task of one room: takes events in turn, commits what the room wants stored, then does the rest of what it says.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use signaling::message::{ClientMessage, CloseWord, Envelope};
use signaling::room::{Connect, ConnectionId, Fact, Input, Millis, Output, Room};
use signaling::wire;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::hub::Hub;
use super::line::{Line, Outgoing};
use super::store::{self, Opened};
use super::{relay, store::facts};
use crate::base::clock::{Moment, Steady};
use crate::base::ids::{SeatId, StaffId, VisitId};
use crate::bus::News;
use crate::identity;
use crate::store::StoreError;
use crate::visits::presence::{Connected, Present};

/// A room without anybody stays open so long: a reload finds it.
const IDLE: Duration = Duration::from_secs(5);
/// What could not be stored is tried again after this.
const RETRY: Duration = Duration::from_secs(1);
/// How often a call says for its staff that they are not idle.
const TOUCH: Duration = Duration::from_secs(3 * 60);

pub(super) enum Event {
    Connect(Box<Connect>, Line),
    Received(ConnectionId, Box<Envelope<ClientMessage>>),
    Disconnected(ConnectionId),
    Input(Input),
    /// Ended or cancelled outside the room.
    Over,
    PlanChanged,
    SignedOut(StaffId),
}

struct Task {
    hub: Hub,
    visit: VisitId,
    room: Room,
    about: Arc<Opened>,
    clock: Steady,
    lines: HashMap<ConnectionId, Line>,
    /// Not stored the first time.
    again: VecDeque<Input>,
    failed_at: Option<Moment>,
    touched_at: Moment,
    shown: HashMap<SeatId, Present>,
}

/// Tidies up however the task ends, by a panic too: the lines are dropped, and that closes the sockets.
struct Leaving(Hub, VisitId);

impl Drop for Leaving {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.presence().room_closed(&self.1);
        }
        self.0.forget_room(&self.1);
        metrics::gauge!("rooms_live").decrement(1.0);
    }
}

pub(super) async fn run(hub: Hub, visit: VisitId, inbox: mpsc::Receiver<Event>) {
    metrics::gauge!("rooms_live").increment(1.0);
    let _leaving = Leaving(hub.clone(), visit.clone());
    // Dropped before `_leaving`, which asks whether it is closed.
    let mut inbox = inbox;
    match open(&hub, &visit).await {
        Ok(Some(task)) => task.run(&mut inbox).await,
        Ok(None) => turn_away(inbox, CloseWord::VisitEnded).await,
        Err(error) => {
            tracing::error!(cause = %error, "a room could not be opened");
            turn_away(inbox, CloseWord::Overloaded).await;
        }
    }
}

async fn open(hub: &Hub, visit: &VisitId) -> Result<Option<Task>, StoreError> {
    let Some((plan, about)) = store::open(hub.context(), visit, hub.snippet_key()).await? else { return Ok(None) };
    let clock = hub.context().clock.steady();
    let now = clock.now();
    Ok(Some(Task {
        hub: hub.clone(),
        visit: visit.clone(),
        room: Room::new(plan, about.epoch, now.0),
        about: Arc::new(about),
        clock,
        lines: HashMap::new(),
        again: VecDeque::new(),
        failed_at: None,
        touched_at: now,
        shown: HashMap::new(),
    }))
}

/// Those who came before the room could be opened.
async fn turn_away(mut inbox: mpsc::Receiver<Event>, word: CloseWord) {
    inbox.close();
    while let Some(event) = inbox.recv().await {
        if let Event::Connect(_, line) = event {
            say_goodbye(&line, word);
        }
    }
}

fn say_goodbye(line: &Line, word: CloseWord) {
    use signaling::message::{Bye, ServerMessage};
    let bye = ServerMessage::Bye(Bye { code: word, retry_after_s: word.comes_back().then_some(2) });
    let _ = line.put(Outgoing::Text(wire::write(&Envelope { n: None, ack: 0, id: None, message: bye })));
    let _ = line.put(Outgoing::Close(word));
}

impl Task {
    async fn run(mut self, inbox: &mut mpsc::Receiver<Event>) {
        // A plan may have been made of seats that are away: the lists hear of them.
        self.show();
        loop {
            match timeout(self.patience(), inbox.recv()).await {
                Ok(Some(event)) => self.take(event).await,
                Ok(None) => return,
                Err(_) if self.is_idle() && self.hub.close_room(&self.visit, inbox) => return,
                Err(_) => self.tick().await,
            }
            if self.failed_at.is_some_and(|at| self.clock.now().since(at) >= RETRY) {
                self.tick().await;
            }
            self.touch_staff().await;
        }
    }

    fn is_idle(&self) -> bool {
        self.room.is_idle() && self.lines.is_empty() && self.again.is_empty()
    }

    /// How long nothing can happen by itself.
    fn patience(&self) -> Duration {
        if self.failed_at.is_some() {
            return RETRY;
        }
        let until = |deadline: Millis| Moment(deadline).since(self.clock.now());
        self.room.deadline().map_or(IDLE, |deadline| until(deadline).max(Duration::from_millis(10)))
    }

    async fn tick(&mut self) {
        self.failed_at = None;
        for input in std::mem::take(&mut self.again) {
            self.handle(input).await;
        }
        self.handle(Input::Tick).await;
    }

    async fn take(&mut self, event: Event) {
        match event {
            Event::Connect(connect, line) => self.connect(*connect, line).await,
            Event::Received(connection, envelope) => self.receive(connection, *envelope).await,
            Event::Disconnected(connection) => {
                self.lines.remove(&connection);
                self.handle(Input::Disconnected { connection }).await;
            }
            Event::Input(input) => self.handle(input).await,
            Event::Over => self.over().await,
            Event::PlanChanged => self.read_plan().await,
            Event::SignedOut(staff) => {
                for seat in self.about.seats_of(&staff) {
                    self.handle(Input::SignOut { seat }).await;
                }
            }
        }
    }

    async fn connect(&mut self, connect: Connect, line: Line) {
        let seat = connect.seat.clone();
        self.lines.insert(connect.connection, line);
        self.handle(Input::Connect(connect)).await;
        match store::open_test_call(self.hub.context(), &self.visit, &seat).await {
            Ok(Some(invite)) => self.handle(Input::TestCall { seat, invite }).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(cause = %error, "cannot look for a test call"),
        }
    }

    async fn receive(&mut self, connection: ConnectionId, envelope: Envelope<ClientMessage>) {
        metrics::counter!("messages_received_total").increment(1);
        if let ClientMessage::SnippetOffer(offer) = &envelope.message {
            match store::prepared(self.hub.context(), &self.visit, &offer.snippet).await {
                Ok(Some(expires_at)) => {
                    let (snippet, expires_at) = (offer.snippet.clone(), expires_at.0);
                    self.handle(Input::Prepared { snippet, expires_at }).await;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(cause = %error, "cannot look for a snippet"),
            }
        }
        self.handle(Input::Received { connection, envelope }).await;
    }

    async fn over(&mut self) {
        let by = self.about.staff_role();
        if let Err(error) = store::empty_seats(self.hub.context(), &self.visit).await {
            tracing::warn!(cause = %error, "the seats of a visit that is over still look taken");
        }
        self.handle(Input::End { by }).await;
    }

    async fn read_plan(&mut self) {
        match store::read(self.hub.context(), &self.visit, self.hub.snippet_key()).await {
            Ok(Some((plan, about))) => {
                self.about = Arc::new(Opened { epoch: self.about.epoch, ..about });
                self.handle(Input::NewPlan(Box::new(plan))).await;
            }
            Ok(None) => self.over().await,
            Err(error) => tracing::warn!(cause = %error, "a changed plan could not be read"),
        }
    }

    /// One input, and what answering the room brings in turn.
    async fn handle(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            inputs.extend(self.step(input).await);
        }
    }

    /// Facts are stored before anything else is done. Where that fails the room is again what it was before.
    async fn step(&mut self, input: Input) -> Vec<Input> {
        let now = self.clock.now();
        let is_due = self.room.deadline().is_some_and(|deadline| deadline <= now.0);
        let before = (input.may_store() || is_due).then(|| self.room.clone());
        let kept = before.is_some().then(|| input.clone());
        self.room.handle(now.0, input);
        let (mut stored, mut rest) = (Vec::new(), Vec::new());
        while let Some(output) = self.room.poll() {
            match output {
                Output::Store(fact) => stored.push(fact),
                output => rest.push(output),
            }
        }
        if let Err(error) = self.commit(stored, now).await {
            tracing::error!(cause = %error, "a room could not store what happened");
            metrics::counter!("room_writes_failed_total").increment(1);
            if let (Some(before), Some(input)) = (before, kept) {
                self.room = before;
                return self.not_stored(input, now);
            }
        }
        rest.into_iter().filter_map(|output| self.carry_out(output)).collect()
    }

    async fn commit(&self, stored: Vec<Fact>, now: Moment) -> Result<(), StoreError> {
        if stored.is_empty() {
            return Ok(());
        }
        let (about, visit) = (self.about.clone(), self.visit.clone());
        let job = self
            .hub
            .context()
            .store
            .write(move |c| Box::pin(async move { facts::commit(c, &visit, &about, &stored, now).await }));
        job.await
    }

    /// Nothing happened; whoever asked is told to try again, and what nobody asked for is tried again by us.
    fn not_stored(&mut self, input: Input, now: Moment) -> Vec<Input> {
        match input {
            Input::Connect(Connect { connection, .. }) => {
                if let Some(line) = self.lines.get(&connection) {
                    say_goodbye(line, CloseWord::Overloaded);
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
                self.failed_at = Some(now);
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
                metrics::counter!("messages_sent_total").increment(1);
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

    /// Tells the lists who is there.
    fn show(&mut self) {
        let now = self.clock.now();
        for glance in self.room.glance() {
            let state = glance.presence.map(|presence| match presence {
                signaling::message::Presence::Here => Connected::Here,
                signaling::message::Presence::Reconnecting => Connected::Away,
            });
            let known = self.shown.get(&glance.seat).copied();
            let Some(state) = state else {
                if self.shown.remove(&glance.seat).is_some() {
                    self.hub.presence().gone(&self.visit, &glance.seat);
                }
                continue;
            };
            let since = known.filter(|known| known.state == state).map_or(now, |known| known.since);
            let present = Present { state, screen: glance.screen, since };
            if known != Some(present) {
                self.hub.presence().set(&self.visit, &glance.seat, present);
                self.shown.insert(glance.seat, present);
            }
        }
        let (facility, visit) = (self.about.facility.clone(), self.visit.clone());
        self.hub.context().bus.tell(News::VisitChanged { facility, visit });
    }

    /// A call in progress is activity of its staff.
    async fn touch_staff(&mut self) {
        let now = self.clock.now();
        if now.since(self.touched_at) < TOUCH || !self.room.is_in_call() {
            return;
        }
        self.touched_at = now;
        for actor in self.lines.values().filter_map(|line| line.staff.as_ref()) {
            if let Err(error) = identity::touch_in_call(self.hub.context(), actor).await {
                tracing::warn!(cause = %error, "a call could not be noted as activity");
            }
        }
    }
}
