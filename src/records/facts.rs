//! What is known of each patient after a bundle was read: the resources that may be shown, and a count of what was skipped.

use std::collections::{BTreeMap, HashSet};

use super::fhir::allergy_intolerance::AllergyIntolerance;
use super::fhir::date::FhirDate;
use super::fhir::medication_request::MedicationRequest;
use super::fhir::medication_statement::MedicationStatement;
use super::fhir::observation::Observation;
use super::skip::{Reason, Skipped};

#[derive(Clone, Default)]
pub struct Facts {
    pub born: Option<FhirDate>,
    pub observations: Vec<Observation>,
    pub requests: Vec<MedicationRequest>,
    pub statements: Vec<MedicationStatement>,
    pub allergies: Vec<AllergyIntolerance>,
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
        self.skipped.add_all(&other.skipped);
        let repeated = &mut self.skipped;
        join(
            &mut self.observations,
            &other.observations,
            |one| one.id.as_deref(),
            || repeated.add("Observation", Reason::Repeated),
        );
        join(
            &mut self.requests,
            &other.requests,
            |one| one.id.as_deref(),
            || repeated.add("MedicationRequest", Reason::Repeated),
        );
        join(
            &mut self.statements,
            &other.statements,
            |one| one.id.as_deref(),
            || repeated.add("MedicationStatement", Reason::Repeated),
        );
        join(
            &mut self.allergies,
            &other.allergies,
            |one| one.id.as_deref(),
            || repeated.add("AllergyIntolerance", Reason::Repeated),
        );
        Ok(())
    }
}

fn join<T: Clone>(into: &mut Vec<T>, more: &[T], id: impl Fn(&T) -> Option<&str>, mut repeated: impl FnMut()) {
    let known: HashSet<String> = into.iter().filter_map(|one| id(one).map(str::to_owned)).collect();
    for one in more {
        if id(one).is_some_and(|id| known.contains(id)) {
            repeated();
        } else {
            into.push(one.clone());
        }
    }
}
