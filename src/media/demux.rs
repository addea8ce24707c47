//! Which session a datagram belongs to, where all of them share one port: a STUN request by the name it carries, everything else by
//! the address it comes from, once that address has proven that it knows the session's password.

use std::collections::HashMap;
use std::hash::Hash;

use super::limits::ADDRESSES;
use super::stun;

/// `A` is an address, `S` names a session.
#[derive(Debug)]
pub(super) struct Demux<A, S> {
    by_name: HashMap<String, S>,
    by_address: HashMap<A, S>,
}

impl<A, S> Default for Demux<A, S> {
    fn default() -> Self {
        Self { by_name: HashMap::new(), by_address: HashMap::new() }
    }
}

impl<A: Copy + Eq + Hash, S: Copy + Eq> Demux<A, S> {
    pub(super) fn enter(&mut self, name: String, session: S) {
        self.by_name.insert(name, session);
    }

    pub(super) fn route(&self, datagram: &[u8], from: A) -> Option<S> {
        match stun::name(datagram) {
            Some(name) => self.by_name.get(name).copied().filter(|session| self.may_come(*session, from)),
            None => self.by_address.get(&from).copied(),
        }
    }

    /// `from` has proven to be the session's peer.
    pub(super) fn prove(&mut self, from: A, session: S) {
        self.by_address.insert(from, session);
    }

    pub(super) fn leave(&mut self, session: S) {
        self.by_name.retain(|_, other| *other != session);
        self.by_address.retain(|_, other| *other != session);
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<String> {
        self.by_name.keys().cloned().collect()
    }

    /// A session has so many addresses and no more.
    fn may_come(&self, session: S, from: A) -> bool {
        self.by_address.get(&from) == Some(&session)
            || self.by_address.values().filter(|other| **other == session).count() < ADDRESSES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::stun::tests::request;

    #[test]
    fn a_name_leads_to_its_session_and_an_address_only_after_its_proof() {
        let mut demux = Demux::default();
        demux.enter("anna".to_owned(), 1);
        demux.enter("bert".to_owned(), 2);
        assert_eq!(demux.route(&request("anna:x"), 50), Some(1));
        assert_eq!(demux.route(&request("carl:x"), 50), None);
        assert_eq!(demux.route(&[0x80; 40], 50), None, "asking is no proof");
        demux.prove(50, 1);
        assert_eq!(demux.route(&[0x80; 40], 50), Some(1));
        assert_eq!(demux.route(&[0x80; 40], 51), None);
    }

    #[test]
    fn an_address_that_is_used_again_goes_to_who_proves_it() {
        let mut demux = Demux::default();
        demux.enter("anna".to_owned(), 1);
        demux.enter("bert".to_owned(), 2);
        demux.prove(50, 1);
        assert_eq!(demux.route(&request("bert:x"), 50), Some(2));
        demux.prove(50, 2);
        assert_eq!(demux.route(&[0x80; 40], 50), Some(2));
    }

    #[test]
    fn a_session_that_left_is_found_by_nothing() {
        let mut demux = Demux::default();
        demux.enter("anna".to_owned(), 1);
        demux.prove(50, 1);
        demux.leave(1);
        assert_eq!(demux.route(&request("anna:x"), 50), None);
        assert_eq!(demux.route(&[0x80; 40], 50), None);
        assert!(demux.by_name.is_empty() && demux.by_address.is_empty());
    }

    #[test]
    fn one_session_cannot_fill_the_table() {
        let mut demux = Demux::default();
        demux.enter("anna".to_owned(), 1);
        let mut taken = 0;
        for address in 0..100 {
            if demux.route(&request("anna:x"), address).is_some() {
                demux.prove(address, 1);
                taken += 1;
            }
        }
        assert_eq!(taken, ADDRESSES);
        assert_eq!(demux.route(&request("anna:x"), 0), Some(1), "those it has go on");
    }
}
