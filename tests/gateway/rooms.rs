//! A visit over real sockets: who is let in, what is stored, and what is left after lost connections and restarts.

use std::time::Duration;

use housecall::app::relay;
use housecall::app::state::App;
use housecall::base::ids::{SeatId, StaffId, VisitId};
use housecall::base::private::Secret;
use housecall::bus::News;
use housecall::config::Config;
use housecall::identity::StaffRole;
use housecall::store::sql;
use signaling::message::*;
use tokio_tungstenite::tungstenite::Message;

use crate::support::page::{Door, Page, listen};
use crate::support::{Clinic, START};

const PHONE: &str = "aaaaaaaaaaaaaaaaaaaaaa";
const TABLET: &str = "bbbbbbbbbbbbbbbbbbbbbb";

/// A visit that starts now, the clinician at work, and a patient whose phone has said who it is.
pub(crate) struct Visit {
    pub(crate) clinic: Clinic,
    pub(crate) visit: VisitId,
    pub(crate) seat: SeatId,
    pub(crate) phone: Door,
    pub(crate) desk: Door,
}

impl Visit {
    pub(crate) async fn begins() -> Self {
        Self::begins_with(|_| {}).await
    }

    /// The same at a clinic with other settings.
    pub(crate) async fn begins_with(change: impl FnOnce(&mut Config)) -> Self {
        let clinic = Clinic::open_with(change).await;
        let facility = clinic.facility("main").await;
        let lee = clinic.hire(&facility, "lee", StaffRole::Clinician).await;
        let (visit, seat) = clinic.visit(&facility, &lee, "first").await;
        clinic
            .sql(&format!(
                "UPDATE visits SET starts_at = {start}, ends_at = {start} + 1200000;
                 INSERT INTO seats (id, visit_id, role, name, staff_id) VALUES ('desk', '{visit}', 'clinician', 'Dr. Lee', '{lee}')",
                start = START.0,
            ))
            .await;
        let address = listen(&clinic.app).await;
        let origin = clinic.context.config.public_url.clone();
        let staff = clinic.signed_in("lee").await.cookie("__Host-staff").expect("signed in");
        let desk_path = format!("/api/v1/visits/{visit}/socket");
        let desk = Door { address, path: desk_path, origin: origin.clone(), cookie: format!("__Host-staff={staff}") };
        let phone_path = format!("/api/v1/seats/{seat}/socket");
        let phone = Door { address, path: phone_path, origin, cookie: format!("__Host-device={PHONE}") };
        let this = Self { clinic, visit, seat, phone, desk };
        this.give_session(PHONE, true).await;
        this
    }

    async fn give_session(&self, device: &str, identified: bool) {
        let (hash, seat) = (Secret::new(device).hash(), &self.seat);
        let identified = if identified { "1" } else { "NULL" };
        self.clinic
            .sql(&format!(
                "INSERT INTO seat_sessions (id, seat_id, device_hash, created_at, identified_at)
                 VALUES ('session-{device}', '{seat}', '{hash}', 0, {identified})"
            ))
            .await;
    }

    pub(crate) async fn seat_state(&self) -> String {
        self.clinic.text(sql("SELECT state FROM seats WHERE id = $1").bind(self.seat.as_str()), "state").await
    }

    /// Both in the call.
    pub(crate) async fn call(&self) -> (Page, Page) {
        let (mut patient, _) = self.phone.enter("phone").await;
        patient.does(ClientMessage::CheckIn(Empty {})).await;
        let (mut clinician, _) = self.desk.enter("desk").await;
        clinician.does(self.admit()).await;
        patient.hear_until(ice_servers).await;
        (patient, clinician)
    }

    /// A second gateway over the same rooms, and what it says to a page that comes back to it.
    async fn starts_again(&self, page: Page) -> Welcome {
        let (mut door, resume) = page.cut();
        let context = &self.clinic.context;
        let relay = relay::elsewhere(&context.config).expect("a relay");
        let again = App::open(context.clone(), relay, crate::support::media(context)).expect("a second gateway");
        again.hub.reopen().await.expect("reopened");
        door.address = listen(&again).await;
        door.enter_with("phone", Some(resume)).await.1
    }

    /// Whose visit it is.
    pub(crate) async fn staff(&self) -> StaffId {
        StaffId(self.clinic.text(sql("SELECT staff_id FROM visits WHERE id = $1").bind(self.visit.as_str()), "staff_id").await)
    }

    pub(crate) fn admit(&self) -> ClientMessage {
        ClientMessage::Admit(Admit { seat: self.seat.clone(), identity_confirmed: true })
    }
}

pub(crate) fn ice_servers(message: &ServerMessage) -> Option<IceServers> {
    match message {
        ServerMessage::IceServers(servers) => Some(servers.clone()),
        _ => None,
    }
}

pub(crate) fn candidate(to: &str, number: u32) -> ClientMessage {
    let candidate = format!("candidate:{number} 1 udp 2122260223 192.168.1.7 54321 typ host");
    let candidate = Candidate { candidate, sdp_mid: None, sdp_m_line_index: None, username_fragment: None };
    ClientMessage::Candidate(CandidateTo { to: to.into(), page: None, candidate })
}

pub(crate) fn number(message: &ServerMessage) -> Option<u32> {
    let ServerMessage::Candidate(from) = message else { return None };
    from.candidate.candidate.strip_prefix("candidate:")?.split(' ').next()?.parse().ok()
}

#[tokio::test]
async fn a_patient_waits_is_let_in_and_the_visit_ends() {
    let visit = Visit::begins().await;
    let (mut patient, welcome) = visit.phone.enter("phone").await;
    let outside = Outside { state: OutsideState::Expected, late_minutes: 0, staff_present: false, text_me: None };
    assert_eq!((welcome.arrival, welcome.view), (Arrival::New, Some(View::Outside(outside))));
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    assert_eq!(visit.seat_state().await, "waiting", "what is acknowledged is stored");
    assert!(visit.clinic.app.presence.of(&visit.visit, &visit.seat).is_some());

    let (mut clinician, _) = visit.desk.enter("desk").await;
    clinician.does(visit.admit()).await;
    let servers = patient.hear_until(ice_servers).await;
    assert!(servers.servers[0].username.contains(visit.seat.as_str()));
    assert_eq!(visit.seat_state().await, "admitted");
    assert_eq!(visit.clinic.audited("seat.admitted").await, 2, "the clinician and the patient");

    clinician.does(ClientMessage::End(Empty {})).await;
    assert_eq!((patient.closed().await, clinician.closed().await), (4410, 4410));
    assert_eq!((visit.seat_state().await, visit.clinic.audited("visit.ended").await), ("left".to_owned(), 1));
    let late = visit.phone.open().await.map(|_| ());
    assert_eq!(late, Ok(()), "told by a closing code, not by a refusal");
}

#[tokio::test]
async fn of_64_admissions_one_counts_and_of_64_ends_too() {
    let visit = Visit::begins().await;
    let (mut patient, _) = visit.phone.enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    let (mut clinician, _) = visit.desk.enter("desk").await;
    for _ in 0..64 {
        clinician.say(visit.admit()).await;
    }
    let (mut done, mut refused) = (0, 0);
    for _ in 0..64 {
        match clinician.answer().await {
            ServerMessage::Done(_) => done += 1,
            ServerMessage::Refused(refusal) if refusal.word == RefusalWord::NotWaiting => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((done, refused, visit.clinic.audited("seat.admitted").await), (1, 63, 2), "the patient once, and the clinician");
    for _ in 0..64 {
        clinician.say(ClientMessage::End(Empty {})).await;
    }
    assert_eq!((patient.closed().await, clinician.closed().await), (4410, 4410));
    assert_eq!(visit.clinic.audited("visit.ended").await, 1);
}

#[tokio::test]
async fn whoever_is_not_expected_is_not_let_in() {
    let visit = Visit::begins().await;
    let refused = async |door: Door| door.open().await.expect_err("refused");
    for origin in ["https://evil.example", "null", "https://localhost:8443.evil.example", "http://localhost:8443"] {
        assert_eq!(refused(Door { origin: origin.to_owned(), ..visit.phone.clone() }).await, 403, "{origin}");
    }
    assert_eq!(refused(Door { cookie: "a=1".to_owned(), ..visit.phone.clone() }).await, 404);
    let tablet = Door { cookie: format!("__Host-device={TABLET}"), ..visit.phone.clone() };
    assert_eq!(refused(tablet.clone()).await, 404, "no session on this seat");
    visit.give_session(TABLET, false).await;
    assert_eq!(refused(tablet.clone()).await, 404, "nobody knows who it is");
    let desk_seat = Door { path: "/api/v1/seats/desk/socket".to_owned(), ..visit.phone.clone() };
    assert_eq!(refused(desk_seat).await, 404);
    assert_eq!(refused(Door { cookie: visit.phone.cookie.clone(), ..visit.desk.clone() }).await, 401);
    visit.clinic.sql("UPDATE visits SET starts_at = starts_at + 7200000, ends_at = ends_at + 7200000").await;
    assert_eq!(refused(visit.phone.clone()).await, 404, "too early");
}

#[tokio::test]
async fn what_is_no_message_is_closed_with_its_code() {
    let visit = Visit::begins().await;
    let kinds = [
        (Message::text("x".repeat(10 << 20)), 1009),
        (Message::binary(vec![1, 2, 3]), 1003),
        (Message::text("{}"), 4400),
        (Message::text(r#"{"v":2,"ack":0,"type":"ping","data":{"nonce":1}}"#), 4406),
    ];
    for (message, code) in kinds {
        let (mut page, _) = visit.phone.enter("phone").await;
        page.say_raw(message).await;
        assert_eq!(page.closed().await, code);
    }
}

#[tokio::test]
async fn a_lost_connection_goes_on_where_it_was() {
    let visit = Visit::begins().await;
    let (patient, mut clinician) = visit.call().await;
    let (door, resume) = patient.cut();
    for n in 1..=3 {
        clinician.say(candidate(visit.seat.as_str(), n)).await;
    }
    let (mut patient, welcome) = door.enter_with("phone", Some(resume)).await;
    assert_eq!(welcome.arrival, Arrival::Resumed);
    let mut heard = vec![];
    while heard.len() < 3 {
        heard.push(patient.hear_until(number).await);
    }
    assert_eq!(heard, [1, 2, 3]);
}

#[tokio::test]
async fn a_gateway_that_starts_again_knows_who_was_in_the_visit() {
    let visit = Visit::begins().await;
    let (patient, clinician) = visit.call().await;
    drop(clinician);
    let welcome = visit.starts_again(patient).await;
    assert_eq!(welcome.arrival, Arrival::Resync);
    let Some(View::Inside(inside)) = welcome.view else { panic!("not in the visit any more") };
    assert_eq!(inside.people.len(), 2);
}

#[tokio::test]
async fn a_visit_that_went_on_by_telephone_is_noted_so_and_stays_so_when_the_gateway_starts_again() {
    let visit = Visit::begins().await;
    let (mut patient, clinician) = visit.call().await;
    patient.does(ClientMessage::GoByPhone(ByPhone { by_phone: false })).await;
    patient.does(ClientMessage::GoByPhone(ByPhone { by_phone: true })).await;
    let row = visit.clinic.signed_in("lee").await.read(&format!("/api/v1/visits/{}", visit.visit)).await.ok();
    assert_eq!(row["by_phone_at"], START.0);
    assert_eq!(visit.clinic.audited("visit.by_phone").await, 1);

    drop(clinician);
    let welcome = visit.starts_again(patient).await;
    assert!(matches!(welcome.view, Some(View::Inside(inside)) if inside.by_phone));
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_and_works_when_it_can_again() {
    let visit = Visit::begins().await;
    let (mut patient, _) = visit.phone.enter("phone").await;
    visit.clinic.sql("ALTER TABLE seats RENAME COLUMN waiting_since TO elsewhere").await;
    patient.say(ClientMessage::CheckIn(Empty {})).await;
    let refused = patient.answer().await;
    assert!(matches!(refused, ServerMessage::Refused(ref refused) if refused.word == RefusalWord::TryAgain), "{refused:?}");
    assert_eq!(visit.seat_state().await, "expected");

    visit.clinic.sql("ALTER TABLE seats RENAME COLUMN elsewhere TO waiting_since").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    assert_eq!(visit.seat_state().await, "waiting");
}

#[tokio::test]
async fn a_visit_goes_on_while_it_cannot_be_stored_that_somebody_was_lost() {
    let visit = Visit::begins().await;
    let (patient, mut clinician) = visit.call().await;
    drop(patient);
    visit.clinic.sql("ALTER TABLE audit RENAME TO elsewhere").await;
    for nonce in 0..40 {
        visit.clinic.context.clock.advance(Duration::from_secs(4));
        clinician.say(ClientMessage::Ping(Ping { nonce })).await;
        clinician.hear_until_pong().await.expect("the line holds");
    }
    let (door, resume) = clinician.cut();
    let (mut clinician, welcome) = door.enter_with("desk", Some(resume)).await;
    assert_eq!(welcome.arrival, Arrival::Resumed);
    for minutes in 1..=2 {
        clinician.say(ClientMessage::RunningLate(RunningLate { minutes })).await;
        let refused = clinician.answer().await;
        assert!(matches!(refused, ServerMessage::Refused(ref refused) if refused.word == RefusalWord::TryAgain), "{refused:?}");
    }
    assert_eq!(visit.seat_state().await, "admitted");

    visit.clinic.sql("ALTER TABLE elsewhere RENAME TO audit").await;
    let is_lost =
        |message: &ServerMessage| matches!(message, ServerMessage::PersonLeft(left) if left.why == Departure::Lost).then_some(());
    clinician.hear_until(is_lost).await;
    assert_eq!(visit.seat_state().await, "left");
    clinician.does(ClientMessage::RunningLate(RunningLate { minutes: 3 })).await;
}

#[tokio::test]
async fn a_removed_patient_finds_every_door_closed() {
    let visit = Visit::begins().await;
    let (patient, mut clinician) = visit.call().await;
    clinician.does(ClientMessage::Remove(SeatRef { seat: visit.seat.clone() })).await;
    assert_eq!(patient.closed().await, 4403);
    assert_eq!(visit.phone.open().await.err(), Some(404));
}

#[tokio::test]
async fn a_second_device_waits_and_takes_over_when_told() {
    let visit = Visit::begins().await;
    visit.give_session(TABLET, true).await;
    let (mut phone, _) = visit.call().await;
    let tablet = Door { cookie: format!("__Host-device={TABLET}"), ..visit.phone.clone() };
    let (mut tablet, welcome) = tablet.enter("tablet").await;
    assert!(matches!(welcome.view, Some(View::Outside(outside)) if outside.state == OutsideState::AlreadyOpen));
    tablet.does(ClientMessage::TakeoverAsk(Empty {})).await;
    phone.hear_until(|message| matches!(message, ServerMessage::TakeoverAsked(_)).then_some(())).await;
    phone.say(ClientMessage::TakeoverAnswer(TakeoverAnswer { allow: true })).await;
    tablet.hear_until(ice_servers).await;
    assert_eq!(phone.closed().await, 4409);
}

#[tokio::test]
async fn a_second_device_has_the_seat_of_one_that_says_too_much_before_it_has_checked_in() {
    let visit = Visit::begins().await;
    visit.give_session(TABLET, true).await;
    let (mut phone, _) = visit.phone.enter("phone").await;
    let tablet = Door { cookie: format!("__Host-device={TABLET}"), ..visit.phone.clone() };
    let (mut tablet, _) = tablet.enter("tablet").await;
    for nonce in 0..=100 {
        phone.say(ClientMessage::Ping(Ping { nonce })).await;
    }
    assert_eq!(phone.closed().await, 4429);
    let has_the_seat = |message: &ServerMessage| {
        matches!(message, ServerMessage::Outside(outside) if outside.state == OutsideState::Expected).then_some(())
    };
    tablet.hear_until(has_the_seat).await;
    let live = sql("SELECT live_session FROM seats WHERE id = $1").bind(visit.seat.as_str());
    assert_eq!(visit.clinic.text(live, "live_session").await, format!("session-{TABLET}"));
    assert_eq!(visit.clinic.audited("seat.held").await, 2);
}

#[tokio::test]
async fn a_cancelled_visit_ends_for_those_who_are_there() {
    let visit = Visit::begins().await;
    let (mut patient, _) = visit.phone.enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    visit.clinic.sql("UPDATE visits SET state = 'cancelled'").await;
    visit.clinic.context.bus.tell(News::VisitOver { visit: visit.visit.clone() });
    assert_eq!(patient.closed().await, 4410);
}

#[tokio::test]
async fn a_gateway_that_stops_says_when_to_come_back() {
    let visit = Visit::begins().await;
    let (mut patient, _) = visit.phone.enter("phone").await;
    visit.clinic.context.closing.cancel();
    let bye = patient.hear_until(|message| match message {
        ServerMessage::Bye(bye) => Some(bye.clone()),
        _ => None,
    });
    assert!(bye.await.retry_after_s.is_some_and(|seconds| Duration::from_secs(seconds.into()) <= Duration::from_secs(5)));
    assert_eq!(patient.closed().await, 1001);
}
