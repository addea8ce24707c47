//! Joining over HTTP.

pub mod help;
pub mod identify;
pub mod page;
pub mod redeem;
