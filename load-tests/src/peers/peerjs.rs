//! PeerJS's server (npm `peer`): two people know each other's name and write to it.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::talker::{Dialect, Talker, open, until};
use crate::Failure;
use crate::child::{self, Server as Child, free_address};
use crate::machine::Machine;
use crate::server::{CANDIDATE, Said, Server, sdp};
use crate::wire::Way;

pub(crate) struct PeerJs {
    child: Child,
    pub(crate) version: String,
    way: Way,
    _folder: tempfile::TempDir,
}

/// Its lock file is part of this crate; `make bench` installs it there.
fn program() -> Result<PathBuf, Failure> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/peerjs/node_modules/peer/dist/bin/peerjs.js");
    if program.is_file() { Ok(program) } else { Err("not installed: npm ci in load-tests/peers/peerjs".into()) }
}

impl PeerJs {
    pub(crate) async fn start(machine: &Machine) -> Result<Self, Failure> {
        let (program, folder, address) = (program()?, tempfile::tempdir()?, free_address());
        let mut command = child::command(machine.server_core(), "node");
        command.arg(&program).args(["--host", "127.0.0.1", "--port", &address.port().to_string()]);
        let mut child = Child::start(command, folder.path())?;
        child.listens(address).await?;
        let node = Command::new("node").arg("--version").output().await?;
        let lock = std::fs::read_to_string(program.ancestors().nth(3).ok_or("an odd path")?.join("package.json"))?;
        let package: serde_json::Value = serde_json::from_str(&lock)?;
        let version = format!(
            "peer {} on node {}",
            package["version"].as_str().unwrap_or("?"),
            String::from_utf8_lossy(&node.stdout).trim()
        );
        Ok(Self { child, version, way: Way { address, trust: None }, _folder: folder })
    }

    async fn register(&self, me: String, other: String) -> Result<Talker<Named>, Failure> {
        let mut socket = open(&self.way, &format!("/peerjs?key=peerjs&id={me}&token={me}"), None).await?;
        until(&mut socket, |text| text.contains("OPEN").then_some(())).await?;
        Ok(Talker { socket, dialect: Named { me, other } })
    }
}

impl Server for PeerJs {
    type End = Talker<Named>;

    fn process(&self) -> u32 {
        self.child.process
    }

    async fn meet(&self, lane: u32, call: u32) -> Result<(Self::End, Self::End), Failure> {
        let (one, other) = (format!("a-{lane}-{call}"), format!("b-{lane}-{call}"));
        let (a, b) = tokio::join!(self.register(one.clone(), other.clone()), self.register(other, one));
        Ok((a?, b?))
    }
}

pub(crate) struct Named {
    me: String,
    other: String,
}

impl Dialect for Named {
    fn write(&mut self, what: Said) -> String {
        let (kind, payload) = match what {
            Said::Offer => ("OFFER", serde_json::json!({ "sdp": { "type": "offer", "sdp": sdp(what) }, "type": "media" })),
            Said::Answer => ("ANSWER", serde_json::json!({ "sdp": { "type": "answer", "sdp": sdp(what) }, "type": "media" })),
            Said::Candidate => (
                "CANDIDATE",
                serde_json::json!({ "candidate":
                { "candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "load" }, "type": "media" }),
            ),
        };
        serde_json::json!({ "type": kind, "src": self.me, "dst": self.other, "payload": payload }).to_string()
    }

    fn read(&mut self, text: &str) -> Option<Said> {
        let is = |word: &str| text.contains(&format!("\"type\":\"{word}\""));
        [("CANDIDATE", Said::Candidate), ("OFFER", Said::Offer), ("ANSWER", Said::Answer)]
            .into_iter()
            .find_map(|(word, said)| is(word).then_some(said))
    }

    fn goodbye(&self) -> Option<String> {
        None
    }
}
