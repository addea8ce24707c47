//! What a clinic is before a test begins: facilities, staff with passwords, a visit with its seats.

use housecall::audit::store::append;
use housecall::audit::{Actor, Entry};
use housecall::base::ids::{FacilityId, SeatId, StaffId, VisitId};
use housecall::base::private::Secret;
use housecall::facilities::{Change, Facility, store};
use housecall::identity::StaffRole;
use housecall::identity::command;
use housecall::identity::staff::NewStaff;
use housecall::store::{Query, Row, StoreError, sql};
use serde_json::json;

use super::{Clinic, Person};

pub const PASSWORD: &str = "correct horse battery";

impl Clinic {
    /// A facility in New York with one reason for visits.
    pub async fn facility(&self, slug: &str) -> Facility {
        let change = Change {
            time_zone: Some("America/New_York".into()),
            phone: Some("555-0100".into()),
            reasons: serde_json::from_value(json!([{ "code": "follow_up", "en": "Follow-up", "es": "Seguimiento" }])).ok(),
            ..Change::default()
        };
        let plain = Facility::new(FacilityId(self.context.dice.id()), slug).expect("a slug");
        let (facility, _) = change.apply(&plain).expect("a change");
        let (saved, now) = (facility.clone(), self.context.clock.now());
        let write =
            self.context.store.write::<_, StoreError, _>(move |c| Box::pin(async move { store::save(c, &saved, now).await }));
        write.await.expect("saved");
        facility
    }

    /// The facility takes somebody on; their password is `PASSWORD`.
    pub async fn hire(&self, facility: &Facility, login: &str, role: StaffRole) -> StaffId {
        let new = NewStaff::parse(login, login, role.word(), Secret::new(PASSWORD)).expect("whole");
        command::add(&self.context, &facility.slug, new).await.expect("added")
    }

    /// Somebody at a computer of their own who has just signed in.
    pub async fn signed_in(&self, login: &str) -> Person {
        let person = self.somebody();
        person.sign_in(login).await.ok();
        person
    }

    /// A new member of staff, signed in.
    pub async fn at_work(&self, facility: &Facility, login: &str, role: StaffRole) -> Person {
        self.hire(facility, login, role).await;
        self.signed_in(login).await
    }

    /// Statements for what has no door of its own in a test, `;` between them.
    pub async fn sql(&self, statements: &str) {
        let statements: Vec<String> = statements.split(';').map(str::to_owned).collect();
        let write = self.context.store.write::<_, StoreError, _>(move |c| {
            Box::pin(async move {
                for statement in statements.into_iter().filter(|text| !text.trim().is_empty()) {
                    sql(statement.leak()).execute(&mut *c).await?;
                }
                Ok(())
            })
        });
        write.await.expect("the statements run");
    }

    /// A booked visit with a patient's seat, straight in the tables.
    pub async fn visit(&self, facility: &Facility, staff: &StaffId, name: &str) -> (VisitId, SeatId) {
        let (visit, seat, patient) = (format!("visit-{name}"), format!("seat-{name}"), format!("patient-{name}"));
        self.sql(&format!(
            "INSERT INTO patients (id, facility_id, name, born, language, created_at)
             VALUES ('{patient}', '{facility}', 'Rosa', '1961-03-04', 'es', 0);
             INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at)
             VALUES ('{visit}', '{facility}', 'clinical', 'follow_up', '{staff}', '{patient}', 0, 0, 'booked', 0);
             INSERT INTO seats (id, visit_id, role, name, patient_id) VALUES ('{seat}', '{visit}', 'patient', 'Rosa', '{patient}')",
            facility = facility.id,
        ))
        .await;
        (VisitId(visit), SeatId(seat))
    }

    /// One entry about the visit.
    pub async fn writes_about(&self, visit: &VisitId) {
        let entry = Entry {
            at: self.context.clock.now(),
            actor: Actor::Gateway,
            action: "visit.booked",
            facility: None,
            visit: Some(visit.clone()),
            seat: None,
            detail: json!({ "length_minutes": 20 }),
        };
        let write = self.context.store.write::<_, StoreError, _>(move |c| Box::pin(async move { append(c, &entry).await }));
        write.await.expect("written");
    }

    /// How often each action was written to the audit.
    pub async fn audited(&self, action: &str) -> i64 {
        let count = sql("SELECT COUNT(*) AS n FROM audit WHERE action = $1").bind(action);
        count.fetch_one(self.context.store.reader()).await.expect("a count").get("n").expect("a number")
    }

    /// The rows of a query, for what a test knows of the tables.
    pub async fn rows(&self, query: Query) -> Vec<Row> {
        query.fetch_all(self.context.store.reader()).await.expect("the query runs")
    }

    /// The one text that a query gives.
    pub async fn text(&self, query: Query, column: &str) -> String {
        self.rows(query).await[0].get(column).expect("text")
    }
}

impl Person {
    pub async fn sign_in(&self, login: &str) -> super::person::Answer {
        self.post("/api/v1/staff/sign-in", json!({ "login": login, "password": PASSWORD })).await
    }
}
