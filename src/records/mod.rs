//! Pieces of the record, prepared for showing: reads a folder of FHIR R4 bundles, trims it to what may be shown, signs it.
//!
//! What a page receives is made only from the fields typed in `fhir`, in the shapes of `kinds`. Offering, showing, seeing and
//! withdrawing happen in the room; here a snippet only comes to be.

pub mod check;
pub mod facts;
pub mod fhir;
pub mod images;
pub mod instructions;
pub mod kinds;
mod missing;
pub mod prepared;
pub mod routes;
pub mod shown;
pub mod signing;
pub mod skip;
pub mod snippet;
pub mod source;
mod store;
pub mod words;

pub use signing::SnippetKey;
pub use source::RecordSource;
