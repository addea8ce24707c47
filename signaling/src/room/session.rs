//! One device's session: its numbers in both directions, what it has not acknowledged, and how much it may say.

use std::collections::VecDeque;

use crate::ids::CommandId;
use crate::message::View;
use crate::room::io::{Connect, ConnectionId, Millis};
use crate::room::{BUFFER_BYTES, BUFFER_MESSAGES, FLOOD_BURST, FLOOD_PER_S, KEPT_MS};
use crate::wire::{self, Body};

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) connection: Option<ConnectionId>,
    pub(super) device: String,
    pub(super) page: String,
    pub(super) token: String,
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
            token: connect.token.clone(),
            epoch,
            heard_at: now,
            received: 0,
            outbox: Outbox::default(),
            allowance: Allowance::full(now),
            told: None,
        }
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
