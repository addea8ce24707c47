//! The last step of preparing: what is to be shown is signed for its visit, its row and its audit entry are stored, and the clinician's page
//! gets it. The content itself is not kept.

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::kinds::RecordItem;
use super::signing::SnippetKey;
use super::snippet::{self, Matter, Occasion, Snippet};
use super::store::{self, OpenVisit, PreparedRow};
use super::words::Language;
use crate::audit::{self, Actor, Entry};
use crate::base::clock::Moment;
use crate::base::ids::{SnippetId, VisitId};
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::StaffActor;

/// Sent by the clinician's page over the `records` channel. The gateway does not keep it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PreparedSnippet {
    /// JSON text, to be checked and passed on byte for byte.
    manifest: String,
    /// Ed25519 over the manifest, base64url.
    signature: String,
    /// The content's bytes, base64url.
    content: String,
}

pub type HandedOver = Result<(StatusCode, Json<PreparedSnippet>), Problem>;

/// Who prepares, and for which visit.
pub(super) struct Preparing<'a> {
    pub(super) context: &'a Context,
    pub(super) key: &'a SnippetKey,
    pub(super) actor: &'a StaffActor,
    pub(super) visit: &'a VisitId,
    pub(super) open: &'a OpenVisit,
}

impl Preparing<'_> {
    pub(super) async fn hand_over(&self, item: &RecordItem, matter: Matter, language: Language) -> HandedOver {
        let (id, now) = (SnippetId(self.context.dice.id()), self.context.clock.now());
        let occasion = Occasion { id: &id, visit: self.visit, visit_ends_at: self.open.ends_at, language, now };
        let snippet = snippet::prepare(item, matter, &occasion, self.key).map_err(|_| too_large())?;

        let row = self.row(&id, item, &snippet, now);
        let detail = json!({ "snippet": id, "kind": row.kind, "size": row.size });
        let entry = entry(self.actor, self.visit, now, "snippet.prepared", detail);
        self.save(row, entry).await?;
        let content = snippet.content_base64url();
        Ok((StatusCode::CREATED, Json(PreparedSnippet { manifest: snippet.manifest, signature: snippet.signature, content })))
    }

    fn row(&self, id: &SnippetId, item: &RecordItem, snippet: &Snippet, now: Moment) -> PreparedRow {
        PreparedRow {
            id: id.clone(),
            visit: self.visit.clone(),
            kind: item.kind.word(),
            item: item.id.clone(),
            sha256: snippet.sha256.clone(),
            size: snippet.content.len(),
            prepared_at: now,
            expires_at: snippet.expires_at,
        }
    }

    async fn save(&self, row: PreparedRow, entry: Entry) -> Result<(), Problem> {
        self.context
            .store
            .write(move |connection| {
                Box::pin(async move {
                    if !store::save(connection, &row).await? {
                        return Err(Problem::not_found());
                    }
                    Ok(audit::store::append(connection, &entry).await?)
                })
            })
            .await
    }
}

pub(super) fn entry(actor: &StaffActor, visit: &VisitId, at: Moment, action: &'static str, detail: Value) -> Entry {
    Entry {
        at,
        actor: Actor::Staff(actor.staff.clone()),
        action,
        facility: Some(actor.facility.clone()),
        visit: Some(visit.clone()),
        seat: None,
        detail,
    }
}

fn too_large() -> Problem {
    Problem::bad_request("snippet_too_large", "This piece of the record is too large to be shown on the patient's screen.")
}
