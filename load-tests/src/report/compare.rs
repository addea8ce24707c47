//! Two reports beside each other: the same runs, figure by figure and step by step.

use std::path::Path;

use super::{Report, Run};
use crate::{Failure, say};

pub(crate) fn compare(before: &Path, after: &Path) -> Result<(), Failure> {
    if beside(&Report::read(before)?, &Report::read(after)?) { Ok(()) } else { Err("the two have no run in common".into()) }
}

/// Whether they have a run in common.
pub(super) fn beside(before: &Report, after: &Report) -> bool {
    say(&format!("before: {} · {}", before.command, before.machine.line()));
    say(&format!("after:  {} · {}", after.command, after.machine.line()));
    let mut found = false;
    for run in &after.runs {
        let Some(old) = before.find(&run.name()) else { continue };
        found = true;
        lines(old, run).iter().for_each(|line| say(line));
    }
    found
}

fn lines(before: &Run, after: &Run) -> Vec<String> {
    let mut lines = vec![String::new(), format!("{:<44}{:>12}{:>12}{:>10}", after.name(), "before", "after", "ratio")];
    for figure in &after.figures {
        if let Some(old) = before.figure(&figure.name) {
            lines.push(line(&format!("{} {}", figure.name, figure.unit), old, figure.value));
        }
    }
    for step in &after.steps {
        if let Some(old) = before.steps.iter().find(|old| old.step == step.step) {
            lines.push(line(&format!("{}, p50 ms", step.step), old.p50_ms, step.p50_ms));
            lines.push(line(&format!("{}, p99 ms", step.step), old.p99_ms, step.p99_ms));
        }
    }
    lines
}

fn line(what: &str, before: f64, after: f64) -> String {
    let ratio = if before == 0.0 { "-".to_owned() } else { format!("{:.2}", after / before) };
    format!("  {what:<42}{before:>12.2}{after:>12.2}{ratio:>10}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_stands_where_there_is_one() {
        assert!(line("cpu", 2.0, 3.0).ends_with("1.50"));
        assert!(line("cpu", 0.0, 3.0).ends_with('-'));
    }
}
