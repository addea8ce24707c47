//! A clinic with many visits: in some of them people talk and are timed, from the others comes the attack.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use housecall::base::private::Secret;
use housecall::identity::StaffRole;
use signaling::message::{ClientMessage, Ping, ServerMessage};
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinHandle;

use crate::support::page::{Door, Page, listen};
use crate::support::{Clinic, START};

/// Attacks would disturb each other's measurements.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

const TALKERS: usize = 6;
/// So often does each of them ask for an answer: within what a seat may say.
const BEAT: Duration = Duration::from_millis(60);
const TICK: Duration = Duration::from_millis(50);

pub struct Crowd {
    pub clinic: Clinic,
    pub address: SocketAddr,
    /// Seats of one visit each.
    pub doors: Vec<Door>,
    /// The clinician's way into the first visit.
    pub desk: Door,
    ticking: JoinHandle<()>,
    _turn: MutexGuard<'static, ()>,
}

impl Crowd {
    pub async fn gathers(seats: usize) -> Self {
        let turn = ONE_AT_A_TIME.lock().await;
        let clinic = Clinic::open().await;
        let facility = clinic.facility("main").await;
        let lee = clinic.hire(&facility, "lee", StaffRole::Clinician).await;
        let staff = clinic.signed_in("lee").await.cookie("__Host-staff").expect("signed in");
        let address = listen(&clinic.app).await;
        let origin = clinic.context.config.public_url.clone();
        let mut doors = vec![];
        for number in 0..seats {
            let (visit, seat) = clinic.visit(&facility, &lee, &format!("v{number}")).await;
            let device = format!("{number:a>22}");
            let hash = Secret::new(device.as_str()).hash();
            clinic
                .sql(&format!(
                    "UPDATE visits SET starts_at = {start}, ends_at = {start} + 1200000 WHERE id = '{visit}';
                     INSERT INTO seats (id, visit_id, role, name, staff_id) VALUES ('desk{number}', '{visit}', 'clinician', 'Dr. Lee', '{lee}');
                     INSERT INTO seat_sessions (id, seat_id, device_hash, created_at, identified_at) VALUES ('s{number}', '{seat}', '{hash}', 0, 1)",
                    start = START.0,
                ))
                .await;
            let path = format!("/api/v1/seats/{seat}/socket");
            doors.push(Door { address, path, origin: origin.clone(), cookie: format!("__Host-device={device}") });
        }
        let desk =
            Door { address, path: "/api/v1/visits/visit-v0/socket".into(), origin, cookie: format!("__Host-staff={staff}") };
        // The clinic's clock goes as time does, so that limits in seconds mean seconds.
        let clock = clinic.context.clock.clone();
        let ticking = tokio::spawn(async move {
            let mut tick = tokio::time::interval(TICK);
            loop {
                tick.tick().await;
                clock.advance(TICK);
            }
        });
        Self { clinic, address, doors, desk, ticking, _turn: turn }
    }

    /// The last seats of the crowd belong to those who talk; the first to the attack.
    pub async fn talkers(&self) -> Vec<Page> {
        let mut pages = vec![];
        for door in self.doors.iter().rev().take(TALKERS) {
            pages.push(door.enter("talker").await.0);
        }
        pages
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.ticking.abort();
        self.clinic.context.closing.cancel();
    }
}

/// Waiting times, sorted.
pub struct Times(Vec<Duration>);

impl Times {
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The share of them that is not longer.
    pub fn at(&self, share: f64) -> Duration {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
        let place = (self.0.len() as f64 * share) as usize;
        self.0.get(place.min(self.0.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} answers, median {:?}, p99 {:?}", self.count(), self.at(0.5), self.at(0.99))
    }
}

/// How long others wait for answers, until `attack` is over and for a while at least.
pub async fn timed<T>(pages: Vec<Page>, at_least: Duration, attack: impl Future<Output = T>) -> (Vec<Page>, Times, T) {
    let over = Arc::new(AtomicBool::new(false));
    let talk = |mut page: Page| {
        let over = over.clone();
        tokio::spawn(async move {
            let (mut times, mut beat) = (vec![], tokio::time::interval(BEAT));
            while !over.load(Ordering::Relaxed) {
                beat.tick().await;
                let asked = Instant::now();
                page.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
                page.hear_until(|message| matches!(message, ServerMessage::Pong(_)).then_some(())).await;
                times.push(asked.elapsed());
            }
            (page, times)
        })
    };
    let talks: Vec<_> = pages.into_iter().map(talk).collect();
    let (outcome, ()) = tokio::join!(attack, until(Instant::now() + at_least));
    over.store(true, Ordering::Relaxed);
    let (mut pages, mut times) = (vec![], vec![]);
    for talk in talks {
        let (page, waited) = talk.await.expect("nobody who talks is thrown out");
        pages.push(page);
        times.extend(waited);
    }
    (pages, Times::new(times), outcome)
}

/// A stretch of calm to compare with is time that has to pass.
pub async fn until(moment: Instant) {
    tokio::time::sleep_until(moment.into()).await;
}

/// What this program holds, in KiB: the gateway, and the little that an attacker of ours needs.
pub fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a size");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// Between a person and the clinic is a line; what they notice is the whole of it.
const LINE: Duration = Duration::from_millis(25);
/// How much longer others may wait for an answer.
const UNNOTICED: f64 = 1.2;
const WINDOW: Duration = Duration::from_millis(500);
const WINDOWS: usize = 4;
/// A device may not open sockets more often for long.
const STRIKE: Duration = Duration::from_millis(25);
const TRIES: usize = 3;

/// Calm and attack in turn, one attacker after the other: what else the machine does is in both alike, and there is a core for the
/// others. The best of three tries counts, since what disturbs this machine passes and what the gateway does wrong stays.
pub async fn assert_unnoticed(name: &str, mut pages: Vec<Page>, strike: impl AsyncFn(usize)) {
    let mut ratios = vec![];
    for _ in 0..TRIES {
        let (mut calm, mut attacked, mut strikes) = (vec![], vec![], 0);
        for _ in 0..WINDOWS {
            let of_calm;
            (pages, of_calm, _) = timed(pages, WINDOW, async {}).await;
            let of_attack;
            (pages, of_attack, _) = timed(pages, WINDOW, strike_again_and_again(&strike, &mut strikes)).await;
            calm.extend(of_calm.0);
            attacked.extend(of_attack.0);
        }
        let (calm, attacked) = (Times::new(calm), Times::new(attacked));
        let ratio = (attacked.at(0.5) + LINE).as_secs_f64() / (calm.at(0.5) + LINE).as_secs_f64();
        println!("{name}: calm {calm}; under {strikes} attacks {attacked}; behind a line of {LINE:?} {ratio:.2} times as long");
        if ratio <= UNNOTICED {
            return;
        }
        ratios.push(ratio);
    }
    panic!("{name}: the others wait {ratios:.2?} times as long");
}

async fn strike_again_and_again(strike: &impl AsyncFn(usize), strikes: &mut usize) {
    let (until, mut tick) = (Instant::now() + WINDOW, tokio::time::interval(STRIKE));
    while Instant::now() < until {
        tick.tick().await;
        strike(*strikes).await;
        *strikes += 1;
    }
}
