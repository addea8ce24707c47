//! Grouped commits: jobs that wait at the same time share one transaction and one sync to disk.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// At most so many jobs in one commit, so that none waits long.
const GROUP: usize = 64;
/// At most so many jobs in line; more wait to get in.
const LINE: usize = 1024;

#[derive(Clone, Debug)]
pub(super) struct Writer(mpsc::Sender<Box<dyn Job>>);

/// A job and the person who waits for its answer.
trait Job: Send {
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, Result<(), StoreError>>;
    /// Called after the commit, with what became of it.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Waiting<T, E, J> {
    job: Option<J>,
    outcome: Option<Result<T, E>>,
    asker: oneshot::Sender<Result<T, E>>,
}

impl<T, E, J> Job for Waiting<T, E, J>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    J: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, Result<(), StoreError>> {
        Box::pin(async move {
            let job = self.job.take().expect("a job is run once");
            let mut savepoint = connection.begin().await?;
            // A job that panics is a bug of its own: it is told so, and the jobs beside it do not notice.
            let outcome = AssertUnwindSafe(job(&mut savepoint)).catch_unwind().await;
            let outcome = outcome.unwrap_or_else(|_| Err(E::from(StoreError::JobPanicked)));
            match &outcome {
                Ok(_) => savepoint.commit().await?,
                Err(_) => savepoint.rollback().await?,
            }
            self.outcome = Some(outcome);
            Ok(())
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(E::from(StoreError::WriterGone)),
            // A job of the same group that was refused by its own rule stays refused, whatever the disk said.
            (Err(_), Some(Err(refused))) => Err(refused),
            (Err(error), _) => Err(E::from(error)),
        };
        let _ = self.asker.send(answer);
    }
}

impl Writer {
    pub(super) fn start(options: SqliteConnectOptions) -> Self {
        let (sender, jobs) = mpsc::channel(LINE);
        tokio::spawn(run(options, jobs));
        Self(sender)
    }

    pub(super) async fn write<T, E, J>(&self, job: J) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        J: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let (asker, answer) = oneshot::channel();
        let waiting = Waiting { job: Some(job), outcome: None, asker };
        self.0.send(Box::new(waiting)).await.map_err(|_| E::from(StoreError::WriterGone))?;
        answer.await.unwrap_or_else(|_| Err(E::from(StoreError::WriterGone)))
    }
}

/// Ends when the last handle on the store is gone.
async fn run(options: SqliteConnectOptions, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let mut open = None;
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        let committed = commit(&options, &mut open, &mut group).await.map_err(Arc::new);
        for job in group.drain(..) {
            job.answer(committed.clone().map_err(StoreError::Commit));
        }
    }
}

/// One transaction for the group. After a failure the connection is not trusted any more: SQLite may have rolled back
/// by itself (a full disk), and the driver would go on counting savepoints that are gone. The next group opens a new one.
async fn commit(
    options: &SqliteConnectOptions,
    open: &mut Option<SqliteConnection>,
    group: &mut [Box<dyn Job>],
) -> Result<(), StoreError> {
    let mut connection = match open.take() {
        Some(connection) => connection,
        None => options.connect().await?,
    };
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for job in group {
        job.run(&mut transaction).await?;
    }
    transaction.commit().await?;
    *open = Some(connection);
    Ok(())
}
