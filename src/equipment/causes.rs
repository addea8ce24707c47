//! Why a check did not pass, and which checks can say so. Pages report these words; they are stored and never change.

use super::checks::CheckName;
use crate::visits::words::words;

words! {
    /// Why a check did not pass.
    Cause {
        // environment
        InAppBrowser => "in_app_browser",
        OldBrowser => "old_browser",
        NotSecure => "not_secure",
        NoCapture => "no_capture",
        NoRtc => "no_rtc",
        NoCommonCodec => "no_common_codec",
        // permission
        BlockedByPage => "blocked_by_page",
        BlockedByPhone => "blocked_by_phone",
        NoAnswer => "no_answer",
        // camera and microphone
        NotFound => "not_found",
        InUse => "in_use",
        SlowStart => "slow_start",
        LowFrameRate => "low_frame_rate",
        Dark => "dark",
        Black => "black",
        Frozen => "frozen",
        NoFrames => "no_frames",
        Quiet => "quiet",
        Silent => "silent",
        Muted => "muted",
        Clipping => "clipping",
        // speaker
        NotHeard => "not_heard",
        Skipped => "skipped",
        // the ways through the internet
        Slow => "slow",
        TcpOnly => "tcp_only",
        TlsOnly => "tls_only",
        RelayUnreachable => "relay_unreachable",
        /// The relay answers and does not take this test's credentials.
        RelayRefused => "relay_refused",
        NoConnection => "no_connection",
        NoEcho => "no_echo",
        // what media comes through like: the table's "warn", its "fail", and where sound does not get through either
        Weak => "weak",
        Poor => "poor",
        Unusable => "unusable",
        // why it was not measured
        /// As many tests run as the gateway takes at once.
        TestsFull => "tests_full",
        /// The gateway's own endpoint for media cannot be reached.
        NoAgent => "no_agent",
        /// The other direction is narrower, so that nothing more could come.
        NotReached => "not_reached",
        /// The page was hidden, or the connection to the gateway lost, in the middle.
        Interrupted => "interrupted",
    }
}

impl CheckName {
    /// The causes that this check can have.
    pub const fn causes(self) -> &'static [Cause] {
        use Cause::*;
        match self {
            Self::Environment => &[InAppBrowser, OldBrowser, NotSecure, NoCapture, NoRtc, NoCommonCodec],
            Self::Permission => &[BlockedByPage, BlockedByPhone, NoAnswer, NotFound, InUse, Skipped],
            Self::Camera => &[
                BlockedByPage,
                BlockedByPhone,
                NotFound,
                InUse,
                SlowStart,
                LowFrameRate,
                Dark,
                Black,
                Frozen,
                NoFrames,
                Skipped,
                Interrupted,
            ],
            Self::Microphone => {
                &[BlockedByPage, BlockedByPhone, NotFound, InUse, Quiet, Silent, Muted, Clipping, Skipped, Interrupted]
            }
            Self::Speaker => &[NotHeard, Skipped],
            Self::Signaling => &[Slow, NoConnection, Interrupted],
            Self::Path => &[Slow, TcpOnly, TlsOnly, RelayUnreachable, RelayRefused, NoConnection, Interrupted],
            Self::Connect => &[Slow, NoFrames, TestsFull, NoAgent, Interrupted],
            Self::RoundTrip | Self::Jitter | Self::SoundScore => &[Weak, Poor, TestsFull, NoAgent, Interrupted],
            Self::LossUp | Self::LossDown | Self::BitrateUp => &[Weak, Poor, Unusable, TestsFull, NoAgent, Interrupted],
            Self::BitrateDown => &[Weak, Poor, Unusable, NotReached, TestsFull, NoAgent, Interrupted],
            Self::DeviceLoad => &[Weak, Poor, TestsFull, NoAgent, Interrupted],
            Self::RecordChannel => &[Slow, NoEcho, RelayUnreachable, NoConnection, Interrupted],
        }
    }

    pub fn knows(self, cause: Cause) -> bool {
        self.causes().contains(&cause)
    }
}
