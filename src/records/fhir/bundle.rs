//! Bundle: takes a file apart entry by entry, so that a broken entry costs only itself. Nothing is read deeper than our own types
//! go (serde_json passes over the rest without recursion), so nesting cannot exhaust the stack.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::allergy_intolerance::AllergyIntolerance;
use super::datatypes::Concept;
use super::medication::{Medication, named};
use super::medication_request::MedicationRequest;
use super::medication_statement::MedicationStatement;
use super::observation::Observation;
use super::patient::Patient;
use super::reference::{Links, Reference, Target, is_id};
use super::version::{Head, Meta, names_other_version};
use crate::records::facts::{Facts, FileFacts};
use crate::records::skip::{FileProblem, Kind, Reason, Skipped};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawBundle<'a> {
    resource_type: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    fhir_version: Option<String>,
    meta: Option<Meta>,
    #[serde(borrow, default)]
    entry: Vec<&'a RawValue>,
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
    let bundle = open(bytes)?;
    let mut reader = Reader::default();
    let total = bundle.entry.len();
    for entry in bundle.entry {
        reader.take(entry);
    }
    if total > 0 && reader.unreadable == total { Err(FileProblem::NothingReadable) } else { Ok(reader.finish()) }
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

/// The bundle's resources before it is known whose they are: an entry may stand before the patient it refers to.
#[derive(Default)]
struct Reader {
    links: Links,
    patients: Vec<(String, Patient)>,
    drugs: HashMap<String, Concept>,
    observations: Vec<Observation>,
    requests: Vec<MedicationRequest>,
    statements: Vec<MedicationStatement>,
    allergies: Vec<AllergyIntolerance>,
    skipped: Skipped,
    /// Entries that are broken or of another version.
    unreadable: usize,
}

impl Reader {
    fn take(&mut self, entry: &RawValue) {
        if let Err((kind, reason)) = self.take_or_say_why(entry) {
            self.skipped.add_kind(kind, reason);
            self.unreadable += usize::from(matches!(reason, Reason::Malformed | Reason::OtherVersion));
        }
    }

    fn take_or_say_why(&mut self, entry: &RawValue) -> Result<(), (Kind, Reason)> {
        let unknown = || (Kind::new(None), Reason::Malformed);
        let entry: RawEntry = object(entry).ok_or_else(unknown)?;
        let resource = entry.resource.ok_or_else(unknown)?;
        let head: Head = object(resource).ok_or_else(unknown)?;
        let kind = Kind::new(head.resource_type.as_deref());
        if head.is_other_version() {
            return Err((kind, Reason::OtherVersion));
        }
        let id = self.link(&kind, &head, entry.full_url.as_deref());
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
            "Observation" => self.observations.push(whole(resource)?),
            "MedicationRequest" => self.requests.push(whole(resource)?),
            "MedicationStatement" => self.statements.push(whole(resource)?),
            "AllergyIntolerance" => self.allergies.push(whole(resource)?),
            "(no type)" => return Err(Reason::Malformed),
            _ => return Err(Reason::OtherKind),
        }
        Ok(())
    }

    /// Gives each resource to its patient.
    fn finish(self) -> FileFacts {
        let mut file = FileFacts { unowned: self.skipped, ..FileFacts::default() };
        for (id, patient) in self.patients {
            file.patients.entry(id).or_default().born = patient.birth_date;
        }
        let (links, drugs) = (self.links, self.drugs);
        let drug = |target: &Target| drugs.get(&target.id).filter(|_| target.kind == "Medication").cloned();
        for observation in self.observations {
            if let Some(facts) = owner(&mut file, &links, &observation.subject, "Observation") {
                facts.observations.push(observation);
            }
        }
        for mut request in self.requests {
            if let Some(facts) = owner(&mut file, &links, &request.subject, "MedicationRequest") {
                let said = request.medication_codeable_concept.take();
                let reference = request.medication_reference.as_ref();
                request.medication_codeable_concept = named(said, reference, &request.contained, &links, drug);
                facts.requests.push(request);
            }
        }
        for mut statement in self.statements {
            if let Some(facts) = owner(&mut file, &links, &statement.subject, "MedicationStatement") {
                let said = statement.medication_codeable_concept.take();
                let reference = statement.medication_reference.as_ref();
                statement.medication_codeable_concept = named(said, reference, &statement.contained, &links, drug);
                facts.statements.push(statement);
            }
        }
        for allergy in self.allergies {
            if let Some(facts) = owner(&mut file, &links, &allergy.patient, "AllergyIntolerance") {
                facts.allergies.push(allergy);
            }
        }
        file
    }
}

fn owner<'f>(file: &'f mut FileFacts, links: &Links, subject: &Reference, kind: &str) -> Option<&'f mut Facts> {
    match links.follow(subject) {
        Some(target) if target.kind == "Patient" => Some(file.patients.entry(target.id).or_default()),
        _ => {
            file.unowned.add(kind, Reason::NoPatient);
            None
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
