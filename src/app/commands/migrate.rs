//! `housecall migrate`: brings the database up to date, as a start would. For those who upgrade it before the gateways.

use crate::app::cli::{Failure, say};
use crate::app::lifecycle;
use crate::config::Config;
use crate::store::{Place, upkeep};

pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    lifecycle::prepare(&config.data)?;
    let place = Place::of(&config);
    let pending = upkeep::pending(&place).await?;
    upkeep::migrate(&place).await?;
    for name in &pending {
        say(&format!("applied {name}"));
    }
    match pending.len() {
        0 => say(&format!("{place} was up to date.")),
        _ => say(&format!("{place} is up to date.")),
    }
    Ok(())
}
