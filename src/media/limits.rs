//! Every bound of a media session, in one place.

use std::time::Duration;

/// Sound and picture come back this long after they came.
pub(super) const DELAY: Duration = Duration::from_millis(300);
pub(super) const LONGEST_SESSION: Duration = Duration::from_secs(60);
/// A peer that is not heard for this long is gone.
pub(super) const SILENCE: Duration = Duration::from_secs(10);
/// The agent tells what it measured this often.
pub(super) const TELL_EVERY: Duration = Duration::from_secs(1);
/// Key frames are asked for at most this often: each costs a page as much as a second of picture.
pub(super) const KEY_FRAME_EVERY: Duration = Duration::from_millis(500);

/// What one session may hold back, in bytes: 300 ms of a picture at 2.5 Mbit/s and a large key frame.
pub(super) const HELD_BYTES: usize = 256 * 1024;
/// A picture is sent back no faster than this, in bytes a second: more than any call of ours uses.
pub(super) const PICTURE_RATE: u32 = 3_000_000 / 8;
/// Datagrams of one session in a second: four times a call's. Who sends more is not testing.
pub(super) const DATAGRAMS_A_SECOND: u32 = 2_000;
/// Bytes echoed on `records`; a test sends 64 KiB.
pub(super) const RECORD_BYTES: usize = 512 * 1024;
/// Echoed bytes that may wait for the peer to take them; beyond it the channel's own flow control holds the sender.
pub(super) const RECORD_WAITING: usize = 128 * 1024;
pub(super) const SCTP_BUFFER: u32 = 128 * 1024;
/// Longest message on a data channel.
pub(super) const LONGEST_MESSAGE: u32 = 64 * 1024;
/// Addresses one session may be reached from: a phone with two networks, four ways each.
pub(super) const ADDRESSES: usize = 8;
