//! The scenario `join`: how many people can come to their visits at once, and what a visit costs the gateway.

mod clinic;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::gateway::Gateway;
use crate::measure::Times;
use crate::process::Sampler;
use crate::report::{self, Run};
use crate::{Failure, say};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Visits, with two people each.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    visits: u32,
    /// Visits that are under way at the same moment.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    at_once: u32,
}

/// Runs it and writes the report; says how many visits failed.
pub(crate) async fn run(options: Options) -> Result<usize, Failure> {
    let gateway = Gateway::start(&clinic::staff(options.visits)).await?;
    let process = gateway.id().ok_or("the gateway is gone")?;
    let booked = clinic::book(&gateway.place, options.visits).await?;

    let sampler = Sampler::start(process);
    let began = Instant::now();
    let (times, failures) = hold_all(&gateway, booked, options).await;
    let took_s = began.elapsed().as_secs_f64();
    let samples = sampler.stop().await;
    let version = gateway.version.clone();
    gateway.stop().await?;

    let run = Run { version, visits: options.visits, at_once: options.at_once, took_s, times, samples, failures };
    for line in report::table(&run) {
        say(&line);
    }
    let (page, json) = report::write(&run)?;
    say(&format!("\n{}\n{}", page.display(), json.display()));
    Ok(run.failed())
}

/// How many visits failed, by what went wrong.
pub(crate) type Failures = BTreeMap<String, usize>;

async fn hold_all(gateway: &Gateway, booked: Vec<visit::Booked>, options: Options) -> (Times, Failures) {
    let bar = bar("visits", booked.len());
    let places = Arc::new(Semaphore::new(usize::try_from(options.at_once).unwrap_or(1)));
    let mut running = JoinSet::new();
    for booked in booked {
        let (place, places) = (gateway.place.clone(), Arc::clone(&places));
        running.spawn(async move {
            let _turn = places.acquire_owned().await?;
            visit::hold(&place, booked).await
        });
    }
    let (mut times, mut failures) = (Times::default(), Failures::new());
    while let Some(ended) = running.join_next().await {
        bar.inc(1);
        match ended.unwrap_or_else(|panic| Err(panic.into())) {
            Ok(measured) => times.add(measured),
            Err(failure) => *failures.entry(failure.to_string()).or_default() += 1,
        }
    }
    bar.finish_and_clear();
    (times, failures)
}

fn bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:>10} {bar:40.cyan/dim} {pos}/{len}  {per_sec}  {eta} left");
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or(0)).with_prefix(what);
    bar.set_style(style.expect("the template is right"));
    bar
}
