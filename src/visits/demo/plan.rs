//! What the demo clinic consists of, read from `demo/clinic.toml`, which is built in. Pure.

use std::time::Duration;

use figment::Figment;
use figment::providers::{Format, Toml};
use serde::Deserialize;

use crate::base::clock::Moment;
use crate::facilities::NewPatient;
use crate::identity::StaffRole;
use crate::visits::readiness::Device;
use crate::visits::words::Mode;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    pub(super) facility: PlannedFacility,
    pub(super) staff: Vec<PlannedStaff>,
    /// The first one's link is printed.
    pub(super) patients: Vec<NewPatient>,
    pub(super) now: PlannedNow,
    pub(super) visits: Vec<PlannedVisit>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PlannedFacility {
    pub(super) slug: String,
    #[serde(flatten)]
    pub(super) settings: crate::facilities::Change,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedStaff {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: StaffRole,
}

/// The visit that starts whenever the gateway does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedNow {
    pub(super) clinician: String,
    pub(super) reason: String,
    pub(super) length: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedVisit {
    /// By record id.
    pub(super) patient: String,
    /// By login.
    pub(super) clinician: String,
    pub(super) reason: String,
    pub(super) starts_in: u64,
    pub(super) length: u64,
    pub(super) tested: Option<PlannedTest>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedTest {
    pub(super) mode: Mode,
    pub(super) cause: Option<String>,
    pub(super) minutes_ago: u64,
    pub(super) system: String,
    pub(super) browser: String,
    pub(super) phone: bool,
}

impl PlannedTest {
    pub(super) fn device(&self) -> Device {
        Device { system: self.system.clone(), browser: self.browser.clone(), phone: self.phone }
    }
}

pub(super) fn read() -> Result<Plan, Box<figment::Error>> {
    Figment::from(Toml::string(include_str!("../../../demo/clinic.toml"))).extract().map_err(Box::new)
}

pub(super) fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// Minutes.
const STEP: u64 = 5;
const SHORT: u64 = 10;

/// The last five minutes' mark: appointments do not start at 14:32.
pub(super) fn on_the_clock(now: Moment) -> Moment {
    Moment(now.0 - now.0.rem_euclid(STEP as i64 * 60_000))
}

/// When a visit that is to start now may be, best first: within the join window, where it can be entered at once, in its full
/// length or else short; and on a day as full as that, whenever there is room.
pub(super) fn times_soon(now: Moment, length: u64, join_window_minutes: u8) -> impl Iterator<Item = (Moment, Moment)> {
    let window = u64::from(join_window_minutes) / STEP;
    let whole_day = 24 * 60 / STEP;
    let tries = [(0..=window, length), (0..=window, SHORT), (window..=whole_day, SHORT)];
    tries.into_iter().flat_map(move |(steps, length)| {
        steps.map(move |step| {
            let starts_at = on_the_clock(now).plus(minutes(step * STEP));
            (starts_at, starts_at.plus(minutes(length)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clinic_hangs_together() {
        let plan = read().expect("demo/clinic.toml can be read");
        let reasons = plan.facility.settings.reasons.expect("reasons");
        let patients: Vec<_> = plan.patients.iter().filter_map(|patient| patient.record_id.clone()).collect();
        assert_eq!(patients.len(), plan.patients.len(), "everyone has a record");
        for visit in &plan.visits {
            assert!(patients.contains(&visit.patient), "{visit:?}");
            assert!(plan.staff.iter().any(|staff| staff.login == visit.clinician), "{visit:?}");
            assert!(reasons.iter().any(|reason| reason.code == visit.reason), "{visit:?}");
        }
        assert!(plan.staff.iter().any(|staff| staff.login == plan.now.clinician));
    }

    #[test]
    fn a_visit_now_can_be_joined_at_once() {
        let now = Moment(1_795_546_921_000);
        let times: Vec<(Moment, Moment)> = times_soon(now, 30, 30).collect();
        assert_eq!(times[0], (Moment(1_795_546_800_000), Moment(1_795_546_800_000).plus(minutes(30))));
        assert!(times[..14].iter().all(|(starts_at, _)| starts_at.minus(minutes(30)) <= now));
    }
}
