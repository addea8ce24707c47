//! HTTP as we serve it: listener, TLS, headers, limits, errors, assets, and the context that handlers share.

pub mod actor;
pub mod assets;
pub mod context;
pub mod cookie;
pub mod device;
pub mod forwarded;
pub mod headers;
pub mod health;
pub mod json;
pub mod listener;
pub mod origin;
pub mod peer;
pub mod problem;
pub mod query;
pub mod shed;
pub mod tls;
pub mod watch;
pub mod words;
