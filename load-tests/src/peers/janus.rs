//! Janus from Debian with its videocall plugin: two people register names, one calls the other. Janus ends the media itself, so
//! offer, answer and candidates are answered by it and not passed on: a call can be measured, the relay of a message cannot.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tokio::time::{Duration, timeout};

use super::debian_version;
use super::talker::{Dialect, Talker, open, until};
use crate::Failure;
use crate::child::{self, Server as Child, free_address, installed};
use crate::machine::Machine;
use crate::server::{CANDIDATE, Said, Server, sdp};
use crate::wire::{self, Socket, Way};

const PROGRAM: &str = "/usr/bin/janus";
const PLUGIN: &str = "libjanus_videocall.so";
const TRANSPORT: &str = "libjanus_websockets.so";
const LIBRARIES: [&str; 3] = ["/usr/lib/x86_64-linux-gnu/janus", "/usr/lib/aarch64-linux-gnu/janus", "/usr/lib/janus"];
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Janus {
    child: Child,
    pub(crate) version: String,
    way: Way,
    _folder: tempfile::TempDir,
}

impl Janus {
    pub(crate) async fn start(machine: &Machine) -> Result<Self, Failure> {
        let program = installed(PROGRAM)?;
        let libraries =
            LIBRARIES.iter().find(|folder| Path::new(folder).is_dir()).ok_or("not installed: Janus without its plugins")?;
        let (folder, address) = (tempfile::tempdir()?, free_address());
        let here = folder.path();
        fs::create_dir(here.join("plugins"))?;
        fs::create_dir(here.join("transports"))?;
        std::os::unix::fs::symlink(format!("{libraries}/plugins/{PLUGIN}"), here.join("plugins").join(PLUGIN))?;
        std::os::unix::fs::symlink(format!("{libraries}/transports/{TRANSPORT}"), here.join("transports").join(TRANSPORT))?;
        fs::write(here.join("janus.jcfg"), general(here))?;
        fs::write(here.join("janus.transport.websockets.jcfg"), websockets(address.port()))?;
        fs::write(here.join("janus.plugin.videocall.jcfg"), "general: {\n}\n")?;
        let mut command = child::command(machine.server_core(), program);
        command.arg("--configs-folder").arg(here);
        let mut child = Child::start(command, here)?;
        child.listens(address).await?;
        let version = format!("janus {}", debian_version("janus").await);
        Ok(Self { child, version, way: Way { address, trust: None }, _folder: folder })
    }

    async fn register(&self, name: &str) -> Result<Talker<Call>, Failure> {
        let mut socket = open(&self.way, "/", Some("janus-protocol")).await?;
        let session = ask(&mut socket, json!({ "janus": "create", "transaction": "create" })).await?;
        let attach =
            json!({ "janus": "attach", "session_id": session, "plugin": "janus.plugin.videocall", "transaction": "attach" });
        let handle = ask(&mut socket, attach).await?;
        let mut call = Call { session, handle, other: String::new() };
        let register = call.message("register", json!({ "request": "register", "username": name }), None);
        wire::say(&mut socket, register).await?;
        until(&mut socket, |text| text.contains("registered").then_some(())).await?;
        call.other = name.replace("a-", "b-");
        Ok(Talker { socket, dialect: call })
    }
}

fn general(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "general: {{\n configs_folder = \"{folder}\"\n plugins_folder = \"{folder}/plugins\"\n transports_folder = \"{folder}/transports\"\n \
         events_folder = \"{folder}\"\n loggers_folder = \"{folder}\"\n debug_level = 2\n admin_secret = \"load\"\n}}\n\
         certificates: {{\n}}\nmedia: {{\n}}\nnat: {{\n nice_debug = false\n full_trickle = true\n ice_enforce_list = \"lo\"\n}}\n\
         plugins: {{\n}}\ntransports: {{\n}}\n"
    )
}

fn websockets(port: u16) -> String {
    format!(
        "general: {{\n json = \"compact\"\n ws = true\n ws_port = {port}\n ws_ip = \"127.0.0.1\"\n wss = false\n}}\n\
         admin: {{\n admin_ws = false\n admin_wss = false\n}}\n"
    )
}

/// The id in the answer to a request.
async fn ask(socket: &mut Socket, request: Value) -> Result<u64, Failure> {
    let transaction = request["transaction"].clone();
    wire::say(socket, request.to_string()).await?;
    let answer = async {
        loop {
            let answer: Value = serde_json::from_str(&wire::text(socket).await?)?;
            if answer["transaction"] == transaction {
                return answer["data"]["id"]
                    .as_u64()
                    .ok_or_else(|| Failure::from(format!("janus: {}", answer["error"]["reason"])));
            }
        }
    };
    timeout(PATIENCE, answer).await.unwrap_or_else(|_| Err("janus does not answer".into()))
}

impl Server for Janus {
    type End = Talker<Call>;

    fn process(&self) -> u32 {
        self.child.process
    }

    async fn meet(&self, lane: u32, call: u32) -> Result<(Self::End, Self::End), Failure> {
        let (one, other) = (format!("a-{lane}-{call}"), format!("b-{lane}-{call}"));
        let (a, b) = tokio::join!(self.register(&one), self.register(&other));
        Ok((a?, b?))
    }
}

pub(crate) struct Call {
    session: u64,
    handle: u64,
    other: String,
}

impl Call {
    fn message(&self, transaction: &str, body: Value, jsep: Option<Value>) -> String {
        let mut message = json!({ "janus": "message", "session_id": self.session, "handle_id": self.handle,
            "transaction": transaction, "body": body });
        if let Some(jsep) = jsep {
            message["jsep"] = jsep;
        }
        message.to_string()
    }
}

impl Dialect for Call {
    fn write(&mut self, what: Said) -> String {
        match what {
            Said::Offer => {
                let body = json!({ "request": "call", "username": self.other });
                self.message("offer", body, Some(json!({ "type": "offer", "sdp": sdp(what), "trickle": true })))
            }
            Said::Answer => {
                let jsep = json!({ "type": "answer", "sdp": sdp(what), "trickle": true });
                self.message("answer", json!({ "request": "accept" }), Some(jsep))
            }
            Said::Candidate => json!({ "janus": "trickle", "session_id": self.session, "handle_id": self.handle,
                "transaction": "candidate", "candidate": { "candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0 } })
            .to_string(),
        }
    }

    /// A candidate is heard when Janus has taken it.
    fn read(&mut self, text: &str) -> Option<Said> {
        if text.contains("\"janus\":\"ack\"") {
            return text.contains("\"transaction\":\"candidate\"").then_some(Said::Candidate);
        }
        let is = |word: &str| text.contains(&format!("\"event\":\"{word}\""));
        [("incomingcall", Said::Offer), ("accepted", Said::Answer)].into_iter().find_map(|(word, said)| {
            // The one who accepts is told so too, without a description.
            (is(word) && text.contains("\"jsep\"")).then_some(said)
        })
    }

    fn goodbye(&self) -> Option<String> {
        Some(json!({ "janus": "destroy", "session_id": self.session, "transaction": "destroy" }).to_string())
    }
}
