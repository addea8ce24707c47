//! `housecall serve`: the gateway, with everything embedded that the settings ask for.

use tokio::signal::unix::{SignalKind, signal};

use crate::app::cli::{Failure, say};
use crate::app::lifecycle::Gateway;
use crate::config::Config;

pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    let gateway = Gateway::start(config).await?;
    for line in gateway.greeting() {
        say(&line);
    }
    told_to_stop().await?;
    say("Stopping: open requests may end, at most 30 seconds.");
    gateway.stop().await;
    Ok(())
}

pub(super) async fn told_to_stop() -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
