//! Everything the handlers of the gateway share, and how each takes its part of it.

use std::sync::Arc;

use axum::extract::FromRef;

use super::demo::Doors;
use crate::http::context::Context;
use crate::identity::Guard;
use crate::visits::presence::Presence;

#[derive(Clone, Debug)]
pub struct App {
    pub context: Context,
    pub guard: Guard,
    pub presence: Presence,
    /// The ways into the demo clinic; absent where the demo is off.
    pub doors: Option<Arc<Doors>>,
}

impl App {
    pub fn new(context: Context) -> Self {
        Self { guard: Guard::new(context.clone()), presence: Presence::default(), context, doors: None }
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

impl FromRef<App> for Presence {
    fn from_ref(app: &App) -> Self {
        app.presence.clone()
    }
}
