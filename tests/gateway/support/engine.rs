//! The engine the houses of this run stand on: `TEST_STORE=postgres` or SQLite.

use crate::postgres::{self, Database};

pub fn is_postgres() -> bool {
    std::env::var("TEST_STORE").is_ok_and(|store| store == "postgres")
}

/// A database of its own on the server; `None` where a file in the data folder is meant.
pub async fn database() -> Option<Database> {
    if is_postgres() { Some(postgres::server().database().await) } else { None }
}

/// Statements that go well in their job, after which its commit cannot.
pub fn breaks_the_commit() -> Vec<&'static str> {
    const ORPHAN: &str =
        "INSERT INTO patients (id, facility_id, name, born, language, created_at) VALUES ('p', 'nobody', '', '', 'en', 0)";
    match is_postgres() {
        false => vec!["PRAGMA defer_foreign_keys = ON", ORPHAN],
        true => vec!["ALTER TABLE patients ALTER CONSTRAINT patients_facility_id_fkey DEFERRABLE INITIALLY DEFERRED", ORPHAN],
    }
}
