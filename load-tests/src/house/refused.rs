//! The gateway says no for now: at once or late, with or without a time to come back.

use std::fmt;
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) word: String,
    /// Since it was asked.
    pub(crate) after: Duration,
    pub(crate) says_when: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {}", self.word)
    }
}

impl std::error::Error for Refused {}
