//! A day at the clinic: a facility, Dr. Lee at work, a patient, a visit, and what the patient's phone does with the link.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, header};
use housecall::config::Config;
use housecall::facilities::Facility;
use housecall::identity::StaffRole;
use serde_json::{Value, json};

use super::person::Answer;
use super::{Clinic, Person};

pub const MINUTE: Duration = Duration::from_secs(60);
pub const BORN: (i64, i64, i64) = (1961, 3, 4);

/// Dr. Lee's practice in New York, where it is 14:00.
pub struct Practice {
    pub clinic: Clinic,
    pub facility: Facility,
    pub lee: Person,
    pub lee_id: String,
    pub patient_id: String,
}

/// A booked visit and the patient's link.
#[derive(Clone, Debug)]
pub struct Visit {
    pub id: String,
    pub seat: String,
    pub url: String,
}

impl Practice {
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The practice with other settings.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let clinic = Clinic::open_with(change).await;
        let facility = clinic.facility("north").await;
        let lee_id = clinic.hire(&facility, "lee", StaffRole::Clinician).await.0;
        let lee = clinic.signed_in("lee").await;
        let patient_id = add_patient(&lee, "Rosa Díaz").await;
        Self { clinic, facility, lee, lee_id, patient_id }
    }

    pub fn booking(&self, starts_at: &str) -> Value {
        json!({ "patient_id": self.patient_id, "clinician_id": self.lee_id, "reason": "follow_up",
                "starts_at": starts_at, "length_minutes": 20 })
    }

    pub async fn try_book(&self, starts_at: &str) -> Answer {
        self.lee.post("/api/v1/visits", self.booking(starts_at)).await
    }

    pub async fn book(&self, starts_at: &str) -> Visit {
        Visit::of(&self.try_book(starts_at).await.ok())
    }

    /// The row as Dr. Lee reads it.
    pub async fn row(&self, visit: &Visit) -> Value {
        self.lee.read(&format!("/api/v1/visits/{}", visit.id)).await.ok()
    }

    /// Somebody's phone that has opened the link and typed nothing yet.
    pub async fn phone(&self, visit: &Visit) -> Person {
        let phone = self.clinic.somebody();
        let joined = visit.redeem(&phone).await.ok();
        assert_eq!(joined["state"], "open", "{joined}");
        phone
    }

    /// The patient's phone, past the date of birth.
    pub async fn known_phone(&self, visit: &Visit) -> Person {
        let phone = self.phone(visit).await;
        visit.identify(&phone, BORN).await.ok();
        phone
    }
}

pub async fn add_patient(staff: &Person, name: &str) -> String {
    let typed = json!({ "name": name, "born": "1961-03-04", "phone": "555-0123", "language": "es" });
    let patient = staff.post("/api/v1/patients", typed).await.ok();
    patient["id"].as_str().expect("an id").to_owned()
}

impl Visit {
    pub fn of(booked: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let link = &booked["links"][0];
        Self { id: text(&booked["visit"]["id"]), seat: text(&link["seat"]), url: text(&link["url"]) }
    }

    fn reference_and_secret(&self) -> (&str, &str) {
        self.url.rsplit_once('/').and_then(|(_, end)| end.split_once('#')).expect("a link")
    }

    pub async fn look(&self, phone: &Person) -> Answer {
        let (reference, secret) = self.reference_and_secret();
        phone.post(&format!("/api/v1/join/{reference}/look"), json!({ "secret": secret })).await
    }

    pub async fn redeem(&self, phone: &Person) -> Answer {
        let (reference, secret) = self.reference_and_secret();
        phone.post(&format!("/api/v1/join/{reference}"), json!({ "secret": secret })).await
    }

    /// The link with another secret than its own.
    pub async fn redeem_guess(&self, phone: &Person) -> Answer {
        let (reference, _) = self.reference_and_secret();
        phone.post(&format!("/api/v1/join/{reference}"), json!({ "secret": "AAAAAAAAAAAAAAAAAAAAAA" })).await
    }

    pub async fn page(&self, phone: &Person) -> Answer {
        phone.read(&format!("/api/v1/seats/{}", self.seat)).await
    }

    pub async fn identify(&self, phone: &Person, (year, month, day): (i64, i64, i64)) -> Answer {
        let typed = json!({ "year": year, "month": month, "day": day });
        phone.post(&format!("/api/v1/seats/{}/identify", self.seat), typed).await
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/visits/{}{rest}", self.id)
    }
}

impl Person {
    pub async fn post_with_key(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request =
            self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json").header("idempotency-key", key);
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }
}
