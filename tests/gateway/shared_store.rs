//! What holds where several gateways share one PostgreSQL, whatever becomes of one of them or of the server.

use futures_util::future::join_all;
use housecall::base::private::Secret;
use housecall::store::{Connection, Place, Store, StoreError, sql};
use tokio::sync::oneshot;

use crate::postgres::{Database, server};

const ADD: &str = "INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes, languages, reasons, created_at)
     VALUES ($1, $1, 'Clinic', 'America/New_York', '555-0100', '911', 30, '[]', '[]', 0)";

/// As many connections for reading as a store keeps.
const MOST_READERS: usize = 8;

struct Shared {
    here: Store,
    there: Store,
    database: Database,
}

impl Shared {
    async fn open() -> Self {
        let database = server().database().await;
        let open = || async { Store::open(&Place::Server(Secret::new(database.url()))).await.expect("the store opens") };
        Self { here: open().await, there: open().await, database }
    }

    /// A connection that was used a moment ago is not asked whether it is there: one that has just been cut fails once.
    async fn count(&self) -> i64 {
        for _ in 0..=MOST_READERS {
            let counted = sql("SELECT count(*) AS n FROM facilities").fetch_one(self.there.reader()).await;
            if let Ok(row) = counted {
                return row.get("n").expect("a count");
            }
        }
        panic!("more lost connections than there are");
    }
}

async fn add(store: &Store, id: String) -> Result<(), StoreError> {
    store.write(move |c| Box::pin(async move { insert(c, id).await })).await
}

async fn insert(c: &mut Connection, id: String) -> Result<(), StoreError> {
    sql(ADD).bind(id).execute(c).await.map(|_| ())
}

#[tokio::test]
async fn gateways_that_start_together_on_an_empty_database_all_start() {
    let database = server().empty_database().await;
    let place = Place::Server(Secret::new(database.url()));
    let started = join_all((0..4).map(|_| Store::open(&place))).await;
    assert!(started.iter().all(Result::is_ok), "{started:?}");
}

#[tokio::test]
async fn both_write_at_once_and_nobody_meets_halfway() {
    let shared = Shared::open().await;
    // Each reads and then writes what it read; two at once would lose one of them.
    add(&shared.here, "counter".into()).await.expect("stored");
    let raise = |store: &Store| {
        let store = store.clone();
        async move {
            let job = store.write::<(), StoreError, _>(|c| {
                Box::pin(async move {
                    let row = sql("SELECT created_at FROM facilities WHERE id = 'counter'").fetch_one(&mut *c).await?;
                    let next = row.get::<i64>("created_at")? + 1;
                    sql("UPDATE facilities SET created_at = $1 WHERE id = 'counter'").bind(next).execute(c).await?;
                    Ok(())
                })
            });
            job.await
        }
    };
    let raised = join_all((0..200).map(|number| raise(if number % 2 == 0 { &shared.here } else { &shared.there }))).await;
    assert!(raised.iter().all(Result::is_ok));
    let row = sql("SELECT created_at FROM facilities").fetch_one(shared.here.reader()).await.expect("a row");
    assert_eq!(row.get::<i64>("created_at").expect("a number"), 200);
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_loses_its_group_and_nothing_else() {
    let shared = Shared::open().await;
    let dies = shared.here.write::<(), StoreError, _>(|c| {
        Box::pin(async move {
            insert(&mut *c, "half".into()).await?;
            sql("SELECT pg_terminate_backend(pg_backend_pid())").execute(c).await?;
            Ok(())
        })
    });
    assert!(dies.await.is_err(), "nothing of it is acknowledged");
    assert_eq!(shared.count().await, 0, "nothing of it is there");
    add(&shared.here, "after".into()).await.expect("the next one has a new connection");
    // One that breaks while nobody writes is not noticed at all.
    let all_but_this =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    shared
        .there
        .write::<u64, StoreError, _>(move |c| Box::pin(async move { sql(all_but_this).execute(c).await }))
        .await
        .expect("done");
    add(&shared.here, "later".into()).await.expect("it was replaced before anything was lost with it");
    assert_eq!(shared.count().await, 2);
}

#[tokio::test]
async fn a_gateway_that_stands_still_while_it_writes_holds_up_nobody_for_long() {
    let shared = Shared::open().await;
    let (stands, is_standing) = oneshot::channel();
    let (go_on, told) = oneshot::channel::<()>();
    let store = shared.here.clone();
    let still = tokio::spawn(async move {
        let job = store.write::<(), StoreError, _>(|c| {
            Box::pin(async move {
                insert(&mut *c, "still".into()).await?;
                stands.send(()).expect("the test waits");
                told.await.expect("the test goes on");
                Ok(())
            })
        });
        job.await
    });
    is_standing.await.expect("it stands");
    add(&shared.there, "beside".into()).await.expect("the server ends the transaction of the one that stands still");
    go_on.send(()).expect("it waits");
    assert!(still.await.expect("no panic").is_err(), "what it wrote before it stood still is refused");
    assert_eq!(shared.count().await, 1);
}

#[tokio::test]
async fn a_row_locked_for_ever_is_answered_for() {
    let shared = Shared::open().await;
    add(&shared.here, "locked".into()).await.expect("stored");
    // Somebody at a shell of their own, who has begun something and gone for lunch.
    let mut shell = shared.database.connect().await;
    sqlx::raw_sql("BEGIN; UPDATE facilities SET name = 'x' WHERE id = 'locked'").execute(&mut shell).await.expect("locked");
    let job = shared.here.write::<u64, StoreError, _>(|c| {
        Box::pin(async move { sql("UPDATE facilities SET name = 'y' WHERE id = 'locked'").execute(c).await })
    });
    let answer = tokio::time::timeout(std::time::Duration::from_secs(15), job).await.expect("answered");
    assert!(answer.is_err());
    add(&shared.here, "other".into()).await.expect("writes go on");
}
