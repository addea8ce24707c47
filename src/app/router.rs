//! Every route of the gateway, in one list. A handler's own `#[utoipa::path]` names its method and path;
//! those of the API stand under `/api/v1`.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::pages::{demo, landing, staff};
use super::state::App;
use crate::http::assets;
use crate::http::headers::{self, ContentPolicy};
use crate::http::json::MAX_BODY;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::shed::{self, Desks};
use crate::http::watch;
use crate::media::{FromAgent, Measured, ToAgent};
use crate::visits::{join, schedule};
use crate::{audit, connections, equipment, facilities, identity, records, rooms, support, timeline};

/// For a whole request until its answer begins. News streams and WebSockets live on after that.
const REQUEST_TIME: Duration = Duration::from_secs(10);

#[derive(OpenApi)]
#[openapi(
    info(title = "Housecall", description = "Book, move and hold video visits. Errors are problem+json with a stable `code`."),
    components(schemas(ProblemBody, FromAgent, ToAgent, Measured))
)]
struct Base;

/// Paths are written without `/api/v1`.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(identity::routes::sign_in))
        .routes(routes!(identity::routes::sign_out))
        .routes(routes!(identity::routes::sign_out_everywhere))
        .routes(routes!(identity::routes::me))
        .routes(routes!(identity::routes::list))
        .routes(routes!(facilities::routes::facility, facilities::routes::change))
        .routes(routes!(facilities::routes::search, facilities::routes::add_patient))
        .routes(routes!(audit::routes::of_visit))
        .routes(routes!(timeline::routes::of_visit))
        .routes(routes!(schedule::routes::today::list, schedule::routes::book::book))
        .routes(routes!(schedule::routes::book::read))
        .routes(routes!(schedule::routes::change::move_visit))
        .routes(routes!(schedule::routes::change::cancel))
        .routes(routes!(schedule::routes::beforehand::late))
        .routes(routes!(schedule::routes::beforehand::ask_for_help))
        .routes(routes!(schedule::routes::seats::add))
        .routes(routes!(schedule::routes::seats::remove))
        .routes(routes!(schedule::routes::links::reissue))
        .routes(routes!(schedule::routes::links::vouch))
        .routes(routes!(schedule::routes::today::news))
        .routes(routes!(support::routes::desk::list))
        .routes(routes!(support::routes::session::read))
        .routes(routes!(support::routes::claims::here))
        .routes(routes!(support::routes::claims::next))
        .routes(routes!(support::routes::claims::claim))
        .routes(routes!(support::routes::claims::release))
        .routes(routes!(support::routes::claims::hand_over))
        .routes(routes!(support::routes::claims::take_over))
        .routes(routes!(support::routes::steps::text))
        .routes(routes!(support::routes::steps::run_check))
        .routes(routes!(support::routes::steps::settle))
        .routes(routes!(support::routes::test_call::start))
        .routes(routes!(support::routes::test_call::conclude))
        .routes(routes!(join::routes::redeem::look))
        .routes(routes!(join::routes::redeem::redeem))
        .routes(routes!(join::routes::page::page))
        .routes(routes!(join::routes::identify::identify))
        .routes(routes!(join::routes::page::ask))
        .routes(routes!(join::routes::page::feedback))
        .routes(routes!(join::routes::help::ask_from_seat, join::routes::help::withdraw_from_seat))
        .routes(routes!(join::routes::help::ask_by_link))
        .routes(routes!(join::routes::help::withdraw_by_link))
        .routes(routes!(equipment::routes::start))
        .routes(routes!(equipment::routes::finish))
        .routes(routes!(equipment::media::routes::open))
        .routes(routes!(equipment::live::routes::note))
        .routes(routes!(equipment::report::routes::read))
        .routes(routes!(connections::routes::read))
        .routes(routes!(connections::routes::download))
        .routes(routes!(records::routes::record))
        .routes(routes!(records::routes::prepare))
        .routes(routes!(records::instructions::routes::instruct))
        .routes(routes!(records::shown::routes::list))
        .routes(routes!(records::shown::routes::audit_events))
        .routes(routes!(records::shown::routes::search))
        .routes(routes!(records::shown::routes::kept))
        .routes(routes!(rooms::routes::of_seat))
        .routes(routes!(rooms::routes::of_staff))
}

/// What a person opens by its address. Only these are packed on the way out: they hold no secret that length could betray.
fn pages() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(staff::door))
        .routes(routes!(staff::staff))
        .routes(routes!(staff::staff_inside))
        .routes(routes!(staff::support))
        .routes(routes!(staff::support_inside))
        .routes(routes!(landing::landing))
        .routes(routes!(demo::demo))
        .layer(CompressionLayer::new())
        .routes(routes!(assets::asset))
}

fn all() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Base::openapi()).nest("/api/v1", api()).merge(pages())
}

/// The gateway as a service.
pub fn build(app: App) -> Router {
    let public_url = app.context.config.public_url.clone();
    let (router, _) = all().split_for_parts();
    let router = router.fallback(async || Problem::not_found()).method_not_allowed_fallback(async || Problem::not_found());
    let door = middleware::from_fn_with_state(app.guard.clone(), identity::middleware::door);
    guarded(router.layer(door).with_state(app), &public_url, REQUEST_TIME)
}

/// What stands around every route, and around the answer to an unknown one: read from below, the first to see a request is last.
pub fn guarded(router: Router, public_url: &str, request_time: Duration) -> Router {
    router
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(Desks::default(), shed::serve))
        .layer(middleware::from_fn_with_state(request_time, watch::limit_time))
        .layer(CatchPanicLayer::custom(watch::after_panic))
        .layer(middleware::from_fn(watch::record))
        .layer(middleware::from_fn_with_state(ContentPolicy::for_site(public_url), headers::put))
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
