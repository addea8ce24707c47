//! The equipment test before a visit: what the page measured comes in, one verdict comes out and is kept with the visit.

pub mod causes;
pub mod checks;
pub mod live;
pub mod media;
pub mod next_step;
pub mod report;
pub mod routes;
pub mod store;
mod troubles;
pub mod verdict;
