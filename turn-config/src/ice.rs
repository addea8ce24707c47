//! ICE server lists as a page hands them to `RTCPeerConnection`: the whole list for a call, one path at a time for the equipment test.
//!
//! URL forms are those of RFC 7064 (stun) and RFC 7065 (turn, turns).

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::credentials::Credential;

/// One entry of `RTCConfiguration.iceServers`. Printing it shows the addresses only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
}

impl fmt::Debug for IceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// One list for each way to the relay, so that a test knows which of them worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinglePaths {
    pub udp: Vec<IceServer>,
    pub tcp: Vec<IceServer>,
    pub tls: Vec<IceServer>,
}

/// Where pages find the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayPlace {
    /// Reaches the UDP and TCP listener; an address saves pages a name look-up.
    pub ip: IpAddr,
    /// UDP and TCP port.
    pub port: u16,
    /// The name in the relay's certificate.
    pub tls_host: String,
    pub tls_port: u16,
}

impl RelayPlace {
    /// Everything a call may use: stun, then turn over UDP, TCP and TLS.
    pub fn every_path(&self, credential: &Credential) -> Vec<IceServer> {
        vec![entry(vec![self.stun(), self.udp(), self.tcp(), self.tls()], credential)]
    }

    /// Each list leads to the relay in one way only.
    pub fn single_paths(&self, credential: &Credential) -> SinglePaths {
        let only = |url| vec![entry(vec![url], credential)];
        SinglePaths { udp: only(self.udp()), tcp: only(self.tcp()), tls: only(self.tls()) }
    }

    fn stun(&self) -> String {
        format!("stun:{}:{}", host(self.ip), self.port)
    }

    fn udp(&self) -> String {
        format!("turn:{}:{}?transport=udp", host(self.ip), self.port)
    }

    fn tcp(&self) -> String {
        format!("turn:{}:{}?transport=tcp", host(self.ip), self.port)
    }

    fn tls(&self) -> String {
        let name = self.tls_host.parse().map_or_else(|_| self.tls_host.clone(), host);
        format!("turns:{name}:{}?transport=tcp", self.tls_port)
    }
}

fn entry(urls: Vec<String>, credential: &Credential) -> IceServer {
    IceServer { urls, username: credential.username.clone(), credential: credential.password.clone() }
}

fn host(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(ip: &str, tls_host: &str) -> RelayPlace {
        RelayPlace { ip: ip.parse().expect("an address"), port: 3478, tls_host: tls_host.to_owned(), tls_port: 5349 }
    }

    fn credential() -> Credential {
        Credential { username: "1:v:s".to_owned(), password: "hidden".to_owned() }
    }

    #[test]
    fn a_call_gets_every_path() {
        let list = place("203.0.113.7", "clinic.example").every_path(&credential());
        assert_eq!(list.len(), 1);
        assert_eq!(
            list[0].urls,
            [
                "stun:203.0.113.7:3478",
                "turn:203.0.113.7:3478?transport=udp",
                "turn:203.0.113.7:3478?transport=tcp",
                "turns:clinic.example:5349?transport=tcp"
            ]
        );
        assert_eq!((list[0].username.as_str(), list[0].credential.as_str()), ("1:v:s", "hidden"));
        assert!(!format!("{list:?}").contains("hidden"));
    }

    #[test]
    fn a_test_gets_one_path_at_a_time_and_ipv6_is_bracketed() {
        let paths = place("2001:db8::7", "2001:db8::7").single_paths(&credential());
        assert_eq!(paths.udp[0].urls, ["turn:[2001:db8::7]:3478?transport=udp"]);
        assert_eq!(paths.tcp[0].urls, ["turn:[2001:db8::7]:3478?transport=tcp"]);
        assert_eq!(paths.tls[0].urls, ["turns:[2001:db8::7]:5349?transport=tcp"]);
    }
}
