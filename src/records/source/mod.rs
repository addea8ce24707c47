//! Where records come from: a folder of FHIR bundles, or a FHIR server. Reading has a time limit, so that a slow disk or server
//! costs the clinician the record and nobody the visit.

pub mod folder;
pub mod server;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use data_encoding::BASE64;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use self::folder::Folder;
use self::server::{Fetched, Limits, Server, UnfitSettings};
use super::facts::Facts;
use super::fhir::attachment::{Attachment, Data};
use super::images::{LARGEST_FILE, Trouble};
use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::config::{Config, RecordsAt};

/// For a whole record. A server is asked many questions, and may have to be waited for.
const FOLDER_LIMIT: Duration = Duration::from_secs(8);
const SERVER_LIMIT: Duration = Duration::from_secs(20);
/// Records read from a server at one time.
const READERS: usize = 8;

#[derive(Clone)]
pub struct RecordSource(Option<Arc<Source>>);

struct Source {
    at: Place,
    /// A folder has one reader at a time: one that hangs holds one thread and not all of them.
    turn: Arc<Semaphore>,
    limit: Duration,
}

enum Place {
    Folder(Arc<Mutex<Folder>>),
    Server(Box<Server>),
}

/// Why there is no record to show although the patient has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    #[error("no record source is set up")]
    NotSetUp,
    #[error("the record source does not answer in time")]
    TooSlow,
    #[error("the record source has no time for us")]
    Busy,
    #[error("the record source does not let us in")]
    Refused,
    #[error("the record source cannot be read")]
    Unreadable,
    #[error("the record is larger than what is read of one patient")]
    TooLarge,
    #[error("two patients of the record source carry one id")]
    TwoPeople,
}

impl RecordSource {
    pub fn none() -> Self {
        Self(None)
    }

    /// The source that the settings name.
    pub fn open(config: &Config, clock: &Clock, dice: &Dice) -> Result<Self, UnfitSettings> {
        Ok(match config.records.clone() {
            None => Self::none(),
            Some(RecordsAt::Folder(path)) => Self::folder(path),
            Some(RecordsAt::Server(base)) => {
                Self::server(Server::open(base, &config.fhir, Limits::default(), clock.clone(), dice.clone())?)
            }
        })
    }

    pub fn folder(path: PathBuf) -> Self {
        Self::folder_with_limit(path, FOLDER_LIMIT)
    }

    pub fn server(server: Server) -> Self {
        Self::at(Place::Server(Box::new(server)), READERS, SERVER_LIMIT)
    }

    fn folder_with_limit(path: PathBuf, limit: Duration) -> Self {
        Self::at(Place::Folder(Arc::new(Mutex::new(Folder::new(path)))), 1, limit)
    }

    fn at(at: Place, readers: usize, limit: Duration) -> Self {
        Self(Some(Arc::new(Source { at, turn: Arc::new(Semaphore::new(readers)), limit })))
    }

    /// The bytes of a file of the record, which is in it or beside it.
    pub async fn file(&self, file: &Attachment) -> Result<Vec<u8>, Trouble> {
        if let Some(data) = &file.data {
            return decoded(data);
        }
        let source = self.0.as_ref().ok_or(Trouble::Away)?;
        let (Place::Server(server), Some(path)) = (&source.at, &file.url) else { return Err(Trouble::Away) };
        let fetched = timeout(source.limit, server.file(path, LARGEST_ANSWER)).await.unwrap_or(Err(SourceError::TooSlow));
        match fetched {
            Ok(Fetched::File(bytes)) => Ok(bytes),
            Ok(Fetched::Binary(binary)) => decoded(binary.data.as_ref().ok_or(Trouble::Away)?),
            Err(SourceError::TooLarge) => Err(Trouble::FileTooLarge),
            Err(error) => {
                tracing::warn!(%error, "a document of the record could not be read");
                Err(Trouble::Away)
            }
        }
    }

    /// What is known of a patient; `None` where the source does not know the id.
    pub async fn facts(&self, record_id: &str) -> Result<Option<Facts>, SourceError> {
        let source = self.0.as_ref().ok_or(SourceError::NotSetUp)?;
        let outcome = timeout(source.limit, source.read(record_id)).await.unwrap_or(Err(SourceError::TooSlow));
        if let Err(error) = &outcome {
            tracing::warn!(%error, "a record could not be read");
        }
        outcome
    }
}

/// Base64 of a file, with room for the JSON around it.
const LARGEST_ANSWER: usize = LARGEST_FILE / 3 * 4 + 64 * 1024;

impl Source {
    async fn read(&self, record_id: &str) -> Result<Option<Facts>, SourceError> {
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| SourceError::Unreadable)?;
        let folder = match &self.at {
            Place::Folder(folder) => folder.clone(),
            Place::Server(server) => return server.facts(record_id).await,
        };
        let record_id = record_id.to_owned();
        let job = spawn_blocking(move || {
            let facts = folder.lock().unwrap_or_else(PoisonError::into_inner).facts(&record_id);
            drop(turn);
            facts
        });
        job.await.map_err(|_| SourceError::Unreadable)?
    }
}

/// Base64 may be broken into lines.
fn decoded(data: &Data) -> Result<Vec<u8>, Trouble> {
    if data.as_str().len() > LARGEST_ANSWER {
        return Err(Trouble::FileTooLarge);
    }
    let one_line: Vec<u8> = data.as_str().bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(&one_line).map_err(|_| Trouble::Broken)
}

impl std::fmt::Debug for RecordSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RecordSource").field(&self.0.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_source_that_hangs_costs_a_sentence_and_not_the_thread() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = RecordSource::folder_with_limit(folder.path().to_owned(), Duration::from_millis(20));
        let turn = source.0.as_ref().expect("set up").turn.clone().acquire_owned().await.expect("a turn");
        assert!(source.facts("a").await.err() == Some(SourceError::TooSlow));
        drop(turn);
        assert!(matches!(source.facts("a").await, Ok(None)));
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_said_so() {
        let source = RecordSource::folder("/there/is/no/such/folder".into());
        assert!(source.facts("a").await.err() == Some(SourceError::Unreadable));
        assert!(RecordSource::none().facts("a").await.err() == Some(SourceError::NotSetUp));
    }
}
