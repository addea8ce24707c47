//! `housecall audit verify`: walks the whole audit and says whether anybody changed it.

use clap::Subcommand;

use crate::app::cli::{Failure, say};
use crate::app::lifecycle;
use crate::audit::command;
use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Check every entry, the chain between them and the signed checkpoints. Ends with 1 if anything is wrong.
    Verify,
}

pub(crate) async fn run(config: Config, command: AuditCommand) -> Result<(), Failure> {
    let context = lifecycle::open(config).await?;
    let AuditCommand::Verify = command;
    let whole = command::verify(&context).await?;
    say(&format!("The audit is whole: {} entries, {} checkpoints.", whole.entries, whole.checkpoints));
    Ok(())
}
