//! The timeline of a visit, for its clinician and for administrators.

use axum::Json;
use axum::extract::{Path, State};

use super::{Timeline, store};
use crate::base::ids::VisitId;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::StaffActor;

/// How a visit went
///
/// Steps of joining, what the equipment test found, texts and mail, how the paths between people were, and what happened on whose page.
#[utoipa::path(get, path = "/visits/{visit}/timeline", operation_id = "timeline", tag = "visits", params(("visit" = String, Path)),
    responses((status = 200, body = Timeline), (status = 404, body = ProblemBody)))]
pub async fn of_visit(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<Timeline>, Problem> {
    let mut c = context.store.reader().acquire().await?;
    let clinician = store::clinician_of(&mut c, &actor.facility, &visit).await?.ok_or_else(Problem::not_found)?;
    actor.may_look_back(&clinician)?;
    Ok(Json(store::read(&mut c, &visit).await?))
}
