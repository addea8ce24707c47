//! Grouped commits: jobs that wait at the same time share one transaction and one sync to disk.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::connection::{Connection, Connections};
use super::{StoreError, sql};
use crate::base::crash;

/// At most so many jobs in one commit, so that none waits long.
const GROUP: usize = 64;
/// At most so many jobs in line; more wait to get in.
const LINE: usize = 1024;
/// Where jobs come in company, a group begins at least so long after the one before: what comes meanwhile shares its commit.
const PACE: Duration = Duration::from_millis(20);
/// Nobody waits longer for an answer, whatever the database does.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub(super) struct Writer(mpsc::Sender<Box<dyn Job>>);

/// A job and the person who waits for its answer.
trait Job: Send {
    /// Whether what it wrote is to be kept.
    fn run<'c>(&'c mut self, connection: &'c mut Connection) -> BoxFuture<'c, Result<bool, StoreError>>;
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
    J: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut Connection) -> BoxFuture<'c, Result<bool, StoreError>> {
        Box::pin(async move {
            // Who has gone away without an answer wants nothing done any more.
            if self.asker.is_closed() {
                return Ok(false);
            }
            let job = self.job.take().expect("a job is run once");
            // A job that panics is a bug of its own: it is told so, and the jobs beside it do not notice.
            let outcome = AssertUnwindSafe(job(&mut *connection)).catch_unwind().await;
            let outcome = self.outcome.insert(outcome.unwrap_or_else(|_| Err(E::from(StoreError::JobPanicked))));
            if connection.is_spoilt() {
                return Err(StoreError::TooSlow);
            }
            Ok(outcome.is_ok())
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
    pub(super) fn start(connections: Connections) -> Self {
        let (sender, jobs) = mpsc::channel(LINE);
        tokio::spawn(run(connections, jobs));
        Self(sender)
    }

    /// For a database that lives in this process: a job and all its statements run on one thread, which may wait for the disk.
    pub(super) fn on_a_thread(connections: Connections) -> Self {
        let (sender, jobs) = mpsc::channel(LINE);
        let runtime = Handle::current();
        std::thread::spawn(move || runtime.block_on(run(connections, jobs)));
        Self(sender)
    }

    pub(super) async fn write<T, E, J>(&self, job: J) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        J: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let (asker, answer) = oneshot::channel();
        let waiting = Waiting { job: Some(job), outcome: None, asker };
        let answered = async {
            self.0.send(Box::new(waiting)).await.map_err(|_| E::from(StoreError::WriterGone))?;
            answer.await.unwrap_or_else(|_| Err(E::from(StoreError::WriterGone)))
        };
        tokio::time::timeout(PATIENCE, answered).await.unwrap_or_else(|_| Err(E::from(StoreError::TooSlow)))
    }
}

/// Ends when the last handle on the store is gone.
async fn run(connections: Connections, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let mut open = None;
    let mut group = Vec::with_capacity(GROUP);
    let mut next = Instant::now();
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        gather(&mut group, &mut jobs, next).await;
        // A job that comes alone is not kept waiting, nor the one after it.
        next = Instant::now() + if group.len() > 1 { PACE } else { Duration::ZERO };
        let committed = commit(&connections, &mut open, &mut group).await.map_err(Arc::new);
        crash::point("committed");
        for job in group.drain(..) {
            job.answer(committed.clone().map_err(StoreError::Commit));
            crash::point("answered");
        }
    }
}

/// Takes in what comes until it is time, as far as it fits.
async fn gather(group: &mut Vec<Box<dyn Job>>, jobs: &mut mpsc::Receiver<Box<dyn Job>>, until: Instant) {
    if until > Instant::now() {
        tokio::time::sleep_until(until).await;
    }
    while group.len() < GROUP
        && let Ok(job) = jobs.try_recv()
    {
        group.push(job);
    }
}

/// One transaction for the group. After a failure the connection is not trusted any more: SQLite may have rolled back by itself
/// (a full disk), PostgreSQL may be gone. The next group opens a new one.
async fn commit(connections: &Connections, open: &mut Option<Connection>, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut connection = begin(connections, open.take()).await?;
    let keep = match group {
        // Alone, it needs no savepoint: the transaction is its own. A savepoint is two more statements.
        [job] => {
            let keep = job.run(&mut connection).await?;
            crash::point("job_done");
            keep
        }
        jobs => {
            for job in jobs {
                run_beside_others(&mut **job, &mut connection).await?;
                crash::point("job_done");
            }
            true
        }
    };
    crash::point("before_commit");
    connection.end(keep).await?;
    *open = Some(connection);
    Ok(())
}

async fn run_beside_others(job: &mut dyn Job, connection: &mut Connection) -> Result<(), StoreError> {
    let tip = connection.tip().cloned();
    sql("SAVEPOINT job").execute(&mut *connection).await?;
    if !job.run(connection).await? {
        sql("ROLLBACK TO SAVEPOINT job").execute(&mut *connection).await?;
        connection.set_tip(tip);
    }
    sql("RELEASE SAVEPOINT job").execute(connection).await?;
    Ok(())
}

/// A connection that broke while nobody wrote is replaced before anything is lost with it.
async fn begin(connections: &Connections, open: Option<Connection>) -> Result<Connection, StoreError> {
    if let Some(mut connection) = open
        && connection.begin().await.is_ok()
    {
        return Ok(connection);
    }
    let mut connection = connections.acquire().await?;
    connection.begin().await?;
    Ok(connection)
}
