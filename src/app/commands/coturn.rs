//! `housecall coturn`: configuration for those who run coturn in place of the embedded relay, and a check of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::Subcommand;
use turn_config::coturn::{self, Coturn};

use crate::app::cli::{Failure, say};
use crate::app::{lifecycle, relay};
use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum CoturnCommand {
    /// Print a turnserver.conf with this gateway's secret, addresses and ports. Needs `tls` in the settings.
    Render,
    /// Check a turnserver.conf, and whether the coturn installed here is new enough.
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The program to ask for its version.
        #[arg(long, default_value = "turnserver")]
        turnserver: PathBuf,
    },
}

pub(crate) fn run(config: &Config, command: CoturnCommand) -> Result<(), Failure> {
    match command {
        CoturnCommand::Render => render(config),
        CoturnCommand::Check { file, turnserver } => check(&file, &turnserver),
    }
}

fn render(config: &Config) -> Result<(), Failure> {
    let files = config.tls.as_ref().ok_or("coturn needs a certificate: set tls.certificate and tls.key")?;
    lifecycle::prepare(&config.data)?;
    let listen = config.relay.listen.ip();
    let coturn = Coturn {
        secret: relay::secret(&config.data)?,
        public_ip: relay::public_ip(&config.relay),
        listening_ip: (!listen.is_unspecified()).then_some(listen),
        port: config.relay.listen.port(),
        tls_port: config.relay.tls_listen.port(),
        ports: config.relay.ports.0..=config.relay.ports.1,
        certificate: files.certificate.clone(),
        key: files.key.clone(),
    };
    say(coturn.render().trim_end());
    Ok(())
}

fn check(file: &PathBuf, turnserver: &PathBuf) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let asked = Command::new(turnserver).arg("--version").output();
    let asked = asked.map_err(|error| format!("cannot run {}: {error}", turnserver.display()))?;
    let faults = coturn::check(&text, &String::from_utf8_lossy(&asked.stdout));
    for fault in &faults {
        say(&fault.to_string());
    }
    if faults.is_empty() { Ok(()) } else { Err("this coturn must not be used".into()) }
}
