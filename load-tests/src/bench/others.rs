//! Somebody else's server under the scenarios that ours is compared by: the floor, and what a clinic could pick instead.

use std::sync::Arc;

use super::missed;
use super::sizes::Sizes;
use crate::Failure;
use crate::house::By;
use crate::machine::Machine;
use crate::peers::janus::Janus;
use crate::peers::peerjs::PeerJs;
use crate::peers::spreed::Spreed;
use crate::report::{Report, Run, Subject};
use crate::scenarios::{idle, setup, steady};
use crate::server::Server;

/// From Debian and npm.
pub(super) async fn peers(report: &mut Report, sizes: &Sizes, machine: &Machine) {
    peer(report, sizes, "peerjs", async || PeerJs::start(machine).await.map(|peer| (peer.version.clone(), peer))).await;
    peer(report, sizes, "spreed", async || Spreed::start(machine).await.map(|peer| (peer.version.clone(), peer))).await;
    janus(report, sizes, machine).await;
}

/// A peer that cannot be measured stands in the table with the reason.
async fn peer<S: Server>(report: &mut Report, sizes: &Sizes, name: &str, start: impl AsyncFn() -> Result<(String, S), Failure>) {
    match relay_of(sizes, name, By::Plain, &start).await {
        Ok(run) => report.add(run),
        Err(failure) => return missed(report, name, &failure),
    }
    calls_and_idle(report, sizes, name, start).await;
}

/// It passes no messages on, so there is no relay to measure.
async fn janus(report: &mut Report, sizes: &Sizes, machine: &Machine) {
    let start = async || Janus::start(machine).await.map(|peer| (peer.version.clone(), peer));
    calls_and_idle(report, sizes, "janus", start).await;
}

async fn calls_and_idle<S: Server>(
    report: &mut Report,
    sizes: &Sizes,
    name: &str,
    start: impl AsyncFn() -> Result<(String, S), Failure>,
) {
    for run in [calls_of(sizes, name, By::Plain, &start).await, idle_of(sizes, name, By::Plain, &start).await] {
        match run {
            Ok(run) => report.add(run),
            Err(failure) => missed(report, name, &failure),
        }
    }
}

pub(super) async fn relay_of<S: Server>(
    sizes: &Sizes,
    name: &str,
    way: By,
    start: &impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<Run, Failure> {
    let (subject, server) = started(name, way, start).await?;
    let measured = steady::run(Arc::clone(&server), server.process(), sizes.relay).await?;
    Ok(Run::new("relay", subject, sizes.relay.words(), measured))
}

pub(super) async fn calls_of<S: Server>(
    sizes: &Sizes,
    name: &str,
    way: By,
    start: &impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<Run, Failure> {
    let (subject, server) = started(name, way, start).await?;
    let measured = setup::run(Arc::clone(&server), server.process(), sizes.setup).await?;
    Ok(Run::new("setup", subject, sizes.setup.words(), measured))
}

pub(super) async fn idle_of<S: Server>(
    sizes: &Sizes,
    name: &str,
    way: By,
    start: &impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<Run, Failure> {
    let (subject, server) = started(name, way, start).await?;
    let measured = idle::run(Arc::clone(&server), server.process(), sizes.idle).await?;
    Ok(Run::new("idle", subject, sizes.idle.words(), measured))
}

async fn started<S: Server>(
    name: &str,
    way: By,
    start: &impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<(Subject, Arc<S>), Failure> {
    let (version, server) = start().await?;
    Ok((Subject { server: name.to_owned(), way: way.word().to_owned(), version }, Arc::new(server)))
}
