//! Too much at once: who is one too many is told so at once, with a time to come back, and the others are served.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use futures_util::future::join_all;
use futures_util::stream::{self, FuturesUnordered};
use futures_util::{FutureExt, StreamExt};
use housecall::app::router::guarded;
use serde_json::json;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::support::Clinic;

const AT_ONCE: usize = 256;
const NEWCOMERS: usize = 64;
const LONG: Duration = Duration::from_secs(60);

/// Of somebody who is in a visit.
fn ask(path: &str, body: Body) -> Request<Body> {
    let mut request = newcomer(path, body);
    let cookie = HeaderValue::from_static("__Host-device=aaaaaaaaaaaaaaaaaaaaaa");
    request.headers_mut().insert(header::COOKIE, cookie);
    request
}

fn newcomer(path: &str, body: Body) -> Request<Body> {
    let method = if path == "/post" { "POST" } else { "GET" };
    Request::builder().method(method).uri(path).body(body).expect("a request")
}

fn socket() -> Request<Body> {
    let mut request = newcomer("/work", Body::empty());
    request.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    request
}

/// A gateway whose work waits until it is let go on.
fn busy_gateway() -> (Router, Arc<Semaphore>) {
    let go_on = Arc::new(Semaphore::new(0));
    let wait = go_on.clone();
    let work = async move || {
        wait.acquire().await.expect("open").forget();
        "done"
    };
    let router = Router::new().route("/work", get(work)).route("/post", post(async |_: Bytes| "read"));
    (guarded(router, "https://localhost", LONG), go_on)
}

fn is_shed(answer: &Response) -> bool {
    answer.status() == StatusCode::SERVICE_UNAVAILABLE && answer.headers().contains_key(header::RETRY_AFTER)
}

#[tokio::test]
async fn one_request_too_many_is_refused_at_once_and_the_others_are_served() {
    let (gateway, go_on) = busy_gateway();
    let asked: Vec<_> = (0..3 * AT_ONCE)
        .map(|_| {
            let gateway = gateway.clone();
            tokio::spawn(async move {
                let began = Instant::now();
                (gateway.oneshot(ask("/work", Body::empty())).await.expect("an answer"), began.elapsed())
            })
        })
        .collect();
    // Those that are refused are answered while the others still wait.
    let (refused, waiting): (Vec<_>, Vec<_>) = {
        let mut asked: FuturesUnordered<_> = asked.into_iter().collect();
        let mut refused = vec![];
        while refused.len() < 2 * AT_ONCE {
            refused.push(asked.next().await.expect("more").expect("no panic"));
        }
        (refused, asked.into_iter().collect())
    };
    assert!(refused.iter().all(|(answer, _)| is_shed(answer)), "three times the load: two of three are refused");
    go_on.add_permits(AT_ONCE);
    for served in join_all(waiting).await {
        assert_eq!(served.expect("no panic").0.status(), StatusCode::OK);
    }
    let next = gateway.oneshot(ask("/post", Body::from("x"))).await.expect("an answer");
    assert_eq!(next.status(), StatusCode::OK, "places are free again");
}

#[tokio::test]
async fn newcomers_leave_places_for_those_who_are_in() {
    let (gateway, go_on) = busy_gateway();
    let mut waiting = FuturesUnordered::new();
    let mut refused = 0;
    for _ in 0..AT_ONCE {
        let mut asked = Box::pin(gateway.clone().oneshot(newcomer("/work", Body::empty())));
        match asked.as_mut().now_or_never() {
            Some(answer) => refused += usize::from(is_shed(&answer.expect("an answer"))),
            None => waiting.push(asked),
        }
    }
    assert_eq!((waiting.len(), refused), (NEWCOMERS, AT_ONCE - NEWCOMERS));
    let inside = gateway.clone().oneshot(ask("/post", Body::from("x"))).await.expect("an answer");
    assert_eq!(inside.status(), StatusCode::OK, "a visit that was begun goes on");
    go_on.add_permits(NEWCOMERS);
    while let Some(served) = waiting.next().await {
        assert_eq!(served.expect("an answer").status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn sockets_wait_their_turn_instead_of_coming_back_again_and_again() {
    let (gateway, go_on) = busy_gateway();
    let crowd = join_all((0..2_000).map(|_| gateway.clone().oneshot(socket())));
    let (served, ()) = tokio::join!(crowd, async { go_on.add_permits(2_000) });
    assert!(served.into_iter().all(|answer| answer.expect("an answer").status() == StatusCode::OK), "a storm is let in whole");
    let many: Vec<_> = (0..5_000).map(|_| Box::pin(gateway.clone().oneshot(socket()))).collect();
    let answered = many.into_iter().map(|mut asked| (asked.as_mut().now_or_never(), asked));
    let refused = answered.collect::<Vec<_>>().into_iter().filter_map(|(answer, _)| answer);
    let refused: Vec<_> = refused.map(|answer| answer.expect("an answer")).collect();
    assert!(!refused.is_empty() && refused.iter().all(is_shed), "what does not fit in the row is refused at once");
}

#[tokio::test]
async fn bodies_that_never_end_hold_nobodys_place() {
    let (gateway, _) = busy_gateway();
    let slow: Vec<_> = (0..2 * AT_ONCE)
        .map(|_| {
            let never = stream::once(async { Ok::<_, std::io::Error>(Bytes::from_static(b"{")) }).chain(stream::pending());
            let asked = gateway.clone().oneshot(ask("/post", Body::from_stream(never)));
            let mut asked = Box::pin(asked);
            assert!(asked.as_mut().now_or_never().is_none());
            asked
        })
        .collect();
    let answer = gateway.oneshot(ask("/post", Body::from("x"))).await.expect("an answer");
    assert_eq!((answer.status(), slow.len()), (StatusCode::OK, 2 * AT_ONCE));
}

#[tokio::test]
async fn a_place_that_asks_too_much_is_told_to_wait_and_its_neighbours_are_not() {
    let clinic = Clinic::open().await;
    let flood = clinic.somebody().from_address("2001:db8:1:2::7");
    let mut refused = None;
    for number in 0..7_000 {
        let answer = flood.read("/api/v1/staff/me").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some((number, answer));
            break;
        }
    }
    let (number, answer) = refused.expect("a limit");
    assert_eq!(number, 6_000);
    assert!(answer.headers.contains_key(header::RETRY_AFTER) && answer.text.contains("too_many_requests"), "{}", answer.text);
    let same_network = clinic.somebody().from_address("2001:db8:1:2:ffff::9");
    same_network.post("/api/v1/staff/sign-in", json!({})).await.refused(429, "too_many_requests");
    clinic.somebody().from_address("2001:db8:1:3::7").read("/api/v1/staff/me").await.refused(401, "signed_out");
    clinic.context.clock.advance(Duration::from_secs(1));
    same_network.read("/api/v1/staff/me").await.refused(401, "signed_out");
}
