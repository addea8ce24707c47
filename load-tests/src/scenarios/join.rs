//! `join`: the whole of a visit from the tap on the link to its end, every step timed, and what a visit costs the gateway.

use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Failures, Measured, gather, whole_visit};
use crate::arrivals::Curve;
use crate::house::{By, Gateway, clinic};
use crate::machine::Machine;
use crate::measure::Times;
use crate::process::{Sampler, used};
use crate::report::Figure;
use crate::{Failure, bar};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Visits, with two people each.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub(crate) visits: u32,
    /// Visits that begin in a second, on average.
    #[arg(long, default_value_t = 30.0)]
    pub(crate) a_second: f64,
    #[arg(long, value_enum, default_value = "constant")]
    pub(crate) curve: Curve,
}

/// On a gateway of its own; says which version it was.
pub(crate) async fn run(machine: &Machine, options: Options) -> Result<(Measured, String), Failure> {
    let Options { visits, a_second, curve } = options;
    let mut gateway = Gateway::start(machine, &clinic::staff(visits)).await?;
    let place = gateway.place(By::Tls);
    let booked = clinic::book(&place, visits).await?;
    let sampler = Sampler::start(gateway.process());
    let (began, span) = (Instant::now(), Duration::from_secs_f64(f64::from(visits) / a_second));
    let (mut running, bar) = (JoinSet::new(), bar("visits", booked.len()));
    for (number, booked) in (0..).zip(booked) {
        let (place, bar, due) = (place.clone(), bar.clone(), began + curve.due(number, visits, span));
        running.spawn(async move {
            sleep_until(due).await;
            let held = whole_visit::hold(&place, booked, due).await;
            bar.inc(1);
            held
        });
    }
    let (mut times, mut failures) = (Times::default(), Failures::new());
    for of_one in gather(running.join_all().await, &mut failures) {
        times.add(of_one);
    }
    bar.finish_and_clear();
    let (took_s, samples) = (began.elapsed().as_secs_f64(), sampler.stop().await);
    gateway.stop().await?;
    let held = f64::from(visits) - failures.values().sum::<usize>() as f64;
    let figures = vec![
        Figure::new("cpu_ms_a_visit", used(&samples) * 1000.0 / held.max(1.0), "ms"),
        Figure::new("visits", held, ""),
        Figure::new("visits_a_second", held / took_s, "/s"),
    ];
    Ok((Measured { took_s, times, failures, samples, figures }, gateway.version.clone()))
}
