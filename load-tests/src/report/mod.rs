//! The report of a run: a table for the shell, JSON for programs, one page for people that needs nothing beside it.

mod page;
mod plot;

use std::fs;
use std::path::PathBuf;

use serde::Serialize;

use crate::Failure;
use crate::join::Failures;
use crate::measure::{Summary, Times};
use crate::process::Sample;

/// A run of `join`, measured.
pub(crate) struct Run {
    pub(crate) version: String,
    pub(crate) visits: u32,
    pub(crate) at_once: u32,
    pub(crate) took_s: f64,
    pub(crate) times: Times,
    pub(crate) samples: Vec<Sample>,
    pub(crate) failures: Failures,
}

impl Run {
    pub(crate) fn failed(&self) -> usize {
        self.failures.values().sum()
    }

    /// Processor time of the gateway between the first visit and the last, in milliseconds a visit.
    fn cpu_ms_a_visit(&self) -> f64 {
        let (Some(first), Some(last)) = (self.samples.first(), self.samples.last()) else { return 0.0 };
        (last.cpu_s - first.cpu_s) * 1000.0 / f64::from(self.visits)
    }

    fn memory_mib(&self) -> (f64, f64) {
        let all = || self.samples.iter().map(|sample| sample.memory_mib);
        (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max))
    }

    fn visits_a_second(&self) -> f64 {
        f64::from(self.visits) / self.took_s
    }
}

#[derive(Serialize)]
struct Document<'a> {
    scenario: &'static str,
    gateway: &'a str,
    build: &'static str,
    cores: usize,
    visits: u32,
    at_once: u32,
    failed: usize,
    failures: &'a Failures,
    took_s: f64,
    visits_a_second: f64,
    cpu_ms_a_visit: f64,
    memory_mib_least: f64,
    memory_mib_most: f64,
    steps: Vec<Summary>,
    samples: &'a [Sample],
}

impl<'a> Document<'a> {
    fn of(run: &'a Run) -> Self {
        let (memory_mib_least, memory_mib_most) = run.memory_mib();
        Self {
            scenario: "join",
            gateway: &run.version,
            build: BUILD,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            visits: run.visits,
            at_once: run.at_once,
            failed: run.failed(),
            failures: &run.failures,
            took_s: run.took_s,
            visits_a_second: run.visits_a_second(),
            cpu_ms_a_visit: run.cpu_ms_a_visit(),
            memory_mib_least,
            memory_mib_most,
            steps: run.times.summaries(),
            samples: &run.samples,
        }
    }
}

/// The gateway is built in this program's own profile.
const BUILD: &str = if cfg!(debug_assertions) { "development build" } else { "release build" };

/// Lines for the shell.
pub(crate) fn table(run: &Run) -> Vec<String> {
    let (least, most) = run.memory_mib();
    let mut lines = vec![
        format!("{} ({BUILD})", run.version),
        format!(
            "{} visits, {} at once: {} failed, {:.1} s, {:.1} visits a second",
            run.visits,
            run.at_once,
            run.failed(),
            run.took_s,
            run.visits_a_second()
        ),
        format!("gateway: {:.1} ms of processor a visit, {least:.0} to {most:.0} MiB of memory", run.cpu_ms_a_visit()),
        String::new(),
        format!("{:<26}{:>8}{:>10}{:>10}{:>10}{:>10}", "milliseconds", "count", "p50", "p90", "p99", "max"),
    ];
    for row in run.times.summaries() {
        let Summary { step, count, p50_ms, p90_ms, p99_ms, max_ms, .. } = row;
        lines.push(format!("{step:<26}{count:>8}{p50_ms:>10.1}{p90_ms:>10.1}{p99_ms:>10.1}{max_ms:>10.1}"));
    }
    lines.extend(run.failures.iter().map(|(what, count)| format!("failed {count} ×: {what}")));
    lines
}

/// Writes page and JSON beside the programs that cargo built, under `load-tests/`.
pub(crate) fn write(run: &Run) -> Result<(PathBuf, PathBuf), Failure> {
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(|profile| profile.parent()).ok_or("this program stands in no folder")?.join("load-tests");
    fs::create_dir_all(&folder)?;
    let document = Document::of(run);
    let (page, json) = (folder.join("join.html"), folder.join("join.json"));
    fs::write(&json, serde_json::to_string_pretty(&document)?)?;
    fs::write(&page, page::render(&document)?)?;
    Ok((page, json))
}
