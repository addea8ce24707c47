//! A page's side of the signaling socket: numbers, acknowledges, keeps the heartbeat, waits for what should come, and comes back
//! after a cut with its resume token.

use std::collections::VecDeque;
use std::time::Duration;

use hyper::header::{COOKIE, HOST, ORIGIN};
use signaling::ids::{CommandId, SeatId};
use signaling::message::{
    Arrival, ClientMessage, CloseWord, Empty, Envelope, Hello, Ping, Resume, ServerMessage, VERSION, Welcome,
};
use signaling::wire;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;

use super::{Pass, Place, Refused};
use crate::wire::{Socket, say, text};
use crate::{Failure, chance};

/// A visit in which nothing happens for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const HEARTBEAT: Duration = Duration::from_secs(4);
/// A page that comes back gives a try up that is not welcomed within this.
const ANSWER: Duration = Duration::from_secs(5);

pub(crate) struct Session {
    socket: Socket,
    left: Left,
    /// Came while something else was waited for.
    early: VecDeque<Envelope<ServerMessage>>,
}

/// What is left of a session when its connection is gone.
pub(crate) struct Left {
    pass: Pass,
    page: String,
    seat: SeatId,
    token: Option<String>,
    other: Option<SeatId>,
    sent: u64,
    received: u64,
    commands: u32,
    /// Said and not yet acknowledged.
    unheard: VecDeque<(u64, Option<CommandId>, ClientMessage)>,
    /// The gateway's last words.
    pub(crate) retry_after_s: Option<u32>,
}

impl Session {
    /// Opens the socket, says hello and is welcomed.
    pub(crate) async fn open(place: &Place, pass: &Pass) -> Result<Self, Failure> {
        // A page's name is new with each load.
        let page = format!("load-{:x}", (chance() * f64::from(u32::MAX)) as u64);
        let mut left = Left {
            pass: pass.clone(),
            page,
            seat: SeatId(String::new()),
            token: None,
            other: None,
            sent: 0,
            received: 0,
            commands: 0,
            unheard: VecDeque::new(),
            retry_after_s: None,
        };
        let (socket, _) = left.connect(place, PATIENCE).await?;
        Ok(Self { socket, left, early: VecDeque::new() })
    }

    pub(crate) fn seat(&self) -> &SeatId {
        &self.left.seat
    }

    pub(crate) fn other(&self) -> Option<&SeatId> {
        self.left.other.as_ref()
    }

    pub(crate) fn talk_to(&mut self, other: SeatId) {
        self.left.other = Some(other);
    }

    /// Sends a command and waits until it is done.
    pub(crate) async fn command(&mut self, message: ClientMessage) -> Result<(), Failure> {
        self.left.commands += 1;
        // Named after the page: commands of an earlier visit to the same seat are remembered.
        let id = CommandId(format!("{}-{}", self.left.page, self.left.commands));
        self.write(message, Some(id.clone())).await?;
        let answer = self.until_envelope(|envelope| envelope.id.as_ref() == Some(&id)).await?;
        match answer.message {
            ServerMessage::Done(Empty {}) => Ok(()),
            ServerMessage::Refused(refused) => Err(format!("refused: {:?}", refused.word).into()),
            _ => Err("a command was answered with something else".into()),
        }
    }

    pub(crate) async fn send(&mut self, message: ClientMessage) -> Result<(), Failure> {
        self.write(message, None).await
    }

    /// The next message that `pick` wants; others are kept for later.
    pub(crate) async fn until<T>(&mut self, mut pick: impl FnMut(ServerMessage) -> Option<T>) -> Result<T, Failure> {
        let mut found = None;
        self.until_envelope(|envelope| {
            found = pick(envelope.message.clone());
            found.is_some()
        })
        .await?;
        found.ok_or_else(|| "nothing was found".into())
    }

    /// The next message, whatever it is.
    pub(crate) async fn next(&mut self) -> Result<Envelope<ServerMessage>, Failure> {
        match self.early.pop_front() {
            Some(envelope) => Ok(envelope),
            None => self.arrives().await,
        }
    }

    async fn until_envelope(
        &mut self,
        mut wanted: impl FnMut(&Envelope<ServerMessage>) -> bool,
    ) -> Result<Envelope<ServerMessage>, Failure> {
        if let Some(at) = self.early.iter().position(&mut wanted) {
            return self.early.remove(at).ok_or_else(|| "it was there".into());
        }
        let search = async {
            loop {
                let envelope = self.arrives().await?;
                if wanted(&envelope) {
                    return Ok(envelope);
                }
                self.early.push_back(envelope);
            }
        };
        timeout(PATIENCE, search).await.unwrap_or_else(|_| Err(format!("nothing came for {} s", PATIENCE.as_secs()).into()))
    }

    async fn arrives(&mut self) -> Result<Envelope<ServerMessage>, Failure> {
        loop {
            let Ok(came) = timeout(HEARTBEAT, text(&mut self.socket)).await else {
                self.send(ClientMessage::Ping(Ping { nonce: 0 })).await?;
                continue;
            };
            let envelope: Envelope<ServerMessage> = wire::read(&came?)?;
            self.left.note(&envelope)?;
            match envelope.message {
                ServerMessage::Pong(_) => {}
                ServerMessage::Bye(bye) => {
                    self.left.retry_after_s = bye.retry_after_s;
                    return Err(format!("bye: {:?}", bye.code).into());
                }
                _ => return Ok(envelope),
            }
        }
    }

    async fn write(&mut self, message: ClientMessage, id: Option<CommandId>) -> Result<(), Failure> {
        let left = &mut self.left;
        let n = message.is_numbered().then(|| {
            left.sent += 1;
            left.unheard.push_back((left.sent, id.clone(), message.clone()));
            left.sent
        });
        say(&mut self.socket, wire::write(&Envelope { n, ack: left.received, id, message })).await
    }

    pub(crate) async fn close(mut self) {
        // The gateway may have closed first.
        let _ = self.socket.close(None).await;
    }

    /// The connection is gone from one moment to the next, without a word.
    pub(crate) fn cut(self) -> Left {
        self.left
    }
}

impl Left {
    /// What came counts once, and in order.
    fn note(&mut self, envelope: &Envelope<ServerMessage>) -> Result<(), Failure> {
        if let Some(n) = envelope.n {
            if n != self.received + 1 {
                return Err(format!("number {n} came after {}", self.received).into());
            }
            self.received = n;
        }
        self.heard(envelope.ack);
        Ok(())
    }

    fn heard(&mut self, up_to: u64) {
        while self.unheard.front().is_some_and(|(n, ..)| *n <= up_to) {
            self.unheard.pop_front();
        }
    }

    /// Connects again and says what was not heard. On failure it may be tried again.
    pub(crate) async fn come_back(mut self, place: &Place) -> Result<(Session, Arrival), (Self, Failure)> {
        match self.connect(place, ANSWER).await {
            Err(failure) => Err((self, failure)),
            Ok((socket, arrival)) => {
                let mut session = Session { socket, left: self, early: VecDeque::new() };
                match session.repeat().await {
                    Ok(()) => Ok((session, arrival)),
                    Err(failure) => Err((session.left, failure)),
                }
            }
        }
    }

    async fn connect(&mut self, place: &Place, patience: Duration) -> Result<(Socket, Arrival), Failure> {
        timeout(patience, self.say_hello(place)).await.unwrap_or_else(|_| Err("no welcome came".into()))
    }

    async fn say_hello(&mut self, place: &Place) -> Result<(Socket, Arrival), Failure> {
        let asked = Instant::now();
        let mut socket = place.way.open(self.pass.address(place), self.request(place)?).await?;
        let resume = self.token.clone().map(|token| Resume { token, received: self.received });
        let hello = Hello { versions: vec![VERSION], features: Vec::new(), page: self.page.clone(), resume };
        say(&mut socket, wire::write(&Envelope { n: None, ack: 0, id: None, message: ClientMessage::Hello(hello) })).await?;
        let came = text(&mut socket).await?;
        match wire::read::<ServerMessage>(&came)?.message {
            ServerMessage::Welcome(welcome) => Ok((socket, self.welcomed(*welcome))),
            ServerMessage::Bye(bye) => {
                self.retry_after_s = bye.retry_after_s;
                if bye.code == CloseWord::Overloaded {
                    let (after, says_when) = (asked.elapsed(), bye.retry_after_s.is_some());
                    return Err(Refused { word: "overloaded".to_owned(), after, says_when }.into());
                }
                Err(format!("bye: {:?}", bye.code).into())
            }
            _ => Err("something came before the welcome".into()),
        }
    }

    fn welcomed(&mut self, welcome: Welcome) -> Arrival {
        (self.seat, self.token, self.retry_after_s) = (welcome.seat, Some(welcome.resume_token), None);
        if welcome.arrival == Arrival::Resumed {
            self.heard(welcome.received);
        } else {
            // A new epoch: what was said in the old one is void, commands that have no answer are said again.
            (self.sent, self.received) = (0, 0);
            self.unheard.retain(|(_, id, _)| id.is_some());
            for (n, ..) in &mut self.unheard {
                self.sent += 1;
                *n = self.sent;
            }
        }
        welcome.arrival
    }

    fn request(&self, place: &Place) -> Result<Request, Failure> {
        let host = place.host();
        let mut request = format!("{}://{host}/api/v1{}", place.scheme(), self.pass.path).into_client_request()?;
        let headers = request.headers_mut();
        headers.insert(HOST, host.parse()?);
        headers.insert(ORIGIN, place.origin.parse()?);
        headers.insert(COOKIE, self.pass.cookies.parse()?);
        // What a proxy would say.
        headers.insert("x-forwarded-for", self.pass.from.to_string().parse()?);
        Ok(request)
    }
}

impl Session {
    async fn repeat(&mut self) -> Result<(), Failure> {
        for (n, id, message) in self.left.unheard.clone() {
            let again = Envelope { n: Some(n), ack: self.left.received, id, message };
            say(&mut self.socket, wire::write(&again)).await?;
        }
        Ok(())
    }
}
