//! Looks at every message before the `turn` crate does: whether it is one, who sent it, whether it may be.
//!
//! A credential has to be fresh to make an allocation. To keep one (Refresh, CreatePermission, ChannelBind) the credential it was made
//! with stays good past its expiry, because a browser goes on using it for as long as that connection lives; any other credential of
//! the same seat does too. What ends an allocation is the end of its seat or scope.

use std::net::SocketAddr;
use std::sync::Arc;

use stun::attributes::{
    ATTR_DONT_FRAGMENT, ATTR_EVEN_PORT, ATTR_FINGERPRINT, ATTR_MESSAGE_INTEGRITY, ATTR_MESSAGE_INTEGRITY_SHA256, ATTR_NONCE,
    ATTR_REALM, ATTR_REQUESTED_ADDRESS_FAMILY, ATTR_RESERVATION_TOKEN, ATTR_USERNAME, ATTR_XOR_PEER_ADDRESS, AttrType,
    Attributes, RawAttribute,
};
use stun::error_code::{
    CODE_ADDR_FAMILY_NOT_SUPPORTED, CODE_ALLOC_MISMATCH, CODE_ALLOC_QUOTA_REACHED, CODE_BAD_REQUEST, CODE_FORBIDDEN,
    CODE_INSUFFICIENT_CAPACITY, CODE_STALE_NONCE, CODE_UNAUTHORIZED, CODE_UNKNOWN_ATTRIBUTE, CODE_WRONG_CREDENTIALS, ErrorCode,
};
use stun::integrity::MessageIntegrity;
use stun::message::{
    CLASS_INDICATION, CLASS_REQUEST, MESSAGE_HEADER_SIZE, METHOD_ALLOCATE, METHOD_BINDING, METHOD_CHANNEL_BIND,
    METHOD_CREATE_PERMISSION, METHOD_REFRESH, METHOD_SEND, Message, Method,
};
use stun::xoraddr::XorMappedAddress;
use turn::auth::generate_auth_key;

use super::Core;
use super::counters::up;
use super::replies::{self, Key, REALM};
use super::table::Quota;
use crate::credentials::{Age, Holder, Username};

/// What to do with a message.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The `turn` crate may carry it out.
    Request(Box<Passed>),
    /// A Send indication of a client with an allocation.
    Indication,
    Answer(Vec<u8>),
    /// Not STUN, or nothing anybody waits for an answer to.
    Drop,
}

/// A request whose sender is proven.
#[derive(Debug)]
pub(super) struct Passed {
    pub(super) method: Method,
    pub(super) username: Username,
    pub(super) key: Key,
    pub(super) nonce: String,
    /// Whom the request names.
    pub(super) peers: Vec<SocketAddr>,
}

/// `holder` is the client's, when it has a live allocation.
pub(super) fn check(core: &Arc<Core>, packet: &[u8], client: SocketAddr, holder: Option<&Holder>) -> Verdict {
    let Some(message) = decode(packet) else { return Verdict::Drop };
    if message.typ.class == CLASS_INDICATION {
        return if message.typ.method == METHOD_SEND && holder.is_some() { Verdict::Indication } else { Verdict::Drop };
    }
    if message.typ.class != CLASS_REQUEST {
        return Verdict::Drop;
    }
    match message.typ.method {
        METHOD_BINDING => Verdict::Answer(replies::binding(&message, client)),
        METHOD_ALLOCATE | METHOD_REFRESH | METHOD_CREATE_PERMISSION | METHOD_CHANNEL_BIND => {
            let inspection = Inspection { core, message: &message, client, holder };
            match inspection.run() {
                Ok(proof) => Verdict::Request(Box::new(proof)),
                Err(answer) => Verdict::Answer(answer),
            }
        }
        _ => Verdict::Answer(replies::bad_request(&message, CODE_BAD_REQUEST)),
    }
}

/// One whole STUN message and nothing after it.
fn decode(packet: &[u8]) -> Option<Message> {
    let mut message = Message { raw: packet.to_vec(), ..Default::default() };
    message.decode().ok()?;
    (packet.len() == MESSAGE_HEADER_SIZE + usize::try_from(message.length).ok()?).then_some(message)
}

/// The steps of RFC 8489 section 9.2.4 and RFC 8656 sections 7.2, 8.2, 10.2 and 12.2, in order; each may answer instead.
struct Inspection<'a> {
    core: &'a Arc<Core>,
    message: &'a Message,
    client: SocketAddr,
    holder: Option<&'a Holder>,
}

impl Inspection<'_> {
    fn run(&self) -> Result<Passed, Vec<u8>> {
        let mut proof = self.who()?;
        if self.message.typ.method == METHOD_ALLOCATE {
            self.may_allocate(&proof)?;
        } else {
            proof.peers = self.may_use(&proof)?;
        }
        Ok(proof)
    }

    fn who(&self) -> Result<Passed, Vec<u8>> {
        if !self.message.contains(ATTR_MESSAGE_INTEGRITY) {
            return Err(self.challenge(CODE_UNAUTHORIZED));
        }
        let (Some(username), Some(nonce), Some(realm)) = (self.text(ATTR_USERNAME), self.text(ATTR_NONCE), self.text(ATTR_REALM))
        else {
            return Err(replies::bad_request(self.message, CODE_BAD_REQUEST));
        };
        if !integrity_is_last(&self.message.attributes) {
            return Err(replies::bad_request(self.message, CODE_BAD_REQUEST));
        }
        if !self.core.nonces.accepts(&nonce, self.client, self.core.now_ms()) {
            return Err(self.challenge(CODE_STALE_NONCE));
        }
        let password = self.core.secret.password(&username);
        let key = generate_auth_key(&username, REALM, &password);
        let proven = realm == REALM && MessageIntegrity(key.clone()).check(&mut self.message.clone()).is_ok();
        match Username::read(&username).filter(|username| proven && self.still_good(username)) {
            Some(username) => Ok(Passed { method: self.message.typ.method, username, key, nonce, peers: Vec::new() }),
            None => {
                up(&self.core.counters.credentials_refused);
                Err(self.challenge(CODE_UNAUTHORIZED))
            }
        }
    }

    fn still_good(&self, username: &Username) -> bool {
        let keeps_its_own = self.message.typ.method != METHOD_ALLOCATE && self.holder == Some(&username.holder);
        !self.core.ended.refuses(username)
            && match username.age(self.core.now_ms()) {
                Age::Fresh => true,
                Age::Expired => keeps_its_own,
                Age::Impossible => false,
            }
    }

    fn may_allocate(&self, proof: &Passed) -> Result<(), Vec<u8>> {
        if self.holder.is_some() {
            return Err(self.refuse(proof, CODE_ALLOC_MISMATCH));
        }
        let unknown: Vec<_> = [ATTR_DONT_FRAGMENT, ATTR_EVEN_PORT, ATTR_RESERVATION_TOKEN]
            .into_iter()
            .filter(|attribute| self.message.contains(*attribute))
            .collect();
        if !unknown.is_empty() {
            return Err(replies::unknown(self.message, CODE_UNKNOWN_ATTRIBUTE, unknown, proof.key.clone()));
        }
        if self.wants_another_family() {
            return Err(self.refuse(proof, CODE_ADDR_FAMILY_NOT_SUPPORTED));
        }
        let over = match self.core.table.quota(&proof.username.holder) {
            Quota::Free => return Ok(()),
            Quota::Seat => CODE_ALLOC_QUOTA_REACHED,
            Quota::Relay => CODE_INSUFFICIENT_CAPACITY,
        };
        up(&self.core.counters.over_quota);
        Err(self.refuse(proof, over))
    }

    fn may_use(&self, proof: &Passed) -> Result<Vec<SocketAddr>, Vec<u8>> {
        match self.holder {
            None => return Err(self.refuse(proof, CODE_ALLOC_MISMATCH)),
            Some(holder) if *holder != proof.username.holder => return Err(self.refuse(proof, CODE_WRONG_CREDENTIALS)),
            Some(_) => {}
        }
        let scope = proof.username.holder.scope();
        let allowed = peers(self.message).map(|peer| peer.filter(|peer| self.core.may_meet(*peer, scope))).collect();
        let Some(peers) = allowed else {
            up(&self.core.counters.peers_refused);
            return Err(self.refuse(proof, CODE_FORBIDDEN));
        };
        Ok(peers)
    }

    /// RFC 8656 section 7.2, step 6: relayed addresses are of the public address's family alone.
    fn wants_another_family(&self) -> bool {
        let ours = if self.core.table.public_ip().is_ipv4() { 1 } else { 2 };
        self.message.get(ATTR_REQUESTED_ADDRESS_FAMILY).is_ok_and(|value| value.first() != Some(&ours))
    }

    fn text(&self, attribute: AttrType) -> Option<String> {
        String::from_utf8(self.message.get(attribute).ok()?).ok()
    }

    fn challenge(&self, code: ErrorCode) -> Vec<u8> {
        replies::challenge(self.message, code, self.core.nonces.issue(self.client, self.core.now_ms()))
    }

    fn refuse(&self, proof: &Passed, code: ErrorCode) -> Vec<u8> {
        replies::refusal(self.message, code, proof.key.clone())
    }
}

/// Nothing that integrity does not cover may follow it but its own kind.
fn integrity_is_last(attributes: &Attributes) -> bool {
    let after = attributes.0.iter().skip_while(|attribute| attribute.typ != ATTR_MESSAGE_INTEGRITY);
    after.skip(1).all(|attribute| matches!(attribute.typ, ATTR_FINGERPRINT | ATTR_MESSAGE_INTEGRITY_SHA256))
}

/// Every peer a request names; `None` for one that cannot be read.
fn peers(message: &Message) -> impl Iterator<Item = Option<SocketAddr>> {
    message
        .attributes
        .0
        .iter()
        .filter(|attribute| attribute.typ == ATTR_XOR_PEER_ADDRESS)
        .map(|attribute| read_peer(message, attribute))
}

fn read_peer(message: &Message, attribute: &RawAttribute) -> Option<SocketAddr> {
    let alone =
        Message { transaction_id: message.transaction_id, attributes: Attributes(vec![attribute.clone()]), ..Default::default() };
    let mut address = XorMappedAddress::default();
    address.get_from_as(&alone, ATTR_XOR_PEER_ADDRESS).ok()?;
    Some(SocketAddr::new(address.ip, address.port))
}
