//! The equipment test before a visit: what the page measured comes in, one verdict comes out and is kept with the visit.

pub mod checks;
pub mod routes;
mod store;
pub mod verdict;
