//! `housecall records check FOLDER` and `housecall records read NUMBER`: what can be shown, and what is skipped and why.

use std::io;
use std::path::PathBuf;

use clap::Subcommand;

use crate::app::cli::Failure;
use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::config::{Config, ConfigError};
use crate::records::{RecordSource, check};

#[derive(Subcommand)]
pub(crate) enum Records {
    /// List for each patient of a folder what can be shown, and what is skipped and why.
    Check {
        folder: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the same for one patient, from the folder or server that the settings name.
    Read {
        /// The record number, as it is linked to the patient.
        number: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) async fn run(command: Records, config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    match command {
        Records::Check { folder, json } => {
            let all_read = check::run(&folder, json, &mut io::stdout().lock())?;
            if all_read { Ok(()) } else { Err("nothing could be read of what is named above".into()) }
        }
        Records::Read { number, json } => {
            let source = RecordSource::open(&config()?, &Clock::system(), &Dice::system())?;
            let facts = source.facts(&number).await?.ok_or("there is no record with this number")?;
            Ok(check::tell(&number, &facts, json, &mut io::stdout().lock())?)
        }
    }
}
