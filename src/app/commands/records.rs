//! `housecall records check FOLDER`: what of a folder of FHIR bundles can be shown, and what is skipped and why.

use std::io;
use std::path::PathBuf;

use clap::Subcommand;

use crate::app::cli::Failure;
use crate::records::check;

#[derive(Subcommand)]
pub(crate) enum Records {
    /// List for each patient of a folder what can be shown, and what is skipped and why.
    Check {
        folder: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(command: Records) -> Result<(), Failure> {
    let Records::Check { folder, json } = command;
    let all_read = check::run(&folder, json, &mut io::stdout().lock())?;
    if all_read { Ok(()) } else { Err("nothing could be read of what is named above".into()) }
}
