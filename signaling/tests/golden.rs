//! The golden messages, which the pages' tests read too: one of every message in both directions, and what is refused.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use signaling::message::{ClientMessage, Envelope, MAX_MESSAGE_BYTES, ServerMessage};
use signaling::wire::{self, Message, WireError};

const CLIENT: &str = include_str!("../golden/client.json");
const SERVER: &str = include_str!("../golden/server.json");
const REFUSED: &str = include_str!("../golden/refused.json");

/// Reads each message, writes it again, and gives the types met.
fn there_and_back<M: Message>(golden: &str) -> BTreeSet<String> {
    let messages: Vec<Value> = serde_json::from_str(golden).unwrap();
    for message in &messages {
        let envelope: Envelope<M> = wire::read(&message.to_string()).unwrap_or_else(|error| panic!("{error}: {message}"));
        let again: Value = serde_json::from_str(&wire::write(&envelope)).unwrap();
        assert_eq!(&again, message);
    }
    messages.iter().map(|message| message["type"].as_str().unwrap().to_owned()).collect()
}

/// serde names all variants where it meets a strange one: no second list to forget.
fn every_type<M: Message>() -> BTreeSet<String> {
    let error = serde_json::from_str::<M>(r#"{"type":"no such message","data":{}}"#).err().unwrap().to_string();
    let expected = error.split_once("expected one of ").unwrap().1;
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_message_of_a_page_is_read_and_written_as_it_stands() {
    assert_eq!(there_and_back::<ClientMessage>(CLIENT), every_type::<ClientMessage>());
}

#[test]
fn every_message_of_the_gateway_is_read_and_written_as_it_stands() {
    assert_eq!(there_and_back::<ServerMessage>(SERVER), every_type::<ServerMessage>());
}

#[derive(Deserialize)]
struct Refused {
    why: String,
    what: String,
    text: String,
}

#[test]
fn what_is_no_message_is_refused_for_its_own_reason() {
    let refused: Vec<Refused> = serde_json::from_str(REFUSED).unwrap();
    for Refused { why, what, text } in refused {
        let error = wire::read::<ClientMessage>(&text).expect_err(&what);
        assert_eq!(word(error), why, "{what}: {text}");
    }
}

fn word(error: WireError) -> &'static str {
    match error {
        WireError::TooBig => "too_big",
        WireError::NotJson => "not_json",
        WireError::UnknownField => "unknown_field",
        WireError::DuplicateField => "duplicate_field",
        WireError::MissingField => "missing_field",
        WireError::WrongType => "wrong_type",
        WireError::UnknownWord => "unknown_word",
        WireError::WrongVersion => "wrong_version",
        WireError::WrongNumber => "wrong_number",
        WireError::WrongId => "wrong_id",
    }
}

#[test]
fn one_byte_over_the_limit_is_too_big() {
    let message = |padding: usize| {
        let sdp = "x".repeat(padding);
        format!(
            r#"{{"v":1,"n":1,"ack":0,"type":"description","data":{{"to":"s","description":{{"type":"offer","sdp":"{sdp}"}}}}}}"#
        )
    };
    let room = MAX_MESSAGE_BYTES - message(0).len();
    assert!(wire::read::<ClientMessage>(&message(room)).is_ok());
    assert_eq!(wire::read::<ClientMessage>(&message(room + 1)), Err(WireError::TooBig));
}
