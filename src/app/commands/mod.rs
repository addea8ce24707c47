//! One command of the `housecall` program a file.

pub(super) mod audit;
pub(super) mod check;
pub(super) mod coturn;
pub(super) mod facility;
pub(super) mod migrate;
pub(super) mod openapi;
pub(super) mod records;
pub(super) mod relay;
pub(super) mod serve;
pub(super) mod staff;
