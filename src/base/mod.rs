//! What every room of the house stands on: ids, time, chance, and things that must not be printed.

pub mod clock;
pub mod crash;
pub mod dice;
pub mod ice;
pub mod ids;
pub mod kept;
pub mod language;
pub mod private;
