//! Medication: the drug that a request or statement may point to instead of naming it.

use serde::Deserialize;

use super::datatypes::Concept;
use super::reference::{Links, Reference, Target};

#[derive(Clone, Deserialize)]
pub struct Medication {
    pub id: Option<String>,
    #[serde(default)]
    pub code: Concept,
}

/// A resource inside another; only a medication is of use to us.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contained {
    pub resource_type: Option<String>,
    pub id: Option<String>,
    #[serde(default)]
    pub code: Concept,
}

/// The drug's name: said in place, inside the resource (`#id`), or by another entry of the bundle.
pub fn named(
    said: Option<Concept>,
    reference: Option<&Reference>,
    contained: &[Contained],
    links: &Links,
    drug: impl Fn(&Target) -> Option<Concept>,
) -> Option<Concept> {
    let inside = || {
        let id = reference?.reference.as_deref()?.strip_prefix('#')?;
        let is_it = |one: &&Contained| one.resource_type.as_deref() == Some("Medication") && one.id.as_deref() == Some(id);
        contained.iter().find(is_it).map(|one| one.code.clone())
    };
    let elsewhere = || drug(&links.follow(reference?)?);
    said.or_else(inside).or_else(elsewhere)
}
