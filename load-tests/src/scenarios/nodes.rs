//! `nodes`: how long a message takes between two people whose connections arrived at different nodes. As in `steady`, otherwise.

use std::sync::Arc;

use super::{Measured, steady};
use crate::Failure;
use crate::house::Nodes;
use crate::machine::Machine;
use crate::server::Server;

/// On nodes of their own; says which version they were.
pub(crate) async fn run(machine: &Machine, options: steady::Options) -> Result<(Measured, String), Failure> {
    let nodes = Arc::new(Nodes::open(machine, options.visits).await?);
    let mut measured = steady::run(Arc::clone(&nodes), nodes.process(), options).await?;
    // What a message costs is spread over two nodes and what is between them, and one was looked at.
    measured.figures.retain(|figure| figure.name != "cpu_us_a_message");
    Ok((measured, nodes.version()))
}
