//! The one thing to do about a cause, as a stable word; `web/locales` has its sentence for the patient under `next-` and the word.

use super::verdict::Why;
use crate::visits::words::words;

words! {
    /// What to do first about the cause.
    NextStep {
        OpenInBrowser => "open_in_browser",
        UseAnotherPhone => "use_another_phone",
        CallClinic => "call_clinic",
        TryOtherInternet => "try_other_internet",
        MoveCloser => "move_closer",
        AllowMicrophone => "allow_microphone",
        ConnectMicrophone => "connect_microphone",
        UncoverMicrophone => "uncover_microphone",
        UnmuteMicrophone => "unmute_microphone",
        SpeakUp => "speak_up",
        StepBack => "step_back",
        TurnUpVolume => "turn_up_volume",
        AllowCamera => "allow_camera",
        ConnectCamera => "connect_camera",
        TurnOnCamera => "turn_on_camera",
        UncoverCamera => "uncover_camera",
        RestartCamera => "restart_camera",
        TurnOnLight => "turn_on_light",
        CloseOtherApps => "close_other_apps",
        CheckAgain => "check_again",
    }
}

impl NextStep {
    pub const fn of(why: Why) -> Self {
        match why {
            Why::InAppBrowser => Self::OpenInBrowser,
            Why::OldBrowser => Self::UseAnotherPhone,
            // The fault is the clinic's: nothing that the patient does at home mends it.
            Why::RelayRefused | Why::RelayUnreachable => Self::CallClinic,
            Why::PathBlocked | Why::NoSignaling | Why::NetworkRestricted | Why::RecordChannel => Self::TryOtherInternet,
            Why::LossyInternet | Why::SlowInternet | Why::DelayedInternet | Why::UnevenInternet | Why::RoughSound => {
                Self::MoveCloser
            }
            Why::PermissionBlocked => Self::AllowMicrophone,
            Why::MicrophoneMissing => Self::ConnectMicrophone,
            Why::MicrophoneInUse | Why::CameraInUse | Why::CameraSlow | Why::BusyPhone => Self::CloseOtherApps,
            Why::MicrophoneSilent => Self::UncoverMicrophone,
            Why::MicrophoneMuted => Self::UnmuteMicrophone,
            Why::MicrophoneQuiet => Self::SpeakUp,
            Why::MicrophoneLoud => Self::StepBack,
            Why::SpeakerNotHeard | Why::SpeakerNotChecked => Self::TurnUpVolume,
            Why::CameraBlocked => Self::AllowCamera,
            Why::CameraMissing => Self::ConnectCamera,
            Why::CameraOff => Self::TurnOnCamera,
            Why::CameraBlack => Self::UncoverCamera,
            Why::CameraFrozen => Self::RestartCamera,
            Why::CameraDark => Self::TurnOnLight,
            Why::NetworkNotMeasured | Why::NotChecked => Self::CheckAgain,
        }
    }
}
