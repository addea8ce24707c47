//! What handlers share. Handlers take `State<Context>`; the app's own state can be turned into it.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::base::ids::NodeId;
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

impl Context {
    /// The gateway that these settings name, over its database, and alone until it joins others.
    pub fn new(config: Config, store: Store, clock: Clock) -> Self {
        Self {
            nodes: Nodes::new(NodeId(config.node.name.clone()), store.clone(), clock.clone()),
            store,
            clock,
            dice: Dice::system(),
            bus: Bus::default(),
            config: Arc::new(config),
            closing: CancellationToken::new(),
        }
    }
}
