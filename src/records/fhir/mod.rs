//! FHIR R4 as far as we show it: each resource types only the fields that may reach a page, so these structs are the allow-list.
//! Everything else in a file is passed over unread.

pub mod allergy_intolerance;
pub mod bundle;
pub mod datatypes;
pub mod date;
pub mod dosage;
pub mod medication;
pub mod medication_request;
pub mod medication_statement;
pub mod observation;
pub mod patient;
pub mod reference;
pub mod version;

#[cfg(test)]
mod tests;
