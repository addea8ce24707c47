//! The page behind a join link, before any script has run: the clinic, "Your video visit", the hour, the phone number.
//! The secret is in the fragment, which never reaches us; so this page says the same to everybody who has the address.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use super::head::{Head, InlineWords};
use super::{page, when};
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::words::Language;
use crate::visits::landing::{Notice, store};

/// The language that a link on the page asks for, in place of the one that the phone prefers.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    pub(super) lang: Option<String>,
}

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    head: Head,
    words: InlineWords,
    reference: String,
    notice: Option<Notice>,
    when: Option<String>,
}

impl Landing {
    fn say(&self, name: &str) -> String {
        self.head.language.say(name)
    }

    fn call(&self, name: &str, phone: &str) -> String {
        self.head.language.say_with(name, &[("phone", phone)])
    }

    fn dialled(&self, phone: &str) -> String {
        phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect()
    }
}

/// The page behind a join link.
#[utoipa::path(get, path = "/j/{ref}", params(("ref" = String, Path)), responses((status = 200)))]
pub(crate) async fn landing(
    State(context): State<Context>,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::choose(asked.lang.as_deref(), &headers);
    let notice = store::notice(&context.store, &reference).await?;
    let when = notice.as_ref().and_then(|notice| when::in_words(notice.starts_at?, &notice.time_zone, language));
    let landing = Landing {
        head: Head::new(language, language.say("your-video-visit"), "src/patient/main.tsx"),
        words: InlineWords { language, files: &["common", "patient"] },
        reference,
        notice,
        when,
    };
    Ok(page(StatusCode::OK, &landing))
}
