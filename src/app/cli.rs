//! The command line: settings are read once, then one command runs. Each command is a file in `commands`.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::commands::{audit, check, coturn, facility, migrate, openapi, records, relay, serve, staff};
use super::logging;
use crate::config::Config;
use crate::records::images::worker;

/// A telehealth video visit gateway that a clinic runs itself.
#[derive(Parser)]
#[command(name = "housecall", version, about)]
struct Cli {
    /// A TOML file with settings. `HOUSECALL_…` variables go before it, as in HOUSECALL_RELAY__PUBLIC_IP.
    #[arg(long, global = true, env = "HOUSECALL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the gateway until SIGTERM or Ctrl-C.
    Serve,
    /// Add a facility: a clinic with its time zone and phone number.
    #[command(subcommand)]
    Facility(facility::FacilityCommand),
    /// Add and close the accounts of staff.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Look after the record source.
    #[command(subcommand)]
    Records(records::Records),
    /// Run the relay alone, for a gateway with `relay.embedded` off, until SIGTERM or Ctrl-C.
    Relay,
    /// Render and check a configuration for coturn in place of the embedded relay.
    #[command(subcommand)]
    Coturn(coturn::CoturnCommand),
    /// Bring the database up to date, and say what was done. A start of the gateway does the same.
    Migrate,
    /// Check settings, database, audit, folders, certificate and relay: a line each. Ends with 1 if anything is wrong.
    Check,
    /// Print the HTTP API as an OpenAPI document.
    Openapi,
    /// Turn a file into pictures, from input to output: the gateway begins this for each document it shows.
    #[command(hide = true)]
    Develop,
    /// The record of who did what.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
}

/// What a command that failed says, with everything that caused it.
pub(super) type Failure = Box<dyn Error + Send + Sync>;

pub fn run() -> ExitCode {
    let cli = Cli::parse();
    logging::start();
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(failure.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    let config = || Config::read(cli.config.as_deref());
    match cli.command {
        Command::Serve => on_all_cores(serve::run(config()?)),
        Command::Facility(facility) => on_all_cores(facility::run(config()?, facility)),
        Command::Staff(staff) => on_all_cores(staff::run(config()?, staff)),
        Command::Records(command) => on_all_cores(records::run(command, config)),
        Command::Relay => on_all_cores(relay::run(config()?)),
        Command::Coturn(command) => coturn::run(&config()?, command),
        Command::Migrate => on_all_cores(migrate::run(config()?)),
        Command::Check => on_all_cores(check::run(config()?)),
        Command::Openapi => openapi::run(),
        Command::Develop => Ok(worker::work(io::stdin().lock(), io::stdout().lock())?),
        Command::Audit(command) => on_all_cores(audit::run(config()?, command)),
    }
}

fn on_all_cores<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// One line for the person at the shell.
pub(super) fn say(line: &str) {
    // Whoever closed our output does not want to hear more.
    let _ = writeln!(io::stdout(), "{line}");
}

fn complain(failure: &dyn Error) {
    let mut sentence = failure.to_string();
    let mut next = failure.source();
    while let Some(cause) = next {
        sentence = format!("{sentence}: {cause}");
        next = cause.source();
    }
    let _ = writeln!(io::stderr(), "housecall: {sentence}");
}
