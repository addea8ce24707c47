//! The gateways of one clinic: what they have in common.

use std::path::Path;

use crate::gateway::Gateway;
use crate::redis_server::Redis;

pub struct House {
    folder: tempfile::TempDir,
    database: Option<String>,
    redis: Option<String>,
}

impl House {
    pub fn new(database: Option<String>, redis: Option<&Redis>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("cluster.key"), "of forty-three letters or more, as the gateway asks")
            .expect("written");
        Self { folder, database, redis: redis.map(Redis::url) }
    }

    /// A gateway that is ready.
    pub async fn node(&self, name: &str) -> Gateway {
        self.node_in(name, &self.folder.path().join(name)).await
    }

    /// With its data in this folder.
    pub async fn node_in(&self, name: &str, folder: &Path) -> Gateway {
        let mut settings = Vec::new();
        settings.extend(self.database.clone().map(|url| ("HOUSECALL_DATABASE", url)));
        if let Some(redis) = &self.redis {
            settings.push(("HOUSECALL_BUS__REDIS", redis.clone()));
            settings.push(("HOUSECALL_BUS__KEY", self.folder.path().join("cluster.key").display().to_string()));
        }
        let node = Gateway::new(name, folder.to_owned(), settings);
        start(&node).await;
        node
    }
}

pub async fn start(node: &Gateway) {
    node.start(None);
    assert!(node.comes_up().await, "{} does not start: {}", node.name, node.said());
}
