//! The task of one room: takes events in turn and gives them to the room. What the room answers is carried out in `step`,
//! and shown to the lists in `show`.

mod show;
mod step;

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use metrics::Counter;
use signaling::message::{ClientMessage, CloseWord, Envelope, PathLevel, Role};
use signaling::room::{Connect, ConnectionId, Input, Millis, Plan, Room};
use tokio::sync::mpsc;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::far::{self, Down};
use super::hub::Hub;
use super::line::{Goodbye, Line};
use super::relay;
use super::store::owner::{self, Claim, Hold};
use super::store::{self, Opened};
use crate::base::clock::{Moment, Steady};
use crate::base::ids::{SeatId, SessionId, StaffId, VisitId};
use crate::visits::presence::Present;

/// A room without anybody stays open so long: a reload finds it.
const IDLE: Duration = Duration::from_secs(5);
/// What could not be stored is tried again after this.
const RETRY: Duration = Duration::from_secs(1);

pub(super) enum Event {
    Connect(Box<Connect>, Line),
    Received(ConnectionId, Box<Envelope<ClientMessage>>),
    Disconnected(ConnectionId),
    Input(Box<Input>),
    /// Ended or cancelled outside the room.
    Over,
    PlanChanged,
    /// A bug, for the test of what it may not touch.
    #[cfg(test)]
    Bug,
    /// Of one session, or of all.
    SignedOut(StaffId, Option<SessionId>),
    /// The node may have lost its rooms.
    Doubted,
    /// News may have been lost on their way from other nodes.
    Missed,
    /// Another node asks who is there.
    Show,
    /// Of a relayed socket, from the node that runs the room.
    Far {
        connection: ConnectionId,
        n: u64,
        said: Down,
    },
}

/// A room's inbox has places for 32 of them from the beginning.
const _: () = assert!(size_of::<Event>() <= 56, "an event is small: what is large in it is boxed");

struct Task {
    hub: Hub,
    visit: VisitId,
    hold: Hold,
    room: Room,
    doubts: u64,
    /// Another node has the room: nothing of it is ours any more.
    is_lost: bool,
    about: Arc<Opened>,
    clock: Steady,
    lines: HashMap<ConnectionId, Line>,
    /// Not stored the first time.
    again: VecDeque<Input>,
    failed_at: Option<Moment>,
    /// When staff were last asked for.
    looked_at: Moment,
    shown: HashMap<SeatId, Present>,
    counted: Counted,
}

/// Looked up once: by name it is a search in the registry for each message.
struct Counted {
    received: Counter,
    sent: Counter,
    /// By the level of the path, from worst to best.
    measured: [Counter; 4],
}

impl Counted {
    fn new() -> Self {
        let measured = |level: &'static str| metrics::counter!("path_reports_total", "level" => level);
        Self {
            received: metrics::counter!("messages_received_total"),
            sent: metrics::counter!("messages_sent_total"),
            measured: ["lost", "weak", "fair", "good"].map(measured),
        }
    }

    fn measured(&self, level: PathLevel) {
        self.measured[level as usize].increment(1);
    }
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
    let mut waiting = Vec::new();
    let goodbye = loop {
        // What is over before the room is open, or takes its place, has a box of its own: it would be part of every room that waits.
        match Box::pin(owner::claim(hub.context(), &visit, hub.known())).await {
            Ok(Claim::Ours(hold, plan, about)) => {
                let task = Task::new(hub, hold, *plan, about);
                match task.run(std::mem::take(&mut waiting), &mut inbox).await {
                    End::Idle => return,
                    End::Lost => break Goodbye::elsewhere(None),
                    End::Closing => break CloseWord::GoingAway.into(),
                }
            }
            Ok(Claim::Elsewhere(node)) => match Box::pin(far::proxy::run(&hub, &visit, node, &mut inbox)).await {
                far::proxy::End::Idle => return,
                far::proxy::End::OwnerGone(unanswered) => waiting.extend(unanswered),
                far::proxy::End::Elsewhere(goodbye) => break goodbye,
            },
            Ok(Claim::Over) => break CloseWord::VisitEnded.into(),
            Err(error) => {
                tracing::error!(cause = %error, "a room could not be opened");
                break CloseWord::Overloaded.into();
            }
        }
    };
    for (_, line) in waiting {
        line.say_goodbye(&goodbye);
    }
    turn_away(inbox, &goodbye).await;
}

/// Why a task has ended.
enum End {
    /// Nobody is here.
    Idle,
    /// Another node has taken the room.
    Lost,
    /// The gateway stops.
    Closing,
}

/// Those who came before the room was opened, or after it ended.
async fn turn_away(mut inbox: mpsc::Receiver<Event>, goodbye: &Goodbye) {
    inbox.close();
    while let Some(event) = inbox.recv().await {
        if let Event::Connect(_, line) = event {
            line.say_goodbye(goodbye);
        }
    }
}

impl Task {
    fn new(hub: Hub, hold: Hold, plan: Plan, about: Opened) -> Self {
        let clock = hub.context().clock.steady();
        let now = clock.now();
        Self {
            visit: hold.visit.clone(),
            room: Room::new(plan, hold.epoch, now.0),
            doubts: hub.context().nodes.doubts(),
            is_lost: false,
            hub,
            hold,
            about: Arc::new(about),
            clock,
            lines: HashMap::new(),
            again: VecDeque::new(),
            failed_at: None,
            looked_at: now,
            shown: HashMap::new(),
            counted: Counted::new(),
        }
    }

    async fn run(mut self, waiting: Vec<(Connect, Line)>, inbox: &mut mpsc::Receiver<Event>) -> End {
        for (connect, line) in waiting {
            Box::pin(self.connect(connect, line)).await;
        }
        let closing = self.hub.context().closing.clone();
        let end = closing.run_until_cancelled(self.work(inbox)).await.unwrap_or(End::Closing);
        let goodbye = match end {
            End::Idle => return self.release().await,
            End::Lost => Goodbye::elsewhere(None),
            End::Closing => Goodbye { retry_after_s: Some(self.hub.comes_back_after_s()), ..CloseWord::GoingAway.into() },
        };
        for line in self.lines.values() {
            line.say_goodbye(&goodbye);
        }
        self.hub.presence().room_closed(&self.visit);
        end
    }

    async fn release(self) -> End {
        if let Err(error) = self.hold.release(self.hub.context()).await {
            tracing::warn!(cause = %error, "an empty room still looks taken");
        }
        End::Idle
    }

    async fn work(&mut self, inbox: &mut mpsc::Receiver<Event>) -> End {
        // A plan may have been made of seats that are away: the lists hear of them.
        self.show();
        loop {
            let event = match timeout(self.patience(), inbox.recv()).await {
                Ok(Some(event)) => match self.at_once(event) {
                    Some(event) => Ok(Some(event)),
                    None => continue,
                },
                none => none,
            };
            // A room waits nearly all its life: what it needs to act is given back each time.
            if let ControlFlow::Break(end) = Box::pin(self.turn(event, inbox)).await {
                return end;
            }
        }
    }

    async fn turn(&mut self, event: Result<Option<Event>, Elapsed>, inbox: &mut mpsc::Receiver<Event>) -> ControlFlow<End> {
        self.settle_doubts().await;
        if self.is_lost {
            return ControlFlow::Break(End::Lost);
        }
        match event {
            Ok(Some(event)) => self.take(event).await,
            Ok(None) => return ControlFlow::Break(End::Idle),
            Err(_) if self.is_idle() && self.hub.close_room(&self.visit, inbox) => return ControlFlow::Break(End::Idle),
            Err(_) => self.tick().await,
        }
        if self.failed_at.is_some_and(|at| self.clock.now().since(at) >= RETRY) {
            self.tick().await;
        }
        self.look_after_staff().await;
        ControlFlow::Continue(())
    }

    /// Nothing is waiting to be seen to before the next event.
    fn is_at_ease(&self, now: Moment) -> bool {
        let is_due = self.room.deadline().is_some_and(|deadline| deadline <= now.0);
        let is_sure = !self.is_lost && self.doubts == self.hub.context().nodes.doubts();
        is_sure && !is_due && self.failed_at.is_none() && !self.must_look_after_staff(now)
    }

    /// After the node stood still: asks whether the room is still ours before anything else is done in it. A database that does not
    /// answer lets nobody take the room either, so the call goes on.
    async fn settle_doubts(&mut self) {
        let doubts = self.hub.context().nodes.doubts();
        if doubts != std::mem::replace(&mut self.doubts, doubts) {
            self.is_lost |= matches!(self.hold.is_ours(self.hub.context()).await, Ok(false));
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
            Event::Input(input) => self.handle(*input).await,
            Event::Over => self.over().await,
            Event::PlanChanged => self.read_plan().await,
            Event::Missed => self.catch_up().await,
            Event::Show => self.show_others(),
            // Seen to before each event; and a word to a room that is ours now, to be repeated by the page.
            Event::Doubted | Event::Far { .. } => {}
            #[cfg(test)]
            Event::Bug => panic!("a bug"),
            Event::SignedOut(staff, session) => self.sign_out(&staff, session.as_ref()).await,
        }
    }

    pub(super) async fn sign_out(&mut self, staff: &StaffId, session: Option<&SessionId>) {
        for seat in self.about.seats_of(staff) {
            let device = session.map(|session| session.0.clone());
            self.handle(Input::SignOut { seat, device }).await;
        }
    }

    async fn connect(&mut self, connect: Connect, line: Line) {
        let seat = connect.seat.clone();
        self.lines.insert(connect.connection, line);
        self.handle(Input::Connect(connect)).await;
        if self.about.role_of(&seat) != Some(Role::Patient) {
            return;
        }
        match store::open_test_call(self.hub.context(), &self.visit, &seat).await {
            Ok(Some(invite)) => self.handle(Input::TestCall { seat, invite }).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(cause = %error, "cannot look for a test call"),
        }
    }

    async fn receive(&mut self, connection: ConnectionId, envelope: Envelope<ClientMessage>) {
        self.counted.received.increment(1);
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

    /// Whatever other nodes may have said in the meantime stands in the database.
    async fn catch_up(&mut self) {
        self.read_plan().await;
        self.look_after_staff_now().await;
        match store::revoked(self.hub.context(), &self.visit).await {
            Ok(seats) => {
                for seat in seats {
                    self.handle(Input::Revoke { seat }).await;
                }
            }
            Err(error) => tracing::warn!(cause = %error, "cannot look for replaced links"),
        }
    }

    async fn over(&mut self) {
        let by = self.about.staff_role();
        if let Err(error) = store::empty_seats(self.hub.context(), &self.hold).await {
            tracing::warn!(cause = %error, "the seats of a visit that is over still look taken");
        }
        relay::end_visit(&self.hub, &self.visit);
        self.handle(Input::End { by }).await;
    }

    async fn read_plan(&mut self) {
        match store::read(self.hub.context(), &self.visit, self.hub.known()).await {
            Ok(Some((plan, about))) => {
                self.about = Arc::new(about);
                self.handle(Input::NewPlan(Box::new(plan))).await;
            }
            Ok(None) => self.over().await,
            Err(error) => tracing::warn!(cause = %error, "a changed plan could not be read"),
        }
    }
}
