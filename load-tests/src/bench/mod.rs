//! `bench`: every scenario on the gateway and on the servers it is compared with, in one run, as one table.
//!
//! A server is started afresh for each scenario, so that none finds the memory that another left.

mod others;
mod sizes;

use std::sync::Arc;

use clap::Args;

use crate::child::NotInstalled;
use crate::house::{By, House};
use crate::machine::Machine;
use crate::peers::floor::{Floor, Tls};
use crate::report::{Report, Run, Subject};
use crate::scenarios::browsers::{self, Bench};
use crate::scenarios::{Measured, equipment, idle, join, nodes, overload, setup, soak, start, steady, storm};
use crate::{Failure, say};
use others::{calls_of, idle_of, peers, relay_of};
use sizes::{Size, Sizes};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    #[arg(long, value_enum, default_value = "usual")]
    size: Size,
}

impl Options {
    /// What its report is called.
    pub(crate) fn name(self) -> &'static str {
        if self.is_judged() { "bench" } else { "bench-smoke" }
    }

    /// With the others beside it, and held against the budgets.
    pub(crate) fn is_judged(self) -> bool {
        self.size != Size::Smoke
    }
}

pub(crate) async fn run(machine: Machine, options: Options) -> Result<Report, Failure> {
    let (sizes, mut report) = (options.size.sizes(), Report::new(machine.clone()));
    let mut house = Arc::new(House::open(&machine, sizes.visits()).await?);
    for by in [By::Plain, By::Tls] {
        beside_the_floor(&mut report, &sizes, &mut house, &machine, by).await?;
    }
    if options.is_judged() {
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
    to_its_end(&mut report, "start", sizes.start.words(), start::run(&machine, sizes.start).await);
    to_its_end(&mut report, "equipment", sizes.equipment.words(), equipment::run(&machine, sizes.equipment).await);
    to_its_end(&mut report, "nodes", sizes.steady.words(), nodes::run(&machine, sizes.steady).await);
    if options.is_judged() {
        in_browsers(&mut report).await;
        report.judge()?;
    }
    Ok(report)
}

/// One that does not come to its end fails the run, and what the others measured still stands. Where PostgreSQL, Redis or Chromium
/// are not installed the table says so, and the rest is judged.
fn to_its_end(report: &mut Report, scenario: &str, size: String, outcome: Result<(Measured, String), Failure>) {
    let (measured, version) = match outcome {
        Ok(measured) => measured,
        Err(failure) if failure.is::<NotInstalled>() => return missed(report, scenario, &failure),
        Err(failure) => (Measured::cut_short(&failure), String::new()),
    };
    report.add(Run::new(scenario, Subject::ours(By::Tls, version), size, measured));
}

async fn in_browsers(report: &mut Report) {
    for bench in Bench::ALL {
        let measured = browsers::run(bench).await.map(|measured| (measured, String::new()));
        to_its_end(report, bench.word(), bench.size().to_owned(), measured);
    }
}

/// Ours and the floor take turns, so that no quiet or busy moment of the machine is one's alone; the middle one of each counts.
async fn beside_the_floor(
    report: &mut Report,
    sizes: &Sizes,
    house: &mut Arc<House>,
    machine: &Machine,
    by: By,
) -> Result<(), Failure> {
    let tls = (by == By::Tls).then(|| Tls { identity: house.gateway.identity(), trust: house.gateway.place(by).way.trust });
    let floor = async || Ok((String::new(), Floor::start(machine, tls.clone()).await?));
    // First what is not measured in processor time: right after a thousand visits were booked the disk still writes.
    report.add(our_idle(sizes, house, by).await?);
    report.add(idle_of(sizes, "floor", by, &floor).await?);
    let mut rounds: [Vec<Run>; 4] = Default::default();
    for _ in 0..sizes.rounds {
        rounds[0].push(our_relay(sizes, house, by).await?);
        rounds[1].push(relay_of(sizes, "floor", by, &floor).await?);
        rounds[2].push(our_calls(sizes, house, by).await?);
        rounds[3].push(calls_of(sizes, "floor", by, &floor).await?);
    }
    rounds.into_iter().for_each(|runs| report.add(middle(runs)));
    Ok(())
}

/// By what it costs, which is its first figure; with what went wrong in any of them.
fn middle(mut runs: Vec<Run>) -> Run {
    let cost = |run: &Run| run.figures.first().map_or(f64::NAN, |figure| figure.value);
    runs.sort_by(|one, other| cost(one).total_cmp(&cost(other)));
    let mut kept = runs.swap_remove(runs.len() / 2);
    for (what, count) in runs.into_iter().flat_map(|run| run.failures) {
        *kept.failures.entry(what).or_default() += count;
    }
    kept
}

async fn our_idle(sizes: &Sizes, house: &mut Arc<House>, by: By) -> Result<Run, Failure> {
    afresh(house, by).await?;
    let measured = idle::run(Arc::clone(house), house.gateway.process(), sizes.idle).await?;
    Ok(Run::new("idle", subject(house), sizes.idle.words(), measured))
}

async fn our_relay(sizes: &Sizes, house: &mut Arc<House>, by: By) -> Result<Run, Failure> {
    afresh(house, by).await?;
    let measured = steady::run(Arc::clone(house), house.gateway.process(), sizes.relay).await?;
    Ok(Run::new("relay", subject(house), sizes.relay.words(), measured))
}

async fn our_calls(sizes: &Sizes, house: &mut Arc<House>, by: By) -> Result<Run, Failure> {
    afresh(house, by).await?;
    let measured = setup::run(Arc::clone(house), house.gateway.process(), sizes.setup).await?;
    Ok(Run::new("setup", subject(house), sizes.setup.words(), measured))
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
    Subject::ours(house.by, house.gateway.version.clone())
}

fn missed(report: &mut Report, name: &str, failure: &Failure) {
    say(&format!("{name}: {failure}"));
    report.absent.push((name.to_owned(), failure.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Figure;
    use crate::scenarios::Failures;

    fn round(cost: f64, failures: &[(&str, usize)]) -> Run {
        let failures: Failures = failures.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect();
        let measured = Measured { failures, figures: vec![Figure::new("cpu", cost, "µs")], ..Measured::default() };
        Run::new("relay", Subject::ours(By::Plain, String::new()), String::new(), measured)
    }

    #[test]
    fn only_what_is_not_installed_is_left_out() {
        let mut report = Report::new(Machine::look());
        to_its_end(&mut report, "nodes", String::new(), Err(NotInstalled("PostgreSQL".to_owned()).into()));
        assert_eq!(report.absent, [("nodes".to_owned(), "not installed: PostgreSQL".to_owned())]);
        assert!(report.runs.is_empty() && report.is_well());
        to_its_end(&mut report, "nodes", String::new(), Err("the gateway does not start".into()));
        assert_eq!(report.runs[0].failures, Failures::from([("the gateway does not start".to_owned(), 1)]));
        assert!(report.absent.len() == 1 && !report.is_well());
    }

    #[test]
    fn the_middle_round_counts_and_what_failed_in_any() {
        let rounds = vec![round(3.0, &[("lost", 2)]), round(1.0, &[("lost", 1), ("silent", 4)]), round(2.0, &[])];
        let kept = middle(rounds);
        assert_eq!(kept.figure("cpu"), Some(2.0));
        assert_eq!(kept.failures, Failures::from([("lost".to_owned(), 3), ("silent".to_owned(), 4)]));
    }
}
