//! The database away, and the disk full (R9): calls and reads go on, writes are refused in words, and all works again by itself.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use signaling::message::{ClientMessage, Empty};

use crate::cluster::House;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::visits::STAFF;
use crate::{JOIN, alone, aside, beside, in_company, say, until, visits};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_while_the_disk_is_full() {
    let _turn = in_company().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_disk) = Disk::mount(folder.path()) else {
        return say("disk full: skipped: this machine does not let us mount a small tmpfs");
    };
    let house = House::new(None, None);
    let data = folder.path().join("data");
    let node = house.node_in("a", &data).await;
    visits::book_in_file(&data.join("housecall.db"), 2).await;
    let ways = Ways::to(&[&node]);
    let (mut patient, mut clinician) = (Page::patient(&ways, 1), Page::clinician(&ways, 1));
    patient.enter(Duration::from_secs(20)).await;
    clinician.enter(Duration::from_secs(20)).await;

    let filler = folder.path().join("filler");
    fill(&filler);
    assert_eq!(patient.check_in().await, Some(false), "refused, and told so");
    assert!(patient.ping(1).await.is_some() && clinician.ping(1).await.is_some(), "the call goes on");
    assert!(node.is_ready().await, "reads go on");

    std::fs::remove_file(&filler).expect("removed");
    let back = until("writes work again", Duration::from_secs(10), async || patient.check_in().await == Some(true)).await;
    assert_eq!(clinician.does(ClientMessage::End(Empty {})).await, Some(true));
    say(&format!(
        "disk full: calls and reads went on, writes were refused, and worked {:.2} s after there was room",
        back.as_secs_f64()
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_while_postgres_stands_still() {
    let _turn = alone().await;
    let database = crate::postgres::server().database().await;
    let house = House::new(Some(database.url()), None);
    let node = house.node("a").await;
    visits::book(&database.url(), 2).await;
    let ways = Ways::to(&[&node]);
    let (mut patient, mut clinician) = (Page::patient(&ways, 1), Page::clinician(&ways, 1));
    patient.enter(Duration::from_secs(20)).await;
    clinician.enter(Duration::from_secs(20)).await;

    let folder = visits::ask(&database.url(), "current_setting('data_directory')").await;
    let server = Server::of(Path::new(&folder));
    server.signal("STOP");
    let refused = beside(&mut clinician, patient.check_in()).await;
    let talk = (patient.ping(1).await, clinician.ping(1).await);
    let ready = node.is_ready().await;
    server.signal("CONT");
    assert_eq!(refused, Some(false), "refused, and told so");
    assert!(talk.0.is_some() && talk.1.is_some(), "the call goes on");
    assert!(!ready, "and the load balancer is told");

    let again = async {
        let back = until("writes work again", Duration::from_secs(20), async || patient.check_in().await == Some(true)).await;
        until("it is ready again", Duration::from_secs(20), async || node.is_ready().await).await;
        back
    };
    let back = beside(&mut clinician, again).await;
    assert_eq!(clinician.does(ClientMessage::End(Empty {})).await, Some(true));
    say(&format!(
        "PostgreSQL stopped: the call went on, writes were refused, and worked {:.1} s after it went on",
        back.as_secs_f64()
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_on_two_nodes_goes_on_while_postgres_is_stopped_and_started_again() {
    let _turn = alone().await;
    let (server, redis) = (crate::postgres::server(), Redis::start());
    let database = server.database().await;
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 2).await;
    let ways = Ways::to(&[&a, &b]);
    let (mut patient, mut clinician) = (Page::patient(&ways, 1).at(&a), Page::clinician(&ways, 1).at(&b));
    patient.enter(JOIN).await;
    clinician.enter(JOIN).await;

    beside(&mut patient, beside(&mut clinician, aside(|| server.stop()))).await;
    let cookie = format!("__Host-staff={STAFF}");
    let both = async { tokio::join!(b.answers("GET", "/api/v1/staff/me", &cookie, ""), patient.check_in()) };
    let (reads, refused) = beside(&mut clinician, both).await;
    let talk = (patient.ping(1).await, clinician.ping(1).await);
    let started = async {
        let ready = (a.is_ready().await, b.is_ready().await);
        aside(|| server.start_again()).await;
        ready
    };
    let ready = beside(&mut patient, beside(&mut clinician, started)).await;
    assert_eq!(refused, Some(false), "refused, and told so");
    assert!(reads.as_ref().is_some_and(|(status, said)| *status == 503 && said.contains("store_unavailable")), "{reads:?}");
    assert!(talk.0.is_some() && talk.1.is_some(), "the call goes on");
    assert_eq!(ready, (false, false), "and the load balancer is told");

    let back = until("writes work again", 3 * JOIN, async || {
        if clinician.ping(2).await.is_none() || patient.ping(2).await.is_none() {
            panic!("the call goes on: {:?} {:?}", patient.ended, clinician.ended);
        }
        patient.check_in().await == Some(true)
    });
    let back = back.await;
    let ready = until("both are ready again", 3 * JOIN, async || a.is_ready().await && b.is_ready().await);
    beside(&mut clinician, ready).await;
    assert_eq!(clinician.does(ClientMessage::End(Empty {})).await, Some(true));
    Page::patient(&ways, 2).at(&b).enter(JOIN).await;
    say(&format!(
        "PostgreSQL stopped and started again: a call on two nodes went on, writes were refused, and worked {:.1} s after",
        back.as_secs_f64()
    ));
}

/// The test's PostgreSQL with all its processes.
struct Server(u32);

impl Server {
    fn of(data: &Path) -> Self {
        let file = std::fs::read_to_string(data.join("postmaster.pid")).expect("it runs");
        Self(file.lines().next().expect("a line").parse().expect("its id"))
    }

    /// `STOP` stops those who answer too: each connection has a process of its own.
    fn signal(&self, signal: &str) {
        let children = Command::new("ps").args(["-o", "pid=", "--ppid", &self.0.to_string()]).output().expect("ps runs");
        crate::redis_server::signal_to(self.0, signal);
        for child in String::from_utf8_lossy(&children.stdout).split_whitespace() {
            // One may have ended meanwhile.
            let _ = Command::new("kill").args([&format!("-{signal}"), child]).stderr(Stdio::null()).status();
        }
    }
}

/// 16 MiB, gone when dropped.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(folder: &'a Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=16m,mode=0700", "housecall-test"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        // The gateway may still be closing its files.
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

fn fill(file: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(file).expect("created");
    let block = [7; 4096];
    while file.write_all(&block).is_ok() {}
}
