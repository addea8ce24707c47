//! The gateway put together: state, routes, life cycle and command line.

pub mod cli;
mod commands;
pub mod demo;
pub mod lifecycle;
mod logging;
mod pages;
pub mod relay;
pub mod router;
pub mod state;
