//! What the organisation may see of its video visits: how many connect, and why equipment tests fail, by week, clinic, phone and
//! browser. Counts so small that they would tell of one person are held back before anything leaves this module.

mod csv;
mod disclose;
mod kinds;
pub mod routes;
mod store;
mod view;
