//! Attachment and Binary: a file of the record, in it or beside it. What it is called, who made it and its size are not believed and not read.

use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use super::reference::{Links, Reference};

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    pub content_type: Option<String>,
    /// Base64, where the file is here and not elsewhere.
    #[serde(default)]
    pub data: Option<Data>,
    /// Where it is, if it is elsewhere.
    pub url: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Binary {
    pub content_type: Option<String>,
    #[serde(default)]
    pub data: Option<Data>,
}

/// Base64. Facts are copied at each look at a record, and a file of megabytes need not be.
#[derive(Clone)]
pub struct Data(Arc<str>);

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?.into()))
    }
}

impl Data {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Attachment {
    /// `application/pdf` of `Application/PDF; charset=x`.
    pub fn kind(&self) -> Option<String> {
        Some(self.content_type.as_deref()?.split(';').next()?.trim().to_ascii_lowercase())
    }

    /// The Binary that holds the file, where it is one of the same record source.
    pub fn binary(&self, links: &Links) -> Option<String> {
        let target = links.follow(&Reference { reference: Some(self.url.clone()?) })?;
        (target.kind == "Binary").then_some(target.id)
    }
}
