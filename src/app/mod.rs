//! The gateway put together: state, routes, life cycle and command line.

pub mod cli;
mod commands;
pub mod lifecycle;
mod logging;
pub mod router;
pub mod state;
