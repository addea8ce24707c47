//! Everything the handlers of the gateway share, and how each takes its part of it.

use std::sync::Arc;

use axum::extract::FromRef;

use turn_config::access::RelayAccess;

use crate::http::context::Context;
use crate::identity::Guard;
use crate::media::MediaAgent;
use crate::notices::{self, Notices};
use crate::records::images::worker::Darkroom;
use crate::records::signing::KeyError;
use crate::records::source::server::UnfitSettings;
use crate::records::{RecordSource, SnippetKey};
use crate::rooms::Hub;
use crate::visits::demo::Doors;
use crate::visits::presence::Presence;

#[derive(Clone, Debug)]
pub struct App {
    pub context: Context,
    pub guard: Guard,
    pub notices: Notices,
    pub presence: Presence,
    pub records: RecordSource,
    pub snippet_key: SnippetKey,
    pub darkroom: Darkroom,
    pub relay: RelayAccess,
    pub media: MediaAgent,
    pub hub: Hub,
    /// The ways into the demo clinic; absent where the demo is off.
    pub doors: Option<Arc<Doors>>,
}

/// What the settings name cannot be taken up, or a key of the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("cannot use the key that signs snippets")]
    Snippets(#[from] KeyError),
    #[error("cannot use the key that texts and mail are sealed with")]
    Notices(#[from] notices::KeyError),
    #[error(transparent)]
    Records(#[from] UnfitSettings),
}

impl App {
    /// Takes up what the settings name; the key for snippets is made at the first start.
    pub fn open(context: Context, relay: RelayAccess, media: MediaAgent) -> Result<Self, OpenError> {
        let notices = Notices::open(&context.config, &context.dice)?;
        let records = RecordSource::open(&context.config, &context.clock, &context.dice)?;
        let snippet_key = SnippetKey::open(&context.config.data, &context.dice)?;
        let presence = Presence::default();
        let hub = Hub::new(context.clone(), presence.clone(), relay.clone(), notices.clone(), snippet_key.public_base64url());
        Ok(Self {
            guard: Guard::new(context.clone()),
            notices,
            presence,
            relay,
            media,
            hub,
            records,
            snippet_key,
            darkroom: Darkroom::of_this_program(),
            context,
            doors: None,
        })
    }
}

impl FromRef<App> for Context {
    fn from_ref(app: &App) -> Self {
        app.context.clone()
    }
}

impl FromRef<App> for Guard {
    fn from_ref(app: &App) -> Self {
        app.guard.clone()
    }
}

impl FromRef<App> for Option<Arc<Doors>> {
    fn from_ref(app: &App) -> Self {
        app.doors.clone()
    }
}

impl FromRef<App> for Notices {
    fn from_ref(app: &App) -> Self {
        app.notices.clone()
    }
}

impl FromRef<App> for RelayAccess {
    fn from_ref(app: &App) -> Self {
        app.relay.clone()
    }
}

impl FromRef<App> for MediaAgent {
    fn from_ref(app: &App) -> Self {
        app.media.clone()
    }
}

impl FromRef<App> for Hub {
    fn from_ref(app: &App) -> Self {
        app.hub.clone()
    }
}

impl FromRef<App> for Presence {
    fn from_ref(app: &App) -> Self {
        app.presence.clone()
    }
}

impl FromRef<App> for RecordSource {
    fn from_ref(app: &App) -> Self {
        app.records.clone()
    }
}

impl FromRef<App> for Darkroom {
    fn from_ref(app: &App) -> Self {
        app.darkroom.clone()
    }
}

impl FromRef<App> for SnippetKey {
    fn from_ref(app: &App) -> Self {
        app.snippet_key.clone()
    }
}
