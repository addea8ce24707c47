//! The gateway put together: state, routes, life cycle and command line.

pub mod router;
pub mod state;
