//! R1: nothing acknowledged is lost, doubled or half applied, whenever the gateway is killed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use housecall::audit;
use housecall::base::clock::Clock;
use housecall::base::dice::Dice;
use housecall::identity::StaffRole::Clinician;
use housecall::store::StoreError;

use tokio::sync::Semaphore;

use crate::browser::Browser;
use crate::desk::Desk;
use crate::gateway::Gateway;
use crate::page::Ways;
use crate::postgres::{Database, server};
use crate::support::Clinic;
use crate::support::visits::add_patient;

/// On each store.
const KILLS: usize = 200;
/// So many gateways die side by side.
const GATEWAYS: usize = 4;
const DESKS: usize = 4;
/// Where it may die by itself; the rest of the deaths come at any moment.
const POINTS: [&str; 5] = ["job_done", "before_commit", "committed", "answered", "audit_half_written"];

/// A point aborts the process, which is as sudden as SIGKILL.
const ABORTED: i32 = 6;
const KILLED: i32 = 9;

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_nothing_acknowledged_is_lost() {
    die_often("SQLite", || async { None }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_nothing_acknowledged_is_lost() {
    die_often("PostgreSQL", || async { Some(server().database().await) }).await;
}

#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
async fn die_often<F: Future<Output = Option<Database>>>(store: &str, database: impl Fn() -> F) {
    let begun = Instant::now();
    let houses = join_all((0..GATEWAYS).map(|_| async { House::open(database().await).await })).await;
    let told = join_all(houses.into_iter().map(|house| tokio::spawn(house.die(KILLS / GATEWAYS)))).await;
    let acknowledged: usize = told.into_iter().map(|told| told.expect("nothing is lost")).sum();
    assert!(acknowledged > 2 * KILLS, "they did some work between the deaths: {acknowledged}");
    println!("{store}: {KILLS} kills, {acknowledged} acknowledged writes, {} s", begun.elapsed().as_secs());
}

struct House {
    clinic: Clinic,
    node: Gateway,
    desks: Vec<Desk>,
    dice: Dice,
}

impl House {
    async fn open(database: Option<Database>) -> Self {
        let clinic = Clinic::open_on(database, |_| {}).await;
        let facility = clinic.facility("north").await;
        let node = started_on(&clinic).await;
        let next_week = Clock::system().now().plus(Duration::from_secs(7 * 24 * 60 * 60));
        let day =
            jiff::Timestamp::from_millisecond(next_week.0).expect("a time").in_tz("America/New_York").expect("known").date();
        let mut desks = Vec::new();
        for number in 0..DESKS {
            let login = format!("desk{number}");
            let clinician = clinic.hire(&facility, &login, Clinician).await.0;
            let patient = add_patient(&clinic.signed_in(&login).await, "Rosa").await;
            let mut browser = Browser::new(&node);
            browser.sign_in(&login).await;
            desks.push(Desk::new(browser, Ways::to(&[&node]), clinician, patient, day.at(8, 0, 0, 0)));
        }
        node.kill();
        node.death().await;
        Self { clinic, node, desks, dice: Dice::system() }
    }

    async fn die(mut self, times: usize) -> usize {
        let mut acknowledged = 0;
        for time in 1..=times {
            acknowledged += self.live_and_die().await;
            self.settle().await;
            if time % 10 == 0 {
                audit::command::verify(&self.clinic.context).await.expect("the audit is whole");
            }
        }
        acknowledged
    }

    /// One life: work until it dies, at a point of its own, or at any moment. Answers how much was acknowledged.
    async fn live_and_die(&mut self) -> usize {
        let [kind, much, moment] = self.dice.bytes();
        let point = POINTS.get(usize::from(kind) % (POINTS.len() * 2));
        let crash = point.map(|point| format!("{point}:{}", 1 + much % 12));
        let acknowledged = Semaphore::new(0);
        let node = &self.node;
        node.start(crash.as_deref());
        let work = async {
            if node.comes_up().await {
                join_all(self.desks.iter_mut().map(|desk| desk.work(&acknowledged))).await;
            }
        };
        let killer = async {
            if crash.is_none() {
                // Every eighth dies at its start.
                if much >= 32 {
                    let _ = acknowledged.acquire_many(u32::from(much % 12)).await;
                }
                moment_passes(Duration::from_millis(u64::from(moment) / 4)).await;
                node.kill();
            }
        };
        let both = async { tokio::join!(work, killer) };
        tokio::time::timeout(Duration::from_secs(60), both).await.expect("it dies");
        let signal = if crash.is_some() { ABORTED } else { KILLED };
        assert_eq!(node.death().await, Some(signal), "{crash:?}");
        acknowledged.available_permits()
    }

    async fn settle(&mut self) {
        // Whatever the dead one had begun on the server is over once we may write.
        let nothing = self.clinic.context.store.write::<(), StoreError, _>(|_| Box::pin(async { Ok(()) }));
        nothing.await.expect("the store can be written");
        for desk in &mut self.desks {
            desk.settle(&self.clinic).await;
        }
    }
}

/// A gateway over the clinic's database and data folder.
pub async fn started_on(clinic: &Clinic) -> Gateway {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let name = format!("node-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let database = clinic.context.config.database.as_ref().map(|url| ("HOUSECALL_DATABASE", url.reveal().to_owned()));
    let gateway = Gateway::new(&name, clinic.folder().to_owned(), database.into_iter().collect());
    gateway.start(None);
    assert!(gateway.comes_up().await, "it starts: {}", gateway.said());
    gateway
}

#[expect(clippy::disallowed_methods, reason = "the moment of death is left to chance")]
async fn moment_passes(moment: Duration) {
    tokio::time::sleep(moment).await;
}
