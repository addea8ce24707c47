//! A patient's browser: one random cookie for 30 days. Which seats it holds is written in `seat_sessions`.

use std::fmt;
use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use super::cookie;
use super::problem::Problem;
use crate::base::dice::Dice;

const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A device by the hash of its cookie. Handlers of seat routes take `Device`; the join routes take `Option<Device>`.
#[derive(Clone, PartialEq, Eq)]
pub struct Device {
    pub hash: String,
}

impl Device {
    pub fn of_request(headers: &HeaderMap) -> Option<Self> {
        cookie::read(headers, cookie::DEVICE).map(|token| Self { hash: token.hash() })
    }

    /// The device that asks, or a new one with the `Set-Cookie` line that makes the browser keep it.
    pub fn known_or_new(known: Option<Self>, dice: &Dice) -> (Self, Option<HeaderValue>) {
        match known {
            Some(device) => (device, None),
            None => {
                let token = dice.token();
                (Self { hash: token.hash() }, Some(cookie::set(cookie::DEVICE, &token, Some(LIFE))))
            }
        }
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Device(…)")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::not_found)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
