//! Two gateways that hear of each other over Redis: sockets that land on the wrong one, lists, and what strangers can do on the bus.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::future::join_all;
use housecall::app::router;
use housecall::app::state::App;
use housecall::base::private::Secret;
use housecall::bus::{ClusterKey, Membership, News};
use housecall::identity::StaffRole::Support;
use housecall::identity::command;
use housecall::store::sql;
use serde_json::json;
use signaling::message::*;
use tokio::time::timeout;

use crate::nodes::second_node;
use crate::redis_server::Redis;
use crate::rooms::{Visit, candidate, ice_servers, number};
use crate::support::Person;
use crate::support::page::{Door, Page, listen};
use crate::support::person::Answer;

const PATIENCE: Duration = Duration::from_secs(20);

/// The first node, `main`, has the visit; `other` is where half of its people land.
struct Cluster {
    visit: Visit,
    other: App,
    there: SocketAddr,
    redis: Redis,
}

impl Cluster {
    async fn open() -> Self {
        Self::of(Visit::begins().await).await
    }

    async fn of(visit: Visit) -> Self {
        let redis = Redis::start();
        join(&visit.clinic.app, &redis).await;
        visit.clinic.app.hub.reopen().await.expect("it beats");
        let other = second_node(&visit, "b").await;
        join(&other, &redis).await;
        let there = listen(&other).await;
        Self { visit, other, there, redis }
    }

    fn there(&self, door: &Door) -> Door {
        Door { address: self.there, ..door.clone() }
    }

    /// Both nodes have noticed: each has connections of its own.
    async fn buses_are(&self, up: bool) {
        for app in [&self.visit.clinic.app, &self.other] {
            let mut is_up = app.context.bus.is_up().expect("joined");
            timeout(PATIENCE, is_up.wait_for(|is_up| *is_up == up)).await.expect("in time").expect("it goes on");
        }
    }

    /// The patient on the node that has the room, the clinician's socket on the other.
    async fn call(&self) -> (Page, Page) {
        let (mut patient, _) = self.visit.phone.enter("phone").await;
        patient.does(ClientMessage::CheckIn(Empty {})).await;
        let (mut clinician, welcome) = self.there(&self.visit.desk).enter("desk").await;
        assert_eq!(welcome.node, "main", "told where the room is");
        clinician.does(self.visit.admit()).await;
        patient.hear_until(ice_servers).await;
        (patient, clinician)
    }
}

async fn join(app: &App, redis: &Redis) {
    let context = &app.context;
    let file = context.config.data.join("cluster.key");
    std::fs::write(&file, "a key that forty-three letters or more make up").expect("written");
    let membership = Membership {
        redis: Secret::new(redis.url()),
        key: ClusterKey::read(&file).expect("a key"),
        me: context.nodes.me().clone(),
        run: context.nodes.run().await.expect("among the nodes"),
    };
    app.hub.host(context.bus.join(membership, &context.clock, &context.closing).expect("an address"));
    let mut is_up = context.bus.is_up().expect("joined");
    timeout(PATIENCE, is_up.wait_for(|is_up| *is_up)).await.expect("in time").expect("up");
}

/// Waits for what a list would show.
async fn until(what: impl Fn() -> bool) {
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    let deadline = Instant::now() + PATIENCE;
    while !what() {
        assert!(Instant::now() < deadline, "not in time");
        tick.tick().await;
    }
}

#[tokio::test]
async fn two_people_on_two_nodes_are_in_one_visit() {
    let cluster = Cluster::open().await;
    let (mut patient, mut clinician) = cluster.call().await;
    for n in 1..=90 {
        clinician.say(candidate(cluster.visit.seat.as_str(), n)).await;
        patient.say(candidate("desk", n)).await;
    }
    for n in 1..=90 {
        assert_eq!((patient.hear_until(number).await, clinician.hear_until(number).await), (n, n));
    }
    let (visit, seat) = (&cluster.visit.visit, &cluster.visit.seat);
    until(|| cluster.other.presence.of(visit, seat).is_some()).await;

    // The clock stands still: nobody looks by themselves.
    let staff = cluster.visit.staff().await;
    cluster.other.context.bus.tell(News::StaffSignedOut { staff, session: None });
    assert_eq!(clinician.closed().await, 4401);
}

#[tokio::test]
async fn who_waits_on_another_node_than_the_room_is_texted_when_it_is_their_turn() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("notices");
    let cluster = Cluster::of(Visit::begins_with(|config| config.notices.folder = Some(place)).await).await;
    let clinic = &cluster.visit.clinic;
    clinic.sql("UPDATE patients SET phone = '555-0123'").await;
    let (mut clinician, _) = cluster.visit.desk.enter("desk").await;
    let (mut patient, _) = cluster.there(&cluster.visit.phone).enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    patient.does(ClientMessage::TextMe(TextMe { wanted: true })).await;
    drop(patient);
    let texts = async || clinic.rows(sql("SELECT id FROM notices")).await.len();
    assert_eq!(texts().await, 0);
    clinician.does(cluster.visit.admit()).await;
    assert_eq!(texts().await, 1);
}

#[tokio::test]
async fn a_relayed_page_that_lost_its_connection_goes_on_exactly_where_it_was() {
    let cluster = Cluster::open().await;
    let (mut patient, clinician) = cluster.call().await;
    let (door, resume) = clinician.cut();
    for n in 1..=5 {
        patient.say(candidate("desk", n)).await;
    }
    let (mut clinician, welcome) = door.enter_with("desk", Some(resume)).await;
    assert_eq!(welcome.arrival, Arrival::Resumed);
    for n in 1..=5 {
        assert_eq!(clinician.hear_until(number).await, n);
    }
}

#[tokio::test]
async fn without_redis_those_on_one_node_go_on_and_the_others_are_told_where_to_go() {
    let mut cluster = Cluster::open().await;
    let (mut patient, clinician) = cluster.call().await;
    cluster.redis.kill();
    assert_eq!(clinician.closed().await, 4421);
    let turned_away = cluster.there(&cluster.visit.desk).try_enter("desk").await.err().expect("no way from there");
    assert_eq!((turned_away.code, turned_away.node.as_deref()), (CloseWord::Elsewhere, Some("main")));

    let (mut clinician, _) = cluster.visit.desk.enter("desk again").await;
    clinician.say(candidate(cluster.visit.seat.as_str(), 1)).await;
    assert_eq!(patient.hear_until(number).await, 1);

    cluster.buses_are(false).await;
    cluster.redis.start_again();
    cluster.buses_are(true).await;
    let (_relayed, welcome) = cluster.there(&cluster.visit.phone).enter("another phone page").await;
    assert_eq!(welcome.node, "main");
}

#[tokio::test]
async fn who_listens_on_the_bus_reads_nothing_and_who_speaks_there_changes_nothing() {
    let cluster = Cluster::open().await;
    let client = redis::Client::open(cluster.redis.url()).expect("an address");
    let mut spy = client.get_async_pubsub().await.expect("connected");
    spy.psubscribe("*").await.expect("listening");
    let (mut patient, mut clinician) = cluster.call().await;
    clinician.say(candidate(cluster.visit.seat.as_str(), 1)).await;
    assert_eq!(patient.hear_until(number).await, 1);

    let mut heard = Vec::new();
    let mut stream = spy.into_on_message();
    // The call goes over the bus, and however many more come, they are sealed alike.
    while heard.len() <= 20 {
        let message = timeout(PATIENCE, stream.next()).await.expect("in time").expect("it goes on");
        heard.push((message.get_channel_name().to_owned(), message.get_payload_bytes().to_vec()));
    }
    let secrets = ["Rosa", "Dr. Lee", "candidate", "hello", cluster.visit.visit.as_str(), cluster.visit.seat.as_str()];
    for (channel, payload) in &heard {
        let text = String::from_utf8_lossy(payload);
        for secret in secrets {
            assert!(!text.contains(secret) && !channel.contains(secret), "{secret} on {channel}");
        }
    }

    let mut stranger = client.get_multiplexed_async_connection().await.expect("connected");
    let elsewhere = heard.iter().map(|(_, payload)| ("housecall:node:main".to_owned(), payload.clone()));
    let forged =
        elsewhere.chain([("housecall:node:main".to_owned(), b"{}".to_vec()), ("housecall:news:0".to_owned(), vec![1; 200])]);
    for (channel, payload) in heard.iter().cloned().chain(forged) {
        let () = redis::cmd("PUBLISH").arg(channel).arg(payload).query_async(&mut stranger).await.expect("said");
    }
    // `hear` checks that everything comes in order and once.
    clinician.say(candidate(cluster.visit.seat.as_str(), 2)).await;
    assert_eq!(patient.hear_until(number).await, 2);
    patient.say(candidate("desk", 3)).await;
    assert_eq!(clinician.hear_until(number).await, 3);
}

#[tokio::test]
async fn of_technicians_on_two_nodes_one_has_the_request_and_both_lists_are_told() {
    let cluster = Cluster::open().await;
    let clinic = &cluster.visit.clinic;
    let facility = clinic.facility("desk").await;
    clinic.sql(&format!("UPDATE visits SET facility_id = '{}'", facility.id)).await;
    let (sam, tess) = (clinic.at_work(&facility, "sam", Support).await, clinic.at_work(&facility, "tess", Support).await);
    let there = |cookie: String| {
        let window = Person::new(router::build(cluster.other.clone()), &clinic.context.config.public_url);
        window.hold_cookie("__Host-staff", &cookie);
        window
    };
    let tess = there(tess.cookie("__Host-staff").expect("signed in"));
    let mut lists = [&clinic.app, &cluster.other].map(|app| app.context.bus.listen());
    let path = format!("/api/v1/support/visits/{}", cluster.visit.visit);

    let claim = format!("{path}/claim");
    let here = join_all((0..16).map(|_| sam.post(&claim, json!({}))));
    let far = join_all((0..16).map(|_| tess.post(&claim, json!({}))));
    let (here, far) = tokio::join!(here, far);
    let won = |answers: &[Answer]| answers.iter().filter(|answer| answer.status == 204).count();
    assert_eq!(
        [won(&here), won(&far)].into_iter().filter(|won| *won > 0).collect::<Vec<_>>(),
        [16],
        "one of the two, in each window"
    );
    assert!(here.iter().chain(&far).all(|answer| answer.status == 204 || answer.code() == "claimed"));

    // Both lists are told, and read the same.
    for news in &mut lists {
        let changed = async {
            while !matches!(news.recv().await.expect("it goes on"), News::VisitChanged { visit, .. } if visit == cluster.visit.visit)
            {
            }
        };
        timeout(PATIENCE, changed).await.expect("told");
    }
    let holder =
        async |person: &Person| person.read("/api/v1/support/visits").await.ok()["visits"][0]["help"]["holder"]["name"].clone();
    let winner = if won(&here) > 0 { "sam" } else { "tess" };
    assert_eq!([holder(&sam).await, holder(&tess).await], [winner, winner]);
}

#[tokio::test]
async fn news_of_a_second_clinic_reach_its_technician_on_another_node() {
    let cluster = Cluster::open().await;
    let clinic = &cluster.visit.clinic;
    let sam = clinic.at_work(&clinic.facility("desk").await, "sam", Support).await;
    command::serve(&clinic.context, "sam", "main").await.expect("a technician");
    let mut far = crate::serving::News::of(&cluster.other, &sam).await;
    sam.post(&format!("/api/v1/support/visits/{}/claim", cluster.visit.visit), json!({})).await.ok();
    assert!(far.next().await.contains(cluster.visit.visit.as_str()));
}
