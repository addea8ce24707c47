//! The page of a run.

use askama::Template;

use super::Document;
use super::plot;
use crate::Failure;

#[derive(Template)]
#[template(path = "join.html")]
struct Page<'a> {
    document: &'a Document<'a>,
    ranges: String,
    processor: String,
    memory: String,
    candidates: String,
}

pub(super) fn render(document: &Document<'_>) -> Result<String, Failure> {
    let samples = document.samples;
    // Processor use between one sample and the next, in cores.
    let processor =
        samples.windows(2).map(|pair| (pair[1].at_s, (pair[1].cpu_s - pair[0].cpu_s) / (pair[1].at_s - pair[0].at_s).max(0.05)));
    let processor: Vec<_> = processor.collect();
    let memory: Vec<_> = samples.iter().map(|sample| (sample.at_s, sample.memory_mib)).collect();
    let relayed = document.steps.iter().find(|step| step.step == crate::measure::Step::Candidate.words());
    let page = Page {
        document,
        ranges: plot::ranges(&document.steps),
        processor: plot::line(&processor, ("s", "cores"), "Processor use of the gateway over time", plot::HALF),
        memory: plot::line(&memory, ("s", "MiB"), "Resident memory of the gateway over time", plot::HALF),
        candidates: plot::line(
            relayed.map_or(&[], |step| &step.curve),
            ("%", "ms"),
            "Relay time of a candidate by percentile",
            plot::WIDTH,
        ),
    };
    Ok(page.render()?)
}
