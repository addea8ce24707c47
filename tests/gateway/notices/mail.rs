//! Mail, to a server that speaks SMTP.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use housecall::base::private::Secret;
use housecall::config::{Config, SmtpConfig, SmtpTls};
use housecall::store::sql;
use serde_json::json;

use super::mailroom::Mailroom;
use super::{practice, send_mail};
use crate::support::visits::Practice;

fn smtp(address: SocketAddr, tls: SmtpTls, authority: Option<PathBuf>) -> SmtpConfig {
    SmtpConfig {
        server: "127.0.0.1".into(),
        port: Some(address.port()),
        tls,
        from: "North Clinic <visits@clinic.example>".into(),
        user: Some("visits".into()),
        password: Some(Secret::new("right password")),
        authority,
    }
}

fn mail_by(smtp: SmtpConfig) -> impl FnOnce(&mut Config) {
    move |config| config.notices.mail = Some(smtp)
}

/// Books for somebody who has a mail address and no phone.
async fn book(practice: &Practice) -> String {
    let typed = json!({ "name": "Ana Ruiz", "born": "1961-03-04", "mail": "ana@home.example", "language": "es" });
    let patient = practice.lee.post("/api/v1/patients", typed).await.ok();
    let mut booking = practice.booking("2026-11-25T10:00");
    booking["patient_id"] = patient["id"].clone();
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    assert_eq!(booked["links"][0]["told"], "mail");
    booked["links"][0]["url"].as_str().expect("a link").to_owned()
}

#[tokio::test]
async fn a_patient_with_a_mail_address_is_mailed_over_tls_in_their_language() {
    let room = Mailroom::open(true).await;
    let folder = tempfile::tempdir().expect("a folder");
    let authority = folder.path().join("authority.pem");
    std::fs::write(&authority, &room.authority).expect("written");
    let practice = practice(mail_by(smtp(room.address, SmtpTls::Starttls, Some(authority)))).await;
    let link = book(&practice).await;
    assert_eq!(send_mail(&practice.clinic.outbox()).await, 1);
    assert_eq!(practice.clinic.notices("sent").await, 1);
    let mail = decoded(&room.mails()[0]);
    assert!(mail.contains("To: ana@home.example") && mail.contains("visits@clinic.example"), "{mail}");
    assert!(mail.contains("Subject: Su videoconsulta") && mail.contains(&link), "{mail}");
    assert!(mail.contains("Message-ID: <") && !mail.contains("Ana Ruiz"), "{mail}");
    assert_eq!(room.heard("STARTTLS"), 1);
}

#[tokio::test]
async fn nothing_is_said_to_a_server_whose_certificate_is_not_trusted_or_that_has_no_tls() {
    let untrusted = Mailroom::open(true).await;
    let plain = Mailroom::open(false).await;
    for (room, why) in [(&untrusted, "not_trusted"), (&plain, "not_trusted")] {
        let practice = practice(mail_by(smtp(room.address, SmtpTls::Starttls, None))).await;
        book(&practice).await;
        send_mail(&practice.clinic.outbox()).await;
        assert_eq!((room.heard("AUTH"), room.heard("MAIL"), room.mails().len()), (0, 0, 0));
        let found = practice.clinic.text(sql("SELECT why FROM notices"), "why").await;
        assert!(found == why || found == "unreachable", "{found}");
        assert_eq!(practice.clinic.notices("waiting").await, 1, "kept until the server is mended");
    }
}

#[tokio::test]
async fn a_busy_mail_server_gets_the_same_mail_later_and_one_that_refuses_is_left_alone() {
    let room = Mailroom::open(false).await;
    room.moods.lock().expect("no panic").extend(["451 ana@home.example: try later", "250 ok", "550 no such person"]);
    let practice = practice(mail_by(smtp(room.address, SmtpTls::None, None))).await;
    book(&practice).await;
    let outbox = practice.clinic.outbox();
    send_mail(&outbox).await;
    assert_eq!((room.mails().len(), practice.clinic.notices("waiting").await), (0, 1));
    practice.clinic.context.clock.advance(Duration::from_secs(10));
    send_mail(&outbox).await;
    assert_eq!((room.mails().len(), practice.clinic.notices("sent").await), (1, 1));

    let mut booking = practice.booking("2026-11-26T10:00");
    booking["seats"] = json!([{ "role": "interpreter", "name": "Kim", "mail": "kim@agency.example" }]);
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    assert_eq!(booked["links"][1]["told"], "mail");
    send_mail(&outbox).await;
    assert_eq!(practice.clinic.notices("failed").await, 1);
}

#[tokio::test]
async fn a_wrong_password_is_the_operators_to_mend_and_loses_no_mail() {
    let room = Mailroom::open(false).await;
    let wrong = SmtpConfig { password: Some(Secret::new("wrong")), ..smtp(room.address, SmtpTls::None, None) };
    let practice = practice(mail_by(wrong)).await;
    book(&practice).await;
    send_mail(&practice.clinic.outbox()).await;
    assert_eq!(practice.clinic.text(sql("SELECT why FROM notices"), "why").await, "not_allowed");
    assert_eq!(practice.clinic.notices("waiting").await, 1);
}

/// Quoted-printable and base64 undone as far as these mails use them.
fn decoded(mail: &str) -> String {
    let (head, body) = mail.split_once("\n\n").unwrap_or((mail, ""));
    let body = if head.to_ascii_lowercase().contains("base64") {
        let bytes = data_encoding::BASE64.decode(body.replace('\n', "").as_bytes()).expect("base64");
        String::from_utf8(bytes).expect("UTF-8")
    } else {
        body.replace("=\n", "").replace("=3D", "=")
    };
    format!("{head}\n\n{body}")
}
