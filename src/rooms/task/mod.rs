//! The task of one room: takes events in turn, and ends. What an event is to the room stands in `events`; what the room answers is
//! carried out in `step`, and shown to the lists in `show`.

mod events;
mod show;
mod step;

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use metrics::Counter;
use signaling::message::{ClientMessage, CloseWord, Envelope, PathLevel};
use signaling::room::{Connect, ConnectionId, Input, Millis, Plan, Room};
use tokio::sync::mpsc;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::far::{self, Down};
use super::hub::Hub;
use super::line::{Goodbye, Line};
use super::store::Opened;
use super::store::owner::{self, Claim, Hold};
use crate::base::clock::{Moment, Steady};
use crate::base::ids::{SeatId, SessionId, StaffId, VisitId};
use crate::store::StoreError;
use crate::store::words::spelled;
use crate::visits::presence::Present;

/// A room without anybody stays open so long: a reload finds it.
const IDLE: Duration = Duration::from_secs(5);
/// What could not be stored is tried again after this.
const RETRY: Duration = Duration::from_secs(1);
/// What no page asked for holds the room up no longer while the database does not answer: pages wait 5 s for theirs.
const PATIENCE: Duration = Duration::from_secs(2);

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
    /// When the database last did not do what no page asked for.
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
        let measured = |level| metrics::counter!("path_reports_total", "level" => spelled(level));
        Self {
            received: metrics::counter!("messages_received_total"),
            sent: metrics::counter!("messages_sent_total"),
            measured: [PathLevel::Lost, PathLevel::Weak, PathLevel::Fair, PathLevel::Good].map(measured),
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
        while !self.is_lost {
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
        End::Lost
    }

    async fn turn(&mut self, event: Result<Option<Event>, Elapsed>, inbox: &mut mpsc::Receiver<Event>) -> ControlFlow<End> {
        self.settle_doubts().await;
        if self.is_lost {
            // Who has just come is told with the others.
            if let Ok(Some(Event::Connect(connect, line))) = event {
                self.lines.insert(connect.connection, line);
            }
            return ControlFlow::Continue(());
        }
        match event {
            Ok(Some(event)) => self.take(event).await,
            Ok(None) => return ControlFlow::Break(End::Idle),
            Err(_) if self.is_idle() && self.hub.close_room(&self.visit, inbox) => return ControlFlow::Break(End::Idle),
            Err(_) => self.tick().await,
        }
        if self.must_tick() {
            self.tick().await;
        }
        self.look_after_staff().await;
        ControlFlow::Continue(())
    }

    /// Nothing is waiting to be seen to before the next event.
    fn is_at_ease(&self, now: Moment) -> bool {
        let is_sure = !self.is_lost && self.doubts == self.hub.context().nodes.doubts();
        is_sure && !self.is_due(now) && self.failed_at.is_none() && !self.must_look_after_staff(now)
    }

    /// What could not be stored waits before it is tried again, and whatever else is due with it.
    fn must_tick(&self) -> bool {
        let now = self.clock.now();
        self.failed_at.map_or_else(|| self.is_due(now), |at| now.since(at) >= RETRY)
    }

    /// The room has something to do by itself.
    fn is_due(&self, now: Moment) -> bool {
        self.room.deadline().is_some_and(|deadline| deadline <= now.0)
    }

    /// After the node stood still: asks whether the room is still ours before anything else is done in it. A database that does not
    /// answer lets nobody take the room either, so the call goes on, and it is asked again.
    async fn settle_doubts(&mut self) {
        let doubts = self.hub.context().nodes.doubts();
        if doubts == self.doubts || self.failed_at.is_some() {
            return;
        }
        match timeout(PATIENCE, self.hold.is_ours(self.hub.context())).await.unwrap_or(Err(StoreError::TooSlow)) {
            Ok(is_ours) => {
                self.doubts = doubts;
                self.is_lost |= !is_ours;
            }
            Err(error) => {
                tracing::warn!(cause = %error, "cannot ask whether a room is still ours");
                self.failed_at = Some(self.clock.now());
            }
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
}
