//! JSON bodies as handlers take them: strict, small, and refused with a stable word. Nothing of the body is repeated in the answer.

mod once;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::problem::Problem;

/// No request of ours is larger.
pub const MAX_BODY: usize = 64 * 1024;

/// The parsed body. `T` should `deny_unknown_fields`.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !says_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "wrong_content_type",
                "Send the body as application/json.",
            ));
        }
        let bytes = to_bytes(request.into_body(), MAX_BODY).await.map_err(unreadable)?;
        parse(&bytes).map(Self)
    }
}

/// Parses one JSON document strictly: no duplicate keys, nothing after it.
pub fn parse<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, Problem> {
    once::check(bytes).map_err(|error| match error {
        once::Trouble::Duplicate => Problem::bad_request("duplicate_key", "The same key is in the body twice."),
        once::Trouble::Malformed => malformed(),
    })?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| unfit(&error))
}

fn says_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

pub(super) fn unreadable(error: axum::Error) -> Problem {
    let over = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source())
        .any(|error| error.is::<http_body_util::LengthLimitError>());
    if over {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body is larger than 64 KiB.")
    } else {
        Problem::new(StatusCode::BAD_REQUEST, "body_cut", "The body did not arrive whole.")
    }
}

fn malformed() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed_json", "The body is not JSON.")
}

/// JSON, but not of the shape we take. serde tells shapes apart by the start of its message only.
fn unfit(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if error.inner().classify() != Category::Data {
        return malformed();
    }
    let message = error.inner().to_string();
    let problem = if message.starts_with("unknown field") {
        Problem::bad_request("unknown_field", "The body has a field that is not known here.")
    } else if let Some(name) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        Problem::bad_request("missing_field", format!("The field {name} is missing."))
    } else if message.starts_with("duplicate field") {
        Problem::bad_request("duplicate_key", "The same key is in the body twice.")
    } else {
        Problem::bad_request("wrong_type", "A field does not have the type or the value it needs.")
    };
    problem.with("field", error.path().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Booking {
        #[expect(dead_code, reason = "only its shape matters")]
        reason: String,
        #[expect(dead_code, reason = "only its shape matters")]
        length: u32,
    }

    fn refused(body: &'static str) -> &'static str {
        parse::<Booking>(&Bytes::from_static(body.as_bytes())).expect_err(body).code()
    }

    #[test]
    fn a_body_of_the_right_shape_is_taken() {
        let body = Bytes::from_static(br#" {"reason":"cough","length":20} "#);
        assert!(parse::<Booking>(&body).is_ok());
    }

    #[test]
    fn each_mistake_has_its_own_word() {
        assert_eq!(refused(""), "malformed_json");
        assert_eq!(refused("{"), "malformed_json");
        assert_eq!(refused("\u{0}\u{1}"), "malformed_json");
        assert_eq!(refused(r#"{"reason":"cough","length":20} x"#), "malformed_json");
        assert_eq!(refused(r#"{"reason":"cough","length":20,"extra":1}"#), "unknown_field");
        assert_eq!(refused(r#"{"reason":"cough","length":"20"}"#), "wrong_type");
        assert_eq!(refused(r#"{"reason":"cough","length":-1}"#), "wrong_type");
        assert_eq!(refused("[]"), "wrong_type");
        assert_eq!(refused(r#"{"reason":"cough"}"#), "missing_field");
        assert_eq!(refused(r#"{"reason":"a","reason":"b","length":1}"#), "duplicate_key");
    }

    #[test]
    fn a_duplicate_deep_inside_is_found_too() {
        let body = Bytes::from_static(br#"{"values":[{"a":1,"a":2}]}"#);
        assert_eq!(parse::<serde_json::Value>(&body).expect_err("twice").code(), "duplicate_key");
    }

    #[test]
    fn a_very_deep_body_is_refused_without_harm() {
        let body = Bytes::from("[".repeat(MAX_BODY));
        assert_eq!(parse::<serde_json::Value>(&body).expect_err("deep").code(), "malformed_json");
    }
}
