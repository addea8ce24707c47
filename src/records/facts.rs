//! What is known of each patient after a bundle was read: the resources that may be shown, and a count of what was skipped.

use std::collections::{BTreeMap, HashSet};

use super::fhir::allergy_intolerance::AllergyIntolerance;
use super::fhir::care_plan::CarePlan;
use super::fhir::condition::Condition;
use super::fhir::date::FhirDate;
use super::fhir::diagnostic_report::DiagnosticReport;
use super::fhir::document_reference::DocumentReference;
use super::fhir::goal::Goal;
use super::fhir::immunization::Immunization;
use super::fhir::immunization_recommendation::ImmunizationRecommendation;
use super::fhir::media::Media;
use super::fhir::medication_request::MedicationRequest;
use super::fhir::medication_statement::MedicationStatement;
use super::fhir::observation::Observation;
use super::fhir::resource::Resource;
use super::skip::{Reason, Skipped};

#[derive(Clone, Default)]
pub struct Facts {
    pub born: Option<FhirDate>,
    pub observations: Vec<Observation>,
    pub requests: Vec<MedicationRequest>,
    pub statements: Vec<MedicationStatement>,
    pub allergies: Vec<AllergyIntolerance>,
    pub conditions: Vec<Condition>,
    pub immunizations: Vec<Immunization>,
    /// Which vaccines are due.
    pub advice: Vec<ImmunizationRecommendation>,
    pub plans: Vec<CarePlan>,
    pub goals: Vec<Goal>,
    pub reports: Vec<DiagnosticReport>,
    pub documents: Vec<DocumentReference>,
    pub media: Vec<Media>,
    pub skipped: Skipped,
}

/// Facts by patient id. What was skipped and belongs to nobody we can name is `unowned`: it may concern any patient of the file.
#[derive(Clone, Default)]
pub struct FileFacts {
    pub patients: BTreeMap<String, Facts>,
    pub unowned: Skipped,
}

/// Two files speak of one patient id with different birth dates: they are two people, and neither may be shown as the other.
#[derive(Debug, PartialEq, Eq)]
pub struct TwoPeople;

impl Facts {
    /// Takes in what another file says of the same patient. A resource that is in both is kept once.
    pub fn merge(&mut self, other: &Self) -> Result<(), TwoPeople> {
        match (&self.born, &other.born) {
            (Some(one), Some(two)) if one != two => return Err(TwoPeople),
            (None, _) => self.born.clone_from(&other.born),
            _ => {}
        }
        self.add(other);
        Ok(())
    }

    pub fn add(&mut self, other: &Self) {
        self.skipped.add_all(&other.skipped);
        let skipped = &mut self.skipped;
        join(&mut self.observations, &other.observations, skipped);
        join(&mut self.requests, &other.requests, skipped);
        join(&mut self.statements, &other.statements, skipped);
        join(&mut self.allergies, &other.allergies, skipped);
        join(&mut self.conditions, &other.conditions, skipped);
        join(&mut self.immunizations, &other.immunizations, skipped);
        join(&mut self.advice, &other.advice, skipped);
        join(&mut self.plans, &other.plans, skipped);
        join(&mut self.goals, &other.goals, skipped);
        join(&mut self.reports, &other.reports, skipped);
        join(&mut self.documents, &other.documents, skipped);
        join(&mut self.media, &other.media, skipped);
    }
}

fn join<R: Resource>(into: &mut Vec<R>, more: &[R], skipped: &mut Skipped) {
    let known: HashSet<String> = into.iter().filter_map(|one| one.id().map(str::to_owned)).collect();
    for one in more {
        if one.id().is_some_and(|id| known.contains(id)) {
            skipped.add(R::KIND, Reason::Repeated);
        } else {
            into.push(one.clone());
        }
    }
}
