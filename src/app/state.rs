//! Everything the handlers of the gateway share, and how each takes its part of it.

use axum::extract::FromRef;

use crate::http::context::Context;
use crate::identity::Guard;

#[derive(Clone, Debug)]
pub struct App {
    pub context: Context,
    pub guard: Guard,
}

impl App {
    pub fn new(context: Context) -> Self {
        Self { guard: Guard::new(context.clone()), context }
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
