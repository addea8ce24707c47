//! References between resources, and where they lead within one bundle.

use std::collections::HashMap;

use serde::Deserialize;

#[derive(Clone, Default, Deserialize, PartialEq, Eq)]
pub struct Reference {
    pub reference: Option<String>,
}

/// What a reference leads to: a resource's type and id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Target {
    pub kind: String,
    pub id: String,
}

/// The full URLs of a bundle's entries, and the server's own address where they come from one.
#[derive(Clone, Default)]
pub struct Links {
    entries: HashMap<String, Target>,
    base: Option<String>,
}

impl Links {
    /// Of a server at this address, which ends with a stroke.
    pub fn at(base: &str) -> Self {
        Self { base: Some(base.to_owned()), ..Self::default() }
    }

    pub fn add(&mut self, full_url: &str, target: Target) {
        self.entries.insert(full_url.to_owned(), target);
    }

    pub fn add_all(&mut self, more: &Self) {
        self.entries.extend(more.entries.iter().map(|(url, target)| (url.clone(), target.clone())));
    }

    /// Follows `urn:uuid:…` and absolute URLs to our own entries, and `Patient/7` by its id. Any other absolute URL belongs to
    /// another server, whose ids are not ours.
    pub fn follow(&self, reference: &Reference) -> Option<Target> {
        let text = reference.reference.as_deref()?;
        let within = || self.base.as_deref().and_then(|base| text.strip_prefix(base)).unwrap_or(text);
        self.entries.get(text).cloned().or_else(|| relative(within()))
    }
}

fn relative(text: &str) -> Option<Target> {
    let mut parts = text.split('/');
    let (kind, id) = (parts.next()?, parts.next()?);
    let version_or_end = matches!((parts.next(), parts.next(), parts.next()), (None, ..) | (Some("_history"), Some(_), None));
    let is_type = kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.chars().all(|c| c.is_ascii_alphabetic());
    (version_or_end && is_type && is_id(id)).then(|| Target { kind: kind.to_owned(), id: id.to_owned() })
}

/// FHIR's id: 1 to 64 letters, digits, `-` and `.`. Dots alone would lead out of a server's address.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().any(|b| b != b'.')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}
