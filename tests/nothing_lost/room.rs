//! A clinician in the room of a visit, over a WebSocket: ends it, and says honestly when no answer came.

use std::io;

use futures_util::{SinkExt, StreamExt};
use signaling::ids::CommandId;
use signaling::message::{ClientMessage, Empty, Envelope, Hello, ServerMessage};
use signaling::wire;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::browser::Browser;

/// The code by which a page learns that the visit is over.
const OVER: u16 = 4410;

pub async fn end(browser: &Browser, visit: &str, command: &str) -> io::Result<()> {
    let mut request = format!("wss://localhost:8443/api/v1/visits/{visit}/socket").into_client_request().expect("an address");
    request.headers_mut().insert("origin", "https://localhost:8443".parse().expect("plain"));
    request.headers_mut().insert("cookie", browser.cookie.parse().expect("plain"));
    let (mut socket, _) = client_async(request, browser.connect().await?).await.map_err(io::Error::other)?;
    let hello = ClientMessage::Hello(Hello { versions: vec![1], features: vec![], page: command.to_owned(), resume: None });
    let say = |n, id, message| Message::text(wire::write(&Envelope { n, ack: 0, id, message }));
    socket.send(say(None, None, hello)).await.map_err(io::Error::other)?;
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => match wire::read::<ServerMessage>(&text).expect("readable").message {
                ServerMessage::Welcome(_) => {
                    let end = say(Some(1), Some(CommandId(command.to_owned())), ClientMessage::End(Empty {}));
                    socket.send(end).await.map_err(io::Error::other)?;
                }
                ServerMessage::Done(_) => return Ok(()),
                ServerMessage::Refused(refused) => panic!("{visit}: {refused:?}"),
                _ => {}
            },
            // It was over when we came: the end that had no answer was done.
            Some(Ok(Message::Close(Some(frame)))) if u16::from(frame.code) == OVER => return Ok(()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            other => return Err(io::Error::other(format!("{other:?}"))),
        }
    }
}
