//! nextcloud-spreed-signaling from Debian: a room, and messages from session to session. People come as its *internal* clients,
//! which need no Nextcloud to vouch for them: that saves the server two HTTP requests a person.

use std::fs;

use serde_json::{Value, json};

use super::debian_version;
use super::talker::{Dialect, Talker, open, until};
use crate::Failure;
use crate::child::{self, Server as Child, free_address, installed};
use crate::machine::Machine;
use crate::server::{CANDIDATE, Said, Server, sdp};
use crate::wire::{self, Socket, Way};

const PROGRAM: &str = "/usr/bin/nextcloud-spreed-signaling-server";
const SECRET: &str = "a-secret-for-load-tests";
/// Its internal clients prove themselves with an HMAC over a random text of their own; all of ours say the same one.
const RANDOM: &str = "a-random-text-of-load-tests-that-is-longer-than-32-bytes";
/// `printf %s RANDOM | openssl dgst -sha256 -hmac SECRET`
const TOKEN: &str = "862c1be24865fb52d9409bd8f96daf61360092ef2f1e90184df0a7391ed896be";

pub(crate) struct Spreed {
    child: Child,
    pub(crate) version: String,
    way: Way,
    _folder: tempfile::TempDir,
}

impl Spreed {
    pub(crate) async fn start(machine: &Machine) -> Result<Self, Failure> {
        let program = installed(PROGRAM)?;
        let (folder, address) = (tempfile::tempdir()?, free_address());
        let settings = folder.path().join("server.conf");
        fs::write(&settings, config(&address.to_string()))?;
        let mut command = child::command(machine.server_core(), program);
        command.arg("-config").arg(&settings);
        let mut child = Child::start(command, folder.path())?;
        child.listens(address).await?;
        let version = format!("nextcloud-spreed-signaling {}", debian_version("nextcloud-spreed-signaling").await);
        Ok(Self { child, version, way: Way { address, trust: None }, _folder: folder })
    }

    async fn enter(&self, room: &str) -> Result<(Socket, String), Failure> {
        let mut socket = open(&self.way, "/spreed", None).await?;
        let auth = json!({ "type": "internal", "params": { "random": RANDOM, "token": TOKEN, "backend": "http://localhost/" } });
        wire::say(&mut socket, json!({ "id": "1", "type": "hello", "hello": { "version": "1.0", "auth": auth } }).to_string())
            .await?;
        let session = until(&mut socket, |text| answer(text, "hello", "sessionid")).await??;
        let join = json!({ "id": "2", "type": "room", "room": { "roomid": room } });
        wire::say(&mut socket, join.to_string()).await?;
        until(&mut socket, |text| answer(text, "room", "roomid")).await??;
        Ok((socket, session))
    }
}

fn config(listen: &str) -> String {
    format!(
        "[http]\nlisten = {listen}\n[app]\ndebug = false\n[sessions]\nhashkey = {key}\nblockkey = {key}\n[clients]\ninternalsecret = {SECRET}\n\
         [backend]\nbackends = load\nallowall = false\ntimeout = 10\nconnectionsperhost = 8\n[load]\nurl = http://localhost/\nsecret = {SECRET}\n\
         [nats]\nurl = :loopback:\n[mcu]\n[turn]\n[geoip]\nlicense =\n[stats]\nallowed_ips =\n",
        key = "0123456789abcdef0123456789abcdef",
    )
}

/// A field of an answer of this kind, or the server's complaint.
fn answer(text: &str, kind: &str, field: &str) -> Option<Result<String, Failure>> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value["type"] == "error" {
        return Some(Err(format!("spreed: {}", value["error"]["code"]).into()));
    }
    (value["type"] == kind).then(|| Ok(value[kind][field].as_str().unwrap_or_default().to_owned()))
}

impl Server for Spreed {
    type End = Talker<Recipient>;

    fn process(&self) -> u32 {
        self.child.process
    }

    async fn meet(&self, lane: u32, call: u32) -> Result<(Self::End, Self::End), Failure> {
        let room = format!("room{lane}x{call}");
        let (one, other) = tokio::join!(self.enter(&room), self.enter(&room));
        let ((one, one_is), (other, other_is)) = (one?, other?);
        Ok((Talker { socket: one, dialect: Recipient(other_is) }, Talker { socket: other, dialect: Recipient(one_is) }))
    }
}

/// The other person's session.
pub(crate) struct Recipient(String);

impl Dialect for Recipient {
    fn write(&mut self, what: Said) -> String {
        let (kind, payload) = match what {
            Said::Offer => ("offer", json!({ "type": "offer", "sdp": sdp(what) })),
            Said::Answer => ("answer", json!({ "type": "answer", "sdp": sdp(what) })),
            Said::Candidate => (
                "candidate",
                json!({ "candidate":
                { "candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "load" } }),
            ),
        };
        let data = json!({ "to": self.0, "roomType": "video", "type": kind, "payload": payload });
        json!({ "type": "message", "message": { "recipient": { "type": "session", "sessionid": self.0 }, "data": data } })
            .to_string()
    }

    fn read(&mut self, text: &str) -> Option<Said> {
        text.contains("\"type\":\"message\"").then(|| Said::by_type(text)).flatten()
    }

    /// Without it the session would be kept for somebody who may come back.
    fn goodbye(&self) -> Option<String> {
        Some(json!({ "id": "9", "type": "bye", "bye": {} }).to_string())
    }
}
