//! One score for the path between two people, from what both ends measure of it: it falls at once and rises slowly, so that
//! what people read does not flicker.
//!
//! `points` says what numbers are worth, `rating` what they mean over time. The room keeps one `Rating` a path.

mod points;
mod rating;

pub use points::{Found, Source, points};
pub use rating::{End, HOLD_MS, RISE_PER_S, Rated, Rating, STALE_MS};

use crate::message::PathLevel;

/// From here on down a talk has marks, and is hard: the warn and fail columns of the equipment test.
pub const FAIR_BELOW: f64 = 70.0;
pub const WEAK_BELOW: f64 = 40.0;
/// Nothing gets through.
pub const LOST: f64 = 0.0;

/// What so many points are called; 0 to 100.
pub fn level(points: f64) -> PathLevel {
    match points {
        points if points <= LOST => PathLevel::Lost,
        points if points < WEAK_BELOW => PathLevel::Weak,
        points if points < FAIR_BELOW => PathLevel::Fair,
        _ => PathLevel::Good,
    }
}
