//! Two nodes of one clinic, with a PostgreSQL and a Redis of their own. Of each visit the clinician is at the one and the patient at
//! the other, so whatever they say to each other passes between the nodes.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::end::meet;
use super::gateway::PUBLIC_URL;
use super::{By, Gateway, Session, Visit, clinic, ready};
use crate::Failure;
use crate::child::{self, NotInstalled, Server as Process, free_address, installed};
use crate::machine::Machine;
use crate::server::Server;

/// Says where the server is, and stops it when its standard input ends.
const POSTGRES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/postgres");
/// Where it looks for Debian's, by version.
const VERSIONS: &str = "/usr/lib/postgresql";

// Ended in this order: who uses a server before the server.
pub(crate) struct Nodes {
    first: Gateway,
    second: Gateway,
    visits: Vec<Visit>,
    _redis: Process,
    _postgres: Child,
    _folder: tempfile::TempDir,
}

impl Nodes {
    /// With so many visits ready.
    pub(crate) async fn open(machine: &Machine, visits: u32) -> Result<Self, Failure> {
        let (redis, folder) = (installed("redis-server")?, tempfile::tempdir()?);
        let key = folder.path().join("cluster.key");
        fs::write(&key, "of forty-three letters or more, as the gateway asks")?;
        let (postgres, database) = postgres().await?;
        let at = free_address();
        let redis = start_redis(machine, &redis, at, folder.path()).await?;
        let mut common = vec![
            ("HOUSECALL_DATABASE", database),
            ("HOUSECALL_BUS__REDIS", format!("redis://{at}")),
            ("HOUSECALL_BUS__KEY", key.display().to_string()),
            ("HOUSECALL_NODE__NAME", "a".to_owned()),
        ];
        let first = Gateway::start_with(machine, &common, &clinic::staff(visits)).await?;
        let place = first.place(By::Tls);
        common.extend([("HOUSECALL_NODE__NAME", "b".to_owned()), (PUBLIC_URL, place.origin.clone())]);
        let second = Gateway::start_with(machine, &common, &[]).await?;
        let visits = ready(&place, visits).await?;
        Ok(Self { first, second, visits, _redis: redis, _postgres: postgres, _folder: folder })
    }

    pub(crate) fn version(&self) -> String {
        self.first.version.clone()
    }
}

impl Server for Nodes {
    type End = Session;

    fn process(&self) -> u32 {
        self.first.process()
    }

    async fn meet(&self, lane: u32, _call: u32) -> Result<(Session, Session), Failure> {
        let visit = self.visits.get(usize::try_from(lane)?).ok_or("there are not so many visits")?;
        meet(visit, &self.first.place(By::Tls), &self.second.place(By::Tls)).await
    }
}

/// And the address of an empty database in it.
async fn postgres() -> Result<(Child, String), Failure> {
    if !fs::read_dir(VERSIONS).is_ok_and(|versions| versions.flatten().any(|version| version.path().join("bin").is_dir())) {
        return Err(NotInstalled("PostgreSQL".to_owned()).into());
    }
    let mut child = Command::new(POSTGRES).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let said = child.stdout.take().ok_or("it cannot be heard")?;
    let url = BufReader::new(said).lines().next_line().await?.ok_or("PostgreSQL did not start")?;
    Ok((child, format!("{url}/postgres")))
}

async fn start_redis(machine: &Machine, program: &Path, at: SocketAddr, folder: &Path) -> Result<Process, Failure> {
    let mut command = child::command(machine.server_core(), program);
    command
        .args(["--port", &at.port().to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .arg("--dir")
        .arg(folder);
    let mut redis = Process::start(command, folder)?;
    redis.listens(at).await?;
    Ok(redis)
}
