//! A clinician at work who keeps a journal: what was asked, and what was acknowledged.

use std::collections::BTreeMap;

use housecall::base::dice::Dice;
use housecall::store::{Row, sql};
use jiff::ToSpan;
use jiff::civil::DateTime;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::browser::{Browser, Reply};
use crate::page::Ways;
use crate::room;
use crate::support::Clinic;

pub struct Desk {
    browser: Browser,
    ways: Ways,
    clinician: String,
    patient: String,
    /// Visits as they must stand in the database.
    journal: BTreeMap<String, Entry>,
    open: Option<Open>,
    next_slot: DateTime,
    dice: Dice,
}

/// A visit, and how often each thing was done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    starts_local: String,
    state: String,
    late: i64,
    moved: i64,
    announced: i64,
    cancelled: i64,
    ended: i64,
}

/// A deed without an answer. Where it was done all the same, doing it again must change nothing.
#[derive(Clone, Debug)]
struct Open {
    deed: Deed,
    was_done: bool,
}

#[derive(Clone, Debug)]
enum Deed {
    Book {
        key: String,
        slot: String,
    },
    Move {
        visit: String,
        slot: String,
    },
    Late {
        visit: String,
        minutes: i64,
    },
    Cancel {
        visit: String,
    },
    /// In the room, over its socket.
    End {
        visit: String,
        command: String,
    },
}

impl Desk {
    /// `first_slot` is far enough ahead not to be over before the test is.
    pub fn new(browser: Browser, ways: Ways, clinician: String, patient: String, first_slot: DateTime) -> Self {
        let dice = Dice::system();
        Self { browser, ways, clinician, patient, journal: BTreeMap::new(), open: None, next_slot: first_slot, dice }
    }

    /// Works until the line breaks; counts what is acknowledged.
    pub async fn work(&mut self, acknowledged: &Semaphore) {
        self.browser.hang_up();
        while self.goes_on().await {
            acknowledged.add_permits(1);
        }
    }

    /// One deed: the one that had no answer, again, or another. False when no answer came.
    async fn goes_on(&mut self) -> bool {
        let open = self.open.take().unwrap_or_else(|| Open { deed: self.think(), was_done: false });
        let Open { deed, was_done } = self.open.insert(open).clone();
        let Ok(reply) = self.ask(&deed).await else { return false };
        assert!((200..300).contains(&reply.status), "{deed:?}: {} {}", reply.status, reply.body);
        self.open = None;
        if !was_done {
            let visit = deed.visit().unwrap_or_else(|| reply.body["visit"]["id"].as_str().expect("an id")).to_owned();
            let entry = self.journal.entry(visit).or_default();
            *entry = entry.after(&deed);
        }
        true
    }

    /// Any of what can be done now.
    fn think(&mut self) -> Deed {
        let [choice, which] = self.dice.bytes();
        let booked: Vec<_> = self.journal.iter().filter(|(_, entry)| entry.state == "booked").collect();
        let Some((visit, entry)) = booked.get(usize::from(which) % booked.len().max(1)) else { return self.booking() };
        let visit = (*visit).clone();
        match choice % 8 {
            0 | 1 => Deed::Move { visit, slot: self.slot() },
            2 | 3 => Deed::Late { minutes: entry.late + 1, visit },
            4 => Deed::Cancel { visit },
            5 => Deed::End { visit, command: self.dice.id() },
            _ => self.booking(),
        }
    }

    fn booking(&mut self) -> Deed {
        Deed::Book { key: self.dice.token().reveal().to_owned(), slot: self.slot() }
    }

    /// A time nobody had before, by day, where no clock is changed.
    fn slot(&mut self) -> String {
        self.next_slot = self.next_slot.saturating_add(10.minutes());
        if self.next_slot.hour() >= 20 {
            self.next_slot = self.next_slot.saturating_add(1.day()).with().hour(8).minute(0).build().expect("a time");
        }
        self.next_slot.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    async fn ask(&mut self, deed: &Deed) -> std::io::Result<Reply> {
        match deed {
            Deed::Book { key, slot } => {
                let booking = json!({ "patient_id": self.patient, "clinician_id": self.clinician, "reason": "follow_up",
                                      "starts_at": slot, "length_minutes": 10 });
                self.browser.post("/api/v1/visits", Some(key), &booking).await
            }
            Deed::Move { visit, slot } => {
                self.browser.post(&format!("/api/v1/visits/{visit}/move"), None, &json!({ "starts_at": slot })).await
            }
            Deed::Late { visit, minutes } => {
                self.browser.post(&format!("/api/v1/visits/{visit}/late"), None, &json!({ "minutes": minutes })).await
            }
            Deed::Cancel { visit } => self.browser.post(&format!("/api/v1/visits/{visit}/cancel"), None, &json!({})).await,
            Deed::End { visit, command } => {
                room::end(&self.ways, &self.browser.cookie, visit, command).await.map(|()| Reply::done())
            }
        }
    }

    /// After a death: what was acknowledged is there, and the deed without an answer was done whole or not at all.
    pub async fn settle(&mut self, clinic: &Clinic) {
        let found = self.found(clinic).await;
        if found == self.journal {
            return;
        }
        let open = self.open.as_mut().filter(|open| !open.was_done).expect("nothing else was asked");
        let news: Vec<_> = found.iter().filter(|(visit, entry)| self.journal.get(*visit) != Some(entry)).collect();
        let [(visit, entry)] = news[..] else { panic!("{:?} and more: {news:?}", open.deed) };
        let before = self.journal.get(visit).cloned().unwrap_or_default();
        assert_eq!(*entry, before.after(&open.deed), "half of {:?}", open.deed);
        open.was_done = true;
        self.journal.insert(visit.clone(), entry.clone());
        assert_eq!(found, self.journal, "something is lost");
        // A move has no key: moved again to where it is, it would be a second move.
        self.open.take_if(|open| matches!(open.deed, Deed::Move { .. }));
    }

    /// What the database holds for this clinician, each visit whole: two seats, one link, and its audit.
    async fn found(&self, clinic: &Clinic) -> BTreeMap<String, Entry> {
        let rows = clinic.rows(sql(FOUND).bind(&self.clinician)).await;
        rows.iter().map(|row| (row.get("id").expect("text"), Entry::read(row))).collect()
    }
}

impl Deed {
    fn visit(&self) -> Option<&str> {
        match self {
            Self::Book { .. } => None,
            Self::Move { visit, .. } | Self::Late { visit, .. } | Self::Cancel { visit } | Self::End { visit, .. } => Some(visit),
        }
    }
}

const FOUND: &str = "SELECT v.id, v.starts_at, v.state, v.late_minutes,
    (SELECT COUNT(*) FROM seats s WHERE s.visit_id = v.id) AS seats,
    (SELECT COUNT(*) FROM join_links l JOIN seats s ON s.id = l.seat_id WHERE s.visit_id = v.id) AS links,
    (SELECT COUNT(*) FROM audit a WHERE a.visit_id = v.id AND a.action = 'visit.booked') AS booked,
    (SELECT COUNT(*) FROM audit a WHERE a.visit_id = v.id AND a.action = 'visit.moved') AS moved,
    (SELECT COUNT(*) FROM audit a WHERE a.visit_id = v.id AND a.action = 'visit.running_late') AS announced,
    (SELECT COUNT(*) FROM audit a WHERE a.visit_id = v.id AND a.action = 'visit.cancelled') AS cancelled,
    (SELECT COUNT(*) FROM audit a WHERE a.visit_id = v.id AND a.action = 'visit.ended') AS ended
    FROM visits v WHERE v.staff_id = $1";

impl Entry {
    fn read(row: &Row) -> Self {
        let number = |column| row.get::<i64>(column).expect("a number");
        assert_eq!((number("seats"), number("links"), number("booked")), (2, 1, 1), "a whole visit, once");
        let starts = jiff::Timestamp::from_millisecond(number("starts_at")).expect("a time");
        Self {
            starts_local: starts.in_tz("America/New_York").expect("known").strftime("%Y-%m-%dT%H:%M").to_string(),
            state: row.get("state").expect("text"),
            late: number("late_minutes"),
            moved: number("moved"),
            announced: number("announced"),
            cancelled: number("cancelled"),
            ended: number("ended"),
        }
    }

    fn after(&self, deed: &Deed) -> Self {
        let was = self.clone();
        match deed {
            Deed::Book { slot, .. } => Self { starts_local: slot.clone(), state: "booked".into(), ..Self::default() },
            Deed::Move { slot, .. } => Self { starts_local: slot.clone(), late: 0, moved: was.moved + 1, ..was },
            Deed::Late { minutes, .. } => Self { late: *minutes, announced: was.announced + 1, ..was },
            Deed::Cancel { .. } => Self { state: "cancelled".into(), cancelled: was.cancelled + 1, ..was },
            Deed::End { .. } => Self { state: "ended".into(), ended: was.ended + 1, ..was },
        }
    }
}
