//! `/demo`: the three ways into the demo clinic, the patient's with a picture that a phone can read. Not there where the demo is off.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qrcode::QrCode;
use qrcode::render::svg;

use super::head::Head;
use super::landing::Asked;
use super::page;
use crate::base::private::Secret;
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::words::Language;
use crate::visits::demo::{self, Doors};

#[derive(Template)]
#[template(path = "demo.html")]
struct Demo {
    head: Head,
    doors: Arc<Doors>,
    patient_link: Secret,
    picture: String,
}

impl Demo {
    fn say(&self, name: &str) -> String {
        self.head.language.say(name)
    }
}

/// The ways into the demo clinic.
#[utoipa::path(get, path = "/demo", responses((status = 200), (status = 404)))]
pub(crate) async fn demo(
    State(context): State<Context>,
    State(doors): State<Option<Arc<Doors>>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let doors = doors.ok_or_else(Problem::not_found)?;
    let patient_link = demo::open_link(&context, &doors).await.map_err(|error| Problem::internal(&error))?;
    let picture = picture_of(patient_link.reveal()).map_err(|error| Problem::internal(&error))?;
    let language = Language::choose(asked.lang.as_deref(), &headers);
    let mut head = Head::new(language, language.say("demo-title"), "src/patient/main.tsx");
    // The looks of the patient's page, but not its script.
    (head.files.script, head.files.preloads) = (None, Vec::new());
    Ok(page(StatusCode::OK, &Demo { head, doors, patient_link, picture }))
}

/// A QR code as an `<svg>` element.
fn picture_of(link: &str) -> Result<String, qrcode::types::QrError> {
    let document = QrCode::new(link)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // Inside HTML an SVG element stands without its XML declaration.
    Ok(document.find("<svg").map_or_else(String::new, |start| document[start..].to_owned()))
}
