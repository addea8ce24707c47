//! The clinician's line of a list of which a patient has one: how new its newest entry is, and what of it could not be read.

use super::{ItemKind, RecordItem};
use crate::records::words::Language;

impl RecordItem {
    /// `lost` entries could not be read; `since` are the days of the others, as far as they are known.
    pub(super) fn of_list<'a>(
        (kind, title): (ItemKind, &str),
        subtitle: String,
        (lost, language): (usize, Language),
        since: impl Iterator<Item = &'a String>,
    ) -> Self {
        Self {
            id: kind.word().replace('_', "-"),
            kind,
            title: title.to_owned(),
            subtitle: Some(subtitle + &unread(lost, language)),
            newest_at: since.filter(|day| day.len() == 10).max().cloned(),
            flag: None,
        }
    }
}

fn unread(lost: usize, language: Language) -> String {
    match (lost, language) {
        (0, _) => String::new(),
        (_, Language::En) => format!(". {lost} could not be read: the list may be incomplete"),
        (_, Language::Es) => format!(". No se pudo leer: {lost}. La lista puede estar incompleta"),
    }
}
