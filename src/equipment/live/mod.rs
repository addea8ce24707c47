//! A test while it runs: the page tells each row as it comes, so that a technician sees it live. The verdict waits for the end.

pub mod routes;
mod store;
