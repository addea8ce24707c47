//! Weeks of visits that are over, so that the organisation's page has something to show. Invented, like everybody in the demo. Pure.

use std::time::Duration;

use crate::base::clock::Moment;
use crate::visits::readiness::Device;

const WEEKS: u64 = 8;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// So many visits a week went alike: the system and browser of the patient, what their test found, and whether anybody was let in.
struct Alike {
    times: u64,
    device: (&'static str, &'static str),
    mode: &'static str,
    cause: Option<&'static str>,
    connected: bool,
}

const fn alike(
    times: u64,
    device: (&'static str, &'static str),
    found: (&'static str, Option<&'static str>),
    connected: bool,
) -> Alike {
    Alike { times, device, mode: found.0, cause: found.1, connected }
}

const A_WEEK: &[Alike] = &[
    alike(11, ("iOS", "Safari"), ("video", None), true),
    alike(2, ("iOS", "Safari"), ("sound_only", Some("camera_blocked")), false),
    alike(9, ("Android", "Chrome"), ("video", None), true),
    alike(3, ("Android", "Chrome"), ("low_video", Some("slow_internet")), true),
    alike(3, ("Android", "Chrome"), ("sound_only", Some("slow_internet")), true),
    alike(2, ("Android", "Samsung Internet"), ("phone", Some("microphone_silent")), false),
    alike(4, ("Windows", "Edge"), ("video", None), true),
    alike(2, ("Windows", "Edge"), ("phone", Some("path_blocked")), false),
];

/// A visit that is over.
pub(super) struct Past {
    pub(super) at: Moment,
    pub(super) device: Device,
    pub(super) mode: &'static str,
    pub(super) cause: Option<&'static str>,
    pub(super) connected: bool,
}

/// From the oldest week to the last whole one. Later weeks go a little better.
pub(super) fn past(now: Moment) -> impl Iterator<Item = Past> {
    (1..=WEEKS).rev().flat_map(move |ago| {
        let at = now.minus(WEEK * u32::try_from(ago + 1).unwrap_or(u32::MAX)).plus(WEEK / 2);
        A_WEEK.iter().flat_map(move |alike| {
            let better = if alike.connected { (WEEKS - ago) / 2 } else { 0 };
            (0..alike.times + better).map(move |_| {
                let (system, browser) = alike.device;
                let device = Device { system: system.to_owned(), browser: browser.to_owned(), phone: system != "Windows" };
                Past { at, device, mode: alike.mode, cause: alike.cause, connected: alike.connected }
            })
        })
    })
}
