//! `start`: from the start of the program until it says that it is ready, with years of visits in its store.

use clap::Args;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use tokio::time::Instant;

use super::Measured;
use crate::Failure;
use crate::house::clinic;
use crate::house::{By, Gateway};
use crate::machine::Machine;
use crate::process::look;
use crate::report::Figure;

const TIMES: usize = 3;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Visits in the store.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    pub(crate) visits: u32,
}

impl Options {
    pub(crate) fn words(&self) -> String {
        format!("{} visits in the store", self.visits)
    }
}

/// What differs from one copy of a row to the next; the rest stays as in the visit that was booked. One in ten is to come.
const COPIED: [(&str, &[(&str, &str)]); 4] = [
    ("patients", &[("id", "id || '-' || i")]),
    (
        "visits",
        &[
            ("id", "id || '-' || i"),
            ("patient_id", "patient_id || '-' || i"),
            ("starts_at", "starts_at + (i - $1 * 9 / 10) * 600000"),
            ("ends_at", "ends_at + (i - $1 * 9 / 10) * 600000"),
            ("state", "CASE WHEN i < $1 * 9 / 10 THEN 'ended' ELSE state END"),
        ],
    ),
    ("seats", &[("id", "id || '-' || i"), ("visit_id", "visit_id || '-' || i"), ("patient_id", "patient_id || '-' || i")]),
    ("join_links", &[("ref", "ref || '-' || i"), ("seat_id", "seat_id || '-' || i")]),
];

/// On a gateway of its own; says which version it was.
pub(crate) async fn run(machine: &Machine, options: Options) -> Result<(Measured, String), Failure> {
    let began = Instant::now();
    let mut gateway = Gateway::start(machine, &clinic::staff(1)).await?;
    clinic::book(&gateway.place(By::Tls), 1).await?;
    gateway.stop().await?;
    fill(&gateway, options.visits).await?;
    let mut ready = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        gateway.go_on().await?;
        ready.push(started.elapsed().as_secs_f64() * 1_000.0);
        if ready.len() < TIMES {
            gateway.stop().await?;
        }
    }
    ready.sort_by(f64::total_cmp);
    let memory_mib = look(gateway.process())?.memory_kib / 1024.0;
    gateway.stop().await?;
    let figures = vec![Figure::new("ready_ms", ready[TIMES / 2], "ms"), Figure::new("memory_mib", memory_mib, "MiB")];
    Ok((Measured { took_s: began.elapsed().as_secs_f64(), figures, ..Measured::default() }, gateway.version.clone()))
}

async fn fill(gateway: &Gateway, visits: u32) -> Result<(), Failure> {
    let mut store = SqliteConnectOptions::new().filename(gateway.store()).connect().await?;
    for (table, changed) in COPIED {
        let columns = columns(&mut store, table).await?;
        let value = |column: &String| {
            changed.iter().find(|(name, _)| name == column).map_or(column.clone(), |(_, value)| (*value).to_owned())
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        let (names, values) = (columns.join(", "), values.join(", "));
        let copy = format!(
            "WITH RECURSIVE copies (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < $1)
             INSERT INTO {table} ({names}) SELECT {values} FROM {table}, copies"
        );
        // Of names that the store itself gave, and of words that stand above.
        sqlx::query(AssertSqlSafe(copy)).bind(visits).execute(&mut store).await?;
    }
    store.close().await?;
    Ok(())
}

async fn columns(store: &mut SqliteConnection, table: &str) -> Result<Vec<String>, Failure> {
    let rows = sqlx::query("SELECT name FROM pragma_table_info($1)").bind(table).fetch_all(store).await?;
    Ok(rows.iter().map(|row| row.get("name")).collect())
}
