//! A clinic with enough clinicians for all visits to be open at the same moment, and the visits booked.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::{Mutex, Semaphore};
use tokio::task::JoinSet;

use super::gateway::{Account, PASSWORD};
use super::{Browser, Pass, Place};
use crate::{Failure, bar};

/// The join window is two hours at most and a visit lasts five minutes at least, so one clinician has so many open visits.
const VISITS_EACH: u32 = 22;
/// So many clinicians book at once: a busy gateway sends more of them away, and booking is not what is measured.
const DESKS: usize = 16;
const WINDOW_MINUTES: u32 = 120;
const LENGTH_MINUTES: u32 = 5;
const BIRTH: (u32, u32, u32) = (1948, 3, 12);
/// Clinicians have the first addresses.
const FIRST_PATIENT: u32 = 1_000;

/// Signed in, and shared by all visits of one clinician.
#[derive(Clone)]
pub(crate) struct Clinician {
    id: String,
    browser: Arc<Mutex<Browser>>,
}

pub(crate) struct Booked {
    number: u32,
    visit: String,
    clinician: Clinician,
    reference: String,
    secret: String,
}

impl Booked {
    /// A browser of the patient's own.
    pub(crate) async fn phone(&self, place: &Place) -> Result<Browser, Failure> {
        Browser::open(place, FIRST_PATIENT + self.number).await
    }

    /// Opens the link; gives the seat behind it.
    pub(crate) async fn redeem(&self, phone: &mut Browser) -> Result<String, Failure> {
        let state = phone.post(&format!("/join/{}", self.reference), &json!({ "secret": self.secret })).await?;
        let seat = state["seat"].as_str().map(str::to_owned);
        seat.ok_or_else(|| format!("the link does not open: {}", state["state"]).into())
    }

    pub(crate) async fn identify(&self, phone: &mut Browser, seat: &str) -> Result<(), Failure> {
        let (year, month, day) = BIRTH;
        phone.post(&format!("/seats/{seat}/identify"), &json!({ "year": year, "month": month, "day": day })).await?;
        Ok(())
    }

    /// Everything before the patient's socket.
    pub(crate) async fn open_link(&self, place: &Place) -> Result<Pass, Failure> {
        let mut phone = self.phone(place).await?;
        let seat = self.redeem(&mut phone).await?;
        self.identify(&mut phone, &seat).await?;
        Ok(phone.pass(patient_socket(&seat)))
    }

    pub(crate) async fn clinician_pass(&self) -> Pass {
        self.clinician.browser.lock().await.pass(format!("/visits/{}/socket", self.visit))
    }
}

pub(crate) fn patient_socket(seat: &str) -> String {
    format!("/seats/{seat}/socket")
}

/// An administrator and as many clinicians as the visits need.
pub(crate) fn staff(visits: u32) -> Vec<Account> {
    let admin = Account { login: "admin".to_owned(), role: "admin" };
    let clinicians = (0..visits.div_ceil(VISITS_EACH)).map(|number| Account { login: login(number), role: "clinician" });
    std::iter::once(admin).chain(clinicians).collect()
}

fn login(number: u32) -> String {
    format!("clinician-{number}")
}

/// Books the visits, each clinician one after the other, all clinicians together.
pub(crate) async fn book(place: &Place, visits: u32) -> Result<Vec<Booked>, Failure> {
    let mut admin = Browser::open(place, 0).await?;
    sign_in(&mut admin, "admin").await?;
    admin.patch("/facility", &json!({ "join_window_minutes": WINDOW_MINUTES })).await?;
    let facility = admin.get("/facility").await?;
    let reason = text(&facility["reasons"][0]["code"])?;
    let (year, month, day) = BIRTH;
    let patient = json!({ "name": "Pat Load", "born": format!("{year}-{month:02}-{day:02}"), "language": "en" });
    let patient = text(&admin.post("/patients", &patient).await?["id"])?;
    let now_ms = admin.get("/visits").await?["now"].as_i64().ok_or("the gateway does not say what time it is")?;

    let bar = bar("booking", usize::try_from(visits)?);
    let (mut running, desks) = (JoinSet::new(), Arc::new(Semaphore::new(DESKS)));
    for number in 0..visits.div_ceil(VISITS_EACH) {
        let (place, bar, desks) = (place.clone(), bar.clone(), Arc::clone(&desks));
        let (reason, patient) = (reason.clone(), patient.clone());
        let wanted = VISITS_EACH.min(visits - number * VISITS_EACH);
        running.spawn(async move {
            let _desk = desks.acquire().await?;
            let clinician = clinician(&place, number).await?;
            let mut booked = Vec::new();
            for slot in 0..wanted {
                let number = number * VISITS_EACH + slot;
                let request = json!({ "patient_id": patient, "clinician_id": clinician.id, "reason": reason,
                    "starts_at": wall_time(now_ms, slot)?, "length_minutes": LENGTH_MINUTES });
                booked.push(book_one(&clinician, number, &request).await?);
                bar.inc(1);
            }
            Ok::<_, Failure>(booked)
        });
    }
    let mut all = Vec::new();
    while let Some(booked) = running.join_next().await {
        all.append(&mut booked??);
    }
    bar.finish_and_clear();
    Ok(all)
}

async fn clinician(place: &Place, number: u32) -> Result<Clinician, Failure> {
    let mut browser = Browser::open(place, number + 1).await?;
    let me = sign_in(&mut browser, &login(number)).await?;
    Ok(Clinician { id: text(&me["id"])?, browser: Arc::new(Mutex::new(browser)) })
}

async fn book_one(clinician: &Clinician, number: u32, request: &Value) -> Result<Booked, Failure> {
    let answer = clinician.browser.lock().await.post("/visits", request).await?;
    let links = answer["links"].as_array().ok_or("no links")?;
    let link = links.iter().find(|link| link["role"] == "patient").ok_or("no link for the patient")?;
    let url = text(&link["url"])?;
    let (reference, secret) = url.rsplit_once("/j/").and_then(|found| found.1.split_once('#')).ok_or("an odd link")?;
    Ok(Booked {
        number,
        visit: text(&answer["visit"]["id"])?,
        clinician: clinician.clone(),
        reference: reference.to_owned(),
        secret: secret.to_owned(),
    })
}

async fn sign_in(browser: &mut Browser, login: &str) -> Result<Value, Failure> {
    browser.post("/staff/sign-in", &json!({ "login": login, "password": PASSWORD })).await
}

/// The facility is in UTC. The first slot begins with the next minute.
fn wall_time(now_ms: i64, slot: u32) -> Result<String, Failure> {
    let starts_ms = now_ms - now_ms % 60_000 + 60_000 + i64::from(slot * LENGTH_MINUTES) * 60_000;
    let zoned = jiff::Timestamp::from_millisecond(starts_ms)?.to_zoned(jiff::tz::TimeZone::UTC);
    Ok(zoned.strftime("%Y-%m-%dT%H:%M").to_string())
}

fn text(value: &Value) -> Result<String, Failure> {
    Ok(value.as_str().ok_or("the gateway's answer lacks a text")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_visit_has_a_clinician_and_is_open_at_once() {
        assert_eq!(staff(1).len(), 2);
        assert_eq!(staff(22).len(), 2);
        assert_eq!(staff(23).len(), 3);
        // 24 November 2026, 14:30:20 UTC
        assert_eq!(wall_time(1_795_530_620_000, 0).expect("a time"), "2026-11-24T14:31");
        assert_eq!(wall_time(1_795_530_620_000, VISITS_EACH - 1).expect("a time"), "2026-11-24T16:16");
        const { assert!(VISITS_EACH * LENGTH_MINUTES < WINDOW_MINUTES) };
    }
}
