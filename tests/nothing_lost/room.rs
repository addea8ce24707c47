//! A clinician in the room of a visit: ends it, and says honestly when no answer came.

use std::io;

use signaling::message::{ClientMessage, CloseWord, Empty};

use crate::page::{Page, Ways};

/// `command` names the end, so that the same one may be asked for again.
pub async fn end(ways: &Ways, cookie: &str, visit: &str, command: &str) -> io::Result<()> {
    let path = format!("/api/v1/visits/{visit}/socket?visit={visit}");
    let mut page = Page::new(ways, path, cookie.to_owned()).named(command);
    let done = match page.try_enter().await {
        Some(_) => page.does(ClientMessage::End(Empty {})).await,
        None => None,
    };
    match done {
        Some(true) => Ok(()),
        Some(false) => panic!("{visit}: refused"),
        // It was over when we came: the end that had no answer was done.
        None if page.ended == Some(CloseWord::VisitEnded) => Ok(()),
        None => Err(io::ErrorKind::ConnectionAborted.into()),
    }
}
