//! FHIR R4 as far as we show it: each resource types only the fields that may reach a page, so these structs are the allow-list.
//! Everything else in a file is passed over unread.

pub mod allergy_intolerance;
pub mod attachment;
pub mod bundle;
pub mod care_plan;
pub mod condition;
pub mod datatypes;
pub mod date;
pub mod diagnostic_report;
pub mod document_reference;
pub mod dosage;
pub mod goal;
pub mod immunization;
pub mod immunization_recommendation;
pub mod media;
pub mod medication;
pub mod medication_request;
pub mod medication_statement;
pub mod observation;
pub mod patient;
pub mod reference;
pub mod resource;
pub mod version;

#[cfg(test)]
mod tests;
