//! The engine the houses of this run stand on: `TEST_STORE=postgres` or SQLite.

use std::fs;
use std::path::Path;

use housecall::store::{Place, upkeep};
use tokio::sync::OnceCell;

use crate::postgres::{self, Database};

pub fn is_postgres() -> bool {
    std::env::var("TEST_STORE").is_ok_and(|store| store == "postgres")
}

/// A database of its own on the server; `None` where a file in the data folder is meant.
pub async fn database() -> Option<Database> {
    if is_postgres() { Some(postgres::server().database().await) } else { None }
}

/// Puts a database that is up to date and empty where it will be opened; the migrations run once for all tests of a program.
pub async fn put_file(file: &Path) {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(async || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("template.db");
        upkeep::migrate(&Place::File(file.clone())).await.expect("the migrations run");
        fs::read(file).expect("readable")
    });
    fs::write(file, template.await).expect("written");
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
