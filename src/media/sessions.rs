//! All sessions of an agent: who may begin, whose a datagram is, what each has to say and when it wants to be asked again.
//! No sockets, and time is handed in.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::demux::Demux;
use super::line::Line;
use super::measured::{Cause, Ledger};
use super::offer::{Offer, Unfit};
use super::peer::House;
use super::session::Session;
use super::{Address, Asked, Datagram, Ended, Refusal, Way};

pub(super) struct Sessions {
    house: House,
    most: usize,
    live: HashMap<u64, Live>,
    begun: u64,
    demux: Demux<Address, u64>,
    line: Line,
    pub(super) out: Vec<Datagram>,
    pub(super) ended: Vec<Ended>,
}

struct Live {
    session: Session,
    test: String,
    way: Way,
    /// When it wants to be asked again; in the past where something came.
    next: Instant,
}

impl Sessions {
    pub(super) fn new(house: House, most: usize) -> Self {
        Self {
            house,
            most,
            live: HashMap::new(),
            begun: 0,
            demux: Demux::default(),
            line: Line::default(),
            out: Vec::new(),
            ended: Vec::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.live.len()
    }

    /// Begins a session and gives its answer; one that the test had over the same way ends.
    pub(super) fn open(&mut self, asked: &Asked, now: Instant) -> Result<String, Refusal> {
        let offer = Offer::read(&asked.offer)?;
        let before = self.of(|live| live.test == asked.test && live.way == asked.way);
        let free = self.most.saturating_sub(self.live.len() - before.len());
        let has_begun = self.live.values().any(|live| live.test == asked.test);
        if !(has_begun && free > 0) {
            self.line.ask(&asked.test, free, now).map_err(|place| Refusal::Full { place })?;
        }
        let ledger = Arc::new(Mutex::new(Ledger::new(now)));
        // An offer that makes the parser panic costs nobody else anything.
        let opened = catch_unwind(AssertUnwindSafe(|| self.house.open(offer, &ledger, now)));
        let Ok(Ok(mut opened)) = opened else { return Err(Unfit::NotUnderstood.into()) };
        self.end(&before, Cause::Finished, now);
        self.begun += 1;
        self.demux.enter(opened.name.clone(), self.begun);
        let answer = std::mem::take(&mut opened.answer);
        let session = Session::new(opened, ledger, now);
        self.live.insert(self.begun, Live { session, test: asked.test.clone(), way: asked.way, next: now });
        Ok(answer)
    }

    /// Takes a datagram; it is answered by the next `settle`.
    pub(super) fn take(&mut self, bytes: &[u8], from: Address, now: Instant) {
        let Some(id) = self.demux.route(bytes, from) else { return };
        let Some(local) = self.house.announced.iter().find(|local| local.is_ipv4() == from.is_ipv4()).copied() else { return };
        let Some(live) = self.live.get_mut(&id) else { return };
        live.next = now;
        if catch_unwind(AssertUnwindSafe(|| live.session.take(bytes, (from, local), now))).is_err() {
            self.drop_broken(id);
        }
    }

    /// Lets every session that is due do its work.
    pub(super) fn settle(&mut self, now: Instant) {
        for id in self.of(|live| live.next <= now) {
            self.settle_one(id, now);
        }
    }

    /// When the first of them wants to be asked.
    pub(super) fn next(&self) -> Option<Instant> {
        self.live.values().map(|live| live.next).min()
    }

    pub(super) fn end_test(&mut self, test: &str, now: Instant) {
        let which = self.of(|live| live.test == test);
        self.end(&which, Cause::Finished, now);
    }

    pub(super) fn end_all(&mut self, now: Instant) {
        let which = self.of(|_| true);
        self.end(&which, Cause::Stopping, now);
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<String> {
        self.demux.names()
    }

    fn settle_one(&mut self, id: u64, now: Instant) {
        let Some(live) = self.live.get_mut(&id) else { return };
        let first = self.out.len();
        let out = &mut self.out;
        match catch_unwind(AssertUnwindSafe(|| live.session.settle(now, out))) {
            // What a session sends goes to addresses whose STUN it has proven.
            Ok(Ok(next)) => {
                live.next = next;
                for datagram in &self.out[first..] {
                    self.demux.prove(datagram.to, id);
                }
            }
            Ok(Err(cause)) => self.end(&[id], cause, now),
            Err(_) => self.drop_broken(id),
        }
    }

    fn end(&mut self, which: &[u64], cause: Cause, now: Instant) {
        for id in which {
            let Some(mut live) = self.live.remove(id) else { continue };
            self.demux.leave(*id);
            let out = &mut self.out;
            let measured = catch_unwind(AssertUnwindSafe(|| {
                live.session.close(cause, now, out);
                live.session.measured(now)
            }));
            let echoed = live.session.echoed;
            self.ended.push(Ended { test: live.test, way: live.way, cause, measured: measured.ok().flatten(), echoed });
        }
    }

    /// It panicked: what it was in the middle of cannot be gone on with.
    fn drop_broken(&mut self, id: u64) {
        let Some(live) = self.live.remove(&id) else { return };
        self.demux.leave(id);
        self.ended.push(Ended {
            test: live.test,
            way: live.way,
            cause: Cause::Broken,
            measured: None,
            echoed: live.session.echoed,
        });
    }

    fn of(&self, which: impl Fn(&Live) -> bool) -> Vec<u64> {
        self.live.iter().filter(|(_, live)| which(live)).map(|(id, _)| *id).collect()
    }
}
