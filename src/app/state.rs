//! Everything the handlers of the gateway share, and how each takes its part of it.

use axum::extract::FromRef;

use crate::http::context::Context;

#[derive(Clone, Debug)]
pub struct App {
    pub context: Context,
}

impl App {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

impl FromRef<App> for Context {
    fn from_ref(app: &App) -> Self {
        app.context.clone()
    }
}
