//! The schedule over HTTP.

pub mod beforehand;
pub mod book;
pub mod change;
pub mod links;
mod replay;
pub mod seats;
pub mod today;
