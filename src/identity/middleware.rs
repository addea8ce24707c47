//! The door: looks each route up in the policy table, checks where the request comes from and who asks,
//! and hands the handler a `StaffActor` or a `Device`. Default deny.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::passwords::{PasswordError, Passwords};
use super::policy::{self, Row, Who};
use super::refusals::{Refusal, Refusals};
use super::staff::{Login, PasswordHash};
use super::store::sign_ins;
use super::throttle::{Throttle, TooMany};
use super::{Device, StaffActor};
use crate::audit::Actor;
use crate::base::clock::Moment;
use crate::base::private::Secret;
use crate::http::context::Context;
use crate::http::cookie;
use crate::http::origin::Origin;
use crate::http::peer::{Neighbourhood, Peer};
use crate::http::problem::Problem;

const MINUTE: Duration = Duration::from_secs(60);
const SIGN_IN: &str = "/api/v1/staff/sign-in";

/// What the door remembers between requests. One for the whole gateway; clones share it.
#[derive(Clone, Debug)]
pub struct Guard(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    context: Context,
    origin: Option<Origin>,
    /// Everything that is asked from one place.
    requests_from: Throttle,
    /// WebSockets that one device opens on one seat.
    sockets_of: Throttle,
    guesses_from: Throttle,
    guesses_at: Throttle,
    sign_ins_from: Throttle,
    /// Of one account from one place, and from everywhere: whoever guesses cannot easily keep its owner out elsewhere.
    sign_ins_of_from: Throttle,
    sign_ins_of: Throttle,
    passwords: Passwords,
    refusals: Refusals,
}

/// Where a request comes from, if the listener said so.
type Place = Option<Neighbourhood>;

impl Guard {
    pub fn new(context: Context) -> Self {
        let origin = Origin::of_url(&context.config.public_url);
        Self(Arc::new(Inner {
            context,
            origin,
            // 2,000 people behind one address may lose their line at once, and some need a second try.
            requests_from: Throttle::new(6_000, MINUTE / 2),
            sockets_of: Throttle::new(30, MINUTE / 2),
            guesses_from: Throttle::new(30, 10 * MINUTE),
            guesses_at: Throttle::new(60, 10 * MINUTE),
            sign_ins_from: Throttle::new(30, 15 * MINUTE),
            sign_ins_of_from: Throttle::new(10, 15 * MINUTE),
            sign_ins_of: Throttle::new(60, 15 * MINUTE),
            passwords: Passwords::default(),
            refusals: Refusals::default(),
        }))
    }

    async fn refuse(&self, from: Place, refusal: Refusal) {
        self.0.refusals.write(&self.0.context, from, refusal).await;
    }
}

/// Wraps the router: `.layer(axum::middleware::from_fn_with_state(guard, door))`.
pub async fn door(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let from = peer.map(Peer::neighbourhood);
    if let Err(too_many) = guard.count_request(peer) {
        return too_many_requests(too_many).into_response();
    }
    let Some(row) = row_of(&request) else { return Problem::not_found().into_response() };
    let actor = match guard.let_in(row, from, &mut request).await {
        Ok(actor) => actor,
        Err(problem) => return problem.into_response(),
    };
    if let Err(too_many) = guard.count_socket(&request) {
        return too_many_requests(too_many).into_response();
    }
    if row.guesses {
        return guard.count_guesses(row, from, request, next).await;
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND && row.who != Who::Anyone {
        // Somebody known asked for what is not there or not theirs: the handler cannot tell which, and neither do we.
        guard.refuse(from, Refusal { actor, action: "access.not_found", route: row.path }).await;
    }
    response
}

fn row_of(request: &Request) -> Option<&'static Row> {
    let path = request.extensions().get::<MatchedPath>()?;
    policy::find(request.method(), path.as_str())
}

/// Floods are only counted, never audited: an entry each would be a flood of our own.
impl Guard {
    /// Loopback is a proxy in front, or the operator.
    fn count_request(&self, peer: Option<Peer>) -> Result<(), TooMany> {
        match peer.filter(|peer| !peer.0.ip().to_canonical().is_loopback()) {
            Some(peer) => self.0.requests_from.take(peer.neighbourhood(), self.0.context.clock.now()),
            None => Ok(()),
        }
    }

    /// Each session begins with a full allowance of messages, so that new ones are counted too.
    fn count_socket(&self, request: &Request) -> Result<(), TooMany> {
        if !request.headers().contains_key(header::UPGRADE) {
            return Ok(());
        }
        let staff = request.extensions().get::<StaffActor>().map(|actor| actor.session.as_str());
        let device = request.extensions().get::<Device>().map(|device| device.hash.as_str());
        self.0.sockets_of.take((request.uri().path(), staff.or(device)), self.0.context.clock.now())
    }
}

impl Guard {
    /// Says who asks, and leaves it in the request for the handler; or why not.
    async fn let_in(&self, row: &'static Row, from: Place, request: &mut Request) -> Result<Actor, Problem> {
        if wants_origin(request.method(), request.headers()) && !self.is_ours(request.headers()) {
            self.refuse(from, Refusal::of_stranger("access.wrong_origin", row)).await;
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
                self.refuse(from, Refusal::of_stranger("access.no_device", row)).await;
                Err(Problem::not_found())
            }
            Who::Staff(_) => {
                let actor = self.staff(row, from, request.headers(), device.is_some()).await?;
                let who = Actor::from(&actor);
                request.extensions_mut().insert(actor);
                Ok(who)
            }
        }
    }

    fn is_ours(&self, headers: &HeaderMap) -> bool {
        self.0.origin.as_ref().is_some_and(|origin| origin.is_of(headers))
    }

    async fn staff(&self, row: &'static Row, from: Place, headers: &HeaderMap, is_patient: bool) -> Result<StaffActor, Problem> {
        let Some(actor) = self.signed_in(row, headers).await? else {
            // Someone whose sign-in ran out is no news; a patient's phone at a door for staff is.
            if is_patient && !row.unattended {
                self.refuse(from, Refusal::of_stranger("access.not_staff", row)).await;
            }
            return Err(signed_out());
        };
        if !row.who.includes(actor.role) {
            self.refuse(from, Refusal { actor: Actor::from(&actor), action: "access.wrong_role", route: row.path }).await;
            return Err(Problem::not_found());
        }
        Ok(actor)
    }

    async fn signed_in(&self, row: &Row, headers: &HeaderMap) -> Result<Option<StaffActor>, Problem> {
        let Some(token) = cookie::read(headers, cookie::STAFF) else { return Ok(None) };
        let Context { store, clock, .. } = &self.0.context;
        let now = clock.now();
        let Some(found) = sign_ins::find(store.reader(), &token.hash(), now).await? else { return Ok(None) };
        if !row.unattended && found.wants_touch(now) {
            // A session that could not be touched lasts a little shorter; the request itself goes on.
            let _ = sign_ins::touch(store, found.actor.session.clone(), now).await;
        }
        Ok(Some(found.actor))
    }

    /// A wrong link is counted against where it came from and against the links that look like it.
    async fn count_guesses(&self, row: &'static Row, from: Place, request: Request, next: Next) -> Response {
        let inner = &self.0;
        let now = inner.context.clock.now();
        let near = near(request.uri().path());
        if let Err(too_many) = inner.guesses_from.check(from, now).and_then(|()| inner.guesses_at.check(&near, now)) {
            self.refuse(from, Refusal::of_stranger("link.throttled", row)).await;
            return too_many_tries(too_many).into_response();
        }
        let response = next.run(request).await;
        if response.status() == StatusCode::NOT_FOUND {
            let _ = inner.guesses_from.take(from, now);
            let _ = inner.guesses_at.take(&near, now);
            self.refuse(from, Refusal::of_stranger("link.unknown", row)).await;
        }
        response
    }
}

/// A try at signing in, counted until it proves right.
#[derive(Debug)]
pub(super) struct Attempt {
    from: Place,
    login: Option<Login>,
}

/// Sign-in counts before it checks: however many try at once, no more than the burst get an answer.
impl Guard {
    pub(super) async fn begin_sign_in(&self, from: Neighbourhood, login: Option<&Login>) -> Result<Attempt, Problem> {
        let inner = &self.0;
        let now = inner.context.clock.now();
        let attempt = Attempt { from: Some(from), login: login.cloned() };
        if let Err(too_many) = inner.take_sign_in(&attempt, now) {
            self.refuse(attempt.from, Refusal { actor: Actor::Unknown, action: "staff.sign_in_throttled", route: SIGN_IN }).await;
            return Err(too_many_tries(too_many));
        }
        Ok(attempt)
    }

    pub(super) fn sign_in_succeeded(&self, attempt: Attempt) {
        let Attempt { from, login } = &attempt;
        self.0.sign_ins_from.give_back(from);
        self.0.sign_ins_of_from.give_back((login, from));
        self.0.sign_ins_of.give_back(login);
    }

    pub(super) async fn sign_in_failed(&self, from: Neighbourhood) -> Problem {
        self.refuse(Some(from), Refusal { actor: Actor::Unknown, action: "staff.sign_in_failed", route: SIGN_IN }).await;
        Problem::new(StatusCode::UNAUTHORIZED, "sign_in_failed", "That login and password don't match. Check both and try again.")
    }

    pub(super) async fn check_password(&self, password: Secret, hash: Option<PasswordHash>) -> Result<bool, Problem> {
        self.0.passwords.check(password, hash).await.map_err(|error| match error {
            PasswordError::Busy => too_many_tries(TooMany { retry_after: Duration::from_secs(5) }),
            PasswordError::Failed => Problem::internal(&error),
        })
    }
}

impl Inner {
    /// Counts in all three or in none.
    fn take_sign_in(&self, Attempt { from, login }: &Attempt, now: Moment) -> Result<(), TooMany> {
        self.sign_ins_from.check(from, now)?;
        self.sign_ins_of_from.check((login, from), now)?;
        self.sign_ins_of.take(login, now)?;
        // Of those that race past the checks, the ones that are too many here were counted once too often: no harm.
        self.sign_ins_from.take(from, now)?;
        self.sign_ins_of_from.take((login, from), now)
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

fn too_many_requests(too_many: TooMany) -> Problem {
    metrics::counter!("requests_refused_total", "cause" => "too_many").increment(1);
    let sentence = "Too much is asked from here at once. Try again in a moment.";
    let seconds = too_many.retry_after.as_secs().max(1);
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", sentence).retry_after(seconds)
}

fn too_many_tries(too_many: TooMany) -> Problem {
    let seconds = too_many.retry_after.as_secs().max(1);
    let sentence = "There were too many tries. Wait a little, then try again, or call the clinic.";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_tries", sentence).retry_after(seconds)
}
