//! Relay credentials of a seat: made for who is admitted, dead when the seat leaves or the visit ends.

use signaling::message::IceServers;
use turn_config::credentials::Holder;

use super::hub::Hub;
use crate::base::ice::for_page;
use crate::base::ids::{SeatId, VisitId};
use crate::bus::News;

pub(super) fn mint(hub: &Hub, visit: &VisitId, seat: &SeatId) -> Option<IceServers> {
    let holder = holder(visit, seat)?;
    let minted = hub.relay().for_call(&holder, hub.context().clock.now().0);
    Some(IceServers { servers: for_page(minted.servers), expires_in_s: minted.expires_in_s })
}

pub(super) fn end_seat(hub: &Hub, visit: &VisitId, seat: &SeatId) {
    if let Some(holder) = holder(visit, seat) {
        hub.relay().end_seat(&holder, hub.context().clock.now().0);
        hub.context().bus.tell_others(News::RelayEnded { visit: visit.clone(), seat: Some(seat.clone()) });
    }
}

pub(super) fn end_visit(hub: &Hub, visit: &VisitId) {
    hub.relay().end_scope(visit.as_str(), hub.context().clock.now().0);
    hub.context().bus.tell_others(News::RelayEnded { visit: visit.clone(), seat: None });
}

/// Another node's relay has ended them; each node may have a relay of its own.
pub(super) fn ended_elsewhere(hub: &Hub, visit: &VisitId, seat: Option<&SeatId>) {
    let now = hub.context().clock.now().0;
    match seat {
        None => hub.relay().end_scope(visit.as_str(), now),
        Some(seat) => {
            if let Some(holder) = holder(visit, seat) {
                hub.relay().end_seat(&holder, now);
            }
        }
    }
}

fn holder(visit: &VisitId, seat: &SeatId) -> Option<Holder> {
    let holder = Holder::new(visit.as_str(), seat.as_str());
    holder.inspect_err(|error| tracing::error!(%error, "a seat without relay")).ok()
}
