//! The built pages as a browser fetches them. They have to be built: `make test` does, by hand it is `make pages`.

use axum::body::Body;
use axum::http::{Method, header};

use crate::support::{Clinic, Person};

/// The addresses of every script and style that a page names.
async fn named_by(person: &Person, page: &str) -> Vec<String> {
    let html = person.read(page).await.text;
    let files: Vec<String> = html.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_owned).collect();
    assert!(!files.is_empty(), "the pages are not built: run `make pages`");
    files
}

async fn fetch(person: &Person, path: &str, codings: &str) -> crate::support::person::Answer {
    let request = person.request(Method::GET, path).header(header::ACCEPT_ENCODING, codings);
    person.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn every_file_a_page_names_arrives_packed_and_is_kept() {
    let clinic = Clinic::open().await;
    let somebody = clinic.somebody();
    for page in ["/staff", "/support", "/j/unknown"] {
        for file in named_by(&somebody, page).await {
            let plain = fetch(&somebody, &file, "identity").await;
            assert_eq!(plain.status, 200, "{file}");
            let kept = plain.headers[header::CACHE_CONTROL].to_str().expect("text");
            assert!(kept.contains("immutable"), "{file}: {kept}");
            for coding in ["br", "gzip"] {
                let packed = fetch(&somebody, &file, coding).await;
                assert_eq!(packed.headers[header::CONTENT_ENCODING], coding, "{file}");
                assert_eq!(packed.headers[header::CONTENT_TYPE], plain.headers[header::CONTENT_TYPE], "{file}");
                // A very small file may not get smaller.
                assert!(packed.bytes < plain.bytes.max(200), "{file}: {} of {}", packed.bytes, plain.bytes);
            }
        }
    }
}

#[tokio::test]
async fn nothing_but_the_pages_files_is_served() {
    let clinic = Clinic::open().await;
    let somebody = clinic.somebody();
    let file = named_by(&somebody, "/staff").await.remove(0);
    for path in [
        format!("{file}.br"),
        "/assets/../manifest.json".into(),
        "/assets/%2e%2e/manifest.json".into(),
        "/assets/nothing.js".into(),
    ] {
        somebody.read(&path).await.refused(404, "not_found");
    }
}
