//! What holds for every address of the gateway.

use axum::body::Body;
use axum::http::{HeaderMap, Method};
use housecall::app::router;

use crate::support::Clinic;

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_get_the_same_answer() {
    let clinic = Clinic::open().await;
    let somebody = clinic.somebody();
    somebody.read("/api/v1/nothing/here").await.refused(404, "not_found");
    somebody.put("/api/v1/staff/sign-in", serde_json::json!({})).await.refused(404, "not_found");
    somebody.post("/j/abc", serde_json::json!({})).await.refused(404, "not_found");
}

/// Every route with every method it takes, a word in place of each parameter.
fn addresses() -> Vec<(Method, String)> {
    let mut addresses = vec![(Method::GET, "/nothing/here".to_owned())];
    for (path, item) in router::every_route().paths.paths {
        let filled: String =
            path.split('/').map(|part| if part.starts_with('{') { "/x" } else { part }).collect::<Vec<_>>().join("/");
        let methods = [
            (Method::GET, item.get.is_some()),
            (Method::POST, item.post.is_some()),
            (Method::PUT, item.put.is_some()),
            (Method::PATCH, item.patch.is_some()),
            (Method::DELETE, item.delete.is_some()),
        ];
        addresses.extend(methods.into_iter().filter(|(_, there)| *there).map(|(method, _)| (method, filled.replace("//", "/"))));
    }
    addresses
}

fn shielded(headers: &HeaderMap) -> bool {
    let says = |name: &str, word: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(word))
    };
    let policy = headers["content-security-policy"].to_str().expect("text");
    says("strict-transport-security", "max-age")
        && says("x-content-type-options", "nosniff")
        && says("referrer-policy", "no-referrer")
        && says("permissions-policy", "camera=(self), microphone=(self)")
        && policy.starts_with("default-src 'none'")
        && !policy.contains("unsafe")
}

#[tokio::test]
async fn every_address_answers_with_the_headers_that_keep_others_out() {
    let clinic = Clinic::open_with(|config| config.demo = true).await;
    for (method, path) in addresses() {
        let request = clinic.somebody().request(method.clone(), &path).body(Body::empty()).expect("a request");
        let answer = clinic.somebody().send(request).await;
        assert!(shielded(&answer.headers), "{method} {path}: {:?}", answer.headers);
        let kept = answer.headers["cache-control"].to_str().expect("text");
        assert!(!path.starts_with("/api/") || kept.contains("no-store"), "{method} {path}: {kept}");
    }
}
