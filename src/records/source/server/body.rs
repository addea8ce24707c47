//! What comes back from a server, read with a limit, and why nothing came. reqwest's own words carry addresses and are not passed on.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use crate::records::source::SourceError;

/// The whole body; it is cut off where it grows over the limit, whatever its length was said to be.
pub(super) async fn read(mut answer: Response, limit: usize) -> Result<Bytes, SourceError> {
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| trouble(&error))? {
        if body.len() + piece.len() > limit {
            return Err(SourceError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

pub(super) fn trouble(error: &reqwest::Error) -> SourceError {
    if error.is_timeout() {
        return SourceError::TooSlow;
    }
    let step = if error.is_connect() { "connecting" } else { "reading" };
    tracing::warn!(step, "the record server could not be reached, or broke off");
    SourceError::Unreadable
}
