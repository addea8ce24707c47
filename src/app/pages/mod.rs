//! The HTML that a person opens by its address. Pages draw themselves; what stands here is the sheet they draw on,
//! and the landing page, which is readable without them.

pub(super) mod demo;
mod head;
pub(super) mod landing;
pub(super) mod staff;
mod when;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::http::problem::Problem;

/// A page is asked for again each time; only its hashed files are kept.
fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], Html(html)).into_response(),
        Err(error) => Problem::internal(&error).into_response(),
    }
}
