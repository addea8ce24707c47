//! The part of a test that speaks with the gateway's media agent: a page's offer goes in, what the agent measured is kept with the test.

pub mod routes;
mod store;

use tokio::sync::mpsc;

use crate::http::context::Context;
use crate::media::Ended;
use crate::store::StoreError;

/// Keeps what the agent measured, session by session, until the agent has stopped.
pub async fn keep(context: Context, mut ended: mpsc::Receiver<Ended>) {
    while let Some(Ended { test, way, measured, .. }) = ended.recv().await {
        let Some(measured) = measured else { continue };
        let kept = context
            .store
            .write::<_, StoreError, _>(move |c| Box::pin(async move { store::keep(c, &test, way, measured).await }))
            .await;
        if let Err(error) = kept {
            tracing::warn!(cause = %error, "what the agent measured in a test is lost");
        }
    }
}
