//! Joining over HTTP.

pub mod identify;
pub mod page;
pub mod redeem;
