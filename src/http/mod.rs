//! HTTP as we serve it: listener, TLS, headers, limits, errors, assets, and the context that handlers share.

pub mod context;
pub mod json;
pub mod peer;
pub mod problem;
pub mod query;
