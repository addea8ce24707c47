//! What comes from the page, measured packet by packet before anything is repaired: loss, jitter, rate, frames, loudness.
//!
//! A window runs from its start or the page's last mark. Jitter is RFC 3550's, from the arrival of frames; loudness is what the page's
//! own sound says of itself (RFC 6464), and unknown where it says nothing.

use std::time::{Duration, Instant};

use super::sequence::Sequence;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Sound,
    Picture,
}

/// One packet of a stream, as it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    /// The whole packet's.
    pub(super) bytes: usize,
    /// Below full scale, in dB: 0 is loudest, 127 silence.
    pub(super) level: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = MediaUp)]
pub struct Up {
    pub packets: u64,
    pub lost: u64,
    /// 0 to 1; absent while nothing came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    /// The sound's, or the picture's where there is no sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jitter_ms: Option<f64>,
    pub kbps: f64,
    /// dB below full scale, as a mean of the power; absent where the page's sound does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_level_db: Option<f64>,
    /// Nothing was louder than -60 dB; absent where the page's sound does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<bool>,
    pub frames: u64,
    pub fps: f64,
}

const SILENT: u8 = 60;
/// A frame that is this many seconds off is not late: the sender began to count anew.
const CLOCK_SET: f64 = 10.0;
/// A rate over less than this says more about the moment than about the path.
const SHORTEST_WINDOW: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub(super) struct Uplink {
    since: Instant,
    bytes: usize,
    sound: Stream,
    picture: Stream,
}

impl Uplink {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, bytes: 0, sound: Stream::new(48_000), picture: Stream::new(90_000) }
    }

    pub(super) fn arrived(&mut self, kind: Kind, arrival: Arrival, now: Instant) {
        if self.bytes == 0 && self.sound.sequence.highest().is_none() && self.picture.sequence.highest().is_none() {
            self.since = now;
        }
        self.bytes += arrival.bytes;
        match kind {
            Kind::Sound => self.sound.arrived(arrival, now),
            Kind::Picture => self.picture.arrived(arrival, now),
        }
    }

    /// A packet sent again: it costs the path and repairs nothing in what is measured.
    pub(super) fn arrived_again(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// A new window begins.
    pub(super) fn mark(&mut self, now: Instant) {
        (self.since, self.bytes) = (now, 0);
        self.sound.mark();
        self.picture.mark();
    }

    pub(super) fn measured(&self, now: Instant) -> Up {
        let span = now.saturating_duration_since(self.since).max(SHORTEST_WINDOW).as_secs_f64();
        let (packets, lost) = (self.sound.received + self.picture.received, self.sound.lost() + self.picture.lost());
        let jitter = self.sound.jitter_ms().or_else(|| self.picture.jitter_ms());
        Up {
            packets,
            lost,
            loss: (packets > 0).then(|| ratio(lost, packets + lost)),
            jitter_ms: jitter,
            kbps: count(self.bytes) * 8.0 / 1000.0 / span,
            audio_level_db: self.sound.level_db(),
            silent: self.sound.loudest.map(|loudest| loudest >= SILENT),
            frames: self.picture.frames,
            fps: ratio(self.picture.frames, 1) / span,
        }
    }
}

#[derive(Debug)]
struct Stream {
    clock_rate: u32,
    sequence: Sequence,
    /// The window counts from here on.
    first: Option<i64>,
    received: u64,
    jitter: Option<f64>,
    frame: Option<(u32, Instant)>,
    frames: u64,
    power: f64,
    levels: u32,
    loudest: Option<u8>,
}

impl Stream {
    fn new(clock_rate: u32) -> Self {
        Self {
            clock_rate,
            sequence: Sequence::default(),
            first: None,
            received: 0,
            jitter: None,
            frame: None,
            frames: 0,
            power: 0.0,
            levels: 0,
            loudest: None,
        }
    }

    fn mark(&mut self) {
        let kept = Self { sequence: self.sequence, frame: self.frame, ..Self::new(self.clock_rate) };
        *self = Self { first: self.sequence.highest().map(|highest| highest + 1), ..kept };
    }

    fn arrived(&mut self, arrival: Arrival, now: Instant) {
        let before = self.sequence.highest();
        let whole = self.sequence.extend(arrival.sequence);
        if whole < *self.first.get_or_insert(whole) {
            return;
        }
        self.received += 1;
        if before.is_none_or(|before| whole > before) {
            self.begin_frame(arrival.timestamp, now);
        }
        if let Some(level) = arrival.level {
            self.power += 10_f64.powf(-f64::from(level) / 10.0);
            self.levels += 1;
            self.loudest = Some(self.loudest.map_or(level, |loudest| loudest.min(level)));
        }
    }

    /// Packets of one frame share its timestamp; only its first to come counts. A sender may set its clock anew.
    fn begin_frame(&mut self, timestamp: u32, now: Instant) {
        if let Some((before, at)) = self.frame {
            if timestamp == before {
                return;
            }
            let expected = f64::from(timestamp.wrapping_sub(before).cast_signed()) / f64::from(self.clock_rate);
            let late = (now.saturating_duration_since(at).as_secs_f64() - expected).abs();
            if late < CLOCK_SET {
                let jitter = self.jitter.unwrap_or(0.0);
                self.jitter = Some(jitter + (late - jitter) / 16.0);
            }
        }
        self.frame = Some((timestamp, now));
        self.frames += 1;
    }

    fn lost(&self) -> u64 {
        let (Some(first), Some(highest)) = (self.first, self.sequence.highest()) else { return 0 };
        u64::try_from(highest + 1 - first).unwrap_or(0).saturating_sub(self.received)
    }

    fn jitter_ms(&self) -> Option<f64> {
        self.jitter.map(|seconds| seconds * 1000.0)
    }

    fn level_db(&self) -> Option<f64> {
        (self.levels > 0).then(|| 10.0 * (self.power / f64::from(self.levels)).log10())
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a minute of packets is far below 2^52")]
    let (part, whole) = (part as f64, whole as f64);
    part / whole
}

fn count(bytes: usize) -> f64 {
    ratio(u64::try_from(bytes).unwrap_or(u64::MAX), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Duration = Duration::from_millis(20);

    fn packet(number: u16) -> Arrival {
        Arrival { sequence: number, timestamp: u32::from(number) * 960, bytes: 100, level: Some(30) }
    }

    #[test]
    fn what_does_not_come_is_lost_and_what_comes_late_is_not() {
        let start = Instant::now();
        let mut uplink = Uplink::new(start);
        for number in [65_530, 65_531, 65_534, 65_533, 65_535, 0, 1, 3] {
            uplink.arrived(Kind::Sound, packet(number), start);
        }
        let up = uplink.measured(start);
        assert_eq!((up.packets, up.lost), (8, 2));
        assert!((up.loss.expect("known") - 0.2).abs() < 1e-9);
    }

    #[test]
    fn a_mark_begins_anew_and_what_was_sent_before_it_counts_no_more() {
        let start = Instant::now();
        let mut uplink = Uplink::new(start);
        for number in [1, 2, 9] {
            uplink.arrived(Kind::Sound, packet(number), start);
        }
        uplink.mark(start);
        assert_eq!(uplink.measured(start).loss, None);
        for number in [8, 10, 11] {
            uplink.arrived(Kind::Sound, packet(number), start);
        }
        let up = uplink.measured(start);
        assert_eq!((up.packets, up.lost), (2, 0));
    }

    #[test]
    fn jitter_is_told_in_milliseconds_whatever_the_clock_rate() {
        let start = Instant::now();
        for (kind, rate) in [(Kind::Sound, 48_000), (Kind::Picture, 90_000)] {
            let mut uplink = Uplink::new(start);
            for number in 0..400_u16 {
                // Every other frame is 10 ms late.
                let late = Duration::from_millis(if number % 2 == 0 { 0 } else { 10 });
                let arrival = Arrival { timestamp: u32::from(number) * rate / 50, ..packet(number) };
                uplink.arrived(kind, arrival, start + FRAME * u32::from(number) + late);
            }
            let jitter = uplink.measured(start + FRAME * 400).jitter_ms.expect("known");
            assert!((9.9..10.1).contains(&jitter), "{jitter}");
        }
    }

    #[test]
    fn rate_frames_and_loudness_are_those_of_the_window() {
        let start = Instant::now();
        let mut uplink = Uplink::new(start);
        for number in 0..60_u16 {
            // Two packets a frame, thirty frames in a second.
            let arrival = Arrival { timestamp: u32::from(number / 2) * 3_000, bytes: 1_000, level: None, ..packet(number) };
            uplink.arrived(Kind::Picture, arrival, start);
        }
        let up = uplink.measured(start + Duration::from_secs(1));
        assert_eq!((up.frames, up.silent, up.audio_level_db), (30, None, None));
        assert!((up.fps - 30.0).abs() < 0.01 && (up.kbps - 480.0).abs() < 0.1, "{up:?}");
        for number in 0..10 {
            uplink.arrived(Kind::Sound, Arrival { level: Some(127), ..packet(number) }, start);
        }
        assert_eq!(uplink.measured(start).silent, Some(true));
        uplink.arrived(Kind::Sound, Arrival { level: Some(20), ..packet(10) }, start);
        let up = uplink.measured(start);
        assert_eq!(up.silent, Some(false));
        let level = up.audio_level_db.expect("known");
        assert!((-31.0..-30.0).contains(&level), "{level}");
    }
}
