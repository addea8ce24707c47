//! How the path between two people is: what each end measures of it, what the room makes of both, and what happened on a page.

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PathReport {
    /// The other end.
    pub with: SeatId,
    pub measured: PathNumbers,
}

/// What a page measured of its path to one other seat since its last report. What it cannot measure is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PathNumbers {
    /// Nothing arrives: the page is looking for another path.
    pub lost: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub round_trip_ms: Option<u32>,
    /// Of the sound that comes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub jitter_ms: Option<u32>,
    /// Share of the other end's packets that did not come in, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub loss_in: Option<f64>,
    /// Share of our own packets that the other end missed, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub loss_out: Option<f64>,
    /// What the way out can carry, while a picture is sent over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub out_kbps: Option<u32>,
    /// Frames of the other's picture a second, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub frame_rate: Option<u32>,
    /// Share of the time in which that picture stood still, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub frozen: Option<f64>,
    /// Whether any sound came in, a whisper too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub sound: Option<bool>,
}

/// What the room makes of both ends' reports; told whenever a word in it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PathQuality {
    pub between: [SeatId; 2],
    pub level: PathLevel,
    /// Absent where the level is `good` or `lost`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub trouble: Option<PathTrouble>,
}

/// From worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PathLevel {
    /// Nothing gets through.
    Lost,
    /// A talk is hard.
    Weak,
    /// A talk goes well, with marks.
    Fair,
    Good,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PathTrouble {
    pub cause: PathCause,
    /// Whose end it is: what comes from there suffers.
    pub side: SeatId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PathCause {
    /// What is said arrives late.
    Delay,
    /// What is said arrives unevenly.
    Jitter,
    /// Some of what is said does not arrive.
    Loss,
    /// Little fits through.
    Narrow,
    /// The picture is slow or stands still, though the sound is well.
    Picture,
    /// The microphone is on and nothing comes of it.
    Sound,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Happened {
    pub what: Happening,
}

/// What a page did or found in a call, for the visit's timeline. The person read of it on their own screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// Nothing arrived for 2 to 3 s.
    Stall,
    /// Another path was looked for on the same connection.
    PathChanged,
    /// A whole new connection was made.
    CallRebuilt,
    /// Sound and picture arrive again.
    PathBack,
    /// The own picture is held back so that the sound gets through.
    PicturePaused,
    PictureBack,
    /// The others' pictures are held back too.
    SoundOnly,
    /// The person chose it.
    SoundOnlyByHand,
    PictureByHand,
    /// A phone call, another app or a locked phone took the camera and the microphone.
    Interrupted,
    Resumed,
    /// Camera or microphone were opened anew.
    CaptureRestarted,
    /// The microphone is on and nothing comes of it.
    MicrophoneSilent,
    MicrophoneBack,
    /// The camera is on and its picture stands still.
    CameraFrozen,
    /// The camera is on and its picture is black.
    CameraDark,
    /// After either.
    CameraBack,
    /// Sound waited for a tap.
    TapToHear,
    /// The person asked to be called by phone.
    PhoneAsked,
    /// The visit goes on by phone.
    PhoneContinued,
}
