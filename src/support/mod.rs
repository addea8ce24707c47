//! The technician's desk: which coming visits may fail, and test calls that find out why. Nothing clinical is read or shown here.

pub mod routes;
mod store;
