//! What all resources of a patient have: a type, an id, and whose they are.

use super::reference::Reference;

pub trait Resource: Clone {
    const KIND: &'static str;

    fn id(&self) -> Option<&str>;
    fn patient(&self) -> &Reference;
}

macro_rules! resource {
    ($($name:literal $module:ident :: $type:ident by $patient:ident;)*) => {$(
        impl Resource for super::$module::$type {
            const KIND: &'static str = $name;

            fn id(&self) -> Option<&str> {
                self.id.as_deref()
            }

            fn patient(&self) -> &Reference {
                &self.$patient
            }
        }
    )*};
}

resource! {
    "Observation" observation::Observation by subject;
    "MedicationRequest" medication_request::MedicationRequest by subject;
    "MedicationStatement" medication_statement::MedicationStatement by subject;
    "AllergyIntolerance" allergy_intolerance::AllergyIntolerance by patient;
    "Condition" condition::Condition by subject;
    "Immunization" immunization::Immunization by patient;
    "ImmunizationRecommendation" immunization_recommendation::ImmunizationRecommendation by patient;
    "CarePlan" care_plan::CarePlan by subject;
    "Goal" goal::Goal by subject;
    "DiagnosticReport" diagnostic_report::DiagnosticReport by subject;
    "DocumentReference" document_reference::DocumentReference by subject;
    "Media" media::Media by subject;
}
