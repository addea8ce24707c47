//! Bundle: takes a file apart entry by entry, so that a broken entry costs only itself. Nothing is read deeper than our own types
//! go (serde_json passes over the rest without recursion), so nesting cannot exhaust the stack.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::attachment::{Attachment, Binary};
use super::datatypes::Concept;
use super::medication::{Medication, named};
use super::patient::Patient;
use super::reference::{Links, Target, is_id};
use super::resource::Resource;
use super::version::{Head, Meta, names_other_version};
use crate::records::facts::{Facts, FileFacts};
use crate::records::skip::{FileProblem, Kind, Reason};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawBundle<'a> {
    resource_type: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    fhir_version: Option<String>,
    meta: Option<Meta>,
    #[serde(borrow)]
    link: Option<&'a RawValue>,
    #[serde(borrow, default)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Link {
    relation: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEntry<'a> {
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
}

/// Reads one file's bytes.
pub fn read(bytes: &[u8]) -> Result<FileFacts, FileProblem> {
    Ok(Entries::of_bundle(open(bytes)?.entry)?.finish())
}

/// One answer of a server.
#[derive(Default)]
pub struct Page {
    pub entries: Entries,
    pub resources: usize,
    /// Where the server goes on.
    pub next: Option<String>,
}

/// Reads a server's answer: a bundle that answers a search, or a patient.
pub fn read_page(bytes: &[u8]) -> Result<Page, FileProblem> {
    let bundle = match open(bytes) {
        Ok(bundle) => bundle,
        Err(FileProblem::NotABundle) => return Ok(Page { entries: Entries::of_resource(bytes)?, resources: 1, next: None }),
        Err(problem) => return Err(problem),
    };
    let (next, resources) = (next(bundle.link)?, bundle.entry.len());
    Ok(Page { entries: Entries::of_bundle(bundle.entry)?, resources, next })
}

/// A list of links that cannot be read may hide the rest of the record.
fn next(links: Option<&RawValue>) -> Result<Option<String>, FileProblem> {
    let Some(links) = links else { return Ok(None) };
    let links: Vec<Link> = serde_json::from_str(links.get()).map_err(|_| FileProblem::NotABundle)?;
    Ok(links.into_iter().find(|link| link.relation == "next").map(|link| link.url))
}

fn open(bytes: &[u8]) -> Result<RawBundle<'_>, FileProblem> {
    let text =
        str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|_| FileProblem::NotJson)?.trim_ascii();
    if text.is_empty() {
        return Err(FileProblem::Empty);
    }
    let bundle: RawBundle = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => FileProblem::NotABundle,
        Category::Syntax | Category::Eof | Category::Io => FileProblem::NotJson,
    })?;
    if !text.starts_with('{') || bundle.resource_type.as_deref() != Some("Bundle") {
        return Err(FileProblem::NotABundle);
    }
    if names_other_version(bundle.fhir_version.as_deref(), bundle.meta.as_ref()) {
        return Err(FileProblem::OtherVersion);
    }
    match bundle.kind.as_deref() {
        Some("transaction" | "batch" | "collection" | "searchset" | "document") => Ok(bundle),
        _ => Err(FileProblem::OtherBundle),
    }
}

/// Resources before it is known whose they are: an entry may stand before the patient it refers to.
#[derive(Clone, Default)]
pub struct Entries {
    links: Links,
    patients: Vec<(String, Patient)>,
    drugs: HashMap<String, Concept>,
    binaries: HashMap<String, Binary>,
    /// Of all patients.
    all: Facts,
    /// Entries that are broken or of another version.
    unreadable: usize,
}

impl Entries {
    /// To take in a server's answers, whose references may name the server itself.
    pub fn of_server(base: &str) -> Self {
        Self { links: Links::at(base), ..Self::default() }
    }

    fn of_bundle(raw: Vec<&RawValue>) -> Result<Self, FileProblem> {
        let (mut entries, total) = (Self::default(), raw.len());
        for entry in raw {
            entries.take(entry);
        }
        if total > 0 && entries.unreadable == total { Err(FileProblem::NothingReadable) } else { Ok(entries) }
    }

    fn of_resource(bytes: &[u8]) -> Result<Self, FileProblem> {
        let raw: &RawValue = serde_json::from_slice(bytes).map_err(|_| FileProblem::NotJson)?;
        let mut entries = Self::default();
        if let Err((_, reason)) = entries.take_resource(raw, None) {
            let is_other = reason == Reason::OtherVersion;
            return Err(if is_other { FileProblem::OtherVersion } else { FileProblem::NothingReadable });
        }
        Ok(entries)
    }

    /// Takes in another part of the same record. A resource that is in both is kept once.
    pub fn add(&mut self, more: &Self) {
        self.links.add_all(&more.links);
        self.patients.extend(more.patients.iter().cloned());
        self.drugs.extend(more.drugs.iter().map(|(id, drug)| (id.clone(), drug.clone())));
        self.binaries.extend(more.binaries.iter().map(|(id, binary)| (id.clone(), binary.clone())));
        self.all.add(&more.all);
    }

    pub fn skip(&mut self, kind: &str, reason: Reason) {
        self.all.skipped.add(kind, reason);
    }

    fn take(&mut self, entry: &RawValue) {
        if let Err((kind, reason)) = self.take_or_say_why(entry) {
            self.all.skipped.add_kind(kind, reason);
            self.unreadable += usize::from(matches!(reason, Reason::Malformed | Reason::OtherVersion));
        }
    }

    fn take_or_say_why(&mut self, entry: &RawValue) -> Result<(), (Kind, Reason)> {
        let unknown = || (Kind::new(None), Reason::Malformed);
        let entry: RawEntry = object(entry).ok_or_else(unknown)?;
        self.take_resource(entry.resource.ok_or_else(unknown)?, entry.full_url.as_deref())
    }

    fn take_resource(&mut self, resource: &RawValue, full_url: Option<&str>) -> Result<(), (Kind, Reason)> {
        let head: Head = object(resource).ok_or_else(|| (Kind::new(None), Reason::Malformed))?;
        let kind = Kind::new(head.resource_type.as_deref());
        if head.is_other_version() {
            return Err((kind, Reason::OtherVersion));
        }
        let id = self.link(&kind, &head, full_url);
        self.keep(&kind, id, resource).map_err(|reason| (kind, reason))
    }

    /// Notes what the entry may be called by others; answers its id.
    fn link(&mut self, kind: &Kind, head: &Head, full_url: Option<&str>) -> Option<String> {
        let uuid = || full_url?.strip_prefix("urn:uuid:").map(str::to_owned);
        let id = head.id.clone().or_else(uuid).filter(|id| is_id(id))?;
        if let Some(full_url) = full_url {
            self.links.add(full_url, Target { kind: kind.as_str().to_owned(), id: id.clone() });
        }
        Some(id)
    }

    fn keep(&mut self, kind: &Kind, id: Option<String>, resource: &RawValue) -> Result<(), Reason> {
        match kind.as_str() {
            "Patient" => self.patients.push((id.ok_or(Reason::Malformed)?, whole(resource)?)),
            "Medication" => {
                let drug: Medication = whole(resource)?;
                self.drugs.extend(id.map(|id| (id, drug.code)));
            }
            "Observation" => self.all.observations.push(whole(resource)?),
            "MedicationRequest" => self.all.requests.push(whole(resource)?),
            "MedicationStatement" => self.all.statements.push(whole(resource)?),
            "AllergyIntolerance" => self.all.allergies.push(whole(resource)?),
            "Condition" => self.all.conditions.push(whole(resource)?),
            "Immunization" => self.all.immunizations.push(whole(resource)?),
            "ImmunizationRecommendation" => self.all.advice.push(whole(resource)?),
            "CarePlan" => self.all.plans.push(whole(resource)?),
            "Goal" => self.all.goals.push(whole(resource)?),
            "DiagnosticReport" => self.all.reports.push(whole(resource)?),
            "DocumentReference" => self.all.documents.push(whole(resource)?),
            "Media" => self.all.media.push(whole(resource)?),
            "Binary" => {
                let binary: Binary = whole(resource)?;
                self.binaries.extend(id.map(|id| (id, binary)));
            }
            "(no type)" => return Err(Reason::Malformed),
            _ => return Err(Reason::OtherKind),
        }
        Ok(())
    }

    /// Gives each resource to its patient.
    pub fn finish(self) -> FileFacts {
        let Self { links, patients, drugs, binaries, mut all, .. } = self;
        let mut file = FileFacts::default();
        for (id, patient) in patients {
            file.patients.entry(id).or_default().born = patient.birth_date;
        }
        let drug = |target: &Target| drugs.get(&target.id).filter(|_| target.kind == "Medication").cloned();
        for request in &mut all.requests {
            let said = request.medication_codeable_concept.take();
            let reference = request.medication_reference.as_ref();
            request.medication_codeable_concept = named(said, reference, &request.contained, &links, drug);
        }
        for statement in &mut all.statements {
            let said = statement.medication_codeable_concept.take();
            let reference = statement.medication_reference.as_ref();
            statement.medication_codeable_concept = named(said, reference, &statement.contained, &links, drug);
        }
        let attached = all.reports.iter_mut().flat_map(|report| &mut report.presented_form);
        let documents =
            all.documents.iter_mut().flat_map(|document| &mut document.content).map(|content| &mut content.attachment);
        for attachment in attached.chain(documents).chain(all.media.iter_mut().map(|media| &mut media.content)) {
            fetch(attachment, &links, &binaries);
        }
        file.unowned = all.skipped;
        deal(all.observations, &links, &mut file, |facts| &mut facts.observations);
        deal(all.requests, &links, &mut file, |facts| &mut facts.requests);
        deal(all.statements, &links, &mut file, |facts| &mut facts.statements);
        deal(all.allergies, &links, &mut file, |facts| &mut facts.allergies);
        deal(all.conditions, &links, &mut file, |facts| &mut facts.conditions);
        deal(all.immunizations, &links, &mut file, |facts| &mut facts.immunizations);
        deal(all.advice, &links, &mut file, |facts| &mut facts.advice);
        deal(all.plans, &links, &mut file, |facts| &mut facts.plans);
        deal(all.goals, &links, &mut file, |facts| &mut facts.goals);
        deal(all.reports, &links, &mut file, |facts| &mut facts.reports);
        deal(all.documents, &links, &mut file, |facts| &mut facts.documents);
        deal(all.media, &links, &mut file, |facts| &mut facts.media);
        file
    }
}

/// Puts a file that lies beside its resource into it. What is not here may be at the server; its address is then the Binary's and nothing else.
fn fetch(attachment: &mut Attachment, links: &Links, binaries: &HashMap<String, Binary>) {
    let id = attachment.binary(links);
    if let (None, Some(binary)) = (&attachment.data, id.as_ref().and_then(|id| binaries.get(id))) {
        attachment.data = binary.data.clone();
        attachment.content_type = attachment.content_type.take().or_else(|| binary.content_type.clone());
    }
    attachment.url = id.map(|id| format!("Binary/{id}"));
}

fn deal<R: Resource>(all: Vec<R>, links: &Links, file: &mut FileFacts, list: impl Fn(&mut Facts) -> &mut Vec<R>) {
    for one in all {
        match links.follow(one.patient()) {
            Some(target) if target.kind == "Patient" => list(file.patients.entry(target.id).or_default()).push(one),
            _ => file.unowned.add(R::KIND, Reason::NoPatient),
        }
    }
}

fn whole<T: DeserializeOwned>(resource: &RawValue) -> Result<T, Reason> {
    object(resource).ok_or(Reason::Malformed)
}

/// Reads an object; serde alone would take a list for a struct.
fn object<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    if raw.get().starts_with('{') { serde_json::from_str(raw.get()).ok() } else { None }
}
