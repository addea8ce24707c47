//! A report's text, as it was written: what it comes to, and the text itself where it is plain. It is read by the clinician in the
//! preview before it is shown; nothing in it is translated or left out.

use data_encoding::BASE64;
use serde::Serialize;

use super::measured::{check_status, item_id};
use super::{Content, ItemKind, RecordItem, Showable, image, lab_names};
use crate::records::fhir::attachment::Attachment;
use crate::records::fhir::datatypes::Concept;
use crate::records::fhir::diagnostic_report::DiagnosticReport;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, Words, words};

/// Letters of a text. Longer ones are no reading for a phone, and half a report is worse than none.
const LONGEST: usize = 20_000;

#[derive(Clone, Serialize)]
pub struct Report {
    pub title: String,
    pub at: String,
    /// What the report comes to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conclusion: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<String>,
}

pub fn list(reports: &[DiagnosticReport], language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut shown = Vec::new();
    for report in reports {
        match readable(report, language) {
            Ok(report) => shown.push(report),
            // It is shown as its pages.
            Err(Reason::OtherForm) if image::pages(&report.presented_form).is_some() => {}
            Err(reason) => skipped.add("DiagnosticReport", reason),
        }
    }
    shown.sort_by(|a, b| (&b.item.newest_at, &a.item.title).cmp(&(&a.item.newest_at, &b.item.title)));
    shown
}

fn readable(report: &DiagnosticReport, language: Language) -> Result<Showable, Reason> {
    check_status(report.status.as_deref())?;
    let code_words = report.code.name().ok_or(Reason::NoName)?;
    let conclusion = report.conclusion.as_deref().map(paragraphs).unwrap_or_default();
    let text = report.presented_form.iter().find_map(plain);
    if conclusion.is_empty() && text.is_none() {
        // A laboratory's report is a list of results, which are shown as results.
        return Err(if report.presented_form.is_empty() { Reason::NoText } else { Reason::OtherForm });
    }
    let text = text.as_deref().map(paragraphs).unwrap_or_default();
    if conclusion.iter().chain(&text).map(|paragraph| paragraph.chars().count()).sum::<usize>() > LONGEST {
        return Err(Reason::TooLong);
    }
    let at = report.taken().and_then(|taken| taken.day()).ok_or(Reason::NoDate)?;
    let title = title(&report.code, language).ok_or(Reason::NoName)?;
    let item = RecordItem {
        id: item_id("report", &[report.id.as_deref().unwrap_or_default(), &at, &code_words]),
        kind: ItemKind::Report,
        title: title.clone(),
        subtitle: None,
        newest_at: Some(at.clone()),
        flag: None,
    };
    Ok(Showable { item, content: Content::Report(Report { title, at, conclusion, paragraphs: text }) })
}

/// What a document of this kind is called.
pub fn title(code: &Concept, language: Language) -> Option<String> {
    let known = NAMES.iter().find(|(codes, _)| codes.iter().any(|one| code.says(one)));
    known.map(|(_, name)| name.in_language(language).to_owned()).or_else(|| Some(lab_names::readable(&code.name()?)))
}

/// Text that is here, and is text.
fn plain(form: &Attachment) -> Option<String> {
    let data = form.data.as_ref().filter(|_| form.kind().as_deref() == Some("text/plain"))?;
    String::from_utf8(BASE64.decode(data.as_str().as_bytes()).ok()?).ok()
}

/// Lines that belong together, without what only a typewriter needs.
fn paragraphs(text: &str) -> Vec<String> {
    let clean: String = text.replace("\r\n", "\n").chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let lines = clean.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

const NAMES: &[(&[&str], Words)] = &[
    (&["36643-5", "30745-4", "24648-8"], words("Chest X-ray", "Radiografía de tórax")),
    (&["24627-2"], words("CT scan of the chest", "Tomografía de tórax")),
    (&["24606-6", "26346-7", "37006-4"], words("Mammogram", "Mamografía")),
    (&["34552-0", "42148-7", "59281-6"], words("Heart ultrasound (echocardiogram)", "Ultrasonido del corazón (ecocardiograma)")),
    (&["11524-6", "34534-8"], words("Heart tracing (ECG)", "Electrocardiograma (ECG)")),
    (&["18746-8", "28023-4"], words("Colonoscopy", "Colonoscopia")),
    (&["38269-7"], words("Bone density", "Densidad de los huesos")),
];
