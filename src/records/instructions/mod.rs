//! What a clinician types for the patient to read: checked, taken apart into paragraphs and lists, and signed like a piece of the record.
//! Nothing of it is stored.

pub mod routes;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::kinds::{Content, ItemKind, RecordItem, Showable};

pub const LONGEST_TITLE: usize = 80;
pub const LONGEST_TEXT: usize = 4_000;

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Instructions {
    pub title: String,
    pub parts: Vec<Part>,
}

/// As it was typed: nothing is numbered anew.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Lines that belong together.
    Paragraph(Vec<String>),
    Bullets(Vec<String>),
    Steps(Vec<Step>),
}

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub number: u32,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("Give the instructions a title.")]
    NoTitle,
    #[error("Keep the title to 80 characters.")]
    TitleTooLong,
    #[error("Type what the patient should read.")]
    NoText,
    #[error("Keep the instructions to 4,000 characters.")]
    TextTooLong,
}

impl Unfit {
    pub fn word(self) -> &'static str {
        match self {
            Self::NoTitle => "no_title",
            Self::TitleTooLong => "title_too_long",
            Self::NoText => "no_text",
            Self::TextTooLong => "text_too_long",
        }
    }
}

pub fn write(title: &str, text: &str) -> Result<Showable, Unfit> {
    let title = clean(title);
    let text = text.replace("\r\n", "\n");
    let parts = parts(&text);
    let unfit = [
        (title.is_empty(), Unfit::NoTitle),
        (title.chars().count() > LONGEST_TITLE, Unfit::TitleTooLong),
        (parts.is_empty(), Unfit::NoText),
        (text.chars().count() > LONGEST_TEXT, Unfit::TextTooLong),
    ];
    if let Some((_, unfit)) = unfit.into_iter().find(|(is_so, _)| *is_so) {
        return Err(unfit);
    }
    let item = RecordItem {
        id: "instructions".to_owned(),
        kind: ItemKind::Instructions,
        title: title.clone(),
        subtitle: None,
        newest_at: None,
        flag: None,
    };
    Ok(Showable { item, content: Content::Instructions(Instructions { title, parts }) })
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut is_new = true;
    for line in text.split('\n').map(clean) {
        if line.is_empty() {
            is_new = true;
            continue;
        }
        let part = part(line);
        match (parts.last_mut(), part) {
            (Some(Part::Paragraph(lines)), Part::Paragraph(more)) if !is_new => lines.extend(more),
            (Some(Part::Bullets(items)), Part::Bullets(more)) => items.extend(more),
            (Some(Part::Steps(steps)), Part::Steps(more)) => steps.extend(more),
            (_, part) => parts.push(part),
        }
        is_new = false;
    }
    parts
}

/// One line: `- milk`, `2. Rest`, or words.
fn part(line: String) -> Part {
    if let Some(item) = ["- ", "* ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Part::Bullets(vec![item.trim().to_owned()]);
    }
    let numbered = line.split_once(". ").or_else(|| line.split_once(") "));
    match numbered.map(|(number, words)| (number.parse::<u16>(), words)) {
        Some((Ok(number), words)) => Part::Steps(vec![Step { number: number.into(), words: words.trim().to_owned() }]),
        _ => Part::Paragraph(vec![line]),
    }
}

/// On one line, without what only a machine reads: control characters, and those that turn the reading direction around.
fn clean(text: &str) -> String {
    let is_hidden =
        |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let seen: String = text.chars().filter(|c| !is_hidden(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}
