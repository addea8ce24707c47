//! Signing in and out, and who works here.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::staff::{Login, Member};
use super::store::{accounts, sign_ins};
use super::{Guard, StaffActor, StaffRole};
use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SessionId};
use crate::base::private::{Personal, Secret};
use crate::bus::News;
use crate::facilities::{self, Facility};
use crate::http::context::Context;
use crate::http::cookie;
use crate::http::json::Body;
use crate::http::peer::Peer;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::query::Query;
use crate::store::StoreError;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// People type their password here by mistake: not shown by Debug either.
    #[schema(value_type = String)]
    login: Personal<String>,
    #[schema(value_type = String)]
    password: Secret,
}

/// Who is signed in, and where they work.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Me {
    #[serde(flatten)]
    member: Member,
    facility: Facility,
}

/// Sign in. An unknown login and a wrong password are the same answer, after the same time.
#[utoipa::path(post, path = "/staff/sign-in", tag = "staff", request_body = SignIn, responses(
    (status = 200, body = Me), (status = 401, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn sign_in(
    State(context): State<Context>,
    State(guard): State<Guard>,
    peer: Peer,
    Body(asked): Body<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    let from = peer.neighbourhood();
    let login = Login::parse(&asked.login.0).ok();
    let attempt = guard.begin_sign_in(from, login.as_ref()).await?;
    let account = match &login {
        Some(login) => accounts::find_by_login(context.store.reader(), login).await?,
        None => None,
    };
    let right = guard.check_password(asked.password, account.as_ref().map(|account| account.password_hash.clone())).await?;
    let Some(account) = account.filter(|account| right && !account.disabled) else {
        return Err(guard.sign_in_failed(from).await);
    };
    let token = context.dice.token();
    let actor = StaffActor {
        staff: account.member.id.clone(),
        role: account.member.role,
        facility: account.facility.clone(),
        name: account.member.name.clone(),
        session: SessionId(token.hash()),
    };
    begin_session(&context, actor).await?;
    guard.sign_in_succeeded(attempt);
    let me = me_of(&context, account.member, &account.facility).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie::set(cookie::STAFF, &token, None))]), Json(me)))
}

async fn begin_session(context: &Context, actor: StaffActor) -> Result<(), StoreError> {
    let now = context.clock.now();
    let write = context.store.write(move |c| {
        Box::pin(async move {
            sign_ins::insert(c, &actor.staff, &actor.session, now).await?;
            append(c, &entry(&actor, "staff.signed_in", now)).await
        })
    });
    write.await
}

fn entry(actor: &StaffActor, action: &'static str, at: Moment) -> Entry {
    Entry {
        at,
        actor: Actor::from(actor),
        action,
        facility: Some(actor.facility.clone()),
        visit: None,
        seat: None,
        detail: json!({}),
    }
}

/// Who am I?
#[utoipa::path(get, path = "/staff/me", tag = "staff", responses((status = 200, body = Me), (status = 401, body = ProblemBody)))]
pub async fn me(State(context): State<Context>, actor: StaffActor) -> Result<Json<Me>, Problem> {
    let member = Member { id: actor.staff, name: actor.name, role: actor.role };
    Ok(Json(me_of(&context, member, &actor.facility).await?))
}

async fn me_of(context: &Context, member: Member, facility: &FacilityId) -> Result<Me, Problem> {
    let facility = facilities::store::find(context.store.reader(), facility).await?.ok_or_else(Problem::not_found)?;
    Ok(Me { member, facility })
}

/// Sign out here. What is open here, a call too, ends.
#[utoipa::path(post, path = "/staff/sign-out", tag = "staff", responses((status = 204), (status = 401, body = ProblemBody)))]
pub async fn sign_out(State(context): State<Context>, actor: StaffActor) -> Result<impl IntoResponse, Problem> {
    let now = context.clock.now();
    let news = News::StaffSignedOut { staff: actor.staff.clone(), session: Some(actor.session.clone()) };
    let write = context.store.write::<_, StoreError, _>(move |c| {
        Box::pin(async move {
            append(c, &entry(&actor, "staff.signed_out", now)).await?;
            sign_ins::end(c, &actor.session, now).await
        })
    });
    write.await?;
    context.bus.tell(news);
    Ok(signed_out())
}

/// Sign out on every computer and phone at once.
#[utoipa::path(post, path = "/staff/sign-out-everywhere", tag = "staff", responses((status = 204), (status = 401, body = ProblemBody)))]
pub async fn sign_out_everywhere(State(context): State<Context>, actor: StaffActor) -> Result<impl IntoResponse, Problem> {
    let now = context.clock.now();
    let staff = actor.staff.clone();
    let write = context.store.write::<_, StoreError, _>(move |c| {
        Box::pin(async move {
            let ended = sign_ins::end_all(c, &actor.staff, now).await?;
            append(c, &Entry { detail: json!({ "sessions": ended }), ..entry(&actor, "staff.signed_out_everywhere", now) }).await
        })
    });
    write.await?;
    context.bus.tell(News::StaffSignedOut { staff, session: None });
    Ok(signed_out())
}

fn signed_out() -> impl IntoResponse {
    (StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie::clear(cookie::STAFF))]))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct WhichStaff {
    role: Option<StaffRole>,
}

/// Who works at my facility.
#[utoipa::path(get, path = "/staff", tag = "staff", params(WhichStaff), responses((status = 200, body = Vec<Member>)))]
pub async fn list(
    State(context): State<Context>,
    actor: StaffActor,
    Query(which): Query<WhichStaff>,
) -> Result<Json<Vec<Member>>, Problem> {
    Ok(Json(accounts::list(context.store.reader(), &actor.facility, which.role).await?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn debug_of_a_sign_in_shows_nothing_that_was_typed(login in "[a-z0-9]{6,20}", password in "[!-~]{12,40}") {
            let asked: SignIn = serde_json::from_value(json!({ "login": login, "password": password })).expect("a sign-in");
            let shown = format!("{asked:?} {:?}", Body(&asked));
            prop_assert_eq!(shown, "SignIn { login: Personal(…), password: Secret(…) } Body(SignIn { login: Personal(…), password: Secret(…) })");
        }
    }
}
