//! Load scenarios against a gateway that each run starts for itself, on loopback, with an empty house.
//!
//! `cargo run -p load-tests -- join --visits 500`

mod gateway;
mod http;
mod join;
mod measure;
mod process;
mod report;
mod session;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What went wrong, for the person at the shell.
type Failure = Box<dyn Error + Send + Sync>;

/// Load scenarios against a Housecall gateway on this machine.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    scenario: Scenario,
}

#[derive(Subcommand)]
enum Scenario {
    /// Two people join each visit, exchange an offer, an answer and 40 candidates, and leave.
    Join(join::Options),
}

fn main() -> ExitCode {
    let Cli { scenario: Scenario::Join(options) } = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    match runtime.block_on(join::run(options)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            say(&format!("load-tests: {failure}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for the person at the shell.
#[expect(clippy::print_stdout, reason = "this is a program for the shell, and its table is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
