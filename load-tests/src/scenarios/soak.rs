//! `soak`: people come and leave for a while; then memory, tasks, threads and descriptors are where they were.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::time::{Instant, interval};

use super::{Measured, setup};
use crate::Failure;
use crate::arrivals::Curve;
use crate::house::House;
use crate::process::{Sampler, look};
use crate::report::Figure;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Calls, with two joins and two leaves each.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) calls: u32,
    #[arg(long, default_value_t = 60.0)]
    pub(crate) a_second: f64,
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) lanes: u32,
}

/// Empty rooms stay open for 5 s, and threads that have nothing to do for 10.
const QUIET: Duration = Duration::from_secs(20);

pub(crate) async fn run(house: &Arc<House>, options: Options) -> Result<Measured, Failure> {
    let Options { calls, a_second, lanes } = options;
    let process = house.gateway.process();
    let calls_of = |calls| setup::Options { calls, a_second, curve: Curve::Constant, lanes };
    // As many as a tenth first: what is made once is made then.
    setup::run(Arc::clone(house), process, calls_of((calls / 10).max(lanes))).await?;
    quiet(house).await;
    let (before, tasks_before) = (look(process)?, tasks(house).await);
    let sampler = Sampler::start(process);
    let calls_held = setup::run(Arc::clone(house), process, calls_of(calls)).await?;
    quiet(house).await;
    let (after, tasks_after) = (look(process)?, tasks(house).await);
    let samples = sampler.stop().await;
    let figures = vec![
        Figure::new("memory_grown_percent", (after.memory_kib / before.memory_kib - 1.0) * 100.0, "%"),
        Figure::new("tasks_more", tasks_after - tasks_before, ""),
        Figure::new("descriptors_more", after.descriptors - before.descriptors, ""),
        Figure::new("threads_more", after.threads - before.threads, ""),
        Figure::new("joins", f64::from(calls) * 2.0, ""),
    ];
    Ok(Measured { samples, figures, ..calls_held })
}

/// Until no room is open and nobody is connected, and a little longer; not for ever.
async fn quiet(house: &House) {
    let (until, mut tick) = (Instant::now() + QUIET, interval(Duration::from_millis(500)));
    while Instant::now() < until {
        tick.tick().await;
        let open = [house.gateway.metric("rooms_live").await, house.gateway.metric("sessions_live").await];
        if open.iter().all(|open| open.is_none_or(|open| open < 0.5)) {
            break;
        }
    }
    tick.tick().await;
}

async fn tasks(house: &House) -> f64 {
    house.gateway.metric("tasks_live").await.unwrap_or(0.0)
}
