//! How long the shipped page waits before it comes back: `web/src/core/signaling/backoff.ts` in Rust, for crowds that behave as
//! pages do. Both are held against `signaling/golden/backoff.json`. The fault tests take this file too.

use std::time::Duration;

const FIRST_MS: f64 = 400.0;
const CEILING_MS: f64 = 3_000.0;
const PATIENT_AFTER: u32 = 20;
const PATIENT_CEILING_MS: f64 = 10_000.0;
const FLOOR_MS: f64 = 50.0;

/// Before try number `tries` (from 0), with `chance` in [0, 1); never less than the gateway asked for.
pub(crate) fn delay_before(tries: u32, chance: f64, retry_after_s: u32) -> Duration {
    let ceiling = if tries >= PATIENT_AFTER { PATIENT_CEILING_MS } else { CEILING_MS };
    let grown = ceiling.min(FIRST_MS * 2_f64.powi(tries.min(PATIENT_AFTER).cast_signed()));
    Duration::from_secs_f64((f64::from(retry_after_s) * 1000.0 + FLOOR_MS + chance * grown) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_back_as_the_page_does() {
        let golden = include_str!("../../signaling/golden/backoff.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(golden).expect("JSON");
        assert!(cases.len() > 5);
        for case in cases {
            let number = |name: &str| case[name].as_f64().expect("a number");
            let delay = delay_before(number("tries") as u32, number("chance"), number("retry_after_s") as u32);
            assert!((delay.as_secs_f64() * 1000.0 - number("ms")).abs() < 0.5, "{case}: {delay:?}");
        }
    }
}
