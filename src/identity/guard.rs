//! The door: a middleware that looks the route up in the policy table, checks where the request comes from and who asks,
//! and hands the handler a `StaffActor` or a `Device`. Default deny.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::actor::StaffActor;
use super::address::Prefix;
use super::device::Device;
use super::origin::Origin;
use super::policy::{self, Row, Who};
use super::refusals::{Refusal, Refusals};
use super::throttle::{Throttle, TooMany};
use super::{staff_cookie, store};
use crate::audit::Actor;
use crate::http::context::Context;
use crate::http::problem::Problem;

const MINUTE: Duration = Duration::from_secs(60);

/// What the door remembers between requests. One for the whole gateway; clones share it.
#[derive(Clone, Debug)]
pub struct Guard(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    context: Context,
    origin: Option<Origin>,
    guesses_from: Throttle,
    guesses_at: Throttle,
    refusals: Refusals,
}

impl Guard {
    pub fn new(context: Context) -> Self {
        let origin = Origin::of_url(&context.config.public_url);
        Self(Arc::new(Inner {
            context,
            origin,
            guesses_from: Throttle::new(30, 10 * MINUTE),
            guesses_at: Throttle::new(60, 10 * MINUTE),
            refusals: Refusals::default(),
        }))
    }

    async fn refuse(&self, from: Prefix, refusal: Refusal<'_>) {
        self.0.refusals.write(&self.0.context, from, refusal).await;
    }
}

/// Wrap the router in it: `.layer(axum::middleware::from_fn_with_state(guard, identity::guard::door))`.
pub async fn door(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let from = Prefix::of_request(request.extensions());
    let row = match row_of(&request) {
        Ok(row) => row,
        Err(problem) => return problem.into_response(),
    };
    let actor = match guard.let_in(row, from, &mut request).await {
        Ok(actor) => actor,
        Err(problem) => return problem.into_response(),
    };
    if row.guesses {
        return guard.count_guesses(row, from, request, next).await;
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND && row.who != Who::Anyone {
        // Somebody known asked for what is not there or not theirs: the handler cannot tell which, and neither do we.
        guard.refuse(from, Refusal { actor, action: "access.not_found", row }).await;
    }
    response
}

fn row_of(request: &Request) -> Result<&'static Row, Problem> {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).ok_or_else(Problem::not_found)?;
    policy::find(request.method(), path).ok_or_else(|| match policy::TABLE.iter().any(|row| row.path == path) {
        true => Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take that method."),
        false => Problem::not_found(),
    })
}

impl Guard {
    /// Says who asks, and leaves it in the request for the handler; or why not.
    async fn let_in(&self, row: &'static Row, from: Prefix, request: &mut Request) -> Result<Actor, Problem> {
        if wants_origin(request.method(), request.headers()) && !self.is_ours(request.headers()) {
            self.refuse(from, Refusal { actor: Actor::Unknown, action: "access.wrong_origin", row }).await;
            return Err(wrong_origin());
        }
        let device = Device::of_request(request.headers());
        if let Some(device) = &device {
            request.extensions_mut().insert(device.clone());
        }
        match row.who {
            Who::Anyone => Ok(Actor::Unknown),
            Who::Device if device.is_some() => Ok(Actor::Unknown),
            Who::Device => {
                self.refuse(from, Refusal { actor: Actor::Unknown, action: "access.no_device", row }).await;
                Err(Problem::not_found())
            }
            Who::Staff(roles) => {
                let Some(actor) = self.staff(row, request.headers()).await? else {
                    if device.is_some() && !row.unattended {
                        self.refuse(from, Refusal { actor: Actor::Unknown, action: "access.not_staff", row }).await;
                    }
                    return Err(signed_out());
                };
                let who = actor.audit();
                if !roles.contains(&actor.role) {
                    self.refuse(from, Refusal { actor: who, action: "access.wrong_role", row }).await;
                    return Err(Problem::not_found());
                }
                request.extensions_mut().insert(actor);
                Ok(who)
            }
        }
    }

    fn is_ours(&self, headers: &HeaderMap) -> bool {
        self.0.origin.as_ref().is_some_and(|origin| origin.is_of(headers))
    }

    async fn staff(&self, row: &Row, headers: &HeaderMap) -> Result<Option<StaffActor>, Problem> {
        let Some(token) = staff_cookie::read(headers) else { return Ok(None) };
        let Context { store, clock, .. } = &self.0.context;
        let now = clock.now();
        let Some(found) = store::staff::find_session(store.reader(), &token.hash(), now).await? else { return Ok(None) };
        if !row.unattended && found.wants_touch(now) {
            // A session that could not be touched lasts a little shorter; the request itself goes on.
            let _ = store::staff::touch(store, found.actor.session.clone(), now).await;
        }
        Ok(Some(found.actor))
    }

    /// A wrong link is counted against where it came from and against the links that look like it.
    async fn count_guesses(&self, row: &'static Row, from: Prefix, request: Request, next: Next) -> Response {
        let inner = &self.0;
        let now = inner.context.clock.now();
        let near = near(request.uri().path());
        if let Err(too_many) = inner.guesses_from.check(from, now).and_then(|()| inner.guesses_at.check(&near, now)) {
            self.refuse(from, Refusal { actor: Actor::Unknown, action: "link.throttled", row }).await;
            return too_many_tries(too_many).into_response();
        }
        let response = next.run(request).await;
        if response.status() == StatusCode::NOT_FOUND {
            let _ = inner.guesses_from.take(from, now);
            let _ = inner.guesses_at.take(&near, now);
            self.refuse(from, Refusal { actor: Actor::Unknown, action: "link.unknown", row }).await;
        }
        response
    }
}

/// Everything that changes something, and sockets, which browsers let any page open.
fn wants_origin(method: &Method, headers: &HeaderMap) -> bool {
    let reads = method == Method::GET || method == Method::HEAD;
    !reads || headers.contains_key(header::UPGRADE) || headers.contains_key(header::SEC_WEBSOCKET_KEY)
}

/// The first eight letters of a link's reference: 40 bits, so that neighbours are never other patients by accident.
fn near(path: &str) -> String {
    let reference = path.split("/join/").nth(1).unwrap_or_default();
    reference.split('/').next().unwrap_or_default().chars().take(8).collect()
}

fn wrong_origin() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "wrong_origin", "Open this from the clinic's own page.")
}

fn signed_out() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "signed_out", "Sign in to go on.")
}

pub(super) fn too_many_tries(too_many: TooMany) -> Problem {
    let seconds = too_many.retry_after.as_secs().max(1);
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too_many_tries",
        "There were too many tries. Wait a little, then try again, or call the clinic.",
    )
    .retry_after(seconds)
}
