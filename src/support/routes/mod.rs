//! The desk over HTTP.

pub mod desk;
pub mod test_call;
