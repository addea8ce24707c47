//! `bench`: every scenario on the gateway and on the servers it is compared with, in one run, as one table.
//!
//! A server is started afresh for each scenario, so that none finds the memory that another left.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::arrivals::Curve;
use crate::house::{By, House};
use crate::machine::Machine;
use crate::peers::floor::{Floor, Tls};
use crate::peers::janus::Janus;
use crate::peers::peerjs::PeerJs;
use crate::peers::spreed::Spreed;
use crate::report::{Report, Run, Subject};
use crate::scenarios::{Measured, equipment, idle, join, overload, setup, shown, soak, steady, storm};
use crate::server::Server;
use crate::{Failure, say};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    #[arg(long, value_enum, default_value = "usual")]
    size: Size,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Size {
    /// Whether everything of ours runs, in seconds: nothing is judged.
    Smoke,
    /// Some minutes.
    Usual,
    /// With 5,000 live visits for the growth: more minutes.
    Full,
}

impl Options {
    /// What its report is called.
    pub(crate) fn name(self) -> &'static str {
        if self.size == Size::Smoke { "bench-smoke" } else { "bench" }
    }
}

/// How much of each.
struct Sizes {
    relay: steady::Options,
    setup: setup::Options,
    idle: idle::Options,
    steady: steady::Options,
    few: steady::Options,
    many: steady::Options,
    storm: u32,
    soak: soak::Options,
    join: join::Options,
    overload: overload::Options,
    equipment: equipment::Options,
}

impl Size {
    fn sizes(self) -> Sizes {
        let steady = |visits, rate, seconds| steady::Options { visits, rate, seconds };
        let setup = |calls, a_second, lanes| setup::Options { calls, a_second, curve: Curve::Constant, lanes };
        match self {
            Self::Smoke => Sizes {
                relay: steady(3, 5.0, 1),
                setup: setup(4, 8.0, 2),
                idle: idle::Options { connections: 6, seconds: 1 },
                steady: steady(4, 2.0, 1),
                few: steady(1, 2.0, 1),
                many: steady(4, 2.0, 1),
                storm: 6,
                soak: soak::Options { calls: 4, a_second: 8.0, lanes: 2 },
                join: join::Options { visits: 3, a_second: 6.0, curve: Curve::Spike },
                overload: overload::Options { visits: 24 },
                equipment: equipment::Options { sessions: 2, seconds: 1 },
            },
            Self::Usual | Self::Full => Sizes {
                relay: steady(100, 10.0, 8),
                setup: setup(400, 50.0, 400),
                idle: idle::Options { connections: 2_000, seconds: 5 },
                steady: steady(1_000, 1.0, 10),
                few: steady(100, 1.0, 20),
                many: steady(if self == Self::Full { 5_000 } else { 1_000 }, 1.0, 10),
                storm: 2_000,
                soak: soak::Options { calls: 1_000, a_second: 60.0, lanes: 40 },
                join: join::Options { visits: 200, a_second: 30.0, curve: Curve::Ramp },
                overload: overload::Options { visits: 2_400 },
                equipment: equipment::Options { sessions: 60, seconds: 10 },
            },
        }
    }
}

impl Sizes {
    fn visits(&self) -> u32 {
        let most = [
            self.relay.visits,
            self.setup.lanes,
            self.idle.connections / 2,
            self.steady.visits,
            self.many.visits,
            self.storm / 2,
        ];
        most.into_iter().max().unwrap_or(1)
    }
}

pub(crate) async fn run(machine: Machine, options: Options) -> Result<Report, Failure> {
    let (sizes, mut report) = (options.size.sizes(), Report::new(machine.clone()));
    let mut house = Arc::new(House::open(&machine, sizes.visits()).await?);
    for by in [By::Plain, By::Tls] {
        ours(&mut report, &sizes, &mut house, by).await?;
    }
    floor(&mut report, &sizes, &machine, None).await?;
    let place = house.gateway.place(By::Tls);
    floor(&mut report, &sizes, &machine, Some(Tls { identity: house.gateway.identity(), trust: place.way.trust })).await?;
    if options.size != Size::Smoke {
        peers(&mut report, &sizes, &machine).await;
    }
    alone(&mut report, &sizes, &mut house).await?;
    let size = format!("{} visits, {}", sizes.join.visits, sizes.join.curve.word());
    to_its_end(&mut report, "join", size, join::run(&machine, sizes.join).await);
    to_its_end(
        &mut report,
        "overload",
        format!("{} visits", sizes.overload.visits),
        overload::run(&machine, sizes.overload).await,
    );
    to_its_end(&mut report, "equipment", sizes.equipment.words(), equipment::run(&machine, sizes.equipment).await);
    if options.size != Size::Smoke {
        in_browsers(&mut report).await;
        report.judge()?;
    }
    Ok(report)
}

/// One that does not come to its end fails the run, and what the others measured still stands.
fn to_its_end(report: &mut Report, scenario: &str, size: String, outcome: Result<(Measured, String), Failure>) {
    let (measured, version) = outcome.unwrap_or_else(|failure| (Measured::cut_short(&failure), String::new()));
    let subject = Subject { server: "housecall".into(), way: By::Tls.word().into(), version };
    report.add(Run::new(scenario, subject, size, measured));
}

/// Where there is no Chromium, or its pages are not installed, the table says so and judges the rest.
async fn in_browsers(report: &mut Report) {
    match shown::run().await {
        Ok(measured) => {
            let subject = Subject { server: "housecall".into(), way: By::Tls.word().into(), version: String::new() };
            report.add(Run::new("shown", subject, "3 items each, Chromium".to_owned(), measured));
        }
        Err(failure) => missed(report, "shown", &failure),
    }
}

/// What the others are measured by too.
async fn ours(report: &mut Report, sizes: &Sizes, house: &mut Arc<House>, by: By) -> Result<(), Failure> {
    // First what is not measured in processor time: right after a thousand visits were booked the disk still writes.
    afresh(house, by).await?;
    let measured = idle::run(Arc::clone(house), house.gateway.process(), sizes.idle).await?;
    report.add(Run::new("idle", subject(house), sizes.idle.words(), measured));
    afresh(house, by).await?;
    let measured = steady::run(Arc::clone(house), house.gateway.process(), sizes.relay).await?;
    report.add(Run::new("relay", subject(house), sizes.relay.words(), measured));
    afresh(house, by).await?;
    let measured = setup::run(Arc::clone(house), house.gateway.process(), sizes.setup).await?;
    report.add(Run::new("setup", subject(house), sizes.setup.words(), measured));
    Ok(())
}

/// What only the gateway is measured by.
async fn alone(report: &mut Report, sizes: &Sizes, house: &mut Arc<House>) -> Result<(), Failure> {
    for (scenario, options) in [("steady", sizes.steady), ("few", sizes.few), ("many", sizes.many)] {
        afresh(house, By::Tls).await?;
        let measured = steady::run(Arc::clone(house), house.gateway.process(), options).await?;
        report.add(Run::new(scenario, subject(house), options.words(), measured));
    }
    for cut in [storm::Cut::Network, storm::Cut::Gateway] {
        afresh(house, By::Tls).await?;
        let measured = storm::run(house, storm::Options { connections: sizes.storm, cut }).await?;
        report.add(Run::new(cut.scenario(), subject(house), format!("{} connections", sizes.storm), measured));
    }
    afresh(house, By::Tls).await?;
    let measured = soak::run(house, sizes.soak).await?;
    report.add(Run::new("soak", subject(house), format!("{} calls", sizes.soak.calls), measured));
    Ok(())
}

async fn afresh(house: &mut Arc<House>, by: By) -> Result<(), Failure> {
    Arc::get_mut(house).ok_or("somebody still uses the house")?.again(by).await
}

fn subject(house: &House) -> Subject {
    Subject { server: "housecall".into(), way: house.by.word().into(), version: house.gateway.version.clone() }
}

async fn floor(report: &mut Report, sizes: &Sizes, machine: &Machine, tls: Option<Tls>) -> Result<(), Failure> {
    let way = if tls.is_some() { By::Tls } else { By::Plain };
    let start = async || Ok((String::new(), Floor::start(machine, tls.clone()).await?));
    three(report, sizes, "floor", way, start).await
}

/// From Debian and npm.
async fn peers(report: &mut Report, sizes: &Sizes, machine: &Machine) {
    peer(report, sizes, "peerjs", async || PeerJs::start(machine).await.map(|peer| (peer.version.clone(), peer))).await;
    peer(report, sizes, "spreed", async || Spreed::start(machine).await.map(|peer| (peer.version.clone(), peer))).await;
    janus(report, sizes, machine).await;
}

/// A peer that cannot be measured stands in the table with the reason.
async fn peer<S: Server>(report: &mut Report, sizes: &Sizes, name: &str, start: impl AsyncFn() -> Result<(String, S), Failure>) {
    if let Err(failure) = three(report, sizes, name, By::Plain, start).await {
        missed(report, name, &failure);
    }
}

async fn three<S: Server>(
    report: &mut Report,
    sizes: &Sizes,
    name: &str,
    way: By,
    start: impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<(), Failure> {
    let (subject, server) = started(name, way, &start).await?;
    let measured = steady::run(Arc::clone(&server), server.process(), sizes.relay).await?;
    report.add(Run::new("relay", subject, sizes.relay.words(), measured));
    drop(server);
    calls_and_idle(report, sizes, name, way, start).await
}

async fn calls_and_idle<S: Server>(
    report: &mut Report,
    sizes: &Sizes,
    name: &str,
    way: By,
    start: impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<(), Failure> {
    let (subject, server) = started(name, way, &start).await?;
    let measured = setup::run(Arc::clone(&server), server.process(), sizes.setup).await?;
    report.add(Run::new("setup", subject, sizes.setup.words(), measured));
    drop(server);
    let (subject, server) = started(name, way, &start).await?;
    let measured: Measured = idle::run(Arc::clone(&server), server.process(), sizes.idle).await?;
    report.add(Run::new("idle", subject, sizes.idle.words(), measured));
    Ok(())
}

/// It passes no messages on, so there is no relay to measure.
async fn janus(report: &mut Report, sizes: &Sizes, machine: &Machine) {
    let start = async || Janus::start(machine).await.map(|peer| (peer.version.clone(), peer));
    if let Err(failure) = calls_and_idle(report, sizes, "janus", By::Plain, start).await {
        missed(report, "janus", &failure);
    }
}

async fn started<S: Server>(
    name: &str,
    way: By,
    start: &impl AsyncFn() -> Result<(String, S), Failure>,
) -> Result<(Subject, Arc<S>), Failure> {
    let (version, server) = start().await?;
    Ok((Subject { server: name.to_owned(), way: way.word().to_owned(), version }, Arc::new(server)))
}

fn missed(report: &mut Report, name: &str, failure: &Failure) {
    say(&format!("{name}: {failure}"));
    report.absent.push((name.to_owned(), failure.to_string()));
}
