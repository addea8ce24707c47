//! `budgets.toml`: which figure, against which other one of the same run, may be how large.

use serde::{Deserialize, Serialize};

use super::{Report, Run};
use crate::Failure;

const BUDGETS: &str = include_str!("../../budgets.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    budget: Vec<Budget>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    name: String,
    /// `scenario/server/way:figure`.
    figure: String,
    /// Where named, the budget is for the ratio.
    against: Option<String>,
    most: f64,
    /// What it should be one day and is not: told, not judged.
    aim: Option<f64>,
    /// Measured by the clock: not judged where others kept the cores busy.
    #[serde(default)]
    by_the_clock: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Verdict {
    pub(crate) name: String,
    pub(crate) value: Option<f64>,
    pub(crate) most: f64,
    pub(crate) aim: Option<f64>,
    pub(crate) is_ratio: bool,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Within,
    Past,
    /// So often something went wrong in the run: what was measured is of those for whom nothing did.
    Failed(usize),
    /// With the reason.
    NotJudged(String),
}

impl Verdict {
    /// Or of a run that failed, and not within anything.
    pub(crate) fn is_past(&self) -> bool {
        matches!(self.outcome, Outcome::Past | Outcome::Failed(_))
    }

    pub(crate) fn word(&self) -> String {
        match &self.outcome {
            Outcome::Within => match self.aim.filter(|aim| self.value.is_some_and(|value| value > *aim)) {
                Some(aim) => format!("within, short of its aim of {aim}"),
                None => "within".to_owned(),
            },
            Outcome::Past => "PAST".to_owned(),
            Outcome::Failed(count) => format!("FAILED {count} ×"),
            Outcome::NotJudged(why) => format!("not judged: {why}"),
        }
    }
}

pub(super) fn judge(report: &Report) -> Result<Vec<Verdict>, Failure> {
    let File { budget } = toml::from_str(BUDGETS)?;
    Ok(budget.into_iter().map(|budget| held(report, budget)).collect())
}

fn held(report: &Report, Budget { name, figure, against, most, aim, by_the_clock }: Budget) -> Verdict {
    let measured = value(report, &figure);
    let value = match &against {
        Some(other) => measured.zip(value(report, other)).map(|(one, other)| one / other),
        None => measured,
    };
    let (ours, theirs) = (failed(report, &figure), against.as_deref().map_or(0, |other| failed(report, other)));
    let outcome = match value {
        _ if ours > 0 => Outcome::Failed(ours),
        Some(_) if theirs > 0 => Outcome::NotJudged("what it is held against failed".to_owned()),
        None => Outcome::NotJudged("not measured in this run".to_owned()),
        Some(_) if by_the_clock && report.machine.is_busy() => Outcome::NotJudged("the machine was busy".to_owned()),
        Some(value) if value <= most => Outcome::Within,
        Some(_) => Outcome::Past,
    };
    Verdict { name, value, most, aim, is_ratio: against.is_some(), outcome }
}

fn value(report: &Report, path: &str) -> Option<f64> {
    let (run, figure) = path.split_once(':')?;
    report.find(run)?.figure(figure).filter(|value| value.is_finite())
}

/// How often something went wrong in the run of a figure.
fn failed(report: &Report, path: &str) -> usize {
    let run = path.split_once(':').and_then(|(run, _)| report.find(run));
    run.map_or(0, Run::failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::report::{Figure, Subject};
    use crate::scenarios::Measured;

    fn report(ours: f64, floor: f64, load: f64) -> Report {
        let mut report = Report::new(Machine { load_before: load, ..Machine::look() });
        for (server, value) in [("housecall", ours), ("floor", floor)] {
            let subject = Subject { server: server.into(), way: "plain".into(), version: String::new() };
            let measured = Measured { figures: vec![Figure::new("cpu", value, "µs")], ..Measured::default() };
            report.runs.push(Run::new("relay", subject, String::new(), measured));
        }
        report
    }

    fn budget(by_the_clock: bool) -> Budget {
        let (figure, against) = ("relay/housecall/plain:cpu".to_owned(), Some("relay/floor/plain:cpu".to_owned()));
        Budget { name: "relay".into(), figure, against, most: 1.5, aim: None, by_the_clock }
    }

    #[test]
    fn an_aim_that_is_missed_is_told_and_fails_nothing() {
        let aiming = |ours| held(&report(ours, 10.0, 0.0), Budget { aim: Some(1.2), ..budget(false) });
        assert_eq!(aiming(11.0).word(), "within");
        assert_eq!(aiming(13.0).word(), "within, short of its aim of 1.2");
        assert!(!aiming(13.0).is_past() && aiming(16.0).is_past());
    }

    #[test]
    fn a_ratio_past_its_budget_is_said() {
        assert_eq!(held(&report(15.0, 10.0, 0.0), budget(false)).outcome, Outcome::Within);
        assert!(held(&report(15.1, 10.0, 0.0), budget(false)).is_past());
        assert!(matches!(held(&report(15.1, 10.0, 3.0), budget(true)).outcome, Outcome::NotJudged(_)));
        let missing = Budget { figure: "relay/janus/plain:cpu".into(), ..budget(false) };
        assert!(matches!(held(&report(1.0, 1.0, 0.0), missing).outcome, Outcome::NotJudged(_)));
    }

    #[test]
    fn a_run_in_which_somebody_failed_keeps_no_budget() {
        for load in [0.0, 3.0] {
            let mut report = report(10.0, 10.0, load);
            report.runs[0].failures.insert("10 messages did not come".to_owned(), 2);
            let verdict = held(&report, budget(true));
            assert!(verdict.is_past() && verdict.word() == "FAILED 2 ×", "{verdict:?}");
        }
        let mut report = report(10.0, 10.0, 0.0);
        report.runs[0] = Run { figures: Vec::new(), failures: [("no answer".to_owned(), 1)].into(), ..report.runs[0].clone() };
        assert!(held(&report, budget(false)).is_past(), "nor one that did not come to its end");
    }

    #[test]
    fn what_is_held_against_a_run_with_failures_is_not_judged() {
        let mut report = report(10.0, 10.0, 0.0);
        report.runs[1].failures.insert("silent".to_owned(), 1);
        assert!(matches!(held(&report, budget(false)).outcome, Outcome::NotJudged(_)));
    }

    #[test]
    fn every_budget_names_a_figure() {
        let File { budget } = toml::from_str(BUDGETS).expect("the budgets are well written");
        assert!(budget.len() > 5 && budget.iter().all(|budget| budget.figure.contains(':') && budget.most > 0.0));
    }
}
