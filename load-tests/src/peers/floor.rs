//! The floor as a peer: this program again, as a child.

use std::path::PathBuf;
use std::sync::Arc;

use super::talker::{Dialect, Talker, open};
use crate::Failure;
use crate::child::{self, Server as Child, free_address};
use crate::machine::Machine;
use crate::server::{CANDIDATE, Said, Server, sdp};
use crate::wire::Way;

pub(crate) struct Floor {
    child: Child,
    way: Way,
    _folder: tempfile::TempDir,
}

/// A certificate with its key for the floor to show, and what trusts it.
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) identity: (PathBuf, PathBuf),
    pub(crate) trust: Option<Arc<rustls::ClientConfig>>,
}

impl Floor {
    pub(crate) async fn start(machine: &Machine, tls: Option<Tls>) -> Result<Self, Failure> {
        let (folder, address) = (tempfile::tempdir()?, free_address());
        let mut command = child::command(machine.server_core(), std::env::current_exe()?);
        command.args(["floor", "--listen", &address.to_string()]);
        if let Some(Tls { identity: (certificate, key), .. }) = &tls {
            command.arg("--certificate").arg(certificate).arg("--key").arg(key);
        }
        let mut child = Child::start(command, folder.path())?;
        child.listens(address).await?;
        Ok(Self { child, way: Way { address, trust: tls.and_then(|tls| tls.trust) }, _folder: folder })
    }
}

impl Server for Floor {
    type End = Talker<Plain>;

    fn process(&self) -> u32 {
        self.child.process
    }

    async fn meet(&self, lane: u32, call: u32) -> Result<(Self::End, Self::End), Failure> {
        let enter = async |person: u32| {
            let socket = open(&self.way, &format!("/rooms/{lane}-{call}/{person}"), None).await?;
            Ok::<_, Failure>(Talker { socket, dialect: Plain })
        };
        let (one, other) = tokio::join!(enter(1), enter(2));
        Ok((one?, other?))
    }
}

pub(crate) struct Plain;

impl Dialect for Plain {
    fn write(&mut self, what: Said) -> String {
        match what {
            Said::Offer => serde_json::json!({ "type": "offer", "data": { "sdp": sdp(what) } }),
            Said::Answer => serde_json::json!({ "type": "answer", "data": { "sdp": sdp(what) } }),
            Said::Candidate => serde_json::json!({ "type": "candidate", "data":
                { "candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "load" } }),
        }
        .to_string()
    }

    fn read(&mut self, text: &str) -> Option<Said> {
        Said::by_type(text)
    }

    fn goodbye(&self) -> Option<String> {
        None
    }
}
