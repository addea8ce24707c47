//! Booked visits: the schedule, today's list, the way in for patients, and the demo clinic.
//! What happens inside a live room is `signaling`'s and `rooms`'.

pub mod arrival;
pub mod demo;
pub mod help;
pub mod join;
pub mod landing;
pub mod presence;
pub mod readiness;
pub mod schedule;
pub mod store;
pub mod time;
pub mod view;
pub mod words;
