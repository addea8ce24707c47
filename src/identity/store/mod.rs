//! SQL of identity: staff and their sessions, join links, and which device holds which seat.

pub mod links;
pub mod sessions;
pub(super) mod staff;
