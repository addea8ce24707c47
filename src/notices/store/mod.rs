//! What notices keep: the queue, and the key that it is sealed with. Addresses come from the patient or the seat.

pub mod contact;
pub(super) mod key;
pub(super) mod queue;
pub mod told;
