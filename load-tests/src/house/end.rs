//! The two people of a visit as the scenarios see them. Meeting is the whole door: waiting room, check-in, identity confirmed, admitted.

use signaling::ids::SeatId;
use signaling::message::{
    Admit, Candidate, CandidateTo, ClientMessage, Description, DescriptionTo, DescriptionType, Empty, ServerMessage,
};

use super::{House, Place, Session, Visit};
use crate::Failure;
use crate::server::{CANDIDATE, End, Said, Server, sdp};

impl Server for House {
    type End = Session;

    fn process(&self) -> u32 {
        self.gateway.process()
    }

    async fn meet(&self, lane: u32, _call: u32) -> Result<(Session, Session), Failure> {
        let visit = self.visits().get(usize::try_from(lane)?).ok_or("there are not so many visits")?;
        let place = self.gateway.place(self.by);
        meet(visit, &place, &place).await
    }
}

/// The clinician comes to the one place and the patient to the other.
pub(super) async fn meet(visit: &Visit, clinicians: &Place, patients: &Place) -> Result<(Session, Session), Failure> {
    let (clinician, patient) = tokio::join!(Session::open(clinicians, &visit.clinician), Session::open(patients, &visit.patient));
    let (mut clinician, mut patient) = (clinician?, patient?);
    patient.command(ClientMessage::CheckIn(Empty {})).await?;
    let seat = patient.seat().clone();
    clinician.command(ClientMessage::Admit(Admit { seat: seat.clone(), identity_confirmed: true })).await?;
    patient.until(|message| matches!(message, ServerMessage::Admitted(_)).then_some(())).await?;
    patient.talk_to(clinician.seat().clone());
    clinician.talk_to(seat);
    Ok((clinician, patient))
}

impl End for Session {
    async fn say(&mut self, what: Said) -> Result<(), Failure> {
        let to = self.other().ok_or("nobody to talk to")?.clone();
        self.send(message(what, to)).await
    }

    async fn hear(&mut self) -> Result<Said, Failure> {
        loop {
            match self.next().await?.message {
                ServerMessage::Candidate(_) => return Ok(Said::Candidate),
                ServerMessage::Description(from) if from.description.kind == DescriptionType::Offer => return Ok(Said::Offer),
                ServerMessage::Description(_) => return Ok(Said::Answer),
                _ => {}
            }
        }
    }

    async fn leave(mut self) -> Result<(), Failure> {
        self.command(ClientMessage::Leave(Empty {})).await?;
        self.close().await;
        Ok(())
    }
}

fn message(what: Said, to: SeatId) -> ClientMessage {
    let kind = match what {
        Said::Offer => DescriptionType::Offer,
        Said::Answer => DescriptionType::Answer,
        Said::Candidate => {
            let candidate = Candidate {
                candidate: CANDIDATE.to_owned(),
                sdp_mid: Some("0".to_owned()),
                sdp_m_line_index: Some(0),
                username_fragment: Some("load".to_owned()),
            };
            return ClientMessage::Candidate(CandidateTo { to, page: None, candidate });
        }
    };
    ClientMessage::Description(DescriptionTo { to, page: None, description: Description { kind, sdp: sdp(what) } })
}
