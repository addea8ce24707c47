//! What we know about how a patient will be seen and heard: the newest equipment test, or what a technician found out after it.

use serde::{Deserialize, Serialize};

use super::words::{Mode, Outcome};
use crate::base::clock::Moment;

/// What the patient holds in the hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TestedDevice)]
pub struct Device {
    pub system: String,
    pub browser: String,
    pub phone: bool,
}

/// A finished equipment test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    pub mode: Mode,
    /// A stable word; absent when nothing is wrong.
    pub cause: Option<String>,
    pub at: Moment,
    pub device: Option<Device>,
    /// Which phone it was, as its session knows it; unknown for tests of former versions.
    pub device_hash: Option<String>,
}

/// Who says so when it is not the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    Technician,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Readiness {
    pub mode: Mode,
    /// A stable word; absent when nothing is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Absent when the test itself says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<SaidBy>,
    /// The seat is held by another phone than the one that was tested.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub another_phone: bool,
}

/// The newer word counts: a technician has seen the patient, but a test after the call knows more. `holder` is the phone that holds
/// the seat now.
pub fn readiness(tested: Option<&Tested>, said: Option<(Outcome, Moment)>, holder: Option<&str>) -> Readiness {
    match (tested, said) {
        (tested, Some((outcome, at))) if tested.is_none_or(|tested| tested.at <= at) => by_technician(outcome, at, tested),
        (Some(tested), _) => {
            let Tested { mode, cause, at, device, device_hash } = tested.clone();
            let another_phone = holder.zip(device_hash.as_deref()).is_some_and(|(holder, tested)| holder != tested);
            Readiness { mode, cause, at: Some(at), device, by: None, another_phone }
        }
        (None, _) => Readiness { mode: Mode::NotChecked, cause: None, at: None, device: None, by: None, another_phone: false },
    }
}

fn by_technician(outcome: Outcome, at: Moment, tested: Option<&Tested>) -> Readiness {
    let (mode, cause) = match outcome {
        Outcome::Ready => (Mode::Video, None),
        // Until another device turns up, the telephone is what there is.
        Outcome::UseThePhone | Outcome::NeedsAnotherDevice => (Mode::Phone, Some(outcome.word().to_owned())),
    };
    let device = tested.and_then(|tested| tested.device.clone());
    Readiness { mode, cause, at: Some(at), device, by: Some(SaidBy::Technician), another_phone: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(mode: Mode, at: i64) -> Tested {
        Tested { mode, cause: Some("camera_blocked".into()), at: Moment(at), device: None, device_hash: Some("first".into()) }
    }

    #[test]
    fn nothing_known_is_never_good() {
        assert_eq!(readiness(None, None, None).mode, Mode::NotChecked);
    }

    #[test]
    fn the_test_speaks_until_a_technician_does_and_again_after() {
        let sound = tested(Mode::SoundOnly, 10);
        assert_eq!(readiness(Some(&sound), None, None).mode, Mode::SoundOnly);

        let after_call = readiness(Some(&sound), Some((Outcome::Ready, Moment(20))), None);
        assert_eq!((after_call.mode, after_call.cause, after_call.by), (Mode::Video, None, Some(SaidBy::Technician)));

        let after_test = readiness(Some(&tested(Mode::LowVideo, 30)), Some((Outcome::Ready, Moment(20))), None);
        assert_eq!((after_test.mode, after_test.by), (Mode::LowVideo, None));
    }

    #[test]
    fn a_test_of_another_phone_is_said_to_be_one() {
        let sound = tested(Mode::SoundOnly, 10);
        let of = |holder| readiness(Some(&sound), None, holder).another_phone;
        assert_eq!((of(Some("first")), of(Some("second")), of(None)), (false, true, false));
        let unknown = Tested { device_hash: None, ..sound.clone() };
        assert!(!readiness(Some(&unknown), None, Some("second")).another_phone, "nothing is claimed that is not known");
    }

    #[test]
    fn a_technician_who_gives_up_on_video_says_why() {
        let said = readiness(None, Some((Outcome::NeedsAnotherDevice, Moment(1))), None);
        assert_eq!((said.mode, said.cause.as_deref()), (Mode::Phone, Some("needs_another_device")));
    }
}
