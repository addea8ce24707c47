//! The files and the words that a page's head names.

use std::fmt;

use crate::http::assets::Entry;
use crate::http::words::{Language, catalogue};

pub(super) struct Head {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) files: Entry,
}

impl Head {
    pub(super) fn new(language: Language, title: String, source: &str) -> Self {
        Self { language, title, files: Entry::of(source) }
    }
}

/// One language's words as JSON inside HTML: `<` is written so that nothing in them can end the script element.
pub(super) struct InlineWords {
    pub(super) language: Language,
    pub(super) files: &'static [&'static str],
}

impl fmt::Display for InlineWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = serde_json::json!({ "language": self.language, "text": catalogue(self.language, self.files) });
        f.write_str(&words.to_string().replace('<', "\\u003c"))
    }
}
