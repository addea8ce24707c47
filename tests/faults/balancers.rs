//! nginx and HAProxy with the very text of docs/OPERATIONS.md in front of two of its three nodes; the third was never built.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use signaling::message::{ClientMessage, CloseWord, Empty};
use tokio::net::TcpStream;

use crate::cluster::House;
use crate::gateway::Gateway;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{JOIN, in_company, postgres, say, until, visits};

const VISITS: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn nginx_keeps_visits_together_and_goes_round_a_node_that_died() {
    keeps_visits_together("nginx", |folder, text| {
        let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let places: String = kinds.iter().map(|kind| format!("{kind}_temp_path {}/{kind};", folder.display())).collect();
        let file = folder.join("nginx.conf");
        let pid = folder.join("nginx.pid");
        let around =
            format!("daemon off; master_process off; pid {}; events {{}} http {{ access_log off; {places}", pid.display());
        std::fs::write(&file, format!("{around}\n{text}}}")).expect("written");
        let mut nginx = Command::new("/usr/sbin/nginx");
        nginx.arg("-p").arg(folder).arg("-c").arg(file).args(["-e", "stderr"]);
        nginx
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn haproxy_keeps_visits_together_and_goes_round_a_node_that_died() {
    keeps_visits_together("haproxy", |folder, text| {
        let file = folder.join("haproxy.cfg");
        std::fs::write(&file, text).expect("written");
        let mut haproxy = Command::new("/usr/sbin/haproxy");
        haproxy.arg("-db").arg("-f").arg(file);
        haproxy
    })
    .await;
}

async fn keeps_visits_together(language: &str, command: impl Fn(&Path, &str) -> Command) {
    let _turn = in_company().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), VISITS + 2).await;
    let balancer = Balancer::start(language, [&a, &b], command).await;
    let ways = Ways::through(balancer.address, a.trust());

    let mut people = Vec::new();
    for n in 1..=VISITS {
        for mut page in [Page::patient(&ways, n), Page::clinician(&ways, n)] {
            page.enter(JOIN).await;
            people.push(page);
        }
    }
    let relayed = async || a.metric("sockets_relayed_total").await + b.metric("sockets_relayed_total").await;
    assert_eq!(relayed().await, 0.0, "both people of each visit are on one node");
    for (n, node) in [(VISITS + 1, &a), (VISITS + 2, &b)] {
        assert_eq!(Page::patient(&ways, n).at(node).enter(JOIN).await.node, node.name, "a node that is named is found");
    }
    let on_a = visits::ask(&database.url(), "SELECT count(*) FROM visits WHERE node = 'a'").await;

    a.kill();
    a.death().await;
    for page in &mut people {
        if page.ping(1).await.is_none() {
            assert_eq!(page.enter(6 * JOIN).await.node, "b");
        }
    }
    let still = visits::ask(&database.url(), "SELECT count(*) FROM visits WHERE state = 'booked'").await;
    assert_eq!(still, (VISITS + 2).to_string());
    for clinician in people.iter_mut().skip(1).step_by(2) {
        // The visit goes on until it is ended.
        while clinician.does(ClientMessage::End(Empty {})).await != Some(true) && clinician.ended != Some(CloseWord::VisitEnded) {
            clinician.enter(6 * JOIN).await;
        }
    }
    say(&format!("{language}: {VISITS} visits, none relayed; node a died with {on_a} of them, everybody was back on b"));
}

struct Balancer {
    address: SocketAddr,
    process: Child,
    _folder: tempfile::TempDir,
}

impl Balancer {
    async fn start(language: &str, nodes: [&Gateway; 2], command: impl Fn(&Path, &str) -> Command) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let address = free.expect("a free port");
        let [chain, key] = ["certificate.pem", "key.pem"].map(|file| nodes[0].folder().join("tls").join(file));
        let both = folder.path().join("both.pem");
        let text = [&chain, &key].map(|file| std::fs::read_to_string(file).expect("the gateway's own"));
        std::fs::write(&both, text.concat()).expect("written");

        let nobody = SocketAddr::new("127.127.127.127".parse().expect("an address"), nodes[0].behind_proxies.port());
        let shown = |path: &PathBuf| path.display().to_string();
        let here = [
            ("10.0.0.1:8080", nodes[0].behind_proxies.to_string()),
            ("10.0.0.2:8080", nodes[1].behind_proxies.to_string()),
            ("10.0.0.3:8080", nobody.to_string()),
            ("port 9443", format!("port {}", nodes[0].health.port())),
            ("bind :443", format!("bind {address}")),
            ("listen 443", format!("listen {address}")),
            ("/etc/ssl/visits/both.pem", shown(&both)),
            ("/etc/ssl/visits/chain.pem", shown(&chain)),
            ("/etc/ssl/visits/key.pem", shown(&key)),
        ];
        let text = here.iter().fold(example(language), |text, (said, here)| text.replace(said, here));
        assert!(!text.contains("10.0.0.") && !text.contains("/etc/"), "an address that the test does not know: {text}");
        let log = folder.path().join("log");
        let output = File::create(&log).expect("a log");
        let mut command = command(folder.path(), &text);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(output);
        let process = command.spawn().expect("installed by scripts/tools");
        let said = || std::fs::read_to_string(&log).unwrap_or_default();
        // HAProxy asks each node first; until it knows the third to be away it would try it.
        let is_up =
            async || TcpStream::connect(address).await.is_ok() && (language == "nginx" || said().contains("nodes/c is DOWN"));
        until("the balancer takes the document's text", 3 * JOIN, is_up).await;
        Self { address, process, _folder: folder }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The document's only example in this language.
fn example(language: &str) -> String {
    let document = include_str!("../../docs/OPERATIONS.md");
    let (_, rest) = document.split_once(&format!("```{language}\n")).expect("an example");
    rest.split_once("```").expect("it ends").0.to_owned()
}
