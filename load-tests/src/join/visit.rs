//! One visit from the tap on the link to the end, both people, every step timed.

use std::sync::Arc;

use serde_json::{Value, json};
use signaling::ids::SeatId;
use signaling::message::{
    Admit, Candidate, CandidateTo, ClientMessage, Description, DescriptionTo, DescriptionType, Empty, ServerMessage,
};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::Failure;
use crate::gateway::Place;
use crate::http::Browser;
use crate::measure::{Step, Times};
use crate::session::Session;

/// Forty in all, half of them each way.
const CANDIDATES_EACH: usize = 20;
/// What Chromium writes for one camera, one microphone and a data channel.
const SDP_BYTES: usize = 3 * 1024;
/// Clinicians have the first addresses.
const FIRST_PATIENT: u32 = 1_000;

/// Signed in, and shared by all visits of one clinician.
#[derive(Clone)]
pub(crate) struct Clinician {
    pub(crate) id: String,
    pub(crate) browser: Arc<Mutex<Browser>>,
}

pub(crate) struct Booked {
    pub(crate) number: u32,
    pub(crate) visit: String,
    pub(crate) clinician: Clinician,
    pub(crate) reference: String,
    pub(crate) secret: String,
    pub(crate) birth: (u32, u32, u32),
}

pub(crate) async fn hold(place: &Place, booked: Booked) -> Result<Times, Failure> {
    let (began, mut times) = (Instant::now(), Times::default());
    let (mut patient, patient_seat) = patient_comes(place, &booked, &mut times).await?;
    let (mut clinician, clinician_seat) = clinician_comes(&booked, &mut times).await?;

    let at = Instant::now();
    patient.command(ClientMessage::CheckIn(Empty {})).await?;
    times.note(Step::CheckIn, at.elapsed());

    let at = Instant::now();
    clinician.command(ClientMessage::Admit(Admit { seat: patient_seat.clone(), identity_confirmed: true })).await?;
    patient.until(|message| matches!(message, ServerMessage::Admitted(_)).then_some(())).await?;
    times.note(Step::Admit, at.elapsed());

    describe(&mut patient, &patient_seat, &mut clinician, &clinician_seat, &mut times).await?;
    let (there, back) = tokio::join!(trickle(&mut patient, &clinician_seat), trickle(&mut clinician, &patient_seat));
    let (patients, clinicians) = (there?, back?);
    for (sent, received) in patients.sent.iter().zip(&clinicians.received).chain(clinicians.sent.iter().zip(&patients.received)) {
        times.note(Step::Candidate, received.saturating_duration_since(*sent));
    }

    let at = Instant::now();
    patient.command(ClientMessage::Leave(Empty {})).await?;
    times.note(Step::Leave, at.elapsed());
    clinician.until(|message| matches!(message, ServerMessage::PersonLeft(_)).then_some(())).await?;
    clinician.command(ClientMessage::End(Empty {})).await?;
    times.note(Step::Visit, began.elapsed());
    tokio::join!(patient.close(), clinician.close());
    Ok(times)
}

async fn patient_comes(place: &Place, booked: &Booked, times: &mut Times) -> Result<(Session, SeatId), Failure> {
    let mut phone = Browser::open(place, FIRST_PATIENT + booked.number).await?;
    let at = Instant::now();
    let state = phone.post(&format!("/join/{}", booked.reference), &json!({ "secret": booked.secret })).await?;
    times.note(Step::Redeem, at.elapsed());
    let seat = state["seat"].as_str().ok_or_else(|| format!("the link does not open: {}", state["state"]))?.to_owned();

    let (year, month, day) = booked.birth;
    let at = Instant::now();
    let birth: Value = json!({ "year": year, "month": month, "day": day });
    phone.post(&format!("/seats/{seat}/identify"), &birth).await?;
    times.note(Step::Identify, at.elapsed());

    let at = Instant::now();
    let (session, welcome) = Session::open(&phone, &format!("/seats/{seat}/socket")).await?;
    times.note(Step::Socket, at.elapsed());
    Ok((session, welcome.seat))
}

async fn clinician_comes(booked: &Booked, times: &mut Times) -> Result<(Session, SeatId), Failure> {
    let browser = booked.clinician.browser.lock().await;
    let at = Instant::now();
    let (session, welcome) = Session::open(&browser, &format!("/visits/{}/socket", booked.visit)).await?;
    times.note(Step::Socket, at.elapsed());
    Ok((session, welcome.seat))
}

/// The clinician offers, the patient answers.
async fn describe(
    patient: &mut Session,
    patient_seat: &SeatId,
    clinician: &mut Session,
    clinician_seat: &SeatId,
    times: &mut Times,
) -> Result<(), Failure> {
    let at = Instant::now();
    clinician.send(description(patient_seat, DescriptionType::Offer)).await?;
    patient.until(|message| matches!(message, ServerMessage::Description(_)).then_some(())).await?;
    patient.send(description(clinician_seat, DescriptionType::Answer)).await?;
    clinician.until(|message| matches!(message, ServerMessage::Description(_)).then_some(())).await?;
    times.note(Step::OfferAnswer, at.elapsed());
    Ok(())
}

fn description(to: &SeatId, kind: DescriptionType) -> ClientMessage {
    let mut sdp = String::from("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
    while sdp.len() < SDP_BYTES {
        sdp.push_str("a=rtpmap:111 opus/48000/2\r\n");
    }
    ClientMessage::Description(DescriptionTo { to: to.clone(), page: None, description: Description { kind, sdp } })
}

/// When one's own candidates went, and when the other's came.
struct Trickle {
    sent: Vec<Instant>,
    received: Vec<Instant>,
}

async fn trickle(session: &mut Session, to: &SeatId) -> Result<Trickle, Failure> {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for number in 0..CANDIDATES_EACH {
        sent.push(Instant::now());
        session.send(candidate(to, number)).await?;
    }
    for _ in 0..CANDIDATES_EACH {
        received.push(session.until(|message| matches!(message, ServerMessage::Candidate(_)).then(Instant::now)).await?);
    }
    Ok(Trickle { sent, received })
}

/// A public address: others may be filtered out on the way.
fn candidate(to: &SeatId, number: usize) -> ClientMessage {
    let port = 50_000 + number;
    let line = format!(
        "candidate:{number} 1 udp 1677729535 8.8.8.8 {port} typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag load network-cost 999"
    );
    let candidate = Candidate {
        candidate: line,
        sdp_mid: Some("0".to_owned()),
        sdp_m_line_index: Some(0),
        username_fragment: Some("load".to_owned()),
    };
    ClientMessage::Candidate(CandidateTo { to: to.clone(), page: None, candidate })
}
