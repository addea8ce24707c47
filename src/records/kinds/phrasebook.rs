//! Plain words in both languages for common allergies and reactions, by SNOMED CT code. What is not here keeps the record's own
//! words, in the record's language: a guess at medicine is not a translation.

use crate::records::fhir::datatypes::{Concept, SNOMED};
use crate::records::words::{Language, Words, words};

/// What the patient is allergic to.
pub fn substance(code: &Concept, language: Language) -> Option<String> {
    find(SUBSTANCES, code, language).or_else(|| code.name().map(|name| bare(&name)))
}

pub fn reaction(code: &Concept, language: Language) -> Option<String> {
    find(REACTIONS, code, language).or_else(|| code.name())
}

fn find(book: &[(&str, Words)], concept: &Concept, language: Language) -> Option<String> {
    let code = concept.code_in(SNOMED)?;
    book.iter().find(|(known, _)| *known == code).map(|(_, words)| words.in_language(language).to_owned())
}

/// `Allergy to tree pollen` and `Latex allergy` under the title "Your allergies" are tree pollen and latex.
fn bare(name: &str) -> String {
    let short = name.strip_prefix("Allergy to ").or_else(|| name.strip_suffix(" allergy")).unwrap_or(name).trim();
    let mut letters = short.chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

const SUBSTANCES: &[(&str, Words)] = &[
    ("409137002", words("No known allergy to medicines", "Ninguna alergia conocida a medicinas")),
    ("429625007", words("No known food allergy", "Ninguna alergia conocida a alimentos")),
    ("428607008", words("No known allergy to surroundings", "Ninguna alergia ambiental conocida")),
    ("91936005", words("Penicillin", "Penicilina")),
    ("764146007", words("Penicillin", "Penicilina")),
    ("294505008", words("Amoxicillin", "Amoxicilina")),
    ("293586001", words("Aspirin", "Aspirina")),
    ("91939003", words("Sulfa medicines", "Medicinas con sulfa")),
    ("91935009", words("Peanuts", "Cacahuates (maní)")),
    ("91934008", words("Nuts", "Nueces")),
    ("300913006", words("Shellfish", "Mariscos")),
    ("91930004", words("Eggs", "Huevos")),
    ("425525006", words("Milk and dairy", "Leche y lácteos")),
    ("420174000", words("Wheat", "Trigo")),
    ("714035009", words("Soy", "Soya")),
    ("300916003", words("Latex", "Látex")),
    ("424213003", words("Bee stings", "Picaduras de abeja")),
    ("419474003", words("Mold", "Moho")),
    ("232350006", words("House dust mites", "Ácaros del polvo")),
    ("232347008", words("Animal dander", "Caspa de animales")),
    ("418689008", words("Grass pollen", "Polen de pasto")),
    ("419263009", words("Tree pollen", "Polen de árboles")),
];

const REACTIONS: &[(&str, Words)] = &[
    ("39579001", words("Severe whole-body reaction (anaphylaxis)", "Reacción grave de todo el cuerpo (anafilaxia)")),
    ("41291007", words("Swelling under the skin (angioedema)", "Hinchazón bajo la piel (angioedema)")),
    ("247472004", words("Hives", "Ronchas")),
    ("126485001", words("Hives", "Ronchas")),
    ("271807003", words("Rash", "Sarpullido")),
    ("418290006", words("Itching", "Comezón")),
    ("267036007", words("Trouble breathing", "Dificultad para respirar")),
    ("56018004", words("Wheezing", "Silbidos al respirar")),
    ("49727002", words("Cough", "Tos")),
    ("422587007", words("Nausea", "Náuseas")),
    ("422400008", words("Vomiting", "Vómito")),
    ("62315008", words("Diarrhea", "Diarrea")),
    ("21522001", words("Belly pain", "Dolor de barriga")),
    ("25064002", words("Headache", "Dolor de cabeza")),
];
