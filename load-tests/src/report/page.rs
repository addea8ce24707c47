//! The page of a report.

use askama::Template;

use super::table::{self, Row};
use super::{Report, Run, plot};
use crate::Failure;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    headings: Vec<&'static str>,
    rows: Vec<Row>,
    runs: Vec<Drawn<'a>>,
}

struct Drawn<'a> {
    run: &'a Run,
    name: String,
    ranges: String,
    processor: String,
    memory: String,
}

impl Page<'_> {
    fn does(server: &str) -> &'static str {
        table::what_it_does(server)
    }
}

pub(super) fn render(report: &Report) -> Result<String, Failure> {
    let runs = report.runs.iter().map(draw).collect();
    Ok(Page { report, headings: table::headings(), rows: table::rows(report), runs }.render()?)
}

fn draw(run: &Run) -> Drawn<'_> {
    // Processor use between one sample and the next, in cores.
    let processor = run
        .samples
        .windows(2)
        .map(|pair| (pair[1].at_s, (pair[1].cpu_s - pair[0].cpu_s) / (pair[1].at_s - pair[0].at_s).max(0.05)));
    let processor: Vec<_> = processor.collect();
    let memory: Vec<_> = run.samples.iter().map(|sample| (sample.at_s, sample.memory_kib / 1024.0)).collect();
    Drawn {
        run,
        name: run.name(),
        ranges: if run.steps.is_empty() { String::new() } else { plot::ranges(&run.steps) },
        processor: plot::line(&processor, ("s", "cores"), "Processor use of the server over time"),
        memory: plot::line(&memory, ("s", "MiB"), "Resident memory of the server over time"),
    }
}
