//! Facilities, each with its own time zone, phone number, join window and languages, and the patients they see.

mod facility;
pub mod fields;
mod patient;
pub mod routes;
pub mod store;

pub use facility::{Change, Facility, Reason};
pub use patient::{NewPatient, Patient};
