//! Behind a proxy that ends TLS, the person's address is what the proxy says in `X-Forwarded-For`. Only the listener for proxies
//! reads it, and only from the proxies that the settings name: anybody else could claim to be anybody.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::peer::Peer;
use super::problem::Problem;

const HEADER: &str = "x-forwarded-for";

/// The proxies in front of us, by their own addresses.
#[derive(Clone, Debug)]
pub struct Proxies(Arc<[IpAddr]>);

impl Proxies {
    pub fn new(addresses: &[IpAddr]) -> Self {
        Self(addresses.iter().map(IpAddr::to_canonical).collect())
    }

    pub(super) fn includes(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// The nearest address that is not a proxy of ours: each one appends who spoke to it. Where all are, somebody sits at a proxy's own machine.
    fn person(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let lines: Vec<&str> = headers.get_all(HEADER).iter().map(|line| line.to_str().ok()).collect::<Option<_>>()?;
        let mut farthest = None;
        for said in lines.iter().flat_map(|line| line.split(',')).rev() {
            farthest = Some(address(said)?);
            if farthest.is_some_and(|address| !self.includes(address)) {
                break;
            }
        }
        farthest
    }
}

/// The same pages and the same API for whom a proxy speaks.
pub fn behind(proxies: Proxies, router: Router) -> Router {
    router.layer(middleware::from_fn_with_state(proxies, name_the_person))
}

async fn name_the_person(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let Some(person) = proxies.person(request.headers()) else {
        return Problem::new(StatusCode::BAD_REQUEST, "not_forwarded", "The proxy has to name who asks in X-Forwarded-For.")
            .into_response();
    };
    request.extensions_mut().insert(Peer(SocketAddr::new(person, 0)));
    next.run(request).await
}

/// Some proxies write the port too.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip())).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn person(lines: &[&'static str]) -> Option<String> {
        let proxies = Proxies::new(&["127.0.0.1".parse().expect("an address"), "10.0.0.2".parse().expect("an address")]);
        let headers = lines.iter().map(|line| (HEADER.parse().expect("a name"), HeaderValue::from_static(line))).collect();
        proxies.person(&headers).map(|address| address.to_string())
    }

    #[test]
    fn the_person_is_whom_the_outermost_proxy_of_ours_saw() {
        assert_eq!(person(&["192.0.2.7"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(person(&["192.0.2.7, 10.0.0.2"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(person(&["192.0.2.7:4711"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(person(&["[2001:db8::7]:4711"]).as_deref(), Some("2001:db8::7"));
    }

    #[test]
    fn what_the_person_claims_is_not_believed() {
        assert_eq!(person(&["198.51.100.1, 192.0.2.7"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(person(&["198.51.100.1", "192.0.2.7, ::ffff:10.0.0.2"]).as_deref(), Some("192.0.2.7"));
    }

    #[test]
    fn a_proxy_that_names_nobody_is_not_believed_either() {
        for lines in [&[][..], &[""], &["unknown"], &["192.0.2.7, unknown"], &["unknown, 10.0.0.2"]] {
            assert_eq!(person(lines), None, "{lines:?}");
        }
    }

    #[test]
    fn who_sits_at_the_proxy_itself_is_let_in() {
        assert_eq!(person(&["127.0.0.1"]).as_deref(), Some("127.0.0.1"));
        assert_eq!(person(&["10.0.0.2, 127.0.0.1"]).as_deref(), Some("10.0.0.2"));
    }
}
