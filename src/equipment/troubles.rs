//! What each check alone means for the visit: the table of the equipment test, row by row. The thresholds between pass, warn and
//! fail are the page's (`web/src/core/checks/thresholds.ts`); which mode follows is decided here and nowhere else.

use super::causes::Cause;
use super::checks::{Check, CheckName, Outcome};
use super::verdict::Why;
use crate::visits::words::Mode;

type Trouble = (Mode, Why);

pub(super) struct Seen<'a>(pub(super) &'a [Check]);

impl Seen<'_> {
    fn find(&self, name: CheckName) -> Option<&Check> {
        self.0.iter().find(|check| check.name == name)
    }

    pub(super) fn outcome(&self, name: CheckName) -> Outcome {
        self.find(name).map_or(Outcome::NotChecked, |check| check.outcome)
    }

    fn cause(&self, name: CheckName) -> Option<Cause> {
        self.find(name)?.cause
    }

    fn permission_failed(&self) -> bool {
        self.outcome(CheckName::Permission) == Outcome::Fail
    }
}

/// `None` when all is well with it.
pub(super) fn trouble(name: CheckName, seen: &Seen<'_>) -> Option<Trouble> {
    let (outcome, cause) = (seen.outcome(name), seen.cause(name));
    if outcome == Outcome::Pass {
        return None;
    }
    match name {
        CheckName::Environment => Some(environment(outcome, cause)),
        // Judged with the camera and the microphone, which it is about.
        CheckName::Permission => None,
        CheckName::Camera => Some(camera(outcome, cause, seen.permission_failed())),
        CheckName::Microphone => Some(microphone(outcome, cause, seen.permission_failed())),
        CheckName::Speaker => Some(speaker(outcome)),
        CheckName::Signaling => Some(signaling(outcome)),
        CheckName::Path => Some(path(outcome, cause)),
        CheckName::LossUp | CheckName::LossDown => Some(carried(outcome, cause, Why::LossyInternet)),
        CheckName::BitrateUp | CheckName::BitrateDown => Some(carried(outcome, cause, Why::SlowInternet)),
        CheckName::SoundScore => Some(sound_score(outcome)),
        CheckName::Connect => Some(connect(outcome)),
        CheckName::RoundTrip => Some(fuzzy(outcome, Why::DelayedInternet)),
        CheckName::Jitter => Some(fuzzy(outcome, Why::UnevenInternet)),
        CheckName::DeviceLoad => Some(fuzzy(outcome, Why::BusyPhone)),
        CheckName::RecordChannel => Some((Mode::Video, Why::RecordChannel)),
    }
}

fn environment(outcome: Outcome, cause: Option<Cause>) -> Trouble {
    let why = if cause == Some(Cause::InAppBrowser) { Why::InAppBrowser } else { Why::OldBrowser };
    match outcome {
        Outcome::Fail => (Mode::Phone, why),
        Outcome::NotChecked => (Mode::Video, Why::NotChecked),
        Outcome::Warn | Outcome::Pass => (Mode::LowVideo, why),
    }
}

/// Without a way to be heard, or to hear, or to reach the clinic at all, a call is what works.
fn microphone(outcome: Outcome, cause: Option<Cause>, permission_failed: bool) -> Trouble {
    let failed = match cause {
        Some(Cause::BlockedByPage | Cause::BlockedByPhone) => Why::PermissionBlocked,
        Some(Cause::NotFound) => Why::MicrophoneMissing,
        Some(Cause::InUse) => Why::MicrophoneInUse,
        Some(Cause::Muted) => Why::MicrophoneMuted,
        _ => Why::MicrophoneSilent,
    };
    match outcome {
        Outcome::Fail => (Mode::Phone, failed),
        Outcome::NotChecked if permission_failed => (Mode::Phone, Why::PermissionBlocked),
        // No promise without having looked at the path and the microphone, which every visit needs.
        Outcome::NotChecked => (Mode::NotChecked, Why::NotChecked),
        _ if cause == Some(Cause::Clipping) => (Mode::Video, Why::MicrophoneLoud),
        _ => (Mode::Video, Why::MicrophoneQuiet),
    }
}

fn speaker(outcome: Outcome) -> Trouble {
    match outcome {
        Outcome::Fail => (Mode::Phone, Why::SpeakerNotHeard),
        _ => (Mode::Video, Why::SpeakerNotChecked),
    }
}

fn signaling(outcome: Outcome) -> Trouble {
    match outcome {
        Outcome::Fail => (Mode::Phone, Why::NoSignaling),
        Outcome::NotChecked => (Mode::Video, Why::NotChecked),
        Outcome::Warn | Outcome::Pass => (Mode::LowVideo, Why::DelayedInternet),
    }
}

fn path(outcome: Outcome, cause: Option<Cause>) -> Trouble {
    match (outcome, cause) {
        (Outcome::Fail, Some(Cause::RelayRefused)) => (Mode::Phone, Why::RelayRefused),
        (Outcome::Fail, Some(Cause::RelayUnreachable)) => (Mode::Phone, Why::RelayUnreachable),
        (Outcome::Fail, _) => (Mode::Phone, Why::PathBlocked),
        (Outcome::NotChecked, _) => (Mode::NotChecked, Why::NotChecked),
        (_, Some(Cause::TcpOnly | Cause::TlsOnly)) => (Mode::LowVideo, Why::NetworkRestricted),
        _ => (Mode::LowVideo, Why::DelayedInternet),
    }
}

/// What only begins late has a long way, which says nothing of how much it carries; a picture that never comes says that.
fn connect(outcome: Outcome) -> Trouble {
    fuzzy(outcome, if outcome == Outcome::Fail { Why::SlowInternet } else { Why::DelayedInternet })
}

/// The rows that say how much comes through: a little less makes the picture small, much less leaves the sound, and in the end
/// there is not enough for sound either.
fn carried(outcome: Outcome, cause: Option<Cause>, why: Why) -> Trouble {
    match outcome {
        Outcome::Fail if cause == Some(Cause::Unusable) => (Mode::Phone, why),
        Outcome::Fail => (Mode::SoundOnly, why),
        // It could carry all that there was to carry: the row of the other direction has the word.
        Outcome::NotChecked if cause == Some(Cause::NotReached) => (Mode::Video, Why::NetworkNotMeasured),
        _ => fuzzy(outcome, why),
    }
}

/// Sound that is hard to understand gets all there is.
fn sound_score(outcome: Outcome) -> Trouble {
    match outcome {
        Outcome::Fail => (Mode::SoundOnly, Why::RoughSound),
        _ => fuzzy(outcome, Why::RoughSound),
    }
}

/// Nothing that is felt in the picture alone costs more than its size; nor does what was not measured.
fn fuzzy(outcome: Outcome, why: Why) -> Trouble {
    match outcome {
        Outcome::NotChecked => (Mode::LowVideo, Why::NetworkNotMeasured),
        Outcome::Pass | Outcome::Warn | Outcome::Fail => (Mode::LowVideo, why),
    }
}

fn camera(outcome: Outcome, cause: Option<Cause>, permission_failed: bool) -> Trouble {
    let failed = match cause {
        Some(Cause::BlockedByPage | Cause::BlockedByPhone) => Why::CameraBlocked,
        Some(Cause::NotFound) => Why::CameraMissing,
        Some(Cause::InUse) => Why::CameraInUse,
        Some(Cause::Black) => Why::CameraBlack,
        Some(Cause::Frozen) => Why::CameraFrozen,
        _ if permission_failed => Why::CameraBlocked,
        _ => Why::CameraSlow,
    };
    match outcome {
        Outcome::Fail => (Mode::SoundOnly, failed),
        Outcome::NotChecked if permission_failed => (Mode::SoundOnly, Why::CameraBlocked),
        Outcome::NotChecked if cause == Some(Cause::Skipped) => (Mode::SoundOnly, Why::CameraOff),
        Outcome::NotChecked => (Mode::SoundOnly, Why::NotChecked),
        _ if cause == Some(Cause::Dark) => (Mode::Video, Why::CameraDark),
        _ => (Mode::LowVideo, Why::CameraSlow),
    }
}
