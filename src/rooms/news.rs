//! What happens outside the rooms and concerns them: visits cancelled or moved, links replaced, test calls, staff signed out.

use signaling::message::TestCallInvite;
use signaling::room::Input;
use tokio::sync::broadcast::error::RecvError;

use super::hub::Hub;
use super::relay;
use super::task::Event;
use crate::base::ids::VisitId;
use crate::bus::News;

pub(super) async fn follow(hub: Hub) {
    let mut news = hub.context().bus.listen();
    loop {
        let heard = tokio::select! {
            heard = news.recv() => heard,
            () = hub.closing() => return,
        };
        match heard {
            Ok(news) => pass_on(&hub, news),
            Err(RecvError::Lagged(_)) => pass_on(&hub, News::Missed),
            Err(RecvError::Closed) => return,
        }
    }
}

fn pass_on(hub: &Hub, news: News) {
    match news {
        // For the lists, whether said by the rooms themselves or not.
        News::VisitChanged { .. } | News::TestChanged { .. } => {}
        News::VisitOver { visit } => tell(hub, &visit, Event::Over),
        News::VisitPlanChanged { visit } => tell(hub, &visit, Event::PlanChanged),
        News::SeatRevoked { visit, seat } => tell(hub, &visit, Event::Input(Box::new(Input::Revoke { seat }))),
        News::TestCallStarted { visit, seat, test_visit, test_seat } => {
            let invite = TestCallInvite { seat: test_seat, visit: test_visit };
            tell(hub, &visit, Event::Input(Box::new(Input::TestCall { seat, invite })));
        }
        News::RunCheck { visit, seat, check } => tell(hub, &visit, Event::Input(Box::new(Input::RunCheck { seat, check }))),
        News::StaffSignedOut { staff, session } => hub.tell_all(|| Event::SignedOut(staff.clone(), session.clone())),
        News::RelayEnded { visit, seat } => relay::ended_elsewhere(hub, &visit, seat.as_ref()),
        News::Seen { node, facility, visit, seats } => {
            hub.presence().seen_elsewhere(&node, &visit, seats);
            hub.context().bus.tell_here(News::VisitChanged { facility, visit });
        }
        News::WhoIsThere => hub.tell_all(|| Event::Show),
        // What was missed is in the database.
        News::Missed => hub.tell_all(|| Event::Missed),
    }
}

fn tell(hub: &Hub, visit: &VisitId, event: Event) {
    if let Some(room) = hub.open_room(visit) {
        room.tell_soon(event);
    }
}
