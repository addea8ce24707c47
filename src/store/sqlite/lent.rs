//! Connections to the file and who has them. A reader's statement runs on a thread that may wait; the writer has a thread to itself,
//! on which a whole job runs without changing threads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::store::StoreError;
use crate::store::connection::STATEMENT;

/// So many at once; who is given one back keeps it for the next.
#[derive(Clone, Debug)]
pub struct Files {
    all: Arc<All>,
    turns: Arc<Semaphore>,
    /// Whoever asks may wait for the disk.
    on_this_thread: bool,
}

#[derive(Debug)]
struct All {
    file: PathBuf,
    open: fn(&Path) -> rusqlite::Result<Connection>,
    idle: Mutex<Vec<Connection>>,
}

/// One connection; it goes back when it is dropped.
#[derive(Debug)]
pub(in crate::store) struct Lent {
    /// Not here while a statement runs elsewhere: whoever stops waiting for it gives nothing back.
    connection: Option<Connection>,
    files: Files,
    _turn: OwnedSemaphorePermit,
}

impl Files {
    pub(super) fn new(file: &Path, most: usize, open: fn(&Path) -> rusqlite::Result<Connection>) -> Self {
        let all = All { file: file.to_owned(), open, idle: Mutex::default() };
        Self { all: Arc::new(all), turns: Arc::new(Semaphore::new(most)), on_this_thread: false }
    }

    pub(super) fn on_this_thread(self) -> Self {
        Self { on_this_thread: true, ..self }
    }

    pub(in crate::store) async fn acquire(&self) -> Result<Lent, StoreError> {
        let turn = timeout(STATEMENT, Arc::clone(&self.turns).acquire_owned()).await.map_err(|_| StoreError::TooSlow)?;
        let turn = turn.map_err(|_| StoreError::WriterGone)?;
        let connection = match self.idle().pop() {
            Some(connection) => connection,
            None => (self.all.open)(&self.all.file)?,
        };
        Ok(Lent { connection: Some(connection), files: self.clone(), _turn: turn })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // Nobody panics while holding it.
        self.all.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent {
    pub(in crate::store) async fn run<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = self.connection.take().ok_or(StoreError::TooSlow)?;
        let (connection, done) = if self.files.on_this_thread {
            let done = work(&connection);
            (connection, done)
        } else {
            let elsewhere = tokio::task::spawn_blocking(move || {
                let done = work(&connection);
                (connection, done)
            });
            timeout(STATEMENT, elsewhere).await.map_err(|_| StoreError::TooSlow)?.map_err(|_| StoreError::JobPanicked)?
        };
        self.connection = Some(connection);
        Ok(done?)
    }

    /// Its state is not known any more: nobody else gets it.
    pub(in crate::store) fn throw_away(&mut self) {
        self.connection = None;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.files.idle().push(connection);
        }
    }
}
