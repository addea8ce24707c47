//! Load scenarios against a gateway that each run starts for itself, on loopback, with an empty house; and the same against the
//! servers a clinic could pick instead.
//!
//! `cargo build --release -p housecall -p load-tests && target/release/load-tests bench`

mod arrivals;
mod backoff;
mod bench;
mod child;
mod house;
mod machine;
mod measure;
mod peers;
mod process;
mod report;
mod scenarios;
mod server;
mod wire;

use std::error::Error;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use house::{By, House};
use machine::Machine;
use report::{Report, Run, Subject};
use scenarios::{Measured, browsers, equipment, idle, join, nodes, overload, setup, soak, start, steady, storm};

/// What went wrong, for the person at the shell.
type Failure = Box<dyn Error + Send + Sync>;

/// Load scenarios against a Housecall gateway on this machine.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The whole of a visit, from the tap on the link to its end.
    Join(join::Options),
    /// A call's whole signaling: two join, an offer and an answer, 40 candidates, both leave.
    Setup(Way<setup::Options>),
    /// Live visits in which everybody says something at fixed moments.
    Steady(Way<steady::Options>),
    /// The same between two nodes.
    Nodes(steady::Options),
    /// Memory of a connection that has joined.
    Idle(Way<idle::Options>),
    /// Three times as many people join as the gateway can take.
    Overload(overload::Options),
    /// From the start of the program until it is ready, with years of visits in its store.
    Start(start::Options),
    /// Everybody is cut off at once and comes back.
    ReconnectStorm(storm::Options),
    /// People come and leave; then everything is as before.
    Soak(soak::Options),
    /// Equipment tests at once, with real WebRTC clients against the media agent.
    Equipment(equipment::Options),
    /// What only a browser can measure, in Chromium.
    Browser { bench: browsers::Bench },
    /// All of it, on the gateway and on others, as one table; ends with 1 past a budget.
    Bench(bench::Options),
    /// Two reports beside each other.
    Compare { before: PathBuf, after: PathBuf },
    /// The floor itself; `bench` starts it.
    #[command(hide = true)]
    Floor(peers::FloorOptions),
}

#[derive(Args)]
struct Way<O: Args> {
    #[command(flatten)]
    options: O,
    /// Through the listener for proxies, without TLS.
    #[arg(long)]
    plain: bool,
}

impl<O: Args> Way<O> {
    fn by(&self) -> By {
        if self.plain { By::Plain } else { By::Tls }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Ten thousand people are as many descriptors.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    match runtime.block_on(run(cli.command)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            say(&format!("load-tests: {failure}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything went well.
async fn run(command: Command) -> Result<bool, Failure> {
    match command {
        Command::Compare { before, after } => return report::compare(&before, &after).map(|()| true),
        Command::Floor(options) => return peers::run_floor(options).await.map(|()| true),
        _ => {}
    }
    let machine = match command {
        Command::Bench(options) if options.is_judged() => Machine::look_when_calm().await,
        _ => Machine::look(),
    };
    machine.keep_to_other_cores();
    if let Command::Bench(options) = command {
        let report = bench::run(machine, options).await?;
        report.print();
        report.write(options.name())?;
        if options.is_judged() {
            report.keep()?;
        }
        return Ok(report.is_well());
    }
    let mut report = Report::new(machine.clone());
    let run = one(&machine, command).await?;
    let name = run.scenario.clone();
    report.add(run);
    report.judge()?;
    report.print_verdicts();
    report.write(&name)?;
    Ok(report.is_well())
}

/// One scenario on a gateway of its own.
async fn one(machine: &Machine, command: Command) -> Result<Run, Failure> {
    let (scenario, size, by, (measured, version)) = match command {
        Command::Join(options) => ("join", format!("{} visits", options.visits), By::Tls, join::run(machine, options).await?),
        Command::Overload(options) => {
            ("overload", format!("{} visits", options.visits), By::Tls, overload::run(machine, options).await?)
        }
        Command::Nodes(options) => ("nodes", options.words(), By::Tls, nodes::run(machine, options).await?),
        Command::Start(options) => ("start", options.words(), By::Tls, start::run(machine, options).await?),
        Command::Setup(way) => {
            let house = house(machine, way.options.lanes, way.by()).await?;
            let measured = setup::run(Arc::clone(&house), house.gateway.process(), way.options).await?;
            ("setup", way.options.words(), way.by(), ended(&house, measured))
        }
        Command::Steady(way) => {
            let house = house(machine, way.options.visits, way.by()).await?;
            let measured = steady::run(Arc::clone(&house), house.gateway.process(), way.options).await?;
            ("steady", way.options.words(), way.by(), ended(&house, measured))
        }
        Command::Idle(way) => {
            let house = house(machine, way.options.connections / 2, way.by()).await?;
            let measured = idle::run(Arc::clone(&house), house.gateway.process(), way.options).await?;
            ("idle", way.options.words(), way.by(), ended(&house, measured))
        }
        Command::ReconnectStorm(options) => {
            let mut house = house(machine, options.connections / 2, By::Tls).await?;
            let measured = storm::run(&mut house, options).await?;
            (options.cut.scenario(), format!("{} connections", options.connections), By::Tls, ended(&house, measured))
        }
        Command::Soak(options) => {
            let house = house(machine, options.lanes, By::Tls).await?;
            let measured = soak::run(&house, options).await?;
            ("soak", format!("{} calls", options.calls), By::Tls, ended(&house, measured))
        }
        Command::Equipment(options) => ("equipment", options.words(), By::Tls, equipment::run(machine, options).await?),
        Command::Browser { bench } => {
            (bench.word(), bench.size().to_owned(), By::Tls, (browsers::run(bench).await?, String::new()))
        }
        Command::Bench(_) | Command::Compare { .. } | Command::Floor(_) => return Err("this is no scenario".into()),
    };
    Ok(Run::new(scenario, Subject::ours(by, version), size, measured))
}

/// Started again once the visits are ready: preparing them is not to be measured.
async fn house(machine: &Machine, visits: u32, by: By) -> Result<Arc<House>, Failure> {
    let mut house = House::open(machine, visits).await?;
    house.again(by).await?;
    Ok(Arc::new(house))
}

fn ended(house: &House, measured: Measured) -> (Measured, String) {
    (measured, house.gateway.version.clone())
}

fn bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:>10} {bar:40.cyan/dim} {pos}/{len}  {per_sec}  {eta} left");
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or(0)).with_prefix(what);
    bar.set_style(style.expect("the template is right"));
    bar
}

/// From 0 to 1. Hash keys are the only chance that std has; jitter needs no better.
fn chance() -> f64 {
    RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
}

/// One line for the person at the shell.
#[expect(clippy::print_stdout, reason = "this is a program for the shell, and its table is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
