//! What handlers share. Handlers take `State<Context>`; the app's own state can be turned into it.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::bus::Bus;
use crate::config::Config;
use crate::nodes::Nodes;
use crate::store::Store;

#[derive(Clone, Debug)]
pub struct Context {
    pub store: Store,
    pub clock: Clock,
    pub dice: Dice,
    pub bus: Bus,
    /// This gateway among the others.
    pub nodes: Nodes,
    pub config: Arc<Config>,
    /// Cancelled when the gateway stops: whatever is long, as a socket or a news stream, ends then.
    pub closing: CancellationToken,
}
