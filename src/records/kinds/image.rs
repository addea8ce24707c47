//! A picture or a scanned page: what it is called and of which day it is, by the record's own codes. File names and descriptions are not read:
//! people write other people's names there. The file itself is turned into pictures when it is chosen (`records::images`).

use serde::Serialize;

use super::measured::{check_status, item_id};
use super::{Content, ItemKind, RecordItem, Showable, report};
use crate::records::facts::Facts;
use crate::records::fhir::attachment::Attachment;
use crate::records::fhir::datatypes::Concept;
use crate::records::fhir::date::FhirDate;
use crate::records::fhir::diagnostic_report::DiagnosticReport;
use crate::records::fhir::document_reference::DocumentReference;
use crate::records::fhir::media::Media;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, Words, words};

#[derive(Clone, Serialize)]
pub struct Image {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(skip)]
    pub file: Attachment,
}

/// What the gateway can turn into pictures.
const KINDS: [&str; 4] = ["application/pdf", "image/jpeg", "image/jpg", "image/png"];

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut shown = Vec::new();
    let mut take = |kind: &str, found: Result<Showable, Reason>| match found {
        Ok(image) => shown.push(image),
        Err(reason) => skipped.add(kind, reason),
    };
    for document in &facts.documents {
        take("DocumentReference", of_document(document, language));
    }
    for media in &facts.media {
        take("Media", of_media(media, language));
    }
    for report in facts.reports.iter().filter(|report| pages(&report.presented_form).is_some()) {
        take("DiagnosticReport", of_report(report, language));
    }
    shown.sort_by(|a, b| (&b.item.newest_at, &a.item.title, &a.item.id).cmp(&(&a.item.newest_at, &b.item.title, &b.item.id)));
    shown
}

/// The first of the files that the gateway can turn into pictures.
pub fn pages(files: &[Attachment]) -> Option<&Attachment> {
    files.iter().find(|file| file.kind().is_some_and(|kind| KINDS.contains(&kind.as_str())))
}

fn of_document(document: &DocumentReference, language: Language) -> Result<Showable, Reason> {
    match document.status.as_deref() {
        Some("current") => {}
        Some("entered-in-error") => return Err(Reason::EnteredInError),
        _ => return Err(Reason::NotCurrent),
    }
    if let Some(status) = document.doc_status.as_deref() {
        check_status(Some(status))?;
    }
    let files: Vec<Attachment> = document.content.iter().map(|content| content.attachment.clone()).collect();
    let file = pages(&files).ok_or(Reason::NotAPicture)?;
    showable(&document.kind, document.id.as_deref(), document.date.as_ref(), file, language)
}

fn of_media(media: &Media, language: Language) -> Result<Showable, Reason> {
    match media.status.as_deref() {
        Some("completed") => {}
        Some("entered-in-error") => return Err(Reason::EnteredInError),
        _ => return Err(Reason::NotFinal),
    }
    let file = pages(std::slice::from_ref(&media.content)).ok_or(Reason::NotAPicture)?;
    let name = media.body_site.as_ref().or(media.modality.as_ref()).cloned().unwrap_or_default();
    showable(&name, media.id.as_deref(), media.made(), file, language)
}

fn of_report(report: &DiagnosticReport, language: Language) -> Result<Showable, Reason> {
    check_status(report.status.as_deref())?;
    let file = pages(&report.presented_form).ok_or(Reason::NotAPicture)?;
    showable(&report.code, report.id.as_deref(), report.taken(), file, language)
}

fn showable(
    name: &Concept,
    id: Option<&str>,
    date: Option<&FhirDate>,
    file: &Attachment,
    language: Language,
) -> Result<Showable, Reason> {
    if file.data.is_none() && file.url.is_none() {
        return Err(Reason::NoFile);
    }
    let is_pdf = file.kind().as_deref() == Some("application/pdf");
    let what = if is_pdf { PAGES } else { PICTURE };
    let title = title(name, language).unwrap_or_else(|| what.in_language(language).to_owned());
    let at = date.and_then(FhirDate::day);
    let item = RecordItem {
        id: item_id("image", &[id.unwrap_or_default(), at.as_deref().unwrap_or_default(), &name.name().unwrap_or_default()]),
        kind: ItemKind::Image,
        subtitle: (title != what.in_language(language)).then(|| what.in_language(language).to_owned()),
        title: title.clone(),
        newest_at: at.clone(),
        flag: None,
    };
    Ok(Showable { item, content: Content::Image(Image { title, at, file: file.clone() }) })
}

fn title(name: &Concept, language: Language) -> Option<String> {
    let known = NAMES.iter().find(|(codes, _)| codes.iter().any(|code| name.says(code)));
    known.map(|(_, words)| words.in_language(language).to_owned()).or_else(|| report::title(name, language))
}

const PAGES: Words = words("Scanned pages", "Páginas escaneadas");
const PICTURE: Words = words("Picture", "Imagen");

/// LOINC of documents, SNOMED CT of body sites.
const NAMES: &[(&[&str], Words)] = &[
    (&["18842-5", "28655-9"], words("Hospital discharge summary", "Resumen del alta del hospital")),
    (&["57133-1", "57170-3"], words("Referral letter", "Carta de referencia")),
    (&["11502-2"], words("Laboratory report", "Informe del laboratorio")),
    (&["60591-5"], words("Summary of your record", "Resumen de su expediente")),
    (&["69730-0", "74213-0", "34895-3"], words("Care instructions", "Indicaciones de cuidado")),
    (&["55284-4", "85354-9"], words("Blood pressure sheet", "Hoja de presión arterial")),
    (&["64290-0", "52034-6"], words("Insurance paper", "Documento del seguro")),
    (&["39065001"], words("Skin", "Piel")),
    (&["56459004", "22335008"], words("Foot", "Pie")),
    (&["14975008", "8205005"], words("Forearm", "Antebrazo")),
    (&["85562004", "7569003"], words("Hand", "Mano")),
    (&["81745001"], words("Eye", "Ojo")),
];
