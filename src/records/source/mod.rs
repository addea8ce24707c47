//! Where records come from: one folder of FHIR bundles. Reading happens away from the async threads and has a time limit, so that
//! a slow disk costs the clinician the record and nobody the visit.

pub mod folder;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use self::folder::Folder;
use super::facts::Facts;

const LIMIT: Duration = Duration::from_secs(8);

#[derive(Clone)]
pub struct RecordSource(Option<Arc<Source>>);

struct Source {
    folder: Arc<Mutex<Folder>>,
    /// One reader at a time: a folder that hangs holds one thread and not all of them.
    turn: Arc<Semaphore>,
    limit: Duration,
}

/// Why there is no record to show although the patient has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    #[error("no record source is set up")]
    NotSetUp,
    #[error("the record source does not answer in time")]
    TooSlow,
    #[error("the record source cannot be read")]
    Unreadable,
    #[error("two patients of the record source carry one id")]
    TwoPeople,
}

impl RecordSource {
    pub fn none() -> Self {
        Self(None)
    }

    pub fn folder(path: PathBuf) -> Self {
        Self::with_limit(path, LIMIT)
    }

    fn with_limit(path: PathBuf, limit: Duration) -> Self {
        let folder = Arc::new(Mutex::new(Folder::new(path)));
        Self(Some(Arc::new(Source { folder, turn: Arc::new(Semaphore::new(1)), limit })))
    }

    /// What is known of a patient; `None` where the source does not know the id.
    pub async fn facts(&self, record_id: &str) -> Result<Option<Facts>, SourceError> {
        let source = self.0.as_ref().ok_or(SourceError::NotSetUp)?;
        let outcome = timeout(source.limit, source.read(record_id.to_owned())).await.unwrap_or(Err(SourceError::TooSlow));
        if let Err(error) = &outcome {
            tracing::warn!(%error, "a record could not be read");
        }
        outcome
    }
}

impl Source {
    async fn read(&self, record_id: String) -> Result<Option<Facts>, SourceError> {
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| SourceError::Unreadable)?;
        let folder = self.folder.clone();
        let job = spawn_blocking(move || {
            let facts = folder.lock().unwrap_or_else(PoisonError::into_inner).facts(&record_id);
            drop(turn);
            facts
        });
        job.await.map_err(|_| SourceError::Unreadable)?
    }
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
        let source = RecordSource::with_limit(folder.path().to_owned(), Duration::from_millis(20));
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
