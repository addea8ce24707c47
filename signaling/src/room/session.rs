//! One device's session: its numbers in both directions, what it has not acknowledged, and how much it may say.

use std::collections::VecDeque;

use crate::ids::CommandId;
use crate::message::View;
use crate::room::io::{Connect, ConnectionId, Millis};
use crate::room::{BUFFER_BYTES, BUFFER_MESSAGES, FLOOD_BURST, FLOOD_PER_S, KEPT_MS, SILENT_MS};
use crate::wire::{self, Body};

/// So many welcomes in a row may be lost without a resync.
const TOKENS_KEPT: usize = 4;
/// So many older tries may be on their way.
const USED_KEPT: usize = 8;

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) connection: Option<ConnectionId>,
    pub(super) device: String,
    pub(super) page: String,
    /// What the page may come back with, newest last. Older ones are used up when the page speaks: until then a welcome,
    /// and the token in it, may have been lost.
    tokens: Vec<String>,
    /// The last of those that were used up.
    used: VecDeque<String>,
    /// The page has spoken: from then on it has a token and comes back with it.
    has_spoken: bool,
    pub(super) epoch: u64,
    pub(super) heard_at: Millis,
    /// Highest number taken from the page.
    pub(super) received: u64,
    pub(super) outbox: Outbox,
    pub(super) allowance: Allowance,
    /// What the page has been told, so that only what differs is told again.
    pub(super) told: Option<View>,
}

impl Session {
    pub(super) fn new(connect: &Connect, epoch: u64, now: Millis) -> Self {
        Self {
            connection: Some(connect.connection),
            device: connect.device.clone(),
            page: connect.hello.page.clone(),
            tokens: vec![connect.token.clone()],
            used: VecDeque::new(),
            has_spoken: false,
            epoch,
            heard_at: now,
            received: 0,
            outbox: Outbox::default(),
            allowance: Allowance::full(now),
            told: None,
        }
    }

    pub(super) fn newest_token(&self) -> String {
        self.tokens.last().cloned().unwrap_or_default()
    }

    pub(super) fn is_of(&self, connect: &Connect) -> bool {
        self.device == connect.device && self.page == connect.hello.page
    }

    /// Whether the token is good here; those that were used are not.
    pub(super) fn accepts(&self, connect: &Connect) -> bool {
        self.is_of(connect) && connect.hello.resume.as_ref().is_some_and(|resume| self.tokens.contains(&resume.token))
    }

    /// Whether this is an older try of the same page that was late, or somebody with a used token.
    /// Only while the page was heard of lately: who took its token from it does not keep it out.
    pub(super) fn has_overtaken(&self, connect: &Connect, now: Millis) -> bool {
        let is_alive = now - self.heard_at < SILENT_MS;
        let is_old = connect.hello.resume.as_ref().map_or(self.has_spoken, |resume| self.used.contains(&resume.token));
        is_alive && is_old && self.is_of(connect)
    }

    /// Goes on over a new connection; gives the one before.
    pub(super) fn go_on(&mut self, connect: &Connect, now: Millis) -> Option<ConnectionId> {
        if let Some(resume) = &connect.hello.resume {
            self.tokens.retain(|token| *token != resume.token);
            self.tokens.push(resume.token.clone());
        }
        self.tokens.push(connect.token.clone());
        let too_many = self.tokens.len().saturating_sub(TOKENS_KEPT);
        self.tokens.drain(..too_many);
        self.heard_at = now;
        self.connection.replace(connect.connection)
    }

    /// The page spoke: it has the newest token.
    pub(super) fn heard(&mut self, now: Millis) {
        self.heard_at = now;
        self.has_spoken = true;
        let used = self.tokens.len().saturating_sub(1);
        self.used.extend(self.tokens.drain(..used));
        let too_many = self.used.len().saturating_sub(USED_KEPT);
        self.used.drain(..too_many);
    }
}

/// Numbered messages that the page has not acknowledged: at most so many, so large, so old.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    last: u64,
    bytes: usize,
    kept: VecDeque<Kept>,
}

#[derive(Clone, Debug)]
struct Kept {
    n: u64,
    at: Millis,
    id: Option<CommandId>,
    body: Body,
}

impl Outbox {
    /// Numbers a message and keeps it; gives the text to send.
    pub(super) fn push(&mut self, now: Millis, ack: u64, id: Option<CommandId>, body: Body) -> String {
        self.last += 1;
        let text = wire::frame(Some(self.last), ack, id.as_ref(), &body);
        self.bytes += body.bytes();
        self.kept.push_back(Kept { n: self.last, at: now, id, body });
        while self.is_over(now) {
            self.drop_oldest();
        }
        text
    }

    /// False when the page acknowledges what was never sent.
    #[must_use]
    pub(super) fn acknowledge(&mut self, up_to: u64) -> bool {
        while self.kept.front().is_some_and(|kept| kept.n <= up_to) {
            self.drop_oldest();
        }
        up_to <= self.last
    }

    /// Whether everything after `received` is still here.
    pub(super) fn can_go_on_from(&self, received: u64) -> bool {
        received <= self.last && self.kept.front().map_or(self.last, |kept| kept.n - 1) <= received
    }

    /// Nothing of what is kept may be said any more: who has not heard it cannot go on from there.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }

    pub(super) fn texts(&self, ack: u64) -> impl Iterator<Item = String> {
        self.kept.iter().map(move |kept| wire::frame(Some(kept.n), ack, kept.id.as_ref(), &kept.body))
    }

    fn is_over(&self, now: Millis) -> bool {
        self.kept.len() > BUFFER_MESSAGES
            || self.bytes > BUFFER_BYTES
            || self.kept.front().is_some_and(|kept| kept.at + KEPT_MS < now)
    }

    fn drop_oldest(&mut self) {
        if let Some(kept) = self.kept.pop_front() {
            self.bytes -= kept.body.bytes();
        }
    }
}

/// A token bucket: so many messages a second, with bursts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    /// In thousandths of a message.
    left: i64,
    at: Millis,
}

impl Allowance {
    fn full(now: Millis) -> Self {
        Self { left: FLOOD_BURST * 1000, at: now }
    }

    pub(super) fn take(&mut self, now: Millis) -> bool {
        let gained = now.saturating_sub(self.at).saturating_mul(FLOOD_PER_S);
        self.left = self.left.saturating_add(gained).min(FLOOD_BURST * 1000);
        self.at = now;
        self.left -= 1000;
        self.left >= 0
    }
}
