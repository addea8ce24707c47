//! Answers the relay gives itself, before or instead of the `turn` crate (RFC 8489 sections 5 and 6.3, RFC 8656 section 7).

use std::net::SocketAddr;

use stun::attributes::{ATTR_NONCE, ATTR_REALM, AttrType};
use stun::error_code::{ErrorCode, ErrorCodeAttribute};
use stun::fingerprint::FINGERPRINT;
use stun::integrity::MessageIntegrity;
use stun::message::{BINDING_SUCCESS, CLASS_ERROR_RESPONSE, Message, MessageType, Setter};
use stun::textattrs::TextAttribute;
use stun::uattrs::UnknownAttributes;
use stun::xoraddr::XorMappedAddress;

/// The one realm of the relay; it is also in coturn's configuration.
pub const REALM: &str = "housecall";

/// The long-term key of RFC 8489 section 9.2.2.
pub(super) type Key = Vec<u8>;

/// "Your address, as seen from here."
pub(super) fn binding(request: &Message, client: SocketAddr) -> Vec<u8> {
    let seen = XorMappedAddress { ip: client.ip(), port: client.port() };
    build(request, BINDING_SUCCESS, vec![Box::new(seen), Box::new(FINGERPRINT)])
}

/// 401 or 438, with what the client needs to try again.
pub(super) fn challenge(request: &Message, code: ErrorCode, nonce: String) -> Vec<u8> {
    error(
        request,
        code,
        vec![
            Box::new(TextAttribute::new(ATTR_NONCE, nonce)),
            Box::new(TextAttribute::new(ATTR_REALM, REALM.to_owned())),
            Box::new(FINGERPRINT),
        ],
    )
}

/// A refusal of somebody who proved who he is.
pub(super) fn refusal(request: &Message, code: ErrorCode, key: Key) -> Vec<u8> {
    error(request, code, vec![Box::new(MessageIntegrity(key)), Box::new(FINGERPRINT)])
}

/// 420: attributes that must be understood and are not.
pub(super) fn unknown(request: &Message, code: ErrorCode, attributes: Vec<AttrType>, key: Key) -> Vec<u8> {
    error(request, code, vec![Box::new(UnknownAttributes(attributes)), Box::new(MessageIntegrity(key)), Box::new(FINGERPRINT)])
}

/// 400.
pub(super) fn bad_request(request: &Message, code: ErrorCode) -> Vec<u8> {
    error(request, code, vec![Box::new(FINGERPRINT)])
}

fn error(request: &Message, code: ErrorCode, mut more: Vec<Box<dyn Setter>>) -> Vec<u8> {
    let mut setters: Vec<Box<dyn Setter>> = vec![Box::new(ErrorCodeAttribute { code, reason: Vec::new() })];
    setters.append(&mut more);
    build(request, MessageType::new(request.typ.method, CLASS_ERROR_RESPONSE), setters)
}

fn build(request: &Message, kind: MessageType, mut more: Vec<Box<dyn Setter>>) -> Vec<u8> {
    let mut setters: Vec<Box<dyn Setter>> =
        vec![Box::new(Message { transaction_id: request.transaction_id, ..Default::default() }), Box::new(kind)];
    setters.append(&mut more);
    let mut message = Message::new();
    message.build(&setters).expect("short attributes fit into a message");
    message.raw
}
