//! Booked visits, straight in the tables: what a crowd needs before a fault begins.

use housecall::base::clock::Clock;
use housecall::base::private::Secret;
use sqlx::{AssertSqlSafe, PgConnection, Row};
use sqlx::{Connection as _, SqliteConnection};

use crate::page::{Page, Ways};

pub const DEVICE: &str = "aaaaaaaaaaaaaaaaaaaaaa";
pub const STAFF: &str = "bbbbbbbbbbbbbbbbbbbbbb";

/// In the seat of visit `vN`.
impl Page {
    pub fn patient(ways: &Ways, n: usize) -> Self {
        Self::new(ways, format!("/api/v1/seats/p{n}/socket?visit=v{n}"), format!("__Host-device={DEVICE}"))
    }

    pub fn clinician(ways: &Ways, n: usize) -> Self {
        Self::new(ways, format!("/api/v1/visits/v{n}/socket?visit=v{n}"), format!("__Host-staff={STAFF}"))
    }
}

/// Visits `v1` to `vN`, each with the seat of a patient, `p…`, and of the same clinician, `c…`.
pub fn statements(count: usize) -> String {
    let now = Clock::system().now().0;
    let (device, staff) = (Secret::new(DEVICE).hash(), Secret::new(STAFF).hash());
    let mut sql = format!(
        "INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes, languages, reasons, created_at)
           VALUES ('f', 'main', 'Main', 'UTC', '555-0100', '911', 30, '[\"en\"]', '[]', 0);
         INSERT INTO staff (id, facility_id, login, name, role, password_hash, created_at) VALUES ('lee', 'f', 'lee', 'Dr. Lee', 'clinician', 'x', 0);
         INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at) VALUES ('{staff}', 'lee', {now}, {now});
         INSERT INTO patients (id, facility_id, name, born, language, created_at) VALUES ('p', 'f', 'Rosa', '1961-03-04', 'en', 0);"
    );
    for n in 1..=count {
        sql += &format!(
            "INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at)
               VALUES ('v{n}', 'f', 'clinical', 'x', 'lee', 'p', {now}, {now} + 3600000, 'booked', 0);
             INSERT INTO seats (id, visit_id, role, name, patient_id) VALUES ('p{n}', 'v{n}', 'patient', 'Rosa', 'p');
             INSERT INTO seats (id, visit_id, role, name, staff_id) VALUES ('c{n}', 'v{n}', 'clinician', 'Dr. Lee', 'lee');
             INSERT INTO seat_sessions (id, seat_id, device_hash, created_at, identified_at) VALUES ('s{n}', 'p{n}', '{device}', 0, 1);"
        );
    }
    sql
}

pub async fn book(database: &str, count: usize) {
    change(database, statements(count)).await;
}

pub async fn book_in_file(file: &std::path::Path, count: usize) {
    change_file(file, &statements(count)).await;
}

pub async fn change_file(file: &std::path::Path, statements: &str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.expect("opened");
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut connection).await.expect("done");
    connection.close().await.expect("closed");
}

pub async fn change(database: &str, statements: String) {
    let mut connection = PgConnection::connect(database).await.expect("connected");
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.expect("done");
}

/// The first column of the first row, as text.
pub async fn ask(database: &str, question: &str) -> String {
    let mut connection = PgConnection::connect(database).await.expect("connected");
    let row =
        sqlx::query(AssertSqlSafe(format!("SELECT CAST(({question}) AS TEXT)"))).fetch_one(&mut connection).await.expect("a row");
    row.get::<Option<String>, _>(0).unwrap_or_default()
}
