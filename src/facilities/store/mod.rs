//! SQL of facilities and their patients.

pub mod patients;

use super::Facility;
use crate::base::clock::Moment;
use crate::base::ids::FacilityId;
use crate::store::{Connection, On, Row, StoreError, sql};

pub async fn find(on: impl Into<On<'_>>, id: &FacilityId) -> Result<Option<Facility>, StoreError> {
    let row = sql("SELECT * FROM facilities WHERE id = $1").bind(id.as_str()).fetch_optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

pub async fn find_by_slug(on: impl Into<On<'_>>, slug: &str) -> Result<Option<Facility>, StoreError> {
    let row = sql("SELECT * FROM facilities WHERE slug = $1").bind(slug).fetch_optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

/// Writes the facility, new or changed. Its id and slug never change.
pub async fn save(connection: &mut Connection, facility: &Facility, now: Moment) -> Result<(), StoreError> {
    sql("INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes,
                                 languages, reasons, relay_only, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, phone = excluded.phone,
             emergency_number = excluded.emergency_number, join_window_minutes = excluded.join_window_minutes,
             languages = excluded.languages, reasons = excluded.reasons, relay_only = excluded.relay_only")
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

fn read(row: &Row) -> Result<Facility, StoreError> {
    Ok(Facility {
        id: FacilityId(row.get("id")?),
        slug: row.get("slug")?,
        name: row.get("name")?,
        time_zone: row.get("time_zone")?,
        phone: row.get("phone")?,
        emergency_number: row.get("emergency_number")?,
        join_window_minutes: u8::try_from(row.get::<i64>("join_window_minutes")?).map_err(StoreError::strange)?,
        languages: serde_json::from_str(row.get("languages")?).map_err(StoreError::strange)?,
        reasons: serde_json::from_str(row.get("reasons")?).map_err(StoreError::strange)?,
        relay_only: row.get::<i64>("relay_only")? != 0,
    })
}
