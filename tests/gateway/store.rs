//! What every module relies on: a job is stored whole or not at all, and one job's trouble stays its own.

use futures_util::future::{BoxFuture, join_all};

use housecall::base::private::Secret;
use housecall::store::{Connection, Place, Store, StoreError, sql};

use crate::postgres::Database;
use crate::support::engine;

const ADD: &str = "INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes, languages, reasons, created_at)
     VALUES ($1, $1, 'Clinic', 'America/New_York', '555-0100', '911', 30, '[]', '[]', 0)";

#[derive(Debug, PartialEq)]
enum Refused {
    ByRule,
    ByStore(String),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::ByStore(error.to_string())
    }
}

struct House {
    store: Store,
    place: Place,
    folder: tempfile::TempDir,
    _database: Option<Database>,
}

impl House {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = engine::database().await;
        let place = match &database {
            None => Place::File(folder.path().join("house.db")),
            Some(database) => Place::Server(Secret::new(database.url())),
        };
        let store = Store::open(&place).await.expect("the store opens");
        Self { store, place, folder, _database: database }
    }

    async fn add(&self, id: String) -> Result<(), Refused> {
        self.store.write(move |connection| Box::pin(async move { insert(connection, id).await })).await
    }

    async fn count(&self) -> i64 {
        count(&self.store).await
    }
}

async fn count(store: &Store) -> i64 {
    let counted = sql("SELECT count(*) AS n FROM facilities").fetch_one(store.reader()).await;
    counted.expect("a row").get("n").expect("a count")
}

async fn insert(connection: &mut Connection, id: String) -> Result<(), Refused> {
    sql(ADD).bind(id).execute(connection).await?;
    Ok(())
}

fn insert_then_refuse(connection: &mut Connection) -> BoxFuture<'_, Result<(), Refused>> {
    Box::pin(async move {
        insert(connection, "half".into()).await?;
        Err(Refused::ByRule)
    })
}

#[tokio::test]
async fn what_is_answered_is_there_after_opening_again() {
    let house = House::open().await;
    house.add("one".into()).await.expect("stored");
    let again = Store::open(&house.place).await.expect("opens again");
    assert_eq!(count(&again).await, 1);
}

#[tokio::test]
async fn the_files_are_for_their_owner_alone() {
    if engine::is_postgres() {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let house = House::open().await;
    house.add("one".into()).await.expect("stored");
    for file in std::fs::read_dir(house.folder.path()).expect("a folder") {
        let file = file.expect("listed");
        let mode = file.metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn many_at_once_are_all_stored_and_a_refused_one_leaves_nothing() {
    let house = House::open().await;
    let good = join_all((0..300).map(|n| house.add(format!("f{n}"))));
    let bad = join_all((0..50).map(|_| house.store.write(insert_then_refuse)));
    let (good, bad) = tokio::join!(good, bad);
    assert!(good.iter().all(Result::is_ok));
    assert!(bad.iter().all(|answer| *answer == Err(Refused::ByRule)));
    assert_eq!(house.count().await, 300);
}

#[tokio::test]
async fn a_job_that_breaks_a_constraint_does_not_disturb_the_others() {
    let house = House::open().await;
    let answers = join_all((0..20).map(|n| house.add(format!("f{}", n % 10)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10);
    assert_eq!(house.count().await, 10);
}

#[tokio::test]
async fn a_job_that_panics_is_told_and_the_writer_goes_on() {
    let house = House::open().await;
    let panics = house.store.write::<(), Refused, _>(|connection| {
        Box::pin(async move {
            insert(connection, "half".into()).await?;
            panic!("a bug in a job")
        })
    });
    let (panicked, beside) = tokio::join!(panics, house.add("beside".into()));
    assert_eq!(panicked, Err(Refused::ByStore("the job panicked".into())));
    assert_eq!(beside, Ok(()));
    house.add("after".into()).await.expect("the writer goes on");
    assert_eq!(house.count().await, 2);
}

#[tokio::test]
async fn a_failed_commit_answers_everyone_and_stores_nothing() {
    let house = House::open().await;
    // The first job keeps the writer busy until the others stand in line, so that they share a commit.
    let (busy, is_busy) = tokio::sync::oneshot::channel::<()>();
    let (go, wait) = tokio::sync::oneshot::channel::<()>();
    let store = house.store.clone();
    let first = tokio::spawn(async move {
        let job = store.write::<(), Refused, _>(|_| {
            Box::pin(async move {
                busy.send(()).expect("the test waits");
                wait.await.expect("told to go");
                Ok(())
            })
        });
        job.await
    });
    is_busy.await.expect("the first job runs");
    let dangling = house.store.write::<(), Refused, _>(|connection| {
        Box::pin(async move {
            for statement in engine::breaks_the_commit() {
                sql(statement).execute(&mut *connection).await?;
            }
            Ok(())
        })
    });
    let refused = house.store.write(insert_then_refuse);
    let good = house.add("good".into());
    let release = async { go.send(()).expect("the first job waits") };
    let (dangling, refused, good, ()) = tokio::join!(dangling, refused, good, release);
    assert_eq!(first.await.expect("no panic"), Ok(()));
    assert_eq!(dangling, Err(Refused::ByStore("the commit failed".into())));
    assert_eq!(good, Err(Refused::ByStore("the commit failed".into())));
    assert_eq!(refused, Err(Refused::ByRule));
    assert_eq!(house.count().await, 0);
    house.add("after".into()).await.expect("the next commit is fine");
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_heals_by_itself() {
    if engine::is_postgres() {
        return;
    }
    let house = House::open().await;
    let fill = house.store.write::<(), Refused, _>(|connection| {
        Box::pin(async move {
            sql("PRAGMA max_page_count = 1").execute(&mut *connection).await?;
            insert(&mut *connection, "x".repeat(100_000)).await
        })
    });
    assert!(matches!(fill.await, Err(Refused::ByStore(_))));
    assert_eq!(house.count().await, 0, "reads go on");
    // The limit belonged to the connection that failed; a new one has room again, as a disk has after it was cleared.
    house.add("after".into()).await.expect("writes are back");
    assert_eq!(house.count().await, 1);
}
