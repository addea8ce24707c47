//! The checkpoint file and its key. The key stays in the data folder; the file belongs on another disk.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ring::rand::SystemRandom;
use ring::signature::Ed25519KeyPair;

use super::chain::Head;
use super::checkpoint::Checkpoint;
use super::store;
use crate::base::kept;
use crate::config::Config;
use crate::http::context::Context;
use crate::store::StoreError;

const KEY: &str = "audit-key.pk8";
const FILE: &str = "audit-checkpoints.jsonl";
/// At most this much of the audit can be rolled back unseen.
const EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error("{0} cannot be read or written")]
    File(PathBuf, #[source] io::Error),
    #[error("{0} does not hold the audit's key")]
    Key(PathBuf),
    #[error("line {1} of {0} is not a checkpoint that this house signed")]
    Line(PathBuf, usize),
    #[error("the audit's head could not be read")]
    Store(#[from] StoreError),
}

/// Signs where the chain stands.
pub struct Checkpoints {
    key: Ed25519KeyPair,
    file: PathBuf,
    newest: Head,
}

impl Checkpoints {
    /// Takes the key from the data folder; makes it at the very first start.
    pub fn open(config: &Config) -> Result<Self, CheckpointError> {
        let file = config.audit_checkpoints.clone().unwrap_or_else(|| config.data.join(FILE));
        let path = config.data.join(KEY);
        let pkcs8 = kept::made_once(&path, make_key).map_err(|error| CheckpointError::File(path.clone(), error))?;
        let key = Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|_| CheckpointError::Key(path))?;
        Ok(Self { key, file, newest: Head::default() })
    }

    /// Every checkpoint there is; one that was not signed here is an error. A line torn by a full disk counts as not there:
    /// whoever can tear a line could as well delete it.
    pub fn read(&self) -> Result<Vec<Checkpoint>, CheckpointError> {
        let text = match fs::read_to_string(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            text => text.map_err(|error| CheckpointError::File(self.file.clone(), error))?,
        };
        let whole =
            text.lines().enumerate().filter_map(|(index, line)| Some((index, serde_json::from_str::<Checkpoint>(line).ok()?)));
        let signed = |(index, checkpoint): (usize, Checkpoint)| match checkpoint.is_signed_by(&self.key) {
            true => Ok(checkpoint),
            false => Err(CheckpointError::Line(self.file.clone(), index + 1)),
        };
        whole.map(signed).collect()
    }

    /// Appends a checkpoint when there is something new since the last.
    pub async fn write(&mut self, context: &Context) -> Result<(), CheckpointError> {
        let head = store::head(context.store.reader()).await?;
        if head.seq == 0 || head == self.newest {
            return Ok(());
        }
        let checkpoint = Checkpoint::sign(head.clone(), context.clock.now(), &self.key);
        append(&self.file, &checkpoint).map_err(|error| CheckpointError::File(self.file.clone(), error))?;
        self.newest = head;
        Ok(())
    }

    /// Writes one a minute while the gateway runs, and a last one when it stops.
    pub async fn keep(mut self, context: Context) {
        let mut minute = tokio::time::interval(EVERY);
        loop {
            let closing = tokio::select! {
                _ = minute.tick() => false,
                () = context.closing.cancelled() => true,
            };
            if let Err(error) = self.write(&context).await {
                tracing::error!(%error, "no audit checkpoint could be written");
            }
            if closing {
                return;
            }
        }
    }
}

fn make_key() -> io::Result<Vec<u8>> {
    let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| io::Error::other("no randomness"))?;
    Ok(key.as_ref().to_vec())
}

fn append(path: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    let line = serde_json::to_string(checkpoint).map_err(io::Error::other)?;
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()
}
