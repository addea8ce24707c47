//! One WebSocket: hello in time, texts to the room, the room's texts back, and a coded close whatever happens.

use std::ops::ControlFlow;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use signaling::message::{Bye, ClientMessage, CloseWord, Envelope, ServerMessage};
use signaling::room::{ConnectionId, HELLO_MS};
use signaling::wire;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::guest::Guest;
use super::hub::{Hub, Room};
use super::line::{Line, LineEnd, Outgoing};
use super::task::Event;
use super::upgrade::Socket;

/// A page that takes so long to accept a few bytes is gone.
const WRITE: Duration = Duration::from_secs(10);
/// After our close the other side may still say so much, for so long, before the stream ends.
const DRAIN: Duration = Duration::from_secs(5);
const DRAIN_BYTES: usize = 16 * 1024 * 1024;
/// WebSocket pings and pongs in a row without a message between them.
const CONTROL_FRAMES: u32 = 64;

pub(super) async fn serve(mut socket: Socket, hub: Hub, guest: Guest) {
    metrics::counter!("sockets_opened_total").increment(1);
    let word = match converse(&mut socket, &hub, guest).await {
        End::Gone => {
            // The answer to the other side's close, where it said one.
            let _ = timeout(WRITE, socket.flush()).await;
            return;
        }
        End::Close(word) => word,
        End::Bye(word, retry_after_s) => {
            let text = wire::write(&Envelope {
                n: None,
                ack: 0,
                id: None,
                message: ServerMessage::Bye(Bye { code: word, retry_after_s, node: None }),
            });
            let _ = timeout(WRITE, socket.send(Message::text(text))).await;
            word
        }
    };
    metrics::counter!("sockets_closed_total", "word" => word.word()).increment(1);
    // In a box made now, as everything that does not wait with the open socket: it would be part of it for as long as it lives.
    Box::pin(close(socket, word)).await;
}

/// How a conversation ended.
enum End {
    /// The other side left, or the network did.
    Gone,
    /// The room has said goodbye.
    Close(CloseWord),
    /// We have to say goodbye ourselves.
    Bye(CloseWord, Option<u32>),
}

impl From<CloseWord> for End {
    fn from(word: CloseWord) -> Self {
        Self::Bye(word, word.comes_back().then_some(1))
    }
}

async fn converse(socket: &mut Socket, hub: &Hub, guest: Guest) -> End {
    let (room, connection, mut outgoing) = match Box::pin(enter(socket, hub, guest)).await {
        Ok(entered) => entered,
        Err(end) => return end,
    };
    let _leaving = Leaving(room.clone(), connection);
    talk(socket, hub, &room, connection, &mut outgoing).await
}

/// The hello, and the way into the room.
async fn enter(socket: &mut Socket, hub: &Hub, guest: Guest) -> Result<(Room, ConnectionId, LineEnd), End> {
    if guest.is_over {
        return Err(CloseWord::VisitEnded.into());
    }
    let limit = Duration::from_millis(HELLO_MS.unsigned_abs());
    let text = timeout(limit, next(socket)).await.unwrap_or_else(|_| Err(CloseWord::NoHello.into()))?;
    let Envelope { message: ClientMessage::Hello(hello), .. } = read(&text)? else { return Err(CloseWord::NoHello.into()) };
    let (line, outgoing) = Line::new(guest.staff.clone());
    let (room, connection) = hub.come_in(guest, hello, line).await.ok_or(CloseWord::Overloaded)?;
    Ok((room, connection, outgoing))
}

/// Tells the room however the conversation ends, by a panic too.
struct Leaving(Room, ConnectionId);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.tell_soon(Event::Disconnected(self.1));
    }
}

async fn talk(socket: &mut Socket, hub: &Hub, room: &Room, connection: ConnectionId, outgoing: &mut LineEnd) -> End {
    // Made once: asking for it again with each message would take the token's lock, which all sockets share.
    let closing = hub.closing();
    tokio::pin!(closing);
    loop {
        tokio::select! {
            said = next(socket) => match said {
                Err(end) => return end,
                Ok(text) => match read(&text) {
                    Err(word) => return word.into(),
                    Ok(envelope) => room.tell(Event::Received(connection, Box::new(envelope))).await,
                },
            },
            said = outgoing.recv() => {
                if let ControlFlow::Break(end) = pass_on(socket, said, outgoing).await {
                    return end;
                }
            }
            () = &mut closing => return End::Bye(CloseWord::GoingAway, Some(hub.comes_back_after_s())),
        }
    }
}

/// Sends what there is in one go.
async fn pass_on(socket: &mut Socket, first: Option<Outgoing>, outgoing: &mut LineEnd) -> ControlFlow<End> {
    let mut next = first;
    loop {
        let text = match next {
            // The room dropped our line: it failed, or we did not keep up.
            None => return ControlFlow::Break(CloseWord::InternalError.into()),
            Some(Outgoing::Close(word)) => return ControlFlow::Break(End::Close(word)),
            Some(Outgoing::Text(text)) => text,
        };
        if !matches!(timeout(WRITE, socket.feed(Message::text(text))).await, Ok(Ok(()))) {
            return ControlFlow::Break(End::Gone);
        }
        next = match outgoing.try_recv() {
            Ok(more) => Some(more),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => break,
        };
    }
    match timeout(WRITE, socket.flush()).await {
        Ok(Ok(())) => ControlFlow::Continue(()),
        _ => ControlFlow::Break(End::Gone),
    }
}

/// The next text.
async fn next(socket: &mut Socket) -> Result<Utf8Bytes, End> {
    for _ in 0..CONTROL_FRAMES {
        match socket.next().await {
            None | Some(Ok(Message::Close(_))) => return Err(End::Gone),
            Some(Ok(Message::Text(text))) => {
                socket.get_mut().begin_again();
                return Ok(text);
            }
            Some(Ok(Message::Binary(_))) => return Err(CloseWord::Binary.into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
            Some(Err(Error::Capacity(_))) => return Err(CloseWord::TooBig.into()),
            Some(Err(Error::Protocol(_) | Error::Utf8(_))) => return Err(CloseWord::BadMessage.into()),
            Some(Err(_)) if socket.get_ref().is_spent() => return Err(CloseWord::Flood.into()),
            Some(Err(_)) => return Err(End::Gone),
        }
    }
    Err(CloseWord::Flood.into())
}

fn read(text: &str) -> Result<Envelope<ClientMessage>, CloseWord> {
    wire::read(text).map_err(|error| {
        tracing::debug!(%error, "a message that is none");
        match error {
            wire::WireError::TooBig => CloseWord::TooBig,
            wire::WireError::WrongVersion => CloseWord::UnsupportedVersion,
            _ => CloseWord::BadMessage,
        }
    })
}

/// Our close frame, then the stream to its end: a stream with unread bytes would be reset, and the code never arrive.
async fn close(mut socket: Socket, word: CloseWord) {
    let frame = CloseFrame { code: CloseCode::from(word.code()), reason: word.word().into() };
    if !matches!(timeout(WRITE, socket.send(Message::Close(Some(frame)))).await, Ok(Ok(()))) {
        return;
    }
    let stream = socket.get_mut().stream();
    let _ = timeout(DRAIN, async {
        // Taken now: as an array it would be part of every socket for as long as it lives.
        let (mut buffer, mut left) = (vec![0; 4096], DRAIN_BYTES);
        // The other side answers with its own close and ends the stream.
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            left = left.saturating_sub(read);
            if left == 0 {
                break;
            }
        }
    })
    .await;
}
