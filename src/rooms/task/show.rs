//! What the rest of the house learns of a room: who is there, that lists are out of date, that staff in a call are not idle.

use std::time::Duration;

use signaling::message::Presence;

use super::Task;
use crate::bus::News;
use crate::identity;
use crate::visits::presence::{Connected, Present};

/// How often a call says for its staff that they are not idle.
const TOUCH: Duration = Duration::from_secs(3 * 60);

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
        self.hub.context().bus.tell(News::VisitChanged { facility, visit });
    }

    /// A call in progress is activity of its staff.
    pub(super) async fn touch_staff(&mut self) {
        let now = self.clock.now();
        if now.since(self.touched_at) < TOUCH || !self.room.is_in_call() {
            return;
        }
        self.touched_at = now;
        for actor in self.lines.values().filter_map(|line| line.staff.as_ref()) {
            if let Err(error) = identity::touch_in_call(self.hub.context(), actor).await {
                tracing::warn!(cause = %error, "a call could not be noted as activity");
            }
        }
    }
}
