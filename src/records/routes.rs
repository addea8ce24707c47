//! The clinician's list of what can be shown in a visit, and the preparing of one piece of it.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::facts::Facts;
use super::images::Trouble;
use super::images::worker::Darkroom;
use super::kinds::found_by::found_by;
use super::kinds::{Content, RecordItem, Showable, lay_out};
use super::missing::{Missing, Note};
use super::prepared::{HandedOver, PreparedSnippet, Preparing, entry};
use super::shown::store as shown;
use super::signing::SnippetKey;
use super::snippet::Matter;
use super::source::RecordSource;
use super::store::{self, OpenVisit};
use super::words::Language;
use crate::audit;
use crate::base::clock::Moment;
use crate::base::ids::{SnippetId, VisitId};
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::identity::StaffActor;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InLanguage {
    /// The language of titles; the patient's own language is asked for when a snippet is prepared.
    #[serde(default)]
    language: Language,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct RecordView {
    items: Vec<ListedItem>,
    /// Of the snippets that were offered in this visit, which item each was made from.
    offered: Vec<OfferedItem>,
    /// How many entries of the record could not be read.
    skipped: usize,
    source_available: bool,
    /// Why there is nothing to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Note>,
}

/// A line of the list, and what helps to find it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ListedItem {
    #[serde(flatten)]
    item: RecordItem,
    /// What else it may be searched by: the record's own name of it, and what stands in its lists.
    found_by: Vec<String>,
    /// When it was last on this patient's screen in another visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown_at: Option<Moment>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct OfferedItem {
    #[schema(value_type = String)]
    snippet: SnippetId,
    item: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrepareSnippet {
    /// From the list of what can be shown.
    item: String,
    language: Language,
}

/// What can be shown of the patient's record
#[utoipa::path(
    get, path = "/visits/{visit}/record", tag = "record",
    params(("visit" = String, Path), InLanguage),
    responses((status = 200, body = RecordView))
)]
pub async fn record(
    State(context): State<Context>,
    State(source): State<RecordSource>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Query(InLanguage { language }): Query<InLanguage>,
) -> Result<Json<RecordView>, Problem> {
    let now = context.clock.now();
    let open = open_visit(&context, &actor, &visit, now).await?;
    let facts = match facts_of(&source, &open).await {
        Ok(facts) => facts,
        Err(missing) => return Ok(Json(nothing(missing, language))),
    };
    let shelf = lay_out(&facts, language);
    let reader = context.store.reader();
    let (shown, offered) = (shown::in_other_visits(reader, &visit).await?, shown::offered(reader, &visit).await?);
    let items: Vec<ListedItem> = shelf.showable.into_iter().map(|showable| listed(showable, &shown)).collect();
    let offered = offered.into_iter().map(|(snippet, item)| OfferedItem { snippet, item }).collect();
    let entry = entry(&actor, &visit, now, "record.read", json!({ "items": items.len() }));
    context.store.write(move |connection| Box::pin(async move { audit::store::append(connection, &entry).await })).await?;
    Ok(Json(RecordView { items, offered, skipped: shelf.skipped.losses(), source_available: true, note: None }))
}

fn listed(showable: Showable, shown: &HashMap<String, Moment>) -> ListedItem {
    let found_by = found_by(&showable);
    let shown_at = shown.get(&showable.item.id).copied();
    ListedItem { item: showable.item, found_by, shown_at }
}

/// Prepare one piece for showing
#[utoipa::path(
    post, path = "/visits/{visit}/snippets", tag = "record",
    params(("visit" = String, Path)),
    request_body = PrepareSnippet,
    responses((status = 201, body = PreparedSnippet))
)]
pub async fn prepare(
    State(context): State<Context>,
    State(source): State<RecordSource>,
    State(key): State<SnippetKey>,
    State(darkroom): State<Darkroom>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(wanted): Body<PrepareSnippet>,
) -> HandedOver {
    let open = open_visit(&context, &actor, &visit, context.clock.now()).await?;
    let facts = facts_of(&source, &open).await?;
    let showable = find(&facts, &wanted).ok_or_else(Problem::not_found)?;

    let matter = match &showable.content {
        Content::Image(image) => Matter::of_pages(image, &darkroom.develop(source.file(&image.file).await?).await?),
        _ => Matter::of(&showable.content),
    };
    let preparing = Preparing { context: &context, key: &key, actor: &actor, visit: &visit, open: &open };
    preparing.hand_over(&showable.item, matter, wanted.language).await
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Away => Self::new(StatusCode::SERVICE_UNAVAILABLE, trouble.word(), trouble.to_string()).retry_after(10),
            _ => Self::new(StatusCode::UNPROCESSABLE_ENTITY, trouble.word(), trouble.to_string()),
        }
    }
}

impl From<Missing> for Problem {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Source(_) => {
                let note = missing.note(Language::En);
                Self::new(StatusCode::SERVICE_UNAVAILABLE, note.word, note.sentence).retry_after(10)
            }
            _ => Self::not_found(),
        }
    }
}

pub(super) async fn open_visit(
    context: &Context,
    actor: &StaffActor,
    visit: &VisitId,
    now: Moment,
) -> Result<OpenVisit, Problem> {
    store::open_visit(context.store.reader(), visit, &actor.staff, now).await?.ok_or_else(Problem::not_found)
}

async fn facts_of(source: &RecordSource, visit: &OpenVisit) -> Result<Facts, Missing> {
    let record_id = visit.record_id.as_deref().ok_or(Missing::NoRecordLinked)?;
    let facts = source.facts(record_id).await.map_err(Missing::Source)?.ok_or(Missing::NotInSource)?;
    let born = facts.born.as_ref().and_then(|born| born.known());
    // The record may know only a year or a month: it must be the same one.
    let is_same_person = born.is_none_or(|born| visit.born.0.starts_with(&born));
    if is_same_person { Ok(facts) } else { Err(Missing::OtherBirthDate) }
}

fn nothing(missing: Missing, language: Language) -> RecordView {
    let source_available = !matches!(missing, Missing::Source(_));
    RecordView { items: Vec::new(), offered: Vec::new(), skipped: 0, source_available, note: Some(missing.note(language)) }
}

fn find(facts: &Facts, wanted: &PrepareSnippet) -> Option<Showable> {
    lay_out(facts, wanted.language).showable.into_iter().find(|showable| showable.item.id == wanted.item)
}
