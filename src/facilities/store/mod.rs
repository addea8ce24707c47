//! SQL of facilities and their patients.

pub mod patients;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqliteExecutor};

use super::Facility;
use crate::base::clock::Moment;
use crate::base::ids::FacilityId;
use crate::store::StoreError;

pub async fn find(executor: impl SqliteExecutor<'_>, id: &FacilityId) -> Result<Option<Facility>, StoreError> {
    let row = sqlx::query("SELECT * FROM facilities WHERE id = $1").bind(id.as_str()).fetch_optional(executor).await?;
    row.map(|row| read(&row)).transpose()
}

pub async fn find_by_slug(executor: impl SqliteExecutor<'_>, slug: &str) -> Result<Option<Facility>, StoreError> {
    let row = sqlx::query("SELECT * FROM facilities WHERE slug = $1").bind(slug).fetch_optional(executor).await?;
    row.map(|row| read(&row)).transpose()
}

/// Writes the facility, new or changed. Its id and slug never change.
pub async fn save(connection: &mut SqliteConnection, facility: &Facility, now: Moment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes,
                                 languages, reasons, relay_only, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, phone = excluded.phone,
             emergency_number = excluded.emergency_number, join_window_minutes = excluded.join_window_minutes,
             languages = excluded.languages, reasons = excluded.reasons, relay_only = excluded.relay_only",
    )
    .bind(facility.id.as_str())
    .bind(&facility.slug)
    .bind(&facility.name)
    .bind(&facility.time_zone)
    .bind(&facility.phone)
    .bind(&facility.emergency_number)
    .bind(i64::from(facility.join_window_minutes))
    .bind(json(&facility.languages))
    .bind(json(&facility.reasons))
    .bind(i64::from(facility.relay_only))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("lists of words are JSON")
}

fn read(row: &SqliteRow) -> Result<Facility, StoreError> {
    Ok(Facility {
        id: FacilityId(row.try_get("id")?),
        slug: row.try_get("slug")?,
        name: row.try_get("name")?,
        time_zone: row.try_get("time_zone")?,
        phone: row.try_get("phone")?,
        emergency_number: row.try_get("emergency_number")?,
        join_window_minutes: u8::try_from(row.try_get::<i64, _>("join_window_minutes")?).map_err(strange)?,
        languages: serde_json::from_str(row.try_get("languages")?).map_err(strange)?,
        reasons: serde_json::from_str(row.try_get("reasons")?).map_err(strange)?,
        relay_only: row.try_get::<i64, _>("relay_only")? != 0,
    })
}

/// A row that this version of the gateway cannot have written.
fn strange(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Sql(sqlx::Error::Decode(Box::new(error)))
}
