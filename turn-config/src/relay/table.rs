//! All live allocations: which relayed port belongs to which seat of which scope. Ends them, bounds them, hands packets between them.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ring::rand::{SecureRandom, SystemRandom};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::counters::{Counters, down, up};
use super::settings::{Limits, Settings};
use crate::credentials::Holder;
use crate::ended::End;

const TRIES: usize = 64;
const INBOX: usize = 256;

/// A packet on its way between two allocations, with the relayed address it comes from.
pub(super) type Parcel = (Vec<u8>, SocketAddr);

/// One allocation.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) port: u16,
    pub(super) holder: Holder,
    /// Ended by us: its scope, its seat, its age, the relay's stop.
    pub(super) killed: CancellationToken,
    /// No longer relays, for whatever reason.
    pub(super) closed: CancellationToken,
    inbox: mpsc::Sender<Parcel>,
    since: Instant,
}

/// What a new allocation relays through.
pub(super) struct Claim {
    pub(super) slot: Arc<Slot>,
    pub(super) inbox: mpsc::Receiver<Parcel>,
    pub(super) socket: UdpSocket,
}

/// Where a packet to one of our own relayed addresses ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handover {
    Delivered,
    /// The other's queue is full, as a network's would be.
    Full,
    OtherScope,
    NobodyThere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quota {
    Free,
    Seat,
    Relay,
}

#[derive(Debug)]
pub(super) struct Table {
    slots: Mutex<HashMap<u16, Arc<Slot>>>,
    public_ip: IpAddr,
    bind_ip: IpAddr,
    ports: RangeInclusive<u16>,
    limits: Limits,
    counters: Arc<Counters>,
}

impl Table {
    pub(super) fn new(settings: &Settings, counters: Arc<Counters>) -> Self {
        Self {
            slots: Mutex::default(),
            public_ip: settings.public_ip,
            bind_ip: settings.bind_ip(),
            ports: settings.ports.clone(),
            limits: settings.limits,
            counters,
        }
    }

    pub(super) fn public_ip(&self) -> IpAddr {
        self.public_ip
    }

    pub(super) fn quota(&self, holder: &Holder) -> Quota {
        quota(&self.lock(), holder, &self.limits)
    }

    /// Opens a relayed address on a port nobody can foretell.
    pub(super) async fn claim(&self, holder: &Holder) -> io::Result<Claim> {
        for _ in 0..TRIES {
            let port = self.any_port();
            if self.lock().contains_key(&port) {
                continue;
            }
            if let Ok(socket) = UdpSocket::bind((self.bind_ip, port)).await {
                return self.enter(holder, port, socket);
            }
        }
        Err(io::Error::new(io::ErrorKind::AddrInUse, "no relayed port is free"))
    }

    fn enter(&self, holder: &Holder, port: u16, socket: UdpSocket) -> io::Result<Claim> {
        let (sender, inbox) = mpsc::channel(INBOX);
        let killed = CancellationToken::new();
        let closed = killed.child_token();
        let slot = Arc::new(Slot { port, holder: holder.clone(), killed, closed, inbox: sender, since: Instant::now() });
        let mut slots = self.lock();
        if quota(&slots, holder, &self.limits) != Quota::Free || slots.contains_key(&port) {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "no allocation is free"));
        }
        slots.insert(port, Arc::clone(&slot));
        up(&self.counters.allocations);
        up(&self.counters.allocations_made);
        Ok(Claim { slot, inbox, socket })
    }

    pub(super) fn release(&self, port: u16) {
        if self.lock().remove(&port).is_some() {
            down(&self.counters.allocations);
        }
    }

    /// Whether `peer` is a relayed address of ours, and then whether it is of this scope.
    pub(super) fn scope_of(&self, peer: SocketAddr, scope: &str) -> Option<bool> {
        if peer.ip().to_canonical() != self.public_ip {
            return None;
        }
        self.lock().get(&peer.port()).map(|slot| slot.holder.scope() == scope)
    }

    pub(super) fn hand_over(&self, from: &Slot, to: SocketAddr, bytes: &[u8]) -> Handover {
        if to.ip() != self.public_ip {
            return Handover::NobodyThere;
        }
        let Some(slot) = self.lock().get(&to.port()).cloned() else { return Handover::NobodyThere };
        if slot.holder.scope() != from.holder.scope() {
            return Handover::OtherScope;
        }
        match slot.inbox.try_send((bytes.to_vec(), SocketAddr::new(self.public_ip, from.port))) {
            Ok(()) => Handover::Delivered,
            Err(_) => Handover::Full,
        }
    }

    /// Closes what has ended; returns how many allocations that were.
    pub(super) fn end(&self, end: &End) -> usize {
        self.kill(|slot| end.covers(&slot.holder))
    }

    pub(super) fn end_the_old(&self) -> usize {
        self.kill(|slot| slot.since.elapsed() > self.limits.longest_allocation)
    }

    pub(super) fn end_all(&self) -> usize {
        self.kill(|_| true)
    }

    fn kill(&self, which: impl Fn(&Slot) -> bool) -> usize {
        let doomed: Vec<_> = self.lock().values().filter(|slot| which(slot)).cloned().collect();
        for slot in &doomed {
            slot.killed.cancel();
            up(&self.counters.allocations_ended);
        }
        doomed.len()
    }

    fn any_port(&self) -> u16 {
        let mut bytes = [0_u8; 4];
        SystemRandom::new().fill(&mut bytes).expect("the operating system gives random bytes");
        let span = u32::from(self.ports.end() - self.ports.start()) + 1;
        let offset = u32::from_be_bytes(bytes) % span;
        self.ports.start() + u16::try_from(offset).unwrap_or(0)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u16, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn quota(slots: &HashMap<u16, Arc<Slot>>, holder: &Holder, limits: &Limits) -> Quota {
    if slots.len() >= limits.allocations {
        return Quota::Relay;
    }
    let held = slots.values().filter(|slot| slot.holder == *holder).count();
    if held >= limits.allocations_per_seat { Quota::Seat } else { Quota::Free }
}
