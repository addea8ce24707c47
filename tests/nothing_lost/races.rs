//! R6: of 64 who want one thing exactly one gets it, from one gateway on SQLite and from two on one PostgreSQL.

use futures_util::future::join_all;
use housecall::identity::StaffRole::Clinician;
use serde_json::{Value, json};

use crate::browser::{Browser, Reply};
use crate::gateway::Gateway;
use crate::kills::started_on;
use crate::postgres::{Database, server};
use crate::support::Clinic;
use crate::support::visits::add_patient;

/// Dr. Lee and 64 browsers that are signed in as Dr. Lee, each at one of the gateways.
struct Crowd {
    clinic: Clinic,
    gateways: Vec<Gateway>,
    browsers: Vec<Browser>,
    booking: Value,
}

impl Crowd {
    async fn gathers(database: Option<Database>, nodes: usize) -> Self {
        let clinic = Clinic::open_on(database, |_| {}).await;
        let facility = clinic.facility("north").await;
        let lee = clinic.hire(&facility, "lee", Clinician).await.0;
        let patient = add_patient(&clinic.signed_in("lee").await, "Rosa").await;
        let mut gateways = Vec::new();
        for _ in 0..nodes {
            gateways.push(started_on(&clinic).await);
        }
        let mut first = Browser::new(&gateways[0]);
        first.sign_in("lee").await;
        let browsers = (0..64).map(|number| first.at(&gateways[number % nodes])).collect();
        let tomorrow = jiff::Timestamp::from_millisecond(housecall::base::clock::Clock::system().now().0 + 86_400_000);
        let day = tomorrow.expect("a time").in_tz("America/New_York").expect("known").date();
        let booking = json!({ "patient_id": patient, "clinician_id": lee, "reason": "follow_up",
                              "starts_at": format!("{day}T12:00"), "length_minutes": 20 });
        Self { clinic, gateways, browsers, booking }
    }

    /// All ask for the same thing at once, and again where there were too many of them for this machine, or the line was closed
    /// while it stood idle.
    async fn all(&mut self, path: &str, body: &Value) -> Vec<Reply> {
        let ask = async |(number, browser): (usize, &mut Browser)| {
            // The same key for the same wish, so that a second try is no second wish.
            let (key, mut broken) = (format!("{number:016} of {path}"), 0);
            loop {
                match browser.post(path, Some(&key), body).await {
                    Ok(reply) if reply.status != 503 => return reply,
                    Ok(_) => {}
                    Err(_) => broken += 1,
                }
                assert!(broken < 5, "no answer on {broken} lines");
            }
        };
        join_all(self.browsers.iter_mut().enumerate().map(ask)).await
    }

    async fn one_wins(mut self) {
        let booking = self.booking.clone();
        let replies = self.all("/api/v1/visits", &booking).await;
        let booked: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
        let refused = replies.iter().filter(|reply| reply.status == 409 && reply.body["code"] == "slot_taken").count();
        assert_eq!((booked.len(), refused, self.clinic.audited("visit.booked").await), (1, 63, 1));

        let visit = booked[0].body["visit"]["id"].as_str().expect("an id").to_owned();
        let replies = self.all(&format!("/api/v1/visits/{visit}/cancel"), &json!({})).await;
        let is_end = |reply: &&Reply| reply.status == 200 && reply.body["state"] == "cancelled";
        let others: Vec<_> = replies.iter().filter(|reply| !is_end(reply)).map(|reply| (reply.status, &reply.body)).collect();
        assert!(others.is_empty(), "all hear the one end, but {others:?}");
        assert_eq!(self.clinic.audited("visit.cancelled").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_gateway_on_sqlite_gives_a_slot_and_an_end_once() {
    Crowd::gathers(None, 1).await.one_wins().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_gateways_on_postgresql_give_a_slot_and_an_end_once() {
    Crowd::gathers(Some(server().database().await), 2).await.one_wins().await;
}
