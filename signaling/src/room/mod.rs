//! The live room of one visit.

/// Pages send something at least this often.
pub const HEARTBEAT_S: u32 = 4;
