//! What the page says it received of the echo: loss and round trip, from its receiver reports (RFC 3550 section 6.4).
//!
//! The echo keeps the gaps of what was lost on the way up, so the page's own count holds both ways' losses. Here it is compared with
//! what was really sent.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::sequence::Sequence;

/// One report block about one of our streams.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub(super) highest: u32,
    /// 24 bits, with their sign.
    pub(super) lost: u32,
    /// The middle of the NTP time in the sender report it last had; 0 for none.
    pub(super) last_sender_report: u32,
    /// Since it had it, in 1/65536 s.
    pub(super) delay: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = MediaDown)]
pub struct Down {
    /// 0 to 1; absent until the page has reported on this window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round_trip_ms: Option<f64>,
    /// As sent.
    pub kbps: f64,
}

/// Sent packets whose count is remembered: seconds of a picture, and reports come every second.
const REMEMBERED: usize = 2_048;
const SENDER_REPORTS: usize = 16;
const SHORTEST_WINDOW: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub(super) struct Downlink {
    since: Instant,
    bytes: u32,
    streams: Vec<(u32, Stream)>,
    sender_reports: VecDeque<(u32, Instant)>,
    round_trip: Option<Duration>,
}

impl Downlink {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, bytes: 0, streams: Vec::new(), sender_reports: VecDeque::new(), round_trip: None }
    }

    pub(super) fn sent(&mut self, stream: u32, sequence: u16, bytes: usize) {
        self.bytes = self.bytes.saturating_add(u32::try_from(bytes).unwrap_or(0));
        self.stream(stream).sent(sequence);
    }

    /// `middle` is the middle of its NTP time: the page names it in its reports.
    pub(super) fn sent_report(&mut self, middle: u32, now: Instant) {
        self.sender_reports.truncate(SENDER_REPORTS - 1);
        self.sender_reports.push_front((middle, now));
    }

    pub(super) fn reported(&mut self, stream: u32, report: Report, now: Instant) {
        if let Some((_, sent)) = self.sender_reports.iter().find(|(middle, _)| *middle == report.last_sender_report) {
            let held = Duration::from_secs_f64(f64::from(report.delay) / 65_536.0);
            self.round_trip = Some(now.saturating_duration_since(*sent).saturating_sub(held));
        }
        if let Some((_, stream)) = self.streams.iter_mut().find(|(name, _)| *name == stream) {
            stream.reported(report);
        }
    }

    /// Of what was sent between the page's last two reports on this stream, the share that came; once for each report.
    pub(super) fn came_through(&mut self, stream: u32) -> Option<f64> {
        self.streams.iter_mut().find(|(name, _)| *name == stream)?.1.news.take()
    }

    pub(super) fn mark(&mut self, now: Instant) {
        (self.since, self.bytes) = (now, 0);
        for (_, stream) in &mut self.streams {
            stream.from = stream.to;
        }
    }

    pub(super) fn measured(&self, now: Instant) -> Down {
        let span = now.saturating_duration_since(self.since).max(SHORTEST_WINDOW).as_secs_f64();
        let (sent, received) = self
            .streams
            .iter()
            .filter_map(|(_, stream)| stream.window())
            .fold((0, 0), |(a, b), (sent, received)| (a + sent, b + received.clamp(0, sent)));
        Down {
            loss: (sent > 0).then(|| float(sent - received) / float(sent)),
            round_trip_ms: self.round_trip.map(|span| span.as_secs_f64() * 1000.0),
            kbps: f64::from(self.bytes) * 8.0 / 1000.0 / span,
        }
    }

    fn stream(&mut self, name: u32) -> &mut Stream {
        let index = self.streams.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.streams.push((name, Stream::default()));
            self.streams.len() - 1
        });
        &mut self.streams[index].1
    }
}

#[derive(Debug, Default)]
struct Stream {
    sequence: Sequence,
    /// Packet numbers, and how many had been sent with each.
    counts: VecDeque<(i64, i64)>,
    /// The last report before the window, and the last of all.
    from: Option<Standing>,
    to: Option<Standing>,
    /// All that was sent when the last report came.
    left: i64,
    news: Option<f64>,
}

/// What a report stands for: how far the numbers were, how many of ours had been sent by then, how many the page missed.
#[derive(Clone, Copy, Debug)]
struct Standing {
    highest: i64,
    sent: i64,
    missed: i64,
}

impl Stream {
    fn sent(&mut self, sequence: u16) {
        let before = self.sequence.highest();
        let whole = self.sequence.extend(sequence);
        // A packet sent once more is not one more.
        if before.is_none_or(|before| whole > before) {
            let count = self.counts.back().map_or(0, |(_, count)| *count) + 1;
            if self.counts.len() == REMEMBERED {
                self.counts.pop_front();
            }
            self.counts.push_back((whole, count));
        }
    }

    fn reported(&mut self, report: Report) {
        let highest = i64::from(report.highest);
        let known = self.counts.partition_point(|(number, _)| *number <= highest);
        let Some((_, sent)) = known.checked_sub(1).and_then(|index| self.counts.get(index)) else { return };
        let missed = i64::from((report.lost << 8).cast_signed() >> 8);
        let now = Standing { highest, sent: *sent, missed };
        let left = self.counts.back().map_or(0, |(_, count)| *count);
        if let Some(before) = self.to.filter(|_| left > self.left) {
            self.news = Some(float(now.received_since(before).max(0)) / float(left - self.left));
        }
        (self.to, self.left) = (Some(now), left);
    }

    /// Sent and received in the window, as far as the page has reported.
    fn window(&self) -> Option<(i64, i64)> {
        let to = self.to?;
        let (first, _) = *self.counts.front()?;
        let from = self.from.unwrap_or(Standing { highest: first - 1, sent: 0, missed: 0 });
        let sent = to.sent - from.sent;
        (sent > 0).then_some((sent, to.received_since(from)))
    }
}

impl Standing {
    fn received_since(self, before: Self) -> i64 {
        (self.highest - before.highest) - (self.missed - before.missed)
    }
}

fn float(number: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a minute of packets is far below 2^52")]
    let float = number as f64;
    float
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: u32 = 7;

    fn report(highest: u32, lost: u32) -> Report {
        Report { highest, lost, last_sender_report: 0, delay: 0 }
    }

    fn loss(downlink: &Downlink) -> f64 {
        downlink.measured(downlink.since).loss.expect("reported")
    }

    #[test]
    fn gaps_of_the_way_up_are_not_losses_of_the_way_down() {
        let now = Instant::now();
        let mut downlink = Downlink::new(now);
        // Of 100 numbers every tenth was never sent; the page missed those and nine more.
        for number in (0..100_u16).filter(|number| number % 10 != 5) {
            downlink.sent(PICTURE, number, 100);
        }
        assert_eq!(downlink.measured(now).loss, None, "not reported yet");
        downlink.reported(PICTURE, report(99, 19), now);
        assert!((loss(&downlink) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn a_window_begins_with_the_last_report_before_it() {
        let now = Instant::now();
        let mut downlink = Downlink::new(now);
        for number in 0..200_u16 {
            downlink.sent(PICTURE, number, 100);
        }
        downlink.reported(PICTURE, report(99, 50), now);
        downlink.mark(now);
        assert_eq!(downlink.measured(now).loss, None);
        downlink.reported(PICTURE, report(199, 50), now);
        assert!(loss(&downlink) < 1e-9);
    }

    #[test]
    fn packets_sent_again_and_a_page_that_counts_more_than_came_do_no_harm() {
        let now = Instant::now();
        let mut downlink = Downlink::new(now);
        for number in [1, 2, 3, 2, 1, 4] {
            downlink.sent(PICTURE, number, 100);
        }
        downlink.reported(PICTURE, report(4, 0x00ff_fffe), now);
        assert!(loss(&downlink) < 1e-9);
        downlink.reported(99, report(4, 4), now);
        assert!(loss(&downlink) < 1e-9, "of a stream that is not ours");
    }

    #[test]
    fn what_still_stands_in_a_queue_has_not_come_through() {
        let now = Instant::now();
        let mut downlink = Downlink::new(now);
        let sends = |downlink: &mut Downlink, numbers: std::ops::Range<u16>| {
            numbers.for_each(|number| downlink.sent(PICTURE, number, 100))
        };
        sends(&mut downlink, 0..100);
        downlink.reported(PICTURE, report(99, 0), now);
        assert_eq!(downlink.came_through(PICTURE), None, "one report says nothing of a share");
        sends(&mut downlink, 100..200);
        downlink.reported(PICTURE, report(149, 10), now);
        assert_eq!(downlink.came_through(PICTURE), Some(0.4), "half of it is on its way, and a tenth is lost");
        assert_eq!(downlink.came_through(PICTURE), None, "said once");
        sends(&mut downlink, 200..220);
        downlink.reported(PICTURE, report(219, 10), now);
        assert_eq!(downlink.came_through(PICTURE), Some(3.5), "the queue has emptied");
    }

    #[test]
    fn the_round_trip_leaves_out_what_the_page_held_back() {
        let start = Instant::now();
        let mut downlink = Downlink::new(start);
        downlink.sent_report(1234, start);
        let answer = Report { last_sender_report: 1234, delay: 65_536 / 2, ..report(0, 0) };
        downlink.reported(PICTURE, answer, start + Duration::from_millis(580));
        let round_trip = downlink.measured(start).round_trip_ms.expect("known");
        assert!((round_trip - 80.0).abs() < 0.1, "{round_trip}");
    }
}
