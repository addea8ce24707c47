//! What a page may report: a closed list of checks and outcomes, causes that belong to them, and bounded numbers. Anything else
//! is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::causes::Cause;
use crate::visits::words::words;

words! {
    /// One row of the equipment test.
    CheckName {
        Environment => "environment",
        Permission => "permission",
        Camera => "camera",
        Microphone => "microphone",
        Speaker => "speaker",
        Signaling => "signaling",
        Path => "path",
        Connect => "connect",
        RoundTrip => "round_trip",
        Jitter => "jitter",
        LossUp => "loss_up",
        LossDown => "loss_down",
        BitrateUp => "bitrate_up",
        BitrateDown => "bitrate_down",
        SoundScore => "sound_score",
        DeviceLoad => "device_load",
        RecordChannel => "record_channel",
    }
}

words! {
    #[schema(as = CheckOutcome)]
    Outcome { Pass => "pass", Warn => "warn", Fail => "fail", NotChecked => "not_checked" }
}

/// One check as the page reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub name: CheckName,
    pub outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// Measurements by name, such as `fps` or `rms_db`.
    #[serde(default)]
    pub values: BTreeMap<String, f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("a check is reported twice")]
    Twice,
    #[error("a cause does not belong to its check, or a passed check names one")]
    Cause,
    #[error("a measurement has no good name, is not a number we can keep, or there are too many")]
    Values,
}

const MAX_VALUES: usize = 24;
const MAX_NAME: usize = 32;
const LARGEST: f64 = 1e9;

/// Whether the page's report hangs together.
pub fn examine(checks: &[Check]) -> Result<(), Unfit> {
    for (index, check) in checks.iter().enumerate() {
        if checks[..index].iter().any(|other| other.name == check.name) {
            return Err(Unfit::Twice);
        }
        if check.cause.is_some_and(|cause| check.outcome == Outcome::Pass || !check.name.knows(cause)) {
            return Err(Unfit::Cause);
        }
        if check.values.len() > MAX_VALUES || !check.values.iter().all(|(name, value)| named_well(name) && value.abs() <= LARGEST)
        {
            return Err(Unfit::Values);
        }
    }
    Ok(())
}

/// What is known of a test that still runs, once the page has reported more: the newer word on a check counts.
pub fn merge(known: Vec<Check>, more: Vec<Check>) -> Vec<Check> {
    let is_new = |check: &Check| !more.iter().any(|other| other.name == check.name);
    let kept: Vec<Check> = known.into_iter().filter(is_new).collect();
    kept.into_iter().chain(more).collect()
}

fn named_well(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.len() <= MAX_NAME && name.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> Result<(), Unfit> {
        examine(&serde_json::from_str::<Vec<Check>>(json).expect("of the right shape"))
    }

    #[test]
    fn a_report_that_hangs_together_is_taken() {
        let json = r#"[{"name":"camera","outcome":"warn","cause":"dark","values":{"fps":24.5,"first_frame_ms":300}},
                       {"name":"speaker","outcome":"not_checked","cause":"skipped"}]"#;
        assert_eq!(check(json), Ok(()));
    }

    #[test]
    fn what_does_not_hang_together_is_refused() {
        let twice = r#"[{"name":"camera","outcome":"pass"},{"name":"camera","outcome":"fail"}]"#;
        assert_eq!(check(twice), Err(Unfit::Twice));
        assert_eq!(check(r#"[{"name":"camera","outcome":"fail","cause":"tcp_only"}]"#), Err(Unfit::Cause));
        assert_eq!(check(r#"[{"name":"camera","outcome":"pass","cause":"dark"}]"#), Err(Unfit::Cause));
        assert_eq!(check(r#"[{"name":"camera","outcome":"pass","values":{"My name":1}}]"#), Err(Unfit::Values));
        assert_eq!(check(r#"[{"name":"camera","outcome":"pass","values":{"fps":1e99}}]"#), Err(Unfit::Values));
    }

    #[test]
    fn unknown_words_do_not_even_parse() {
        for json in [
            r#"[{"name":"horoscope","outcome":"pass"}]"#,
            r#"[{"name":"camera","outcome":"great"}]"#,
            r#"[{"name":"camera","outcome":"fail","cause":"mercury"}]"#,
            r#"[{"name":"camera","outcome":"fail","note":"x"}]"#,
        ] {
            assert!(serde_json::from_str::<Vec<Check>>(json).is_err(), "{json}");
        }
    }
}
