//! One visit from the tap on the link to the end, both people, every step timed.

use signaling::ids::SeatId;
use signaling::message::{Admit, ClientMessage, Empty, ServerMessage};
use tokio::time::Instant;

use crate::Failure;
use crate::house::clinic::{Booked, patient_socket};
use crate::house::{Place, Session};
use crate::measure::{Step, Times};
use crate::scenarios::setup;

pub(crate) async fn hold(place: &Place, booked: Booked, due: Instant) -> Result<Times, Failure> {
    let mut times = Times::default();
    let (mut patient, patient_seat) = patient_comes(place, &booked, &mut times).await?;
    let at = Instant::now();
    let mut clinician = Session::open(place, &booked.clinician_pass().await).await?;
    times.note(Step::Socket, at.elapsed());

    let at = Instant::now();
    patient.command(ClientMessage::CheckIn(Empty {})).await?;
    times.note(Step::CheckIn, at.elapsed());

    let at = Instant::now();
    clinician.command(ClientMessage::Admit(Admit { seat: patient_seat.clone(), identity_confirmed: true })).await?;
    patient.until(|message| matches!(message, ServerMessage::Admitted(_)).then_some(())).await?;
    times.note(Step::Admit, at.elapsed());
    patient.talk_to(clinician.seat().clone());
    clinician.talk_to(patient_seat);

    setup::negotiate(&mut clinician, &mut patient, &mut times).await?;

    let at = Instant::now();
    patient.command(ClientMessage::Leave(Empty {})).await?;
    times.note(Step::Leave, at.elapsed());
    clinician.until(|message| matches!(message, ServerMessage::PersonLeft(_)).then_some(())).await?;
    clinician.command(ClientMessage::End(Empty {})).await?;
    times.note(Step::Visit, due.elapsed());
    tokio::join!(patient.close(), clinician.close());
    Ok(times)
}

async fn patient_comes(place: &Place, booked: &Booked, times: &mut Times) -> Result<(Session, SeatId), Failure> {
    let mut phone = booked.phone(place).await?;
    let at = Instant::now();
    let seat = booked.redeem(&mut phone).await?;
    times.note(Step::Redeem, at.elapsed());

    let at = Instant::now();
    booked.identify(&mut phone, &seat).await?;
    times.note(Step::Identify, at.elapsed());

    let at = Instant::now();
    let session = Session::open(place, &phone.pass(patient_socket(&seat))).await?;
    times.note(Step::Socket, at.elapsed());
    let seat = session.seat().clone();
    Ok((session, seat))
}
