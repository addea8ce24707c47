//! The cookie of a signed-in staff member. It ends with the browser; the limits are kept by the gateway.

use axum::http::{HeaderMap, HeaderValue};

use super::cookie;
use crate::base::private::Secret;

const NAME: &str = "__Host-staff";

pub(super) fn read(headers: &HeaderMap) -> Option<Secret> {
    cookie::read(headers, NAME)
}

pub(super) fn set(token: &Secret) -> HeaderValue {
    cookie::set(NAME, token, None)
}

pub(super) fn clear() -> HeaderValue {
    cookie::clear(NAME)
}
