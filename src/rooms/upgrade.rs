//! The WebSocket handshake (RFC 6455, section 4). Our own, because only the raw stream beneath lets us read an oversize message
//! to its end, so that the other side gets our closing code instead of a reset.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use signaling::message::MAX_MESSAGE_BYTES;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::stream::{Bytes, Metered};
use crate::http::problem::Problem;

pub(super) type Socket = WebSocketStream<Metered>;

/// The library's buffers of 128 KiB would be most of an idle connection. A description is larger, but comes once: the buffer grows for it.
const BUFFER: usize = 2 * 1024;

/// A request that asks for a WebSocket.
pub struct Upgrade {
    upgrade: OnUpgrade,
    accept: HeaderValue,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let accept = accept(&parts.headers).ok_or_else(no_socket)?;
        let upgrade = parts.extensions.remove::<OnUpgrade>().ok_or_else(no_socket)?;
        Ok(Self { upgrade, accept })
    }
}

impl Upgrade {
    /// Answers the handshake; `serve` has the socket from then on.
    pub(super) fn serve<F>(self, serve: impl FnOnce(Socket) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Self { upgrade, accept } = self;
        tokio::spawn(async move {
            // Whoever goes away between request and answer has nothing to be told.
            if let Ok(stream) = upgrade.await {
                serve(socket(TokioIo::new(stream)).await).await;
            }
        });
        let websocket = HeaderValue::from_static("websocket");
        let switch = [(header::CONNECTION, HeaderValue::from_static("upgrade")), (header::UPGRADE, websocket)];
        (StatusCode::SWITCHING_PROTOCOLS, switch, [(header::SEC_WEBSOCKET_ACCEPT, accept)]).into_response()
    }
}

/// Our end of a WebSocket whose handshake is over.
pub(super) async fn socket(stream: impl Bytes + 'static) -> Socket {
    WebSocketStream::from_raw_socket(Metered::new(stream), Role::Server, Some(limits())).await
}

fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES))
}

/// The answer to the client's key, if this is a handshake of version 13.
fn accept(headers: &HeaderMap) -> Option<HeaderValue> {
    let says = |name, word: &str| {
        let values = headers.get_all(name).iter().filter_map(|value: &HeaderValue| value.to_str().ok());
        values.flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(word))
    };
    let asks =
        says(header::CONNECTION, "upgrade") && says(header::UPGRADE, "websocket") && says(header::SEC_WEBSOCKET_VERSION, "13");
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|_| asks)?;
    HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()
}

fn no_socket() -> Problem {
    Problem::new(StatusCode::UPGRADE_REQUIRED, "websocket_only", "This address is for the clinic's own pages.")
}
