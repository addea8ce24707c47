//! Messages made to cost others something: too many, forged, malformed.

use serde_json::{Value, json};
use signaling::message::*;
use tokio_tungstenite::tungstenite::Message;

use crate::crowd::{Crowd, assert_unnoticed};
use crate::support::page::Page;
use crate::support::raw::{Raw, TEXT, frame};

const FLOODERS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_that_floods_loses_its_own_connection() {
    let crowd = Crowd::gathers(FLOODERS + 6).await;
    let ping = frame(TEXT, br#"{"v":1,"ack":0,"type":"ping","data":{"nonce":7}}"#).repeat(200);
    let flood = async |number: usize| {
        let mut raw = Raw::enter(&crowd.doors[number % FLOODERS]).await;
        for _ in 0..50 {
            raw.write(&ping).await;
        }
        assert_eq!(raw.closed().await, 4429);
    };
    assert_unnoticed("floods of 10,000 messages", crowd.talkers().await, flood).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_opens_socket_after_socket_is_told_to_wait() {
    let crowd = Crowd::gathers(1).await;
    let mut refused = vec![];
    for _ in 0..60 {
        refused.extend(crowd.doors[0].open().await.err());
    }
    println!("60 sockets at once: {} refused", refused.len());
    assert!(refused.len() >= 20 && refused.iter().all(|status| *status == 429), "{refused:?}");
}

/// Patient and clinician of the first visit, in the call.
async fn call(crowd: &Crowd) -> (Page, Page) {
    let (mut patient, welcome) = crowd.doors[0].enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    let (mut clinician, _) = crowd.desk.enter("desk").await;
    clinician.does(ClientMessage::Admit(Admit { seat: welcome.seat, identity_confirmed: true })).await;
    patient.hear_until(|message| matches!(message, ServerMessage::IceServers(_)).then_some(())).await;
    (patient, clinician)
}

async fn is_answered(page: &mut Page) -> Vec<ServerMessage> {
    page.say(ClientMessage::Ping(Ping { nonce: 9 })).await;
    let mut heard = vec![];
    loop {
        match page.hear().await {
            ServerMessage::Pong(_) => return heard,
            message => heard.push(message),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn descriptions_that_are_none_hurt_nobody() {
    let crowd = Crowd::gathers(7).await;
    let (mut patient, mut clinician) = call(&crowd).await;
    let mut other = crowd.doors[1].enter("other").await.0;
    let long = format!("v=0\r\n{}", "a=candidate:".repeat(4_000));
    let many = "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n".repeat(1_200);
    let odd = [
        "",
        "\0\0\0",
        "v=0",
        "a=candidate:",
        "a=candidate:\r\na=candidate: \r\n",
        "\u{202e}o=\u{0}",
        "{\"v\":1}",
        "a=candidate:1 1 udp",
        "a=candidate:1 1 udp 1 ::ffff:7f00:1 99999999999 typ host raddr",
        "\r\n\r\n\r\n",
        "a=candidate:é 1 udp 1 é 1 typ é",
        long.as_str(),
        many.as_str(),
    ];
    for sdp in odd {
        let description = Description { kind: DescriptionType::Offer, sdp: sdp.to_owned() };
        patient.say(ClientMessage::Description(DescriptionTo { to: "desk0".into(), page: None, description })).await;
    }
    let heard = is_answered(&mut patient).await;
    assert!(heard.is_empty(), "{heard:?}");
    let relayed = is_answered(&mut clinician).await;
    let relayed: Vec<_> = relayed.iter().filter(|message| matches!(message, ServerMessage::Description(_))).collect();
    assert_eq!(relayed.len(), odd.len(), "refused or relayed: these are relayed, without what may not pass");
    let text = format!("{relayed:?}");
    assert!(!text.contains("127.0.0.1") && !text.contains("7f00"), "an address of the machine itself passed");
    is_answered(&mut other).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_pretends_to_be_somebody_else_is_closed_and_not_heard() {
    let crowd = Crowd::gathers(7).await;
    let candidate = json!({ "candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host", "sdpMid": null, "sdpMLineIndex": null, "usernameFragment": null });
    let message = |data: Value| json!({ "v": 1, "n": 1, "ack": 0, "type": "candidate", "data": data }).to_string();
    let honest = json!({ "to": "desk0", "candidate": candidate });
    let with = |key: &str, value: Value| {
        let mut data = honest.clone();
        data[key] = value;
        message(data)
    };
    let whole = message(honest.clone());
    let forged = [
        with("from", json!("desk0")),
        with("seat", json!("desk0")),
        with("role", json!("clinician")),
        with("visit", json!("visit-v1")),
        with("to", json!(["desk0"])),
        with("to", json!(0)),
        with("to", json!(null)),
        with("candidate", json!("text")),
        whole.replace(r#""to":"desk0""#, r#""to":"desk1","to":"desk0""#),
        whole.replace(r#""v":1"#, r#""v":1,"v":1"#),
        whole.replace(r#""n":1"#, r#""n":"1""#),
        whole.replace(r#""n":1"#, r#""n":1.0"#),
        whole.replace(r#""n":1"#, r#""n":-1"#),
        whole.replace(r#""n":1"#, r#""n":2"#),
        whole.replace(r#""ack":0"#, r#""ack":1000000"#),
        whole.replace(r#""ack":0"#, r#""ack":0,"seat":"desk0""#),
        whole.replace("candidate\",\"v\"", "admitted\",\"v\""),
        format!("[{whole}]"),
    ];
    let (_, mut clinician) = call(&crowd).await;
    for (number, text) in forged.iter().enumerate() {
        let (mut patient, _) = crowd.doors[0].enter(&format!("phone {number}")).await;
        patient.say_raw(Message::text(text.clone())).await;
        assert_eq!(patient.closed().await, 4400, "{text}");
    }
    let heard = is_answered(&mut clinician).await;
    let meant = |message: &ServerMessage| matches!(message, ServerMessage::Candidate(_) | ServerMessage::Description(_));
    assert!(!heard.iter().any(meant), "{heard:?}");
    let (mut patient, _) = crowd.doors[0].enter("the true one").await;
    patient.say_raw(Message::text(whole)).await;
    clinician.hear_until(|message| meant(message).then_some(())).await;
}
