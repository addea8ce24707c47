//! Relay credentials on their way from the relay to a page.

use signaling::message::IceServer;

/// In the words of the wire.
pub fn for_page(servers: Vec<turn_config::ice::IceServer>) -> Vec<IceServer> {
    let server = |turn_config::ice::IceServer { urls, username, credential }| IceServer { urls, username, credential };
    servers.into_iter().map(server).collect()
}
