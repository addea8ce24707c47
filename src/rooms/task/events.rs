//! What each event is to the room: an input, or a reason to read its rows again.

use std::sync::Arc;

use signaling::message::{ClientMessage, Envelope, Role};
use signaling::room::{Connect, ConnectionId, Input};

use super::{Event, Task};
use crate::base::ids::{SessionId, StaffId};
use crate::rooms::line::Line;
use crate::rooms::{relay, store};

impl Task {
    pub(super) async fn take(&mut self, event: Event) {
        match event {
            Event::Connect(connect, line) => self.connect(*connect, line).await,
            Event::Received(connection, envelope) => self.receive(connection, *envelope).await,
            Event::Disconnected(connection) => {
                self.lines.remove(&connection);
                self.handle(Input::Disconnected { connection }).await;
            }
            Event::Input(input) => self.handle(*input).await,
            Event::Over => self.over().await,
            Event::PlanChanged => self.read_plan().await,
            Event::Missed => self.catch_up().await,
            Event::Show => self.show_others(),
            // Seen to before each event; and a word to a room that is ours now, to be repeated by the page.
            Event::Doubted | Event::Far { .. } => {}
            #[cfg(test)]
            Event::Bug => panic!("a bug"),
            Event::SignedOut(staff, session) => self.sign_out(&staff, session.as_ref()).await,
        }
    }

    pub(super) async fn sign_out(&mut self, staff: &StaffId, session: Option<&SessionId>) {
        for seat in self.about.seats_of(staff) {
            let device = session.map(|session| session.0.clone());
            self.handle(Input::SignOut { seat, device }).await;
        }
    }

    pub(super) async fn connect(&mut self, connect: Connect, line: Line) {
        let seat = connect.seat.clone();
        self.lines.insert(connect.connection, line);
        self.handle(Input::Connect(connect)).await;
        if self.about.role_of(&seat) != Some(Role::Patient) {
            return;
        }
        match store::open_test_call(self.hub.context(), &self.visit, &seat).await {
            Ok(Some(invite)) => self.handle(Input::TestCall { seat, invite }).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(cause = %error, "cannot look for a test call"),
        }
    }

    async fn receive(&mut self, connection: ConnectionId, envelope: Envelope<ClientMessage>) {
        self.counted.received.increment(1);
        if let ClientMessage::SnippetOffer(offer) = &envelope.message {
            match store::prepared(self.hub.context(), &self.visit, &offer.snippet).await {
                Ok(Some(expires_at)) => {
                    let (snippet, expires_at) = (offer.snippet.clone(), expires_at.0);
                    self.handle(Input::Prepared { snippet, expires_at }).await;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(cause = %error, "cannot look for a snippet"),
            }
        }
        self.handle(Input::Received { connection, envelope }).await;
    }

    /// Whatever other nodes may have said in the meantime stands in the database.
    async fn catch_up(&mut self) {
        self.read_plan().await;
        self.look_after_staff_now().await;
        match store::revoked(self.hub.context(), &self.visit).await {
            Ok(seats) => {
                for seat in seats {
                    self.handle(Input::Revoke { seat }).await;
                }
            }
            Err(error) => tracing::warn!(cause = %error, "cannot look for replaced links"),
        }
    }

    async fn over(&mut self) {
        let by = self.about.staff_role();
        if let Err(error) = store::empty_seats(self.hub.context(), &self.hold).await {
            tracing::warn!(cause = %error, "the seats of a visit that is over still look taken");
        }
        relay::end_visit(&self.hub, &self.visit);
        self.handle(Input::End { by }).await;
    }

    async fn read_plan(&mut self) {
        match store::read(self.hub.context(), &self.visit, self.hub.known()).await {
            Ok(Some((plan, about))) => {
                self.about = Arc::new(about);
                self.handle(Input::NewPlan(Box::new(plan))).await;
            }
            Ok(None) => self.over().await,
            Err(error) => tracing::warn!(cause = %error, "a changed plan could not be read"),
        }
    }
}
