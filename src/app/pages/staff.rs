//! The sheets that the staff's and the technicians' pages draw themselves on.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Redirect, Response};

use super::head::Head;
use super::page;
use crate::http::words::Language;

#[derive(Template)]
#[template(path = "sheet.html")]
struct Sheet {
    head: Head,
}

/// Most who type the bare address work here.
#[utoipa::path(get, path = "/", responses((status = 303)))]
pub(crate) async fn door() -> Redirect {
    Redirect::to("/staff")
}

/// Today, and everything a clinician opens from it.
#[utoipa::path(get, path = "/staff", responses((status = 200)))]
pub(crate) async fn staff(headers: HeaderMap) -> Response {
    sheet("src/staff/main.tsx", &headers)
}

/// The staff's page under one of its own addresses.
#[utoipa::path(get, path = "/staff/{*path}", params(("path" = String, Path)), responses((status = 200)))]
pub(crate) async fn staff_inside(headers: HeaderMap) -> Response {
    sheet("src/staff/main.tsx", &headers)
}

/// The technicians' desk.
#[utoipa::path(get, path = "/support", responses((status = 200)))]
pub(crate) async fn support(headers: HeaderMap) -> Response {
    sheet("src/support/main.tsx", &headers)
}

/// The technicians' page under one of its own addresses.
#[utoipa::path(get, path = "/support/{*path}", params(("path" = String, Path)), responses((status = 200)))]
pub(crate) async fn support_inside(headers: HeaderMap) -> Response {
    sheet("src/support/main.tsx", &headers)
}

fn sheet(source: &str, headers: &HeaderMap) -> Response {
    let language = Language::choose(None, headers);
    page(StatusCode::OK, &Sheet { head: Head::new(language, language.say("product"), source) })
}
