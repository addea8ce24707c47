//! The ways from a patient's network to this gateway: address, ports, protocol, and what each answered in one test. Pure.

use serde::Serialize;
use turn_config::ice::RelayPlace;

use crate::equipment::checks::{Check, CheckName, Outcome};

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Way {
    pub name: WayName,
    pub host: String,
    /// One port, or the first and the last of many: `49160-49999`.
    pub ports: String,
    pub protocol: Protocol,
    pub answer: Answer,
    /// Until it was connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_ms: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WayName {
    /// The pages and their sockets.
    Page,
    RelayUdp,
    RelayTcp,
    RelayTls,
    /// Behind the relay; patients' networks need not let it through, the relay's own firewall has to.
    Relayed,
    /// The gateway's own end of a test's media.
    Media,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    Udp,
    Tcp,
    /// TLS over TCP.
    Tls,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WayAnswer)]
pub enum Answer {
    Yes,
    No,
    NotChecked,
}

/// Where the gateway listens.
pub(super) struct Places<'a> {
    pub(super) public_url: &'a str,
    pub(super) relay: &'a RelayPlace,
    /// The relay's own ports for media.
    pub(super) relayed: (u16, u16),
    /// The media agent's addresses and ports.
    pub(super) media: &'a [(String, u16)],
}

pub(super) fn ways(places: &Places<'_>, checks: &[Check]) -> Vec<Way> {
    let Places { public_url, relay, relayed, media } = *places;
    let (host, port) = page(public_url);
    let ip = relay.ip.to_string();
    let way = |name, (host, ports): (String, String), protocol, (answer, after_ms)| Way {
        name,
        host,
        ports,
        protocol,
        answer,
        after_ms,
    };
    let mut ways = vec![
        way(WayName::Page, (host, port), Protocol::Tls, (page_answer(checks), None)),
        way(WayName::RelayUdp, (ip.clone(), relay.port.to_string()), Protocol::Udp, path_answer(checks, "udp")),
        way(WayName::RelayTcp, (ip.clone(), relay.port.to_string()), Protocol::Tcp, path_answer(checks, "tcp")),
        way(WayName::RelayTls, (relay.tls_host.clone(), relay.tls_port.to_string()), Protocol::Tls, path_answer(checks, "tls")),
        way(WayName::Relayed, (ip, format!("{}-{}", relayed.0, relayed.1)), Protocol::Udp, (Answer::NotChecked, None)),
    ];
    let answer = path_answer(checks, "direct");
    ways.extend(media.iter().map(|(host, port)| way(WayName::Media, (host.clone(), port.to_string()), Protocol::Udp, answer)));
    ways
}

fn page(public_url: &str) -> (String, String) {
    let rest = public_url.trim_start_matches("https://");
    let split = rest.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    split.map_or_else(|| (rest.to_owned(), "443".to_owned()), |(host, port)| (host.to_owned(), port.to_owned()))
}

/// The page that reported the test was there; whether its socket was too is the check's to say.
fn page_answer(checks: &[Check]) -> Answer {
    match checks.iter().find(|check| check.name == CheckName::Signaling).map(|check| check.outcome) {
        Some(Outcome::Pass | Outcome::Warn) => Answer::Yes,
        Some(Outcome::Fail) => Answer::No,
        Some(Outcome::NotChecked) | None => Answer::NotChecked,
    }
}

fn path_answer(checks: &[Check], way: &str) -> (Answer, Option<f64>) {
    let Some(path) = checks.iter().find(|check| check.name == CheckName::Path) else { return (Answer::NotChecked, None) };
    let after = path.values.get(&format!("{way}_connect_ms")).copied();
    match path.values.get(way) {
        Some(worked) if *worked > 0.0 => (Answer::Yes, after),
        Some(_) => (Answer::No, None),
        None => (Answer::NotChecked, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_says_what_it_answered_and_what_was_not_tried_is_not_called_closed() {
        let checks: Vec<Check> = serde_json::from_str(
            r#"[{"name":"path","outcome":"warn","cause":"tcp_only","values":{"udp":0,"tcp":1,"tcp_connect_ms":210}},
                {"name":"signaling","outcome":"pass"}]"#,
        )
        .expect("checks");
        let relay = RelayPlace {
            ip: "203.0.113.7".parse().expect("an address"),
            port: 3478,
            tls_host: "visits.clinic.example".into(),
            tls_port: 5349,
        };
        let media = [("203.0.113.7".to_owned(), 3500)];
        let places =
            Places { public_url: "https://visits.clinic.example", relay: &relay, relayed: (49160, 49999), media: &media };
        let ways = ways(&places, &checks);
        let said: Vec<_> = ways.iter().map(|way| (way.host.as_str(), way.ports.as_str(), way.answer, way.after_ms)).collect();
        assert_eq!(
            said,
            [
                ("visits.clinic.example", "443", Answer::Yes, None),
                ("203.0.113.7", "3478", Answer::No, None),
                ("203.0.113.7", "3478", Answer::Yes, Some(210.0)),
                ("visits.clinic.example", "5349", Answer::NotChecked, None),
                ("203.0.113.7", "49160-49999", Answer::NotChecked, None),
                ("203.0.113.7", "3500", Answer::NotChecked, None),
            ]
        );
    }
}
