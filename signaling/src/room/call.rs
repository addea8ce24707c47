//! Between those who are admitted: descriptions, candidates, media state, relay credentials, and going on by telephone.

use crate::candidate;
use crate::ids::SeatId;
use crate::message::{
    CandidateFrom, CandidateTo, ClientMessage, DescriptionFrom, DescriptionTo, IceServers, MediaState, ServerMessage,
};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::{Fact, Output};
use crate::room::seat::Hold;

impl Room {
    /// What is relayed comes from an admitted seat or not at all: a seat that was just sent back may still be talking.
    pub(super) fn pass_on(&mut self, at: usize, hold: Hold, message: ClientMessage) {
        if hold == Hold::Knocker || !self.seats[at].is_inside() {
            return;
        }
        match message {
            ClientMessage::Description(description) => self.relay_description(at, description),
            ClientMessage::Candidate(candidate) => self.relay_candidate(at, candidate),
            ClientMessage::MediaState(media) => self.note_media(at, media),
            ClientMessage::Quality(report) => self.measured(at, &report),
            ClientMessage::RenewRelay(_) => self.mint_if_inside(at),
            _ => {}
        }
    }

    fn relay_description(&mut self, at: usize, DescriptionTo { to, page, mut description }: DescriptionTo) {
        let Some(to) = self.receiver(at, &to, page.as_deref()) else { return };
        if let std::borrow::Cow::Owned(sdp) = candidate::filter_description(&description.sdp, self.relay_only) {
            description.sdp = sdp;
        }
        let from = self.id(at);
        self.say(to, Hold::Holder, &ServerMessage::Description(DescriptionFrom { from, description }));
    }

    fn relay_candidate(&mut self, at: usize, CandidateTo { to, page, mut candidate }: CandidateTo) {
        let Some(to) = self.receiver(at, &to, page.as_deref()) else { return };
        match candidate::filter(&candidate.candidate, self.relay_only) {
            None => return,
            Some(std::borrow::Cow::Owned(text)) => candidate.candidate = text,
            Some(std::borrow::Cow::Borrowed(_)) => {}
        }
        let from = self.id(at);
        self.say(to, Hold::Holder, &ServerMessage::Candidate(CandidateFrom { from, candidate }));
    }

    /// Somebody else who is admitted, and still on the page that this was meant for.
    fn receiver(&self, from: usize, to: &SeatId, page: Option<&str>) -> Option<usize> {
        let to = self.index(to).filter(|to| *to != from && self.seats[*to].is_inside())?;
        let stale_page = page.is_some() && self.seats[to].page.is_some() && page != self.seats[to].page.as_deref();
        (!stale_page).then_some(to)
    }

    fn note_media(&mut self, at: usize, media: MediaState) {
        if self.seats[at].media != media {
            self.seats[at].media = media;
            self.stale = true;
        }
    }

    /// Who is called is in the visit's row; the room only knows that this is how it goes on.
    pub(super) fn go_by_phone(&mut self, by: usize, on: bool) -> Outcome {
        if self.by_phone != on {
            self.by_phone = on;
            self.store(Fact::ByPhone { by: self.id(by), on });
            self.outputs.push_back(Output::Changed);
        }
        Ok(())
    }

    pub(super) fn mint_if_inside(&mut self, at: usize) {
        if self.seats[at].is_inside() {
            self.outputs.push_back(Output::MintRelay { seat: self.id(at) });
        }
    }

    pub(super) fn hand_out_ice_servers(&mut self, seat: &SeatId, servers: IceServers) {
        if let Some(at) = self.index(seat).filter(|at| self.seats[*at].is_inside()) {
            self.say(at, Hold::Holder, &ServerMessage::IceServers(servers));
        }
    }
}
