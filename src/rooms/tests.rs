//! A bug somewhere costs the session it is in, and nobody else's: a panic in a room, and one in a socket's task. And what a room does
//! while nothing can be stored, or after another node has taken it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context as Waker, Poll};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use signaling::ids::CommandId;
use signaling::message::{
    Arrival, ClientMessage, CloseWord, Envelope, Hello, Ping, Resume, RunningLate, ServerMessage, View, Welcome,
};
use signaling::room::ConnectionId;
use signaling::wire;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use turn_config::access::{Reach, RelayAccess};
use turn_config::credentials::RelaySecret;
use turn_config::ice::RelayPlace;

use super::guest::Guest;
use super::hub::{Hub, Room};
use super::line::{Line, LineEnd, Outgoing};
use super::task::Event;
use super::{socket, upgrade};
use crate::base::clock::{Clock, Moment};
use crate::base::ids::{SeatId, VisitId};
use crate::config::Config;
use crate::http::context::Context;
use crate::nodes::LEASE;
use crate::notices::Notices;
use crate::store::{Place, Store, StoreError, sql};
use crate::visits::presence::Presence;

/// The shipped page waits so long for an answer.
const PAGE_WAITS: Duration = Duration::from_secs(5);

/// Two visits of Dr. Lee's, each with its own seat for her.
pub(super) struct House {
    pub(super) hub: Hub,
    _folder: tempfile::TempDir,
}

const ROWS: &str = "
    INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes, languages, reasons, created_at)
    VALUES ('f', 'f', 'F', 'UTC', '1', '2', 15, '[]', '[]', 0);
    INSERT INTO staff (id, facility_id, login, name, role, password_hash, created_at) VALUES ('lee', 'f', 'lee', 'Lee', 'clinician', '', 0);
    INSERT INTO patients (id, facility_id, name, born, language, created_at) VALUES ('rosa', 'f', 'Rosa', '1961-03-04', 'es', 0)";

impl House {
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config { data: folder.path().to_owned(), ..Config::default() };
        let store = Store::open(&Place::of(&config)).await.expect("the store opens");
        let clock = Clock::stopped_at(Moment(0));
        let context = Context::new(config, store, clock);
        let place = RelayPlace { ip: [127, 0, 0, 1].into(), port: 1, tls_host: "relay".into(), tls_port: 2 };
        let secret = RelaySecret::from_text(&"s".repeat(64)).expect("long enough");
        let relay = RelayAccess::new(secret, place, Arc::default(), Reach::Elsewhere(([127, 0, 0, 1], 1).into()));
        let notices = Notices::open(&context.config, &context.dice).expect("a key");
        let house = Self { hub: Hub::new(context, Presence::default(), relay, notices, "key".into()), _folder: folder };
        let mut statements: Vec<String> = ROWS.split(';').map(str::to_owned).collect();
        for visit in ["one", "two"] {
            statements.push(format!(
                "INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at)
                 VALUES ('{visit}', 'f', 'clinical', 'follow_up', 'lee', 'rosa', 0, 1200000, 'booked', 0)"
            ));
            statements.push(format!(
                "INSERT INTO seats (id, visit_id, role, name, staff_id) VALUES ('desk {visit}', '{visit}', 'clinician', 'Lee', 'lee')"
            ));
        }
        house.change(statements).await;
        house
    }

    pub(super) async fn change(&self, statements: Vec<String>) {
        let write = self.hub.context().store.write::<_, StoreError, _>(move |c| {
            Box::pin(async move {
                for statement in statements {
                    sql(statement.leak()).execute(&mut *c).await?;
                }
                Ok(())
            })
        });
        write.await.expect("the rows fit");
    }

    /// Another node has all rooms now.
    async fn is_robbed(&self) {
        self.change(vec!["UPDATE visits SET epoch = epoch + 1, node = 'b'".into()]).await;
    }

    /// Nothing is stored until what this gives is dropped.
    async fn holds_its_writer(&self) -> oneshot::Sender<()> {
        let (let_go, until) = oneshot::channel::<()>();
        let (begin, begun) = oneshot::channel();
        let store = self.hub.context().store.clone();
        tokio::spawn(async move {
            let job = store.write::<_, StoreError, _>(move |_| {
                Box::pin(async move {
                    let _ = begin.send(());
                    let _ = until.await;
                    Ok(())
                })
            });
            job.await
        });
        begun.await.expect("it begins");
        let_go
    }

    pub(super) fn advance(&self, seconds: u64) {
        self.hub.context().clock.advance(Duration::from_secs(seconds));
    }

    fn lee(&self, visit: &str) -> Guest {
        let (visit, seat) = (VisitId(visit.into()), SeatId(format!("desk {visit}")));
        Guest { visit, seat, device: "desk".into(), staff: None, is_over: false }
    }

    async fn enter(&self, visit: &str) -> Seated {
        self.enter_as(self.lee(visit)).await
    }

    async fn enter_as(&self, guest: Guest) -> Seated {
        let mut seated = self.knock(guest).await;
        let welcome = seated.hears().await;
        assert!(matches!(welcome, Some(ServerMessage::Welcome(_))), "{welcome:?}");
        seated
    }

    async fn knock(&self, guest: Guest) -> Seated {
        let (line, outgoing) = Line::new(None);
        let (room, connection) = self.hub.come_in(guest, hello(None), line).await.expect("a room");
        Seated { room, connection, outgoing, ended: None }
    }
}

/// Somebody in a room, without a socket.
struct Seated {
    room: Room,
    connection: ConnectionId,
    outgoing: LineEnd,
    ended: Option<CloseWord>,
}

impl Seated {
    async fn hears(&mut self) -> Option<ServerMessage> {
        match self.outgoing.recv().await? {
            Outgoing::Text(text) => Some(wire::read::<ServerMessage>(&text).expect("readable").message),
            Outgoing::Close(word) => {
                self.ended = Some(word);
                None
            }
        }
    }

    async fn is_closed(&mut self) -> Option<CloseWord> {
        while self.hears().await.is_some() {}
        self.ended
    }

    async fn says(&self, n: Option<u64>, id: Option<CommandId>, message: ClientMessage) {
        self.room.tell(Event::Received(self.connection, Box::new(Envelope { n, ack: 0, id, message }))).await;
    }

    async fn is_answered(&mut self) -> bool {
        self.says(None, None, ClientMessage::Ping(Ping { nonce: 7 })).await;
        while let Some(message) = self.hears().await {
            if matches!(message, ServerMessage::Pong(_)) {
                return true;
            }
        }
        false
    }
}

pub(super) fn hello(resume: Option<Resume>) -> Hello {
    Hello { versions: vec![1], features: vec![], page: "page".into(), resume }
}

#[tokio::test]
async fn a_panic_in_a_room_closes_that_room_alone_and_it_opens_again() {
    let house = House::open().await;
    let (mut one, mut two) = (house.enter("one").await, house.enter("two").await);
    one.room.tell(Event::Bug).await;
    assert!(!one.is_answered().await, "the line of the broken room is dropped, which closes the socket");
    assert!(two.is_answered().await);
    let mut again = house.enter("one").await;
    assert!(again.is_answered().await, "made again from the database");
}

#[tokio::test]
async fn a_room_waits_no_longer_than_its_pages_until_it_is_stored_that_somebody_was_lost() {
    let house = House::open().await;
    let desk = house.enter("one").await;
    let mut laptop = house.enter_as(Guest { device: "laptop".into(), ..house.lee("one") }).await;
    desk.room.tell(Event::Disconnected(desk.connection)).await;
    let held = house.holds_its_writer().await;
    for _ in 0..=30 {
        house.advance(4);
        let answered = timeout(PAGE_WAITS, laptop.is_answered()).await;
        assert_eq!(answered, Ok(true));
    }
    drop(held);
    house.advance(4);
    laptop.says(None, None, ClientMessage::Ping(Ping { nonce: 8 })).await;
    while !matches!(laptop.hears().await.expect("the line holds"), ServerMessage::Admitted(_)) {}
}

#[tokio::test]
async fn a_room_that_could_not_ask_whether_it_is_still_its_own_asks_again() {
    let house = House::open().await;
    let mut one = house.enter("one").await;
    house.is_robbed().await;
    house.change(vec!["ALTER TABLE visits RENAME COLUMN epoch TO elsewhere".into()]).await;
    house.advance(2 * LEASE.as_secs());
    assert!(one.is_answered().await, "where nobody can be asked nobody takes it either");
    house.change(vec!["ALTER TABLE visits RENAME COLUMN elsewhere TO epoch".into()]).await;
    house.advance(2);
    for _ in 0..3 {
        one.is_answered().await;
    }
    assert_eq!(one.ended, Some(CloseWord::Elsewhere));
}

#[tokio::test]
async fn a_room_that_finds_itself_taken_when_it_stores_tells_everybody_at_once() {
    let house = House::open().await;
    let (mut desk, mut laptop) =
        (house.enter("one").await, house.enter_as(Guest { device: "laptop".into(), ..house.lee("one") }).await);
    house.is_robbed().await;
    let late = ClientMessage::RunningLate(RunningLate { minutes: 5 });
    desk.says(Some(1), Some(CommandId("late".into())), late).await;
    for page in [&mut desk, &mut laptop] {
        assert_eq!(timeout(PAGE_WAITS, page.is_closed()).await, Ok(Some(CloseWord::Elsewhere)));
    }
}

#[tokio::test]
async fn whoever_comes_to_a_room_that_was_taken_is_told_that_it_is_elsewhere() {
    let house = House::open().await;
    let mut here = house.enter("one").await;
    house.is_robbed().await;
    house.advance(2 * LEASE.as_secs());
    let mut newcomer = house.knock(house.lee("one")).await;
    assert_eq!(newcomer.is_closed().await, Some(CloseWord::Elsewhere));
    assert_eq!(here.is_closed().await, Some(CloseWord::Elsewhere));
}

/// A stream that panics when it is told to: a bug in a socket's task.
struct Broken {
    stream: DuplexStream,
    breaks: Arc<AtomicBool>,
}

impl AsyncRead for Broken {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Waker<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        assert!(!self.breaks.load(Ordering::SeqCst), "a bug");
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Broken {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Waker<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A page on the other end of a socket of its own.
struct Page {
    socket: WebSocketStream<DuplexStream>,
    served: tokio::task::JoinHandle<()>,
    breaks: Arc<AtomicBool>,
}

impl House {
    async fn page(&self, visit: &str, resume: Option<Resume>) -> (Page, Welcome) {
        let ((ours, theirs), breaks) = (tokio::io::duplex(64 * 1024), Arc::new(AtomicBool::new(false)));
        let (broken, hub, guest) = (Broken { stream: ours, breaks: breaks.clone() }, self.hub.clone(), self.lee(visit));
        let served = tokio::spawn(async move { socket::serve(upgrade::socket(broken).await, hub, guest).await });
        let socket = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
        let mut page = Page { socket, served, breaks };
        page.says(ClientMessage::Hello(hello(resume))).await;
        let Some(ServerMessage::Welcome(welcome)) = page.hears().await else { panic!("no welcome") };
        (page, *welcome)
    }
}

impl Page {
    async fn says(&mut self, message: ClientMessage) {
        let text = wire::write(&Envelope { n: None, ack: 0, id: None, message });
        self.socket.send(Message::text(text)).await.expect("said");
    }

    async fn hears(&mut self) -> Option<ServerMessage> {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => Some(wire::read::<ServerMessage>(&text).expect("readable").message),
            _ => None,
        }
    }
}

#[tokio::test]
async fn a_panic_in_the_task_of_a_socket_costs_a_reconnection() {
    let house = House::open().await;
    let (mut page, welcome) = house.page("one", None).await;
    let mut other = house.enter("two").await;
    page.breaks.store(true, Ordering::SeqCst);
    page.says(ClientMessage::Ping(Ping { nonce: 1 })).await;
    assert!(page.served.await.expect_err("it panicked").is_panic());
    assert!(other.is_answered().await);

    let resume = Some(Resume { token: welcome.resume_token, received: 0 });
    let (_, back) = house.page("one", resume).await;
    assert_eq!((back.arrival, back.view), (Arrival::Resumed, None::<View>), "the room went on and nothing is lost");
}
