//! `housecall staff …`: accounts, from the operator's shell. Works beside a running gateway.

use clap::Subcommand;

use crate::app::cli::{Failure, say};
use crate::app::lifecycle;
use crate::config::Config;
use crate::identity::command::{self, read_password};
use crate::identity::staff::NewStaff;

#[derive(Subcommand)]
pub(crate) enum Staff {
    /// Add an account. Asks for the password, or reads it from standard input.
    Add {
        /// What the person types to sign in.
        #[arg(long)]
        login: String,
        /// Shown to patients, as in "Dr. Lee".
        #[arg(long)]
        name: String,
        /// clinician, support or admin.
        #[arg(long)]
        role: String,
        /// The facility's short name.
        #[arg(long)]
        facility: String,
    },
    /// Have a technician help the patients of another facility too.
    Serve(Serving),
    /// Take that back.
    StopServing(Serving),
    /// Close an account at once and end its sessions.
    Disable {
        #[arg(long)]
        login: String,
    },
}

#[derive(clap::Args)]
pub(crate) struct Serving {
    /// The technician's.
    #[arg(long)]
    login: String,
    /// The other facility's short name.
    #[arg(long)]
    facility: String,
}

pub(crate) async fn run(config: Config, staff: Staff) -> Result<(), Failure> {
    let context = lifecycle::open(config).await?;
    match staff {
        Staff::Add { login, name, role, facility } => {
            let new = NewStaff::parse(&login, &name, &role, read_password()?)?;
            command::add(&context, &facility, new).await?;
            say(&format!("{login} can sign in now."));
        }
        Staff::Serve(Serving { login, facility }) => {
            command::serve(&context, &login, &facility).await?;
            say(&format!("{login} serves {facility} too."));
        }
        Staff::StopServing(Serving { login, facility }) => {
            command::stop_serving(&context, &login, &facility).await?;
            say(&format!("{login} serves {facility} no more."));
        }
        Staff::Disable { login } => {
            command::disable(&context, &login).await?;
            say(&format!("{login} is signed out and cannot sign in any more."));
        }
    }
    Ok(())
}
