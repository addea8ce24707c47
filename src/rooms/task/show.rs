//! What the rest of the house learns of a room: who is there, that lists are out of date. And what it asks: whether staff are still signed in.

use std::time::Duration;

use signaling::message::Presence;

use super::Task;
use crate::base::clock::Moment;
use crate::bus::News;
use crate::identity::{self, StaffActor};
use crate::visits::presence::{Connected, Present};

/// How often a room asks whether its staff are still signed in, and says of those in a call that they are not idle.
const LOOK: Duration = Duration::from_secs(60);

impl Task {
    /// Tells the lists who is there.
    pub(super) fn show(&mut self) {
        let now = self.clock.now();
        for glance in self.room.glance() {
            let state = glance.presence.map(|presence| match presence {
                Presence::Here => Connected::Here,
                Presence::Reconnecting => Connected::Away,
            });
            let known = self.shown.get(&glance.seat).copied();
            let Some(state) = state else {
                if self.shown.remove(&glance.seat).is_some() {
                    self.hub.presence().gone(&self.visit, &glance.seat);
                }
                continue;
            };
            let since = known.filter(|known| known.state == state).map_or(now, |known| known.since);
            let present = Present { state, screen: glance.screen, since };
            if known != Some(present) {
                self.hub.presence().set(&self.visit, &glance.seat, present);
                self.shown.insert(glance.seat, present);
            }
        }
        let (facility, visit) = (self.about.facility.clone(), self.visit.clone());
        self.hub.context().bus.tell_here(News::VisitChanged { facility, visit });
        self.show_others();
    }

    /// The same to the lists of other nodes.
    pub(super) fn show_others(&self) {
        let seats = self.shown.iter().map(|(seat, present)| present.glimpse(seat)).collect();
        let (facility, visit, node) = (self.about.facility.clone(), self.visit.clone(), self.hub.context().nodes.me().clone());
        self.hub.context().bus.tell_others(News::Seen { node, facility, visit, seats });
    }

    /// Staff whose sign-in has run out are signed out here too. A call in progress is their activity.
    pub(super) async fn look_after_staff(&mut self) {
        if self.must_look_after_staff(self.clock.now()) {
            self.look_after_staff_now().await;
        }
    }

    pub(super) fn must_look_after_staff(&self, now: Moment) -> bool {
        now.since(self.looked_at) >= LOOK
    }

    pub(super) async fn look_after_staff_now(&mut self) {
        self.looked_at = self.clock.now();
        let in_call = self.room.is_in_call();
        let there: Vec<StaffActor> = self.lines.values().filter_map(|line| line.staff.as_deref().cloned()).collect();
        for actor in there {
            match identity::is_still_signed_in(self.hub.context(), &actor, in_call).await {
                Ok(true) => {}
                Ok(false) => self.sign_out(&actor.staff, Some(&actor.session)).await,
                Err(error) => tracing::warn!(cause = %error, "cannot look whether staff are still signed in"),
            }
        }
    }
}
