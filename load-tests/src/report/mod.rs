//! What was measured, for programs (JSON), for people (one page that needs nothing beside it) and for the shell.

mod budgets;
mod compare;
mod page;
mod plot;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::house::By;
use crate::machine::{Machine, Ticks};
use crate::measure::Summary;
use crate::process::Sample;
use crate::scenarios::Measured;
use crate::{Failure, say};

pub(crate) use budgets::Verdict;
pub(crate) use compare::compare;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) command: String,
    pub(crate) build: String,
    pub(crate) runs: Vec<Run>,
    /// What was to be measured and could not be, with the reason.
    pub(crate) absent: Vec<(String, String)>,
    pub(crate) verdicts: Vec<Verdict>,
    #[serde(skip)]
    began: Ticks,
}

/// One scenario on one server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) scenario: String,
    pub(crate) subject: Subject,
    /// How it was asked for.
    pub(crate) size: String,
    pub(crate) took_s: f64,
    pub(crate) failures: BTreeMap<String, usize>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) steps: Vec<Summary>,
    pub(crate) samples: Vec<Sample>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subject {
    pub(crate) server: String,
    /// `TLS` or `plain`.
    pub(crate) way: String,
    pub(crate) version: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
}

impl Figure {
    pub(crate) fn new(name: &str, value: f64, unit: &str) -> Self {
        Self { name: name.to_owned(), value, unit: unit.to_owned() }
    }
}

impl Subject {
    pub(crate) fn ours(by: By, version: String) -> Self {
        Self { server: "housecall".to_owned(), way: by.word().to_owned(), version }
    }
}

impl Run {
    pub(crate) fn new(scenario: &str, subject: Subject, size: String, measured: Measured) -> Self {
        let Measured { took_s, times, failures, samples, figures } = measured;
        Self { scenario: scenario.to_owned(), subject, size, took_s, failures, figures, steps: times.summaries(), samples }
    }

    /// `relay/housecall/TLS`, as budgets name it.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}/{}", self.scenario, self.subject.server, self.subject.way)
    }

    pub(crate) fn figure(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|figure| figure.name == name).map(|figure| figure.value)
    }

    pub(crate) fn failed(&self) -> usize {
        self.failures.values().sum()
    }
}

impl Report {
    pub(crate) fn new(machine: Machine) -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let build = if cfg!(debug_assertions) { "development build" } else { "release build" };
        Self {
            machine,
            command: format!("load-tests {}", words.join(" ")),
            build: build.to_owned(),
            runs: Vec::new(),
            absent: Vec::new(),
            verdicts: Vec::new(),
            began: Ticks::now(),
        }
    }

    pub(crate) fn read(file: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(serde_json::from_str(&text).map_err(|error| format!("{} is no report: {error}", file.display()))?)
    }

    /// Notes a run and says at once what came out.
    pub(crate) fn add(&mut self, run: Run) {
        for line in table::lines(&run) {
            say(&line);
        }
        self.runs.push(run);
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Run> {
        self.runs.iter().find(|run| run.name() == name)
    }

    /// Holds what was measured against the budgets.
    pub(crate) fn judge(&mut self) -> Result<(), Failure> {
        self.machine.stolen_percent = Ticks::now().stolen_percent_since(self.began);
        self.verdicts = budgets::judge(self)?;
        Ok(())
    }

    pub(crate) fn is_well(&self) -> bool {
        self.runs.iter().all(|run| run.failed() == 0) && !self.verdicts.iter().any(Verdict::is_past)
    }

    /// The budgets of what was measured or failed.
    pub(crate) fn print_verdicts(&self) {
        for verdict in self.verdicts.iter().filter(|verdict| verdict.value.is_some() || verdict.is_past()) {
            say(&table::verdict(verdict));
        }
    }

    /// The one table, then the budgets.
    pub(crate) fn print(&self) {
        for line in table::all(self) {
            say(&line);
        }
    }

    /// Writes page and JSON, and the table of a bench, beside the programs that cargo built, under `load-tests/`.
    pub(crate) fn write(&self, name: &str) -> Result<(), Failure> {
        let folder = folder()?;
        fs::create_dir_all(&folder)?;
        let (page, json) = (folder.join(format!("{name}.html")), folder.join(format!("{name}.json")));
        fs::write(&json, serde_json::to_string_pretty(self)?)?;
        fs::write(&page, page::render(self)?)?;
        say(&format!("\n{}\n{}", page.display(), json.display()));
        if !self.verdicts.is_empty() {
            let table = folder.join(format!("{name}.md"));
            fs::write(&table, table::markdown(self))?;
            say(&format!("{} is the table for docs/OPERATIONS.md", table.display()));
        }
        Ok(())
    }

    /// Says what has changed since the run that the repository keeps, and is kept in its place.
    pub(crate) fn keep(&self) -> Result<(), Failure> {
        let file = Path::new(LAST);
        if file.exists() {
            compare::beside(&Self::read(file)?, self);
        }
        let mut kept = self.clone();
        // What is drawn and not compared would be ten times the rest.
        for run in &mut kept.runs {
            run.samples.clear();
            run.steps.iter_mut().for_each(|step| step.curve.clear());
        }
        fs::write(file, serde_json::to_string_pretty(&kept)? + "\n")?;
        say(&format!("{} is the run to commit", file.display()));
        Ok(())
    }
}

/// The last run, as the repository keeps it.
const LAST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/last.json");

fn folder() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe()?;
    Ok(here.parent().and_then(Path::parent).ok_or("this program stands in no folder")?.join("load-tests"))
}
