//! Tells R4 from its neighbours. Bundles rarely name their version, so besides what they say we look at fields that only another
//! version has, or that have another shape there. Only whether and how a field is there is read, never what it says.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The first look at a resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    pub resource_type: Option<String>,
    pub id: Option<String>,
    fhir_version: Option<String>,
    meta: Option<Meta>,
    clinical_status: Option<Shape>,
    status: Option<IgnoredAny>,
    substance: Option<IgnoredAny>,
    medication: Option<IgnoredAny>,
    context: Option<IgnoredAny>,
    was_not_taken: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub struct Meta {
    #[serde(default)]
    profile: Vec<String>,
}

impl Head {
    /// Whether the resource is written for another version of FHIR than R4.
    pub fn is_other_version(&self) -> bool {
        names_other_version(self.fhir_version.as_deref(), self.meta.as_ref()) || self.has_other_shape()
    }

    fn has_other_shape(&self) -> bool {
        match self.resource_type.as_deref() {
            // DSTU2 has `substance`; up to STU3 the clinical status is a plain word; DSTU2 has one `status` for all.
            Some("AllergyIntolerance") => {
                self.substance.is_some() || self.status.is_some() || self.clinical_status == Some(Shape::Word)
            }
            // STU3 says `context`; R5 wraps the drug in `medication`.
            Some("MedicationRequest") => self.context.is_some() || self.medication.is_some(),
            Some("MedicationStatement") => self.was_not_taken.is_some() || self.medication.is_some(),
            Some("Observation") => self.context.is_some(),
            // DSTU2's name for MedicationRequest; R5 and R4B have no such type either.
            Some("MedicationOrder") => true,
            _ => false,
        }
    }
}

/// What a bundle or resource says of its own version: `fhirVersion` as some exporters write it, or a base profile's address.
pub fn names_other_version(fhir_version: Option<&str>, meta: Option<&Meta>) -> bool {
    let said = fhir_version.is_some_and(|version| !version.starts_with("4.0") && version != "R4");
    let profiles = meta.map_or(&[][..], |meta| meta.profile.as_slice());
    said || profiles.iter().any(|profile| OTHER_BASES.iter().any(|base| profile.starts_with(base)))
}

const OTHER_BASES: [&str; 8] = [
    "http://hl7.org/fhir/DSTU2/",
    "http://hl7.org/fhir/STU3/",
    "http://hl7.org/fhir/R5/",
    "http://hl7.org/fhir/1.0/",
    "http://hl7.org/fhir/3.0/",
    "http://hl7.org/fhir/4.3/",
    "http://hl7.org/fhir/5.0/",
    "http://hl7.org/fhir/6.0/",
];

/// Whether a field is a word or something built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Word,
    Built,
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a word or something built")
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Word)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Shape::Built)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Shape::Built)
    }
}
