//! The built pages: their hashed files as they are served, and which of them an entry needs. A released binary carries them;
//! a development build reads `web/dist` while it runs.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

/// A hashed name never changes what it stands for.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Written beside each text file when the pages are built, the smallest first.
const PACKED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// A file of the pages, packed as the browser likes it best.
#[utoipa::path(get, path = "/assets/{*path}", params(("path" = String, Path)), responses((status = 200), (status = 404)))]
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let name = format!("assets/{path}");
    // A packed file is only served under the name of what it unpacks to; and a development build reads a real folder.
    let strange = path.split('/').any(|part| part == "..") || PACKED.iter().any(|(_, ending)| path.ends_with(ending));
    let Some(plain) = Built::get(&name).filter(|_| !strange) else {
        return Problem::not_found().into_response();
    };
    let packed = PACKED.iter().filter(|(coding, _)| takes(&headers, coding)).find_map(|(coding, ending)| {
        let file = Built::get(&format!("{name}{ending}"))?;
        Some((*coding, file))
    });
    let content_type =
        HeaderValue::from_str(plain.metadata.mimetype()).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let fixed = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, FOR_EVER)];
    match packed {
        Some((coding, file)) => {
            let about = [(header::CONTENT_ENCODING, coding), (header::VARY, "accept-encoding")];
            (StatusCode::OK, fixed, about, file.data.into_owned()).into_response()
        }
        None => (StatusCode::OK, fixed, [(header::VARY, "accept-encoding")], plain.data.into_owned()).into_response(),
    }
}

/// Whether Accept-Encoding names this coding and does not refuse it with `q=0`.
fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight: f32 = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(1.0);
        name.trim().eq_ignore_ascii_case(coding) && weight > 0.0
    })
}

/// The files that a page's `<head>` names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub script: Option<String>,
    /// Needed by the script at once: fetched beside it.
    pub preloads: Vec<String>,
    pub styles: Vec<String>,
}

/// One line of Vite's manifest.
#[derive(Debug, Deserialize)]
struct Chunk {
    file: String,
    #[serde(default)]
    imports: Vec<String>,
    #[serde(default)]
    css: Vec<String>,
}

impl Entry {
    /// The entry built from this source file; empty when the pages were not built.
    pub fn of(source: &str) -> Self {
        let manifest = Built::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok());
        manifest.map(|manifest| Self::find(&manifest, source)).unwrap_or_default()
    }

    fn find(manifest: &BTreeMap<String, Chunk>, source: &str) -> Self {
        let Some(own) = manifest.get(source) else { return Self::default() };
        let (mut seen, mut styles, mut line) = (BTreeSet::new(), own.css.clone(), own.imports.clone());
        let mut preloads = Vec::new();
        while let Some(name) = line.pop() {
            let Some(chunk) = manifest.get(&name).filter(|_| seen.insert(name.clone())) else { continue };
            preloads.push(chunk.file.clone());
            styles.extend(chunk.css.iter().cloned());
            line.extend(chunk.imports.iter().cloned());
        }
        styles.dedup();
        Self { script: Some(own.file.clone()), preloads, styles }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_what_its_imports_import_once() {
        let manifest = serde_json::from_str(
            r#"{
                "a.ts": {"file": "assets/a-1.js", "imports": ["_b.js", "_c.js"], "css": ["assets/a.css"], "isEntry": true},
                "_b.js": {"file": "assets/b-1.js", "imports": ["_c.js"]},
                "_c.js": {"file": "assets/c-1.js", "css": ["assets/c.css"]}
            }"#,
        )
        .expect("a manifest");
        let entry = Entry::find(&manifest, "a.ts");
        assert_eq!(entry.script.as_deref(), Some("assets/a-1.js"));
        assert_eq!(entry.preloads, ["assets/c-1.js", "assets/b-1.js"]);
        assert_eq!(entry.styles, ["assets/a.css", "assets/c.css"]);
        assert_eq!(Entry::find(&manifest, "other.ts"), Entry::default());
    }

    #[test]
    fn a_coding_is_used_only_where_it_is_named_and_not_refused() {
        let says = |text: &'static str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))]);
        assert!(takes(&says("gzip, deflate, br"), "br"));
        assert!(takes(&says("br;q=0.5"), "br"));
        assert!(!takes(&says("gzip, br;q=0"), "br"));
        assert!(!takes(&HeaderMap::new(), "gzip"));
    }
}
