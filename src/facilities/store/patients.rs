//! SQL of patients. Everything is asked within one facility: another's patients do not exist.

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, PatientId};
use crate::base::language::Language;
use crate::base::private::Personal;
use crate::facilities::Patient;
use crate::store::{Connection, On, Row, StoreError, sql};

const MOST: i64 = 50;

pub async fn insert(
    connection: &mut Connection,
    facility: &FacilityId,
    patient: &Patient,
    now: Moment,
) -> Result<(), StoreError> {
    sql("INSERT INTO patients (id, facility_id, name, born, phone, mail, language, record_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
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

pub async fn find(on: impl Into<On<'_>>, facility: &FacilityId, patient: &PatientId) -> Result<Option<Patient>, StoreError> {
    let row = sql("SELECT * FROM patients WHERE id = $1 AND facility_id = $2")
        .bind(patient.as_str())
        .bind(facility.as_str())
        .fetch_optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The facility's patients whose name has every word of `text` in it, or whose date of birth it is; at most 50, by name.
pub async fn search(on: impl Into<On<'_>>, facility: &FacilityId, text: &str) -> Result<Vec<Patient>, StoreError> {
    let mut words = text.split_whitespace().map(contains);
    let mut word = || words.next().unwrap_or_else(|| "%".to_owned());
    let rows = sql("SELECT * FROM patients WHERE facility_id = $1
         AND ((lower(name) LIKE $2 ESCAPE '!' AND lower(name) LIKE $3 ESCAPE '!' AND lower(name) LIKE $4 ESCAPE '!') OR born = $5)
         ORDER BY name, id LIMIT $6")
    .bind(facility.as_str())
    .bind(word())
    .bind(word())
    .bind(word())
    .bind(text.trim())
    .bind(MOST)
    .fetch_all(on)
    .await?;
    rows.iter().map(read).collect()
}

fn contains(word: &str) -> String {
    let word = word.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{word}%")
}

fn read(row: &Row) -> Result<Patient, StoreError> {
    let language: String = row.get("language")?;
    Ok(Patient {
        id: PatientId(row.get("id")?),
        name: Personal(row.get("name")?),
        born: Personal(row.get::<String>("born")?.parse().map_err(StoreError::strange)?),
        phone: row.get::<Option<String>>("phone")?.map(Personal),
        mail: row.get::<Option<String>>("mail")?.map(Personal),
        language: Language::parse(&language).ok_or_else(|| StoreError::strange("an unknown language"))?,
        record_id: row.get("record_id")?,
    })
}
