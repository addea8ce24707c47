//! Every route of the gateway, in one list. A handler's own `#[utoipa::path]` names its method and path;
//! those of the API stand under `/api/v1`.

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;

use super::state::App;
use crate::http::headers::{self, ContentPolicy};
use crate::http::json::MAX_BODY;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::watch;

#[derive(OpenApi)]
#[openapi(
    info(title = "Housecall", description = "Book, move and hold video visits. Errors are problem+json with a stable `code`."),
    components(schemas(ProblemBody))
)]
struct Base;

/// Paths are written without `/api/v1`.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

/// What a person opens by its address.
fn pages() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

fn all() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Base::openapi()).nest("/api/v1", api()).merge(pages())
}

/// The gateway as a service.
pub fn build(app: App) -> Router {
    let (router, _) = all().split_for_parts();
    let policy = ContentPolicy::for_site(&app.context.config.public_url);
    router
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::not_found())
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn(watch::limit_time))
        .layer(CatchPanicLayer::custom(watch::after_panic))
        .layer(middleware::from_fn(watch::record))
        .layer(middleware::from_fn_with_state(policy, headers::put))
        .with_state(app)
}

/// Every route with its method, for the tests that walk them.
pub fn every_route() -> Document {
    all().split_for_parts().1
}

/// The document of the API that other programs read: without the pages.
pub fn document() -> Document {
    let mut document = every_route();
    document.paths.paths.retain(|path, _| path.starts_with("/api/"));
    document
}
