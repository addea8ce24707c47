//! Turns the outcomes of the checks into one mode, its cause and what to do about it. A failure never blocks a visit: it changes
//! how it is held. What was not checked is never counted as good.

use serde::Serialize;

use super::checks::{Check, CheckName};
use super::next_step::NextStep;
use super::troubles::{Seen, trouble};
use crate::visits::words::{Mode, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Verdict {
    pub mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Why>,
    /// What to do first; there where a cause is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextStep>,
}

words! {
    /// What to mend first. These words are stored and shown with their own sentence; they never change. Of two that lead to the
    /// same mode, the one that stands first here is named.
    #[derive(PartialOrd, Ord)]
    #[schema(as = VerdictCause)]
    Why {
        InAppBrowser => "in_app_browser",
        OldBrowser => "old_browser",
        RelayRefused => "relay_refused",
        RelayUnreachable => "relay_unreachable",
        PathBlocked => "path_blocked",
        NoSignaling => "no_signaling",
        PermissionBlocked => "permission_blocked",
        MicrophoneMissing => "microphone_missing",
        MicrophoneInUse => "microphone_in_use",
        MicrophoneMuted => "microphone_muted",
        MicrophoneSilent => "microphone_silent",
        SpeakerNotHeard => "speaker_not_heard",
        /// Only the slower ways through the internet are open here.
        NetworkRestricted => "network_restricted",
        LossyInternet => "lossy_internet",
        SlowInternet => "slow_internet",
        DelayedInternet => "delayed_internet",
        UnevenInternet => "uneven_internet",
        RoughSound => "rough_sound",
        CameraBlocked => "camera_blocked",
        CameraMissing => "camera_missing",
        CameraInUse => "camera_in_use",
        CameraBlack => "camera_black",
        CameraFrozen => "camera_frozen",
        CameraSlow => "camera_slow",
        /// The person joins without it, by choice.
        CameraOff => "camera_off",
        CameraDark => "camera_dark",
        BusyPhone => "busy_phone",
        MicrophoneQuiet => "microphone_quiet",
        MicrophoneLoud => "microphone_loud",
        SpeakerNotChecked => "speaker_not_checked",
        RecordChannel => "record_channel",
        /// The internet lets a visit through; how well was not measured.
        NetworkNotMeasured => "network_not_measured",
        NotChecked => "not_checked",
    }
}

/// The heaviest trouble decides: each check is judged by itself, so that one that gets worse never makes the verdict better.
pub fn verdict(checks: &[Check]) -> Verdict {
    let seen = Seen(checks);
    let troubles = CheckName::ALL.iter().filter_map(|name| trouble(*name, &seen));
    match troubles.min_by_key(|(mode, why)| (weight(*mode), *why)) {
        Some((mode, why)) => Verdict { mode, cause: Some(why), next: Some(NextStep::of(why)) },
        None => Verdict { mode: Mode::Video, cause: None, next: None },
    }
}

/// The heaviest is the smallest. A telephone is certain; to know nothing comes before every promise of a visit here.
const fn weight(mode: Mode) -> u8 {
    match mode {
        Mode::Phone => 0,
        Mode::NotChecked => 1,
        Mode::SoundOnly => 2,
        Mode::LowVideo => 3,
        Mode::Video => 4,
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
