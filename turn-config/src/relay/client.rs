//! One client of the relay: one five-tuple, with at most one allocation (RFC 8656 section 3.2), whatever it comes over.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use stun::message::METHOD_ALLOCATE;
use tokio::sync::Mutex;
use tokio::time::Instant;
use turn::allocation::allocation_manager::{Manager, ManagerConfig};
use turn::auth::AuthHandler;
use turn::server::request::Request;
use webrtc_util::Conn;

use super::Core;
use super::counters::up;
use super::gate::{self, Passed, Verdict};
use super::outlet::Opening;
use super::replies::{Key, REALM};
use super::table::Slot;
use super::way::Way;

/// RFC 8656 section 12: a channel lasts ten minutes unless it is bound again.
const CHANNEL_LIFE: Duration = Duration::from_secs(600);
/// A call has a few dozen remote candidates, and as many again after each restart. Who asks for more is scanning.
const MOST_PEERS: usize = 512;

pub(super) struct Client {
    core: Arc<Core>,
    way: Arc<Way>,
    /// As seen from here, in its plain IPv4 form where it has one.
    address: SocketAddr,
    allocation: Option<Allocation>,
}

struct Allocation {
    slot: Arc<Slot>,
    manager: Arc<Manager>,
    /// Everyone it asked to meet: each costs the `turn` crate a task or two.
    peers: HashSet<SocketAddr>,
}

impl Client {
    pub(super) fn new(core: Arc<Core>, way: Way, address: SocketAddr) -> Self {
        Self { core, way: Arc::new(way), address: SocketAddr::new(address.ip().to_canonical(), address.port()), allocation: None }
    }

    /// The live allocation's slot.
    pub(super) fn slot(&self) -> Option<&Arc<Slot>> {
        self.allocation.as_ref().map(|allocation| &allocation.slot).filter(|slot| !slot.closed.is_cancelled())
    }

    pub(super) async fn handle(&mut self, packet: &[u8]) {
        if packet.first().is_some_and(|first| (0x40..=0x7f).contains(first)) {
            return self.pass_data(packet).await;
        }
        let holder = self.slot().map(|slot| slot.holder.clone());
        match gate::check(&self.core, packet, self.address, holder.as_ref()) {
            Verdict::Request(passed) => self.carry_out(packet, *passed).await,
            Verdict::Indication => self.pass_data(packet).await,
            Verdict::Answer(answer) => {
                let again = self.slot().and_then(|_| self.way.answered_before(packet));
                self.way.send(&again.unwrap_or(answer)).await;
            }
            Verdict::Drop => {}
        }
    }

    async fn pass_data(&self, packet: &[u8]) {
        if let (Some(_), Some(allocation)) = (self.slot(), &self.allocation) {
            run(self.request(&allocation.manager, packet, Known(Key::new()))).await;
        }
    }

    async fn carry_out(&mut self, packet: &[u8], passed: Passed) {
        if passed.method == METHOD_ALLOCATE {
            return self.allocate(packet, passed).await;
        }
        let Some(allocation) = &mut self.allocation else { return };
        allocation.peers.extend(&passed.peers);
        if allocation.peers.len() > MOST_PEERS {
            up(&self.core.counters.over_quota);
            return allocation.slot.killed.cancel();
        }
        let manager = Arc::clone(&allocation.manager);
        run(self.proven_request(&manager, packet, passed)).await;
    }

    async fn allocate(&mut self, packet: &[u8], passed: Passed) {
        let made = Arc::new(OnceLock::new());
        let username = passed.username.clone();
        let opening = Opening { core: Arc::clone(&self.core), holder: username.holder.clone(), slot: Arc::clone(&made) };
        let manager = Arc::new(Manager::new(ManagerConfig { relay_addr_generator: Box::new(opening), alloc_close_notify: None }));
        run(self.proven_request(&manager, packet, passed)).await;
        self.allocation = made.get().cloned().map(|slot| Allocation { slot, manager, peers: HashSet::new() });
        // The seat may have ended between the check of its credential and the opening of its slot.
        if let Some(slot) = self.slot()
            && self.core.ended.refuses(&username)
        {
            slot.killed.cancel();
        }
    }

    fn proven_request(&self, manager: &Arc<Manager>, packet: &[u8], passed: Passed) -> Request {
        let mut request = self.request(manager, packet, Known(passed.key));
        request.nonces = Arc::new(Mutex::new(HashMap::from([(passed.nonce, Instant::now())])));
        request
    }

    fn request(&self, manager: &Arc<Manager>, packet: &[u8], known: Known) -> Request {
        let way: Arc<dyn Conn + Send + Sync> = Arc::clone(&self.way) as _;
        let mut request = Request::new(way, self.address, Arc::clone(manager), Arc::new(known));
        request.buff = packet.to_vec();
        request.realm = REALM.to_owned();
        request.channel_bind_timeout = CHANNEL_LIFE;
        request
    }
}

impl Drop for Client {
    /// Nobody can reach the allocation any more: a closed connection, a swept client.
    fn drop(&mut self) {
        if let Some(allocation) = &self.allocation {
            allocation.slot.closed.cancel();
        }
    }
}

async fn run(mut request: Request) {
    if let Err(error) = request.handle_request().await {
        // The error's text may hold addresses.
        tracing::trace!(kind = ?std::mem::discriminant(&error), "the relay could not carry out a request");
    }
}

/// The gate has checked the credential; the `turn` crate checks the message against it once more.
struct Known(Key);

impl AuthHandler for Known {
    fn auth_handle(&self, _: &str, _: &str, _: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        Ok(self.0.clone())
    }
}
