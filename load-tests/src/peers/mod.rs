//! The servers a clinic could pick instead, and the floor below all of them, each started here as a child on loopback with
//! settings of its own in a temporary folder. A driver is its dialect: how two people meet, and how each thing is said.

pub(crate) mod floor;
mod floor_server;
pub(crate) mod janus;
pub(crate) mod peerjs;
pub(crate) mod spreed;
mod talker;

pub(crate) use floor_server::{Options as FloorOptions, run as run_floor};

use tokio::process::Command;

/// The version of a Debian package, where it is installed.
async fn debian_version(package: &str) -> String {
    let asked = Command::new("dpkg-query").args(["-W", "-f", "${Version}", package]).output().await;
    asked.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned()).unwrap_or_default()
}
