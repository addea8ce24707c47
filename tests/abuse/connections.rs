//! Connections that only take a place: silent, slow, half a handshake. They are closed in time, and whoever has a right to come in does.
//! The attacker is another process: both ends together would be more descriptors than many a machine gives one.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use housecall::app::router;
use housecall::base::clock::Clock;
use housecall::config::Config;
use housecall::http::listener::{self, Limits, Listener};
use housecall::http::tls::Identity;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{interval, timeout};

use crate::crowd::{Crowd, Times};
use crate::watch::Watch;

/// By the design within ten seconds; what is more is for a machine whose cores are busy with the attack itself.
const CLOSED_WITHIN: Duration = Duration::from_secs(10 + 15);
const JOIN_WITHIN: Duration = Duration::from_millis(500);
const JOINS: usize = 60;
/// While the attack goes on: as often as a device may open a socket for long.
const JOIN_EVERY: Duration = Duration::from_millis(100);
/// Half-open ones, and stalled TLS handshakes.
const HALF_OPEN: usize = 10_000;
const STALLED: usize = 5_000;
/// Descriptors for everything else.
const SPARE: usize = 600;
/// Tells the attacker whom to attack, and how many connections there are to be.
const ORDER: &str = "ABUSE_ORDER";
const AT_A_TIME: usize = 50;
const FOR_EVER: Duration = Duration::from_secs(40);

/// What is sent before falling silent.
const SLOW_HEADERS: &[u8] = b"GET / HTTP/1.1\r\nHost: loc";
const SLOW_BODY: &[u8] =
    b"POST /api/v1/join/AAAAAAAA/look HTTP/1.1\r\nHost: localhost\r\nOrigin: https://localhost:8443\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{";
/// The first bytes of a ClientHello of 512 bytes.
const HALF_A_HELLO: &[u8] = &[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03];

/// Opens so many connections, sends this on each, and waits until the gateway has closed them all; gives how long the last one lived.
async fn linger(address: SocketAddr, count: usize, bytes: &'static [u8]) -> Duration {
    // More at a time would not fit before the door, where the kernel forgets some of them and nobody is told.
    let door = Arc::new(Semaphore::new(AT_A_TIME));
    let lives: Vec<_> = (0..count)
        .map(|_| {
            let door = door.clone();
            tokio::spawn(async move {
                let permit = door.acquire().await.expect("open");
                let mut stream = TcpStream::connect(address).await.expect("connected");
                let since = Instant::now();
                let _ = stream.write_all(bytes).await;
                drop(permit);
                let mut rest = [0; 256];
                let read = async { while let Ok(1..) = stream.read(&mut rest).await {} };
                timeout(FOR_EVER, read).await.expect("closed at all");
                since.elapsed()
            })
        })
        .collect();
    let mut longest = Duration::ZERO;
    for life in lives {
        longest = longest.max(life.await.expect("an attacker of ours does not fail"));
    }
    longest
}

async fn join(crowd: &Crowd, name: &str, number: usize) -> Duration {
    let door = &crowd.doors[number % crowd.doors.len()];
    let began = Watch::start();
    drop(door.enter(&format!("{name} {number}")).await);
    began.elapsed()
}

/// Rightful joins, one after the other: socket, hello, welcome.
async fn joins(crowd: &Crowd) -> Times {
    let mut times = vec![];
    for number in 0..JOINS {
        times.push(join(crowd, "calm", number).await);
    }
    Times::new(times)
}

async fn joins_until<T>(crowd: &Crowd, attack: impl Future<Output = T>) -> (Times, T) {
    let (mut times, mut attack, mut turn) = (vec![], std::pin::pin!(attack), interval(JOIN_EVERY));
    loop {
        tokio::select! {
            over = &mut attack => return (Times::new(times), over),
            _ = turn.tick() => {
                let took = join(crowd, "attacked", times.len()).await;
                times.push(took);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_that_stall_are_closed_and_others_come_in() {
    let crowd = Crowd::gathers(12).await;
    let tls = listen_with_tls(&crowd).await;
    let percent = percent_that_fits();
    let calm = joins(&crowd).await;
    let (attacked, lives) = joins_until(&crowd, attack(crowd.address, tls, percent)).await;
    println!(
        "{} half-open and {} stalled in TLS: joins calm {calm}; attacked {attacked}; the last closed after {lives:.1?} s",
        HALF_OPEN * percent / 100,
        STALLED * percent / 100
    );
    assert!(lives.len() == 5 && lives.iter().all(|life| *life <= CLOSED_WITHIN.as_secs_f64()), "{lives:?}");
    assert!(attacked.at(0.9) <= JOIN_WITHIN.max(3 * calm.at(0.9)), "rightful joins took {:?}", attacked.at(0.9));
    // A few meet a moment in which this machine's cores are somebody else's.
    assert!(attacked.at(0.99) <= 10 * JOIN_WITHIN, "a rightful join took {:?}", attacked.at(0.99));
}

/// All of them where this machine lets a process open so many files.
fn percent_that_fits() -> usize {
    let limit = rlimit::increase_nofile_limit(u64::MAX).expect("Linux has such a limit");
    let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(SPARE);
    let percent = (room.saturating_mul(100) / (HALF_OPEN + STALLED)).min(100);
    if percent < 100 {
        let left_out = 100 - percent;
        let _ = writeln!(
            std::io::stderr(),
            "abuse: skipped: {left_out} % of the stalled connections, since a process may open {limit} files here"
        );
    }
    percent
}

/// By a process of its own; gives how many seconds the last connection of each kind lived.
async fn attack(plain: SocketAddr, tls: SocketAddr, percent: usize) -> Vec<f64> {
    let mut attacker = Command::new(std::env::current_exe().expect("this program"));
    attacker.args(["--exact", "connections::the_attacker_of_the_other_test", "--nocapture"]);
    attacker.env(ORDER, format!("{plain} {tls} {percent}"));
    let ended = tokio::task::spawn_blocking(move || attacker.output().expect("it starts")).await.expect("no panic");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success(), "{said}");
    let lives = said.lines().find_map(|line| line.strip_prefix("lives ")).expect("it says how long they lived");
    lives.split(' ').map(|life| life.parse().expect("a number")).collect()
}

/// Does something only where the test above has ordered it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_attacker_of_the_other_test() {
    let Ok(order) = std::env::var(ORDER) else { return };
    rlimit::increase_nofile_limit(u64::MAX).expect("Linux has such a limit");
    let mut words = order.split(' ');
    let mut word = || words.next().expect("plain, TLS, percent");
    let (plain, tls): (SocketAddr, SocketAddr) = (word().parse().expect("an address"), word().parse().expect("an address"));
    let percent: usize = word().parse().expect("a number");
    let part = |all: usize| all * percent / 100;
    let lives = tokio::join!(
        linger(plain, part(HALF_OPEN - 2_000), b""),
        linger(plain, part(1_000), SLOW_HEADERS),
        linger(plain, part(1_000), SLOW_BODY),
        linger(tls, part(STALLED - 2_000), b""),
        linger(tls, part(2_000), HALF_A_HELLO),
    );
    let lives = [lives.0, lives.1, lives.2, lives.3, lives.4].map(|life| life.as_secs_f64().to_string());
    println!("\nlives {}", lives.join(" "));
}

async fn listen_with_tls(crowd: &Crowd) -> SocketAddr {
    let config = Config { data: crowd.clinic.folder().to_owned(), ..Config::default() };
    let identity = Identity::load(&config, &Clock::system()).expect("made");
    let socket = listener::open((Ipv4Addr::LOCALHOST, 0).into()).expect("a free port");
    let address = socket.local_addr().expect("bound");
    let server: Arc<_> = identity.server(&["http/1.1"]).expect("fits");
    let app = &crowd.clinic.app;
    tokio::spawn(
        Listener::new(router::build(app.clone()), Some(server), Limits::default()).run(socket, app.context.closing.clone()),
    );
    address
}
