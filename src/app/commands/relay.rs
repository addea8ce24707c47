//! `housecall relay`: the relay as its own process, so that a gateway's upgrade does not cut relayed calls.

use crate::app::cli::{Failure, say};
use crate::app::commands::serve::told_to_stop;
use crate::app::{lifecycle, relay};
use crate::base::clock::Clock;
use crate::config::Config;
use crate::http::tls::Identity;

pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    lifecycle::prepare(&config.data)?;
    let clock = Clock::system();
    let identity = Identity::load(&config, &clock)?;
    let relay = relay::alone(&config, &identity, &clock).await?;
    say(&format!("The relay is ready on {} (UDP and TCP) and {} (TLS)", relay.address(), relay.tls_address()));
    told_to_stop().await?;
    relay.stop().await;
    Ok(())
}
