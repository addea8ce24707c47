//! How the person of a seat is reached, and in which language.

use crate::base::ids::SeatId;
use crate::base::language::Language;
use crate::base::private::Personal;
use crate::facilities::Facility;
use crate::store::{Connection, StoreError, sql};

#[derive(Clone, Debug)]
pub struct Contact {
    pub phone: Option<Personal<String>>,
    pub mail: Option<Personal<String>>,
    pub language: Language,
}

/// A patient's stand with the patient, a caregiver's or an interpreter's with the seat. A caregiver is taken to speak as the patient
/// does, an interpreter as the clinic does.
pub async fn of_seat(c: &mut Connection, seat: &SeatId, facility: &Facility) -> Result<Option<Contact>, StoreError> {
    let row = sql("SELECT seats.role, seats.phone AS own_phone, seats.mail AS own_mail, p.phone, p.mail, p.language
         FROM seats JOIN visits v ON v.id = seats.visit_id JOIN patients p ON p.id = v.patient_id
         WHERE seats.id = $1 AND v.facility_id = $2")
    .bind(seat.as_str())
    .bind(facility.id.as_str())
    .fetch_optional(c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role: String = row.get("role")?;
    let is_patient = role == "patient";
    let (phone, mail) = if is_patient { ("phone", "mail") } else { ("own_phone", "own_mail") };
    let patients = Language::parse(row.get("language")?).unwrap_or_default();
    let clinics = facility.languages.first().copied().unwrap_or_default();
    Ok(Some(Contact {
        phone: row.get::<Option<String>>(phone)?.map(Personal),
        mail: row.get::<Option<String>>(mail)?.map(Personal),
        language: if role == "interpreter" { clinics } else { patients },
    }))
}
