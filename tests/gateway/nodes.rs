//! Several gateways on one database: who runs a room, and what becomes of one that stood still while another took its place.

use std::time::Duration;

use housecall::app::relay;
use housecall::app::state::App;
use housecall::base::ids::NodeId;
use housecall::bus::Bus;
use housecall::http::context::Context;
use housecall::nodes::{BEAT, LEASE, Nodes};
use housecall::store::sql;
use signaling::message::*;
use tokio_util::sync::CancellationToken;

use crate::rooms::Visit;
use crate::support::page::{Door, Page, listen};

const ELSEWHERE: u16 = 4421;

/// Another gateway on the clinic's database.
pub(crate) async fn second_node(visit: &Visit, name: &str) -> App {
    let here = &visit.clinic.context;
    let context = Context {
        nodes: Nodes::new(NodeId(name.to_owned()), here.store.clone(), here.clock.clone()),
        bus: Bus::default(),
        closing: CancellationToken::new(),
        ..here.clone()
    };
    let app = App::open(context.clone(), relay::elsewhere(&context.config).expect("a relay"), crate::support::media(&context))
        .expect("a second gateway");
    app.hub.reopen().await.expect("among the others");
    app
}

async fn owner(visit: &Visit) -> (Option<String>, i64) {
    let row = sql("SELECT node, epoch FROM visits WHERE id = $1").bind(visit.visit.as_str());
    let row = row.fetch_one(visit.clinic.context.store.reader()).await.expect("a visit");
    (row.get("node").expect("text or nothing"), row.get("epoch").expect("a number"))
}

/// Comes in as soon as the node lets it.
async fn enter_when_let(door: &Door, name: &str) -> (Page, Welcome) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    loop {
        match door.try_enter(name).await {
            Ok(inside) => return inside,
            Err(bye) => assert!(bye.code == CloseWord::Elsewhere && tokio::time::Instant::now() < deadline, "{bye:?}"),
        }
    }
}

#[tokio::test]
async fn a_node_that_stood_still_loses_its_room_and_its_people_go_on_elsewhere() {
    let visit = Visit::begins().await;
    let (patient, clinician) = visit.call().await;
    let other = second_node(&visit, "b").await;
    let (mut phone, mut desk) = (visit.phone.clone(), visit.desk.clone());
    phone.address = listen(&other).await;
    desk.address = phone.address;
    other.context.nodes.beat().await.expect("it looks");

    // The first node has no beat from now on.
    for _ in 0..=LEASE.as_secs() {
        visit.clinic.context.clock.advance(BEAT);
        other.context.nodes.beat().await.expect("it looks");
    }
    let (mut moved, welcome) = enter_when_let(&phone, "phone").await;
    assert_eq!((welcome.node.as_str(), welcome.arrival), ("b", Arrival::New));
    assert!(matches!(welcome.view, Some(View::Inside(ref inside)) if inside.people.len() == 2), "{:?}", welcome.view);
    assert_eq!(owner(&visit).await, (Some("b".to_owned()), 2));

    // It wakes: the first thing that anybody says there finds the room taken.
    let mut ghost = clinician;
    ghost.say(ClientMessage::End(Empty {})).await;
    assert_eq!((ghost.closed().await, patient.closed().await), (ELSEWHERE, ELSEWHERE));
    assert_eq!(visit.seat_state().await, "admitted", "nothing of the old room was stored");
    assert_eq!(visit.clinic.app.presence.of(&visit.visit, &visit.seat), None, "no ghost");

    let (mut clinician, _) = enter_when_let(&desk, "desk again").await;
    clinician.does(ClientMessage::End(Empty {})).await;
    moved.hear_until(|message| matches!(message, ServerMessage::Ended(_)).then_some(())).await;
}

#[tokio::test]
async fn a_write_under_an_old_epoch_is_refused() {
    let visit = Visit::begins().await;
    let (mut patient, _) = visit.phone.enter("phone").await;
    visit.clinic.sql("UPDATE visits SET epoch = epoch + 1, node = 'b'").await;
    patient.say(ClientMessage::CheckIn(Empty {})).await;
    assert_eq!(patient.closed().await, ELSEWHERE);
    assert_eq!((visit.seat_state().await.as_str(), visit.clinic.audited("seat.checked_in").await), ("expected", 0));
}

#[tokio::test]
async fn a_room_of_a_living_node_is_not_claimed_and_the_page_is_told_where_it_is() {
    let visit = Visit::begins().await;
    let (_patient, _clinician) = visit.call().await;
    let other = second_node(&visit, "b").await;
    other.context.nodes.beat().await.expect("it looks");
    visit.clinic.context.nodes.beat().await.expect("it lives");
    let door = Door { address: listen(&other).await, ..visit.phone.clone() };
    let bye = door.try_enter("phone").await.err().expect("turned away");
    assert_eq!((bye.code, bye.node.as_deref()), (CloseWord::Elsewhere, Some("main")));
    assert_eq!(owner(&visit).await, (Some("main".to_owned()), 1));
}

#[tokio::test]
async fn a_node_that_stops_leaves_its_rooms_to_the_others_at_once() {
    let visit = Visit::begins().await;
    let (patient, _clinician) = visit.call().await;
    let other = second_node(&visit, "b").await;
    visit.clinic.context.closing.cancel();
    visit.clinic.app.hub.leave().await.expect("it leaves");
    assert_eq!(patient.closed().await, 1001);
    let door = Door { address: listen(&other).await, ..visit.phone.clone() };
    let (_page, welcome) = door.enter("phone").await;
    assert!(matches!(welcome.view, Some(View::Inside(_))), "{:?}", welcome.view);
    assert_eq!(owner(&visit).await, (Some("b".to_owned()), 2));
}

#[tokio::test]
async fn of_two_gateways_under_one_name_the_newer_has_the_rooms() {
    let visit = Visit::begins().await;
    let (_patient, clinician) = visit.call().await;
    let again = second_node(&visit, "main").await;
    let door = Door { address: listen(&again).await, ..visit.phone.clone() };
    let (_page, welcome) = door.enter("phone").await;
    assert!(matches!(welcome.view, Some(View::Inside(_))), "{:?}", welcome.view);
    let mut ghost = clinician;
    ghost.say(ClientMessage::End(Empty {})).await;
    assert_eq!(ghost.closed().await, ELSEWHERE);
}
