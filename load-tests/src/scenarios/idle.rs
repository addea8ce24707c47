//! `idle`: what the server keeps in memory for a connection that has joined and says nothing but its heartbeat.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Failures, Measured, all_leave, come_together, gather, stay};
use crate::Failure;
use crate::process::{Sampler, look};
use crate::report::Figure;
use crate::server::Server;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Connections; two in each visit.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub(crate) connections: u32,
    /// How long they stay.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) seconds: u32,
}

impl Options {
    pub(crate) fn words(&self) -> String {
        format!("{} connections", self.connections)
    }
}

/// Pairs that come and go before memory is read for the first time: pools and caches are no connection's.
const WARM_UP: u32 = 32;

pub(crate) async fn run<S: Server>(server: Arc<S>, process: u32, options: Options) -> Result<Measured, Failure> {
    let (mut failures, visits, began) = (Failures::new(), options.connections / 2, Instant::now());
    let first = gather(come_together(&server, WARM_UP.min(visits), 0).await, &mut failures);
    gather(all_leave(first.into_iter().flat_map(|(one, other)| [one, other])).await, &mut failures);
    let before = look(process)?;
    let sampler = Sampler::start(process);
    let pairs = gather(come_together(&server, visits, WARM_UP).await, &mut failures);
    let connections = f64::from(u32::try_from(pairs.len())? * 2);
    let over = watch::Sender::new(false);
    let mut running = JoinSet::new();
    for end in pairs.into_iter().flat_map(|(one, other)| [one, other]) {
        running.spawn(stay(end, over.subscribe()));
    }
    sleep_until(Instant::now() + Duration::from_secs(options.seconds.into())).await;
    let after = look(process)?;
    over.send_replace(true);
    let ends = gather(running.join_all().await, &mut failures);
    let samples = sampler.stop().await;
    gather(all_leave(ends).await, &mut failures);
    let grown = after.memory_kib - before.memory_kib;
    let figures = vec![
        Figure::new("memory_kib_a_connection", grown / connections.max(1.0), "KiB"),
        Figure::new("memory_mib_before", before.memory_kib / 1024.0, "MiB"),
        Figure::new("memory_mib_with_them", after.memory_kib / 1024.0, "MiB"),
        Figure::new("connections", connections, ""),
    ];
    Ok(Measured { took_s: began.elapsed().as_secs_f64(), failures, samples, figures, ..Measured::default() })
}
