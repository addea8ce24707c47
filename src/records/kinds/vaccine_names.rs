//! Plain names for common vaccines, by CVX code; for the others the record's own display.

use crate::records::fhir::datatypes::Concept;
use crate::records::words::{Language, Words, words};

const CVX: &str = "http://hl7.org/fhir/sid/cvx";

pub fn name(code: &Concept, language: Language) -> Option<String> {
    let known = code.code_in(CVX).and_then(|cvx| VACCINES.iter().find(|(codes, _)| codes.contains(&cvx)));
    known.map_or_else(|| code.name(), |(_, name)| Some(name.in_language(language).to_owned()))
}

const VACCINES: &[(&[&str], Words)] = &[
    (&["140", "141", "150", "158", "161", "168", "185", "186", "197", "205", "88"], words("Flu", "Gripe (influenza)")),
    (
        &["207", "208", "210", "211", "212", "213", "217", "218", "219", "229", "300", "308", "309", "312", "313"],
        words("COVID-19", "COVID-19"),
    ),
    (&["113", "09", "138", "139"], words("Tetanus and diphtheria (Td)", "Tétanos y difteria (Td)")),
    (&["115"], words("Tetanus, diphtheria and whooping cough (Tdap)", "Tétanos, difteria y tos ferina (Tdap)")),
    (&["20", "106", "107"], words("Diphtheria, tetanus and whooping cough (DTaP)", "Difteria, tétanos y tos ferina (DTaP)")),
    (&["33"], words("Pneumonia (pneumococcal 23)", "Neumonía (neumococo 23)")),
    (&["133", "152", "215", "216"], words("Pneumonia (pneumococcal conjugate)", "Neumonía (neumococo conjugada)")),
    (&["121", "187", "188"], words("Shingles", "Culebrilla (herpes zóster)")),
    (&["08", "43", "44", "45", "189"], words("Hepatitis B", "Hepatitis B")),
    (&["52", "83", "85"], words("Hepatitis A", "Hepatitis A")),
    (&["03"], words("Measles, mumps and rubella (MMR)", "Sarampión, paperas y rubéola (MMR)")),
    (&["21"], words("Chickenpox", "Varicela")),
    (&["10", "89"], words("Polio", "Polio")),
    (&["49", "17", "48", "47", "46"], words("Hib (Haemophilus type b)", "Hib (Haemophilus tipo b)")),
    (&["62", "118", "137", "165"], words("HPV", "VPH (virus del papiloma humano)")),
    (&["114", "136", "147", "203", "108"], words("Meningitis (meningococcal)", "Meningitis (meningococo)")),
    (&["119", "116", "122"], words("Rotavirus", "Rotavirus")),
    (&["303", "304", "305", "306"], words("RSV", "VRS (virus respiratorio sincitial)")),
];
