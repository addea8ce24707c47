//! The closed lists of what can go wrong: each word with its sentence for a person, and each closing word with its WebSocket code.
//! docs/PROTOCOL.md says the same, and a test keeps it so.

use crate::message::{CloseWord, RefusalWord};

impl RefusalWord {
    pub const ALL: [Self; 14] = [
        Self::NotAllowed,
        Self::NoSuchSeat,
        Self::NotWaiting,
        Self::NotAdmitted,
        Self::NowhereToText,
        Self::IdentityNotConfirmed,
        Self::NothingToTakeOver,
        Self::WithoutPatient,
        Self::NoSuchSnippet,
        Self::NoConsent,
        Self::NotInAudience,
        Self::OutOfRange,
        Self::VisitEnded,
        Self::TryAgain,
    ];

    /// As it stands on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAllowed => "not_allowed",
            Self::NoSuchSeat => "no_such_seat",
            Self::NotWaiting => "not_waiting",
            Self::NotAdmitted => "not_admitted",
            Self::NowhereToText => "nowhere_to_text",
            Self::IdentityNotConfirmed => "identity_not_confirmed",
            Self::NothingToTakeOver => "nothing_to_take_over",
            Self::WithoutPatient => "without_patient",
            Self::NoSuchSnippet => "no_such_snippet",
            Self::NoConsent => "no_consent",
            Self::NotInAudience => "not_in_audience",
            Self::OutOfRange => "out_of_range",
            Self::VisitEnded => "visit_ended",
            Self::TryAgain => "try_again",
        }
    }

    /// For a person, in English; a page in another language goes by the word.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotAllowed => "That can't be done from here.",
            Self::NoSuchSeat => "That person is not part of this visit.",
            Self::NotWaiting => "That person is not waiting any more.",
            Self::NotAdmitted => "That person is not in the visit.",
            Self::NowhereToText => "The clinic has no number to text you.",
            Self::IdentityNotConfirmed => "Confirm who it is first.",
            Self::NothingToTakeOver => "Nobody is asking to move this visit to another phone.",
            Self::WithoutPatient => "Nobody sees a part of the record that the patient does not see.",
            Self::NoSuchSnippet => "That part of the record is not ready to show any more.",
            Self::NoConsent => "The patient has not agreed to see the record.",
            Self::NotInAudience => "This part of the record is not for this person.",
            Self::OutOfRange => "Choose a delay of four hours or less.",
            Self::VisitEnded => "The visit has ended.",
            Self::TryAgain => "We're sorry. We could not save this. Try again in a moment.",
        }
    }
}

impl CloseWord {
    pub const ALL: [Self; 17] = [
        Self::GoingAway,
        Self::BadMessage,
        Self::Binary,
        Self::TooBig,
        Self::NoHello,
        Self::Silent,
        Self::Flood,
        Self::TakenOver,
        Self::Removed,
        Self::Denied,
        Self::VisitEnded,
        Self::SignedOut,
        Self::Replaced,
        Self::UnsupportedVersion,
        Self::Elsewhere,
        Self::Overloaded,
        Self::InternalError,
    ];

    /// The WebSocket closing code.
    pub fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::Binary => 1003,
            Self::TooBig => 1009,
            Self::InternalError => 1011,
            Self::Overloaded => 1013,
            Self::BadMessage => 4400,
            Self::SignedOut => 4401,
            Self::Removed => 4403,
            Self::Denied => 4405,
            Self::UnsupportedVersion => 4406,
            Self::Silent => 4408,
            Self::TakenOver => 4409,
            Self::VisitEnded => 4410,
            Self::NoHello => 4411,
            Self::Replaced => 4412,
            Self::Elsewhere => 4421,
            Self::Flood => 4429,
        }
    }

    /// As it stands on the wire, in `bye` and as the reason of the close frame.
    pub fn word(self) -> &'static str {
        match self {
            Self::GoingAway => "going_away",
            Self::BadMessage => "bad_message",
            Self::Binary => "binary",
            Self::TooBig => "too_big",
            Self::NoHello => "no_hello",
            Self::Silent => "silent",
            Self::Flood => "flood",
            Self::TakenOver => "taken_over",
            Self::Removed => "removed",
            Self::Denied => "denied",
            Self::VisitEnded => "visit_ended",
            Self::SignedOut => "signed_out",
            Self::Replaced => "replaced",
            Self::UnsupportedVersion => "unsupported_version",
            Self::Elsewhere => "elsewhere",
            Self::Overloaded => "overloaded",
            Self::InternalError => "internal_error",
        }
    }

    /// For a person, in English; a page in another language goes by the word.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::GoingAway | Self::Silent | Self::Elsewhere => "Looking for internet… You keep your place.",
            Self::BadMessage | Self::Binary | Self::TooBig | Self::NoHello | Self::UnsupportedVersion => {
                "This page is out of date. Load it again."
            }
            Self::Flood => "The connection was too busy. Try again.",
            Self::TakenOver => "You moved this visit to another phone.",
            Self::Removed => "You are no longer in this visit. Call the clinic if you need help.",
            Self::Denied => "The clinic could not let you in. Call the clinic.",
            Self::VisitEnded => "The visit has ended.",
            Self::SignedOut => "You are signed out. Sign in again to go on.",
            Self::Replaced => "You're in this visit in another window.",
            Self::Overloaded => "We're sorry. The clinic's video service is very busy. We try again in a moment.",
            Self::InternalError => "We're sorry. Something went wrong on our side. Try again.",
        }
    }

    /// Whether a page may come back by itself after this.
    pub fn comes_back(self) -> bool {
        matches!(self, Self::GoingAway | Self::Silent | Self::Flood | Self::Elsewhere | Self::Overloaded | Self::InternalError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelt_as_on_the_wire() {
        for word in RefusalWord::ALL {
            assert_eq!(serde_json::to_value(word).unwrap(), word.word());
        }
        for word in CloseWord::ALL {
            assert_eq!(serde_json::to_value(word).unwrap(), word.word());
        }
    }
}
