//! The clinician's own words for the patient, prepared for showing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::{Unfit, write};
use crate::base::ids::VisitId;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::Problem;
use crate::identity::StaffActor;
use crate::records::prepared::{HandedOver, PreparedSnippet, Preparing};
use crate::records::routes::open_visit;
use crate::records::signing::SnippetKey;
use crate::records::snippet::Matter;
use crate::records::words::Language;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteInstructions {
    /// 80 characters at most.
    title: String,
    /// 4,000 characters at most. An empty line ends a paragraph; lines that begin with `- ` or `1. ` are lists.
    text: String,
    /// In which it is written. Nothing is translated.
    language: Language,
}

/// Prepare what the clinician typed for showing
#[utoipa::path(
    post, path = "/visits/{visit}/instructions", tag = "record",
    params(("visit" = String, Path)),
    request_body = WriteInstructions,
    responses((status = 201, body = PreparedSnippet))
)]
pub async fn instruct(
    State(context): State<Context>,
    State(key): State<SnippetKey>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(typed): Body<WriteInstructions>,
) -> HandedOver {
    let open = open_visit(&context, &actor, &visit, context.clock.now()).await?;
    let written = write(&typed.title, &typed.text)?;
    let preparing = Preparing { context: &context, key: &key, actor: &actor, visit: &visit, open: &open };
    preparing.hand_over(&written.item, Matter::of(&written.content), typed.language).await
}

impl From<Unfit> for Problem {
    fn from(unfit: Unfit) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, unfit.word(), unfit.to_string())
    }
}
