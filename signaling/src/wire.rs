//! Reading and writing the envelope around every message. Strict: one version, no unknown field, no field twice, 64 KiB at most.
//!
//! The envelope is read without touching `data`, which is then read once, straight into its type. A message for several
//! people is written once (`Body`); only numbers and acknowledgement differ from one to the next (`frame`).

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::ids::CommandId;
use crate::message::{ClientMessage, Envelope, MAX_MESSAGE_BYTES, ServerMessage, VERSION};

/// The longest command id and page name, in bytes.
pub const MAX_NAME_BYTES: usize = 64;

/// Why a text is no message of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    #[error("longer than 64 KiB")]
    TooBig,
    #[error("not JSON")]
    NotJson,
    #[error("a field the protocol does not have")]
    UnknownField,
    #[error("a field stands twice")]
    DuplicateField,
    #[error("a field is missing")]
    MissingField,
    #[error("a value has the wrong type")]
    WrongType,
    #[error("no message of this type, or a word outside its list")]
    UnknownWord,
    #[error("another version of the protocol")]
    WrongVersion,
    #[error("the number is missing, or stands where none belongs, or is 0")]
    WrongNumber,
    #[error("a command without an id, or an id that is empty or longer than 64 bytes")]
    WrongId,
}

/// What travels in an envelope.
pub trait Message: Serialize + DeserializeOwned {
    /// Whether it must arrive in order and exactly once.
    fn is_numbered(&self) -> bool;
    /// Whether it cannot go without a command's id.
    fn needs_id(&self) -> bool;
}

impl Message for ClientMessage {
    fn is_numbered(&self) -> bool {
        Self::is_numbered(self)
    }

    fn needs_id(&self) -> bool {
        self.is_command()
    }
}

impl Message for ServerMessage {
    fn is_numbered(&self) -> bool {
        !matches!(self, Self::Welcome(_) | Self::Pong(_) | Self::Bye(_))
    }

    fn needs_id(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Refused(_))
    }
}

/// A message as text, to be put into as many envelopes as it has receivers.
#[derive(Clone, Debug)]
pub struct Body(Arc<str>);

impl Body {
    pub fn of(message: &impl Message) -> Self {
        let json = serde_json::to_string(message).expect("the messages are plain data and always serialize");
        // `{"type":…,"data":…}` goes on after the envelope's own fields.
        Self(Arc::from(json.strip_prefix('{').unwrap_or(&json)))
    }

    pub fn bytes(&self) -> usize {
        self.0.len()
    }
}

/// The text of one message.
pub fn frame(n: Option<u64>, ack: u64, id: Option<&CommandId>, body: &Body) -> String {
    let mut text = String::with_capacity(body.0.len() + 64);
    let grows = "a string takes what is written to it";
    write!(text, "{{\"v\":{VERSION},").expect(grows);
    if let Some(n) = n {
        write!(text, "\"n\":{n},").expect(grows);
    }
    write!(text, "\"ack\":{ack},").expect(grows);
    if let Some(id) = id {
        write!(text, "\"id\":{},", serde_json::Value::from(id.as_str())).expect(grows);
    }
    text.push_str(&body.0);
    text
}

pub fn write<M: Message>(envelope: &Envelope<M>) -> String {
    frame(envelope.n, envelope.ack, envelope.id.as_ref(), &Body::of(&envelope.message))
}

/// Reads what the other side sent.
pub fn read<M: Message>(text: &str) -> Result<Envelope<M>, WireError> {
    if text.len() > MAX_MESSAGE_BYTES {
        return Err(WireError::TooBig);
    }
    let outer: Outer = serde_json::from_str(text).map_err(|error| kind(&error))?;
    if outer.v != VERSION {
        return Err(WireError::WrongVersion);
    }
    // serde would take a list for an object, its fields in order.
    if !is_object(text) || !is_object(outer.data.get()) {
        return Err(WireError::WrongType);
    }
    let message = M::deserialize(Inner { kind: Some(&outer.kind), data: Some(outer.data) }).map_err(|error| kind(&error))?;
    check_number(outer.n, &message)?;
    check_id(outer.id.as_deref(), &message)?;
    Ok(Envelope { n: outer.n, ack: outer.ack, id: outer.id.map(|id| CommandId(id.into_owned())), message })
}

fn is_object(json: &str) -> bool {
    json.trim_start().starts_with('{')
}

fn check_number(n: Option<u64>, message: &impl Message) -> Result<(), WireError> {
    let right = if message.is_numbered() { n.is_some_and(|n| n > 0) } else { n.is_none() };
    if right { Ok(()) } else { Err(WireError::WrongNumber) }
}

fn check_id(id: Option<&str>, message: &impl Message) -> Result<(), WireError> {
    match id {
        None if message.needs_id() => Err(WireError::WrongId),
        Some(id) if id.is_empty() || id.len() > MAX_NAME_BYTES => Err(WireError::WrongId),
        _ => Ok(()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer<'a> {
    v: u32,
    #[serde(default)]
    n: Option<u64>,
    ack: u64,
    #[serde(default, borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// `type` and `data` of an envelope as the map that the message enums are read from, without copying `data`.
struct Inner<'a> {
    kind: Option<&'a str>,
    data: Option<&'a RawValue>,
}

impl<'de> Deserializer<'de> for Inner<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Inner<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let key = match (self.kind, self.data) {
            (Some(_), _) => "type",
            (None, Some(_)) => "data",
            (None, None) => return Ok(None),
        };
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        match (self.kind.take(), self.data) {
            (Some(kind), _) => seed.deserialize(kind.into_deserializer()),
            (None, Some(data)) => {
                self.data = None;
                seed.deserialize(data)
            }
            (None, None) => Err(serde::de::Error::custom("a value without a key")),
        }
    }
}

/// serde tells what was wrong only in words; the golden messages keep this honest.
fn kind(error: &serde_json::Error) -> WireError {
    if !error.is_data() {
        return WireError::NotJson;
    }
    let words = error.to_string();
    let starts = |start: &str| words.starts_with(start);
    if starts("unknown field") {
        WireError::UnknownField
    } else if starts("duplicate field") {
        WireError::DuplicateField
    } else if starts("missing field") {
        WireError::MissingField
    } else if starts("unknown variant") {
        WireError::UnknownWord
    } else {
        WireError::WrongType
    }
}
