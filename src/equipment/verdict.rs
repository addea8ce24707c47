//! Turns the outcomes of the checks into one mode and its cause. A failure never blocks a visit: it changes how it is held.
//! What was not checked is never counted as good.

use serde::Serialize;

use super::checks::{Cause, Check, CheckName, Outcome};
use crate::visits::words::Mode;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Verdict {
    pub mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Why>,
}

/// What to mend first. These words are stored and shown with their own sentence; they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VerdictCause)]
pub enum Why {
    OldBrowser,
    InAppBrowser,
    PathBlocked,
    NoSignaling,
    PermissionBlocked,
    MicrophoneMissing,
    MicrophoneInUse,
    MicrophoneSilent,
    MicrophoneQuiet,
    MicrophoneLoud,
    SpeakerNotHeard,
    CameraBlocked,
    CameraMissing,
    CameraInUse,
    CameraBlack,
    CameraSlow,
    /// The person joins without it, by choice.
    CameraOff,
    SlowInternet,
    /// Only the slower ways through the internet are open here.
    NetworkRestricted,
    SpeakerNotChecked,
    RecordChannel,
    NotChecked,
}

impl Why {
    /// As stored and as sent.
    pub fn word(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(word)) => word,
            _ => unreachable!("an enum of plain words is written as a word"),
        }
    }
}

/// The first rule that speaks decides: from what leaves only the telephone to what only makes the picture fuzzy.
pub fn verdict(checks: &[Check]) -> Verdict {
    let seen = Seen(checks);
    let rules: [fn(&Seen<'_>) -> Option<Verdict>; 4] = [only_the_telephone, unknown, only_sound, fuzzy];
    rules.iter().find_map(|rule| rule(&seen)).unwrap_or(Verdict { mode: Mode::Video, cause: None })
}

struct Seen<'a>(&'a [Check]);

impl Seen<'_> {
    fn find(&self, name: CheckName) -> Option<&Check> {
        self.0.iter().find(|check| check.name == name)
    }

    fn outcome(&self, name: CheckName) -> Outcome {
        self.find(name).map_or(Outcome::NotChecked, |check| check.outcome)
    }

    fn cause(&self, name: CheckName) -> Option<Cause> {
        self.find(name)?.cause
    }

    fn failed(&self, name: CheckName) -> bool {
        self.outcome(name) == Outcome::Fail
    }
}

/// Without a way to be heard, or to reach the clinic at all, a call is what works.
fn only_the_telephone(seen: &Seen<'_>) -> Option<Verdict> {
    let why = if seen.failed(CheckName::Environment) {
        environment(seen)
    } else if seen.failed(CheckName::Path) {
        Why::PathBlocked
    } else if seen.failed(CheckName::Signaling) {
        Why::NoSignaling
    } else if seen.failed(CheckName::Microphone) {
        microphone(seen)
    } else if seen.failed(CheckName::Permission) && seen.outcome(CheckName::Microphone) == Outcome::NotChecked {
        Why::PermissionBlocked
    } else if seen.failed(CheckName::Speaker) {
        Why::SpeakerNotHeard
    } else {
        return None;
    };
    Some(Verdict { mode: Mode::Phone, cause: Some(why) })
}

/// No promise without having looked at the path and the microphone, which every visit needs.
fn unknown(seen: &Seen<'_>) -> Option<Verdict> {
    let unseen = [CheckName::Path, CheckName::Microphone].iter().any(|name| seen.outcome(*name) == Outcome::NotChecked);
    unseen.then_some(Verdict { mode: Mode::NotChecked, cause: Some(Why::NotChecked) })
}

fn only_sound(seen: &Seen<'_>) -> Option<Verdict> {
    let why = match seen.outcome(CheckName::Camera) {
        Outcome::Fail => camera(seen),
        Outcome::NotChecked if seen.failed(CheckName::Permission) => Why::CameraBlocked,
        Outcome::NotChecked if seen.cause(CheckName::Camera) == Some(Cause::Skipped) => Why::CameraOff,
        Outcome::NotChecked => Why::NotChecked,
        Outcome::Pass | Outcome::Warn => return None,
    };
    Some(Verdict { mode: Mode::SoundOnly, cause: Some(why) })
}

/// Warnings, the heaviest first. A few of them are worth a word and leave the picture as it is.
fn fuzzy(seen: &Seen<'_>) -> Option<Verdict> {
    use CheckName::{Camera, Environment, Microphone, Path, RecordChannel, Signaling, Speaker};
    let warned = |name| seen.outcome(name) == Outcome::Warn;
    let unproven = |name| matches!(seen.outcome(name), Outcome::Fail | Outcome::NotChecked);
    let restricted = matches!(seen.cause(Path), Some(Cause::TcpOnly | Cause::TlsOnly));
    let (mode, why) = if warned(Path) && restricted {
        (Mode::LowVideo, Why::NetworkRestricted)
    } else if warned(Path) || warned(Signaling) {
        (Mode::LowVideo, Why::SlowInternet)
    } else if warned(Camera) {
        (Mode::LowVideo, Why::CameraSlow)
    } else if warned(Environment) {
        (Mode::LowVideo, environment(seen))
    } else if unproven(Environment) || unproven(Signaling) {
        (Mode::Video, Why::NotChecked)
    } else if warned(Microphone) {
        (Mode::Video, loudness(seen))
    } else if warned(Speaker) || unproven(Speaker) {
        (Mode::Video, Why::SpeakerNotChecked)
    } else if warned(RecordChannel) || unproven(RecordChannel) {
        (Mode::Video, Why::RecordChannel)
    } else {
        return None;
    };
    Some(Verdict { mode, cause: Some(why) })
}

fn environment(seen: &Seen<'_>) -> Why {
    match seen.cause(CheckName::Environment) {
        Some(Cause::InAppBrowser) => Why::InAppBrowser,
        _ => Why::OldBrowser,
    }
}

fn microphone(seen: &Seen<'_>) -> Why {
    match seen.cause(CheckName::Microphone) {
        Some(Cause::BlockedByPage | Cause::BlockedByPhone) => Why::PermissionBlocked,
        Some(Cause::NotFound) => Why::MicrophoneMissing,
        Some(Cause::InUse) => Why::MicrophoneInUse,
        _ => Why::MicrophoneSilent,
    }
}

/// Heard, and not as well as it could be.
fn loudness(seen: &Seen<'_>) -> Why {
    match seen.cause(CheckName::Microphone) {
        Some(Cause::Clipping) => Why::MicrophoneLoud,
        _ => Why::MicrophoneQuiet,
    }
}

fn camera(seen: &Seen<'_>) -> Why {
    match seen.cause(CheckName::Camera) {
        Some(Cause::BlockedByPage | Cause::BlockedByPhone) => Why::CameraBlocked,
        Some(Cause::NotFound) => Why::CameraMissing,
        Some(Cause::InUse) => Why::CameraInUse,
        Some(Cause::Black | Cause::Frozen) => Why::CameraBlack,
        _ if seen.failed(CheckName::Permission) => Why::CameraBlocked,
        _ => Why::CameraSlow,
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
