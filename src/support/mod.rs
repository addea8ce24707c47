//! The technician's desk: which coming visits may fail, who asks for help and who gives it, and test calls that find out why.
//! Nothing clinical is read or shown here.

mod queue;
pub mod routes;
mod store;
