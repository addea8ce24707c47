//! What a join link's address may tell before its secret is known: the clinic and the hour, never who or why.

pub mod store;

use crate::base::clock::Moment;

/// The notice on the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub clinic: String,
    pub phone: String,
    pub time_zone: String,
    /// Absent where coming at that hour would be in vain: cancelled or ended.
    pub starts_at: Option<Moment>,
}
