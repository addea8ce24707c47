//! A snippet comes to be: the exact bytes a page will show, and a manifest that binds them to one visit, signed by the gateway.

use std::time::Duration;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::images::{Encoding, LARGEST_SHOWN, Picture};
use super::kinds::image::Image;
use super::kinds::{Content, ItemKind, RecordItem};
use super::signing::SnippetKey;
use super::words::Language;
use crate::base::clock::Moment;
use crate::base::ids::{SnippetId, VisitId};

/// Of what is written.
pub const LARGEST: usize = 256 * 1024;
/// Of the line before the pages of a picture.
const LARGEST_HEAD: usize = 16 * 1024;
const AFTER_THE_END: Duration = Duration::from_mins(15);
const LONGEST: Duration = Duration::from_hours(4);

/// What is signed, as JSON text. The page refuses a snippet of another visit, and one that has expired.
#[derive(Serialize)]
struct Manifest<'a> {
    id: &'a SnippetId,
    visit: &'a VisitId,
    kind: ItemKind,
    language: Language,
    title: &'a str,
    content_type: &'static str,
    size: usize,
    sha256: &'a str,
    prepared_at: Moment,
    expires_at: Moment,
    key_id: String,
}

/// Signed and ready to be sent by the clinician's page.
pub struct Snippet {
    pub manifest: String,
    pub signature: String,
    pub content: Vec<u8>,
    pub sha256: String,
    pub expires_at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the snippet is larger than its kind may be")]
pub struct TooLarge;

/// The bytes that a page will show, and what they are.
pub struct Matter {
    content_type: &'static str,
    bytes: Vec<u8>,
    largest: usize,
}

impl Matter {
    pub fn of(content: &Content) -> Self {
        let bytes = serde_json::to_vec(content).expect("content has text keys and finite numbers");
        Self { content_type: "application/json", bytes, largest: LARGEST }
    }

    /// One line of JSON, and after it the pages' bytes, one after the other.
    pub fn of_pages(image: &Image, pages: &[Picture]) -> Self {
        let sizes = pages.iter().map(|page| PageHead {
            width: page.width,
            height: page.height,
            content_type: page.encoding,
            size: page.bytes.len(),
        });
        let head = Head { image, pages: sizes.collect() };
        let mut bytes = serde_json::to_vec(&head).expect("a head has text keys");
        bytes.push(b'\n');
        pages.iter().for_each(|page| bytes.extend_from_slice(&page.bytes));
        Self { content_type: "application/vnd.housecall.pages", bytes, largest: LARGEST_HEAD + LARGEST_SHOWN }
    }
}

#[derive(Serialize)]
struct Head<'a> {
    #[serde(flatten)]
    image: &'a Image,
    pages: Vec<PageHead>,
}

#[derive(Serialize)]
struct PageHead {
    width: u32,
    height: u32,
    #[serde(rename = "type")]
    content_type: Encoding,
    size: usize,
}

/// What a snippet is prepared for.
pub struct Occasion<'a> {
    pub id: &'a SnippetId,
    pub visit: &'a VisitId,
    pub visit_ends_at: Moment,
    pub language: Language,
    pub now: Moment,
}

pub fn prepare(item: &RecordItem, matter: Matter, occasion: &Occasion, key: &SnippetKey) -> Result<Snippet, TooLarge> {
    let Matter { content_type, bytes: content, largest } = matter;
    if content.len() > largest {
        return Err(TooLarge);
    }
    let sha256 = HEXLOWER.encode(digest(&SHA256, &content).as_ref());
    let expires_at = expiry(occasion.visit_ends_at, occasion.now);
    let manifest = Manifest {
        id: occasion.id,
        visit: occasion.visit,
        kind: item.kind,
        language: occasion.language,
        title: &item.title,
        content_type,
        size: content.len(),
        sha256: &sha256,
        prepared_at: occasion.now,
        expires_at,
        key_id: key.id(),
    };
    let manifest = serde_json::to_string(&manifest).expect("a manifest has text keys");
    Ok(Snippet { signature: key.sign(&manifest), manifest, content, sha256, expires_at })
}

impl Snippet {
    pub fn content_base64url(&self) -> String {
        BASE64URL_NOPAD.encode(&self.content)
    }
}

/// Fifteen minutes after the visit's end, and after now where a visit runs over; four hours at most.
fn expiry(visit_ends_at: Moment, now: Moment) -> Moment {
    visit_ends_at.max(now).plus(AFTER_THE_END).min(now.plus(LONGEST))
}

/// How long after its end a visit that nobody ended may still be running over.
pub const RUNNING_OVER: Duration = LONGEST;

#[cfg(test)]
mod tests;
