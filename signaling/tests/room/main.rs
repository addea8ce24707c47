//! The room as people live it, with one clock that moves when told to.

mod house;

mod call;
mod door;
mod outside;
mod paths;
mod place;
mod record;
mod resume;
mod takeover;
mod turn;
