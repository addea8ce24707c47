//! The live rooms: one task runs `signaling::Room` for each visit that has somebody in it, and carries out what the room says.
//!
//! A socket brings bytes, a task brings time and the database; every decision is the room's. What a room stores is on disk
//! before anybody hears of it, and where that fails the room goes back to what it was.

mod far;
mod guest;
mod heart;
mod hub;
mod line;
mod news;
mod relay;
pub mod routes;
mod socket;
mod store;
mod stream;
mod task;
#[cfg(test)]
mod tests;
mod upgrade;

pub use hub::Hub;
