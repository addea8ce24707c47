//! Who is connected right now. The rooms write it, the lists read it. It lives in memory only: after a restart it is
//! empty until people reconnect, and the seat states in the database still tell the truth about who waits and who is in.
//!
//! How `rooms` uses it: `set` whenever a seat connects, is lost for a while or changes its screen; `gone` when its session is
//! over; `room_closed` when the visit's room ends. Then tell the bus `VisitChanged`, so that lists are read again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use signaling::message::Screen;

use crate::base::clock::Moment;
use crate::base::ids::{NodeId, SeatId, VisitId};
use crate::bus::Glimpse;

/// One person's connection, as staff may know it: the name of the screen, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    pub state: Connected,
    pub screen: Screen,
    /// When `state` became what it is.
    pub since: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connected {
    Here,
    /// Nothing heard for a few seconds; the place is kept.
    Away,
}

/// Shared by its clones.
#[derive(Clone, Debug, Default)]
pub struct Presence(Arc<RwLock<Map>>);

#[derive(Debug, Default)]
struct Map {
    here: HashMap<VisitId, Seats>,
    /// In rooms that other nodes run, as they tell it.
    elsewhere: HashMap<VisitId, (NodeId, Seats)>,
}

type Seats = HashMap<SeatId, Present>;

impl Present {
    pub fn glimpse(self, seat: &SeatId) -> Glimpse {
        Glimpse { seat: seat.clone(), is_here: self.state == Connected::Here, screen: self.screen, since: self.since }
    }
}

impl From<Glimpse> for Present {
    fn from(Glimpse { is_here, screen, since, .. }: Glimpse) -> Self {
        Self { state: if is_here { Connected::Here } else { Connected::Away }, screen, since }
    }
}

impl Presence {
    pub fn set(&self, visit: &VisitId, seat: &SeatId, present: Present) {
        self.change(|map| {
            map.elsewhere.remove(visit);
            map.here.entry(visit.clone()).or_default().insert(seat.clone(), present);
        });
    }

    pub fn gone(&self, visit: &VisitId, seat: &SeatId) {
        self.change(|map| {
            if let Some(seats) = map.here.get_mut(visit) {
                seats.remove(seat);
                if seats.is_empty() {
                    map.here.remove(visit);
                }
            }
        });
    }

    pub fn room_closed(&self, visit: &VisitId) {
        self.change(|map| {
            map.here.remove(visit);
        });
    }

    /// Everybody who is connected to the visit's room on that node.
    pub fn seen_elsewhere(&self, node: &NodeId, visit: &VisitId, seats: Vec<Glimpse>) {
        self.change(|map| {
            if seats.is_empty() {
                map.elsewhere.remove(visit);
            } else {
                let seats = seats.into_iter().map(|seen| (seen.seat.clone(), seen.into())).collect();
                map.elsewhere.insert(visit.clone(), (node.clone(), seats));
            }
        });
    }

    pub fn node_gone(&self, node: &NodeId) {
        self.change(|map| map.elsewhere.retain(|_, (of, _)| of != node));
    }

    pub fn of(&self, visit: &VisitId, seat: &SeatId) -> Option<Present> {
        // A writer that panicked left whole entries behind: the map is still good to read.
        let map = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let seats = map.here.get(visit).or_else(|| map.elsewhere.get(visit).map(|(_, seats)| seats))?;
        seats.get(seat).copied()
    }

    fn change(&self, change: impl FnOnce(&mut Map)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_present_until_it_is_gone_or_its_room_closes() {
        let (presence, visit) = (Presence::default(), VisitId::from("v"));
        let (patient, clinician) = (SeatId::from("p"), SeatId::from("c"));
        let here = Present { state: Connected::Here, screen: Screen::QuickCheck, since: Moment(5) };
        presence.set(&visit, &patient, here);
        presence.clone().set(&visit, &clinician, here);
        assert_eq!(presence.of(&visit, &patient), Some(here));

        presence.gone(&visit, &patient);
        assert_eq!(presence.of(&visit, &patient), None);
        assert_eq!(presence.of(&visit, &clinician), Some(here));

        presence.room_closed(&visit);
        assert_eq!(presence.of(&visit, &clinician), None);
    }

    #[test]
    fn who_is_in_a_room_of_another_node_is_seen_until_that_node_is_gone() {
        let (presence, visit, node) = (Presence::default(), VisitId::from("v"), NodeId("b".into()));
        let patient = SeatId::from("p");
        let here = Present { state: Connected::Away, screen: Screen::Waiting, since: Moment(5) };
        presence.seen_elsewhere(&node, &visit, vec![here.glimpse(&patient)]);
        assert_eq!(presence.of(&visit, &patient), Some(here));
        presence.seen_elsewhere(&node, &visit, vec![]);
        assert_eq!(presence.of(&visit, &patient), None);
        presence.seen_elsewhere(&node, &visit, vec![here.glimpse(&patient)]);
        presence.node_gone(&node);
        assert_eq!(presence.of(&visit, &patient), None);
    }
}
