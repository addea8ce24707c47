//! The closed lists of words that visits and seats are stored with, and the form of every such list. A word never changes its meaning.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $word:tt),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $(#[$doc])*
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;

words! {
    #[schema(as = VisitKind)]
    Kind { Clinical => "clinical", TestCall => "test_call" }
}

words! {
    VisitState { Booked => "booked", Cancelled => "cancelled", Ended => "ended" }
}

words! {
    SeatRole {
        Patient => "patient",
        Clinician => "clinician",
        Caregiver => "caregiver",
        Interpreter => "interpreter",
        Support => "support",
    }
}

impl SeatRole {
    /// Sits there by signing in, not by a link.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Clinician | Self::Support)
    }

    /// Comes along with the patient: joins by a link of their own and has no record here.
    pub const fn is_companion(self) -> bool {
        matches!(self, Self::Caregiver | Self::Interpreter)
    }
}

words! {
    SeatState {
        Expected => "expected",
        Waiting => "waiting",
        Admitted => "admitted",
        Left => "left",
        Denied => "denied",
        Removed => "removed",
    }
}

words! {
    LinkState {
        /// The seat belongs to staff, who sign in.
        None => "none",
        Unopened => "unopened",
        Opened => "opened",
    }
}

words! {
    /// How the visit can be held.
    Mode {
        Video => "video",
        LowVideo => "low_video",
        SoundOnly => "sound_only",
        Phone => "phone",
        /// Nobody tested, or the test did not look at what matters. Never shown as good.
        NotChecked => "not_checked",
    }
}

words! {
    /// What a technician wrote at the end of a test call.
    #[schema(as = TestCallOutcome)]
    Outcome { Ready => "ready", UseThePhone => "use_the_phone", NeedsAnotherDevice => "needs_another_device" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_written_and_read_as_one() {
        assert_eq!(serde_json::to_value(Mode::LowVideo).expect("plain"), Mode::LowVideo.word());
        assert_eq!(Mode::parse("low_video"), Some(Mode::LowVideo));
        assert_eq!(Mode::parse("LowVideo"), None);
        assert_eq!(Kind::parse(Kind::TestCall.word()), Some(Kind::TestCall));
    }
}
