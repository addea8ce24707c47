//! SQL of patients. Everything is asked within one facility: another's patients do not exist.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqliteExecutor};

use super::strange;
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, PatientId};
use crate::base::language::Language;
use crate::base::private::Personal;
use crate::facilities::Patient;
use crate::store::StoreError;

const MOST: i64 = 50;

pub async fn insert(
    connection: &mut SqliteConnection,
    facility: &FacilityId,
    patient: &Patient,
    now: Moment,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO patients (id, facility_id, name, born, phone, mail, language, record_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(patient.id.as_str())
    .bind(facility.as_str())
    .bind(&patient.name.0)
    .bind(patient.born.0.to_string())
    .bind(patient.phone.as_ref().map(|phone| phone.0.as_str()))
    .bind(patient.mail.as_ref().map(|mail| mail.0.as_str()))
    .bind(patient.language.code())
    .bind(&patient.record_id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn find(
    executor: impl SqliteExecutor<'_>,
    facility: &FacilityId,
    patient: &PatientId,
) -> Result<Option<Patient>, StoreError> {
    let row = sqlx::query("SELECT * FROM patients WHERE id = $1 AND facility_id = $2")
        .bind(patient.as_str())
        .bind(facility.as_str())
        .fetch_optional(executor)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The facility's patients whose name has every word of `text` in it, or whose date of birth it is; at most 50, by name.
pub async fn search(executor: impl SqliteExecutor<'_>, facility: &FacilityId, text: &str) -> Result<Vec<Patient>, StoreError> {
    let mut words = text.split_whitespace().map(contains);
    let mut word = || words.next().unwrap_or_else(|| "%".to_owned());
    let rows = sqlx::query(
        "SELECT * FROM patients WHERE facility_id = $1
         AND ((lower(name) LIKE $2 ESCAPE '!' AND lower(name) LIKE $3 ESCAPE '!' AND lower(name) LIKE $4 ESCAPE '!') OR born = $5)
         ORDER BY name, id LIMIT $6",
    )
    .bind(facility.as_str())
    .bind(word())
    .bind(word())
    .bind(word())
    .bind(text.trim())
    .bind(MOST)
    .fetch_all(executor)
    .await?;
    rows.iter().map(read).collect()
}

fn contains(word: &str) -> String {
    let word = word.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{word}%")
}

fn read(row: &SqliteRow) -> Result<Patient, StoreError> {
    let language: String = row.try_get("language")?;
    Ok(Patient {
        id: PatientId(row.try_get("id")?),
        name: Personal(row.try_get("name")?),
        born: Personal(row.try_get::<String, _>("born")?.parse().map_err(strange)?),
        phone: row.try_get::<Option<String>, _>("phone")?.map(Personal),
        mail: row.try_get::<Option<String>, _>("mail")?.map(Personal),
        language: Language::parse(&language).ok_or_else(|| sqlx::Error::Decode("an unknown language".into()))?,
        record_id: row.try_get("record_id")?,
    })
}
