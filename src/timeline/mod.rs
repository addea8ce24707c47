//! How a visit went, for staff: who came when, what the equipment test found, how the paths were, what happened on whose page.
//! Stable words and numbers; nothing clinical.

pub mod store;
