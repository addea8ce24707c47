//! Plain words in both languages for common allergies, conditions, findings and activities, by SNOMED CT code. What is not here keeps the record's own
//! words, in the record's language: a guess at medicine is not a translation.

use crate::records::fhir::datatypes::{Concept, LOINC, SNOMED};
use crate::records::words::{Language, Words, words};

/// What the patient is allergic to.
pub fn substance(code: &Concept, language: Language) -> Option<String> {
    find(SUBSTANCES, code, language).or_else(|| code.name().map(|name| bare(&name)))
}

pub fn reaction(code: &Concept, language: Language) -> Option<String> {
    find(REACTIONS, code, language).or_else(|| code.name())
}

/// What the patient has or had.
pub fn condition(code: &Concept, language: Language) -> Option<String> {
    find(CONDITIONS, code, language).or_else(|| code.name().map(|name| without_kind(&name)))
}

/// A laboratory's result in words.
pub fn finding(code: &Concept, language: Language) -> Option<String> {
    let answer = || {
        let code = code.code_in(LOINC)?;
        ANSWERS.iter().find(|(known, _)| *known == code).map(|(_, words)| words.in_language(language).to_owned())
    };
    find(FINDINGS, code, language).or_else(answer).or_else(|| code.name().map(|name| without_kind(&name)))
}

/// Something to do or to reach.
pub fn activity(code: &Concept, language: Language) -> Option<String> {
    find(ACTIVITIES, code, language).or_else(|| code.name().map(|name| without_kind(&name)))
}

/// `Asthma (disorder)` is asthma.
fn without_kind(name: &str) -> String {
    let kinds = [
        " (disorder)",
        " (finding)",
        " (situation)",
        " (procedure)",
        " (regime/therapy)",
        " (qualifier value)",
        " (morphologic abnormality)",
    ];
    kinds.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name).to_owned()
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

const CONDITIONS: &[(&str, Words)] = &[
    ("44054006", words("Type 2 diabetes", "Diabetes tipo 2")),
    ("46635009", words("Type 1 diabetes", "Diabetes tipo 1")),
    ("15777000", words("Prediabetes", "Prediabetes")),
    ("38341003", words("High blood pressure", "Presión arterial alta")),
    ("59621000", words("High blood pressure", "Presión arterial alta")),
    ("55822004", words("High cholesterol", "Colesterol alto")),
    ("302870006", words("High fats in the blood (triglycerides)", "Grasas altas en la sangre (triglicéridos)")),
    ("414916001", words("Obesity", "Obesidad")),
    ("162864005", words("Obesity", "Obesidad")),
    ("237602007", words("Metabolic syndrome", "Síndrome metabólico")),
    ("195967001", words("Asthma", "Asma")),
    ("233678006", words("Asthma since childhood", "Asma desde la infancia")),
    ("13645005", words("Lung disease that narrows the airways (COPD)", "Enfermedad que estrecha los bronquios (EPOC)")),
    ("185086009", words("Lung disease that narrows the airways (COPD)", "Enfermedad que estrecha los bronquios (EPOC)")),
    ("10509002", words("Bronchitis", "Bronquitis")),
    ("195662009", words("Sore throat from a virus", "Dolor de garganta por un virus")),
    ("43878008", words("Strep throat", "Infección de garganta por estreptococo")),
    ("444814009", words("Sinus infection from a virus", "Sinusitis por un virus")),
    ("75498004", words("Sinus infection from bacteria", "Sinusitis por bacterias")),
    ("36971009", words("Sinus infection", "Sinusitis")),
    ("40055000", words("Long-lasting sinus infection", "Sinusitis que dura mucho")),
    ("232353008", words("Hay fever that lasts all year", "Alergia nasal todo el año")),
    ("65363002", words("Ear infection", "Infección de oído")),
    ("53741008", words("Heart disease from narrowed arteries", "Enfermedad del corazón por arterias estrechas")),
    ("22298006", words("Heart attack", "Ataque al corazón")),
    ("84114007", words("Heart failure", "Insuficiencia cardíaca")),
    ("49436004", words("Irregular heartbeat (atrial fibrillation)", "Latido irregular (fibrilación auricular)")),
    ("230690007", words("Stroke", "Derrame cerebral")),
    ("431855005", words("Kidney disease, stage 1", "Enfermedad de los riñones, etapa 1")),
    ("431856006", words("Kidney disease, stage 2", "Enfermedad de los riñones, etapa 2")),
    ("433144002", words("Kidney disease, stage 3", "Enfermedad de los riñones, etapa 3")),
    ("127013003", words("Kidney disease from diabetes", "Enfermedad de los riñones por diabetes")),
    ("40930008", words("Thyroid that works too slowly", "Tiroides que trabaja despacio")),
    ("271737000", words("Anemia", "Anemia")),
    ("64859006", words("Thin bones (osteoporosis)", "Huesos débiles (osteoporosis)")),
    ("396275006", words("Worn joints (osteoarthritis)", "Desgaste de las articulaciones (artrosis)")),
    ("239873007", words("Worn knee joint (osteoarthritis)", "Desgaste de la rodilla (artrosis)")),
    ("35489007", words("Depression", "Depresión")),
    ("370143000", words("Major depression", "Depresión mayor")),
    ("197480006", words("Anxiety", "Ansiedad")),
    ("37796009", words("Migraine", "Migraña")),
    ("84757009", words("Epilepsy", "Epilepsia")),
    ("44465007", words("Sprained ankle", "Esguince de tobillo")),
    ("62106007", words("Concussion", "Conmoción cerebral")),
    ("72892002", words("Pregnancy", "Embarazo")),
];

const FINDINGS: &[(&str, Words)] = &[
    ("260373001", words("Detected", "Detectado")),
    ("260415000", words("Not detected", "No detectado")),
    ("10828004", words("Positive", "Positivo")),
    ("260385009", words("Negative", "Negativo")),
    ("52101004", words("Present", "Presente")),
    ("2667000", words("Absent", "Ausente")),
    ("17621005", words("Normal", "Normal")),
    ("263654008", words("Not normal", "No normal")),
    ("419984006", words("Not clear", "No está claro")),
];

const ANSWERS: &[(&str, Words)] = &[
    ("LA11882-0", words("Detected", "Detectado")),
    ("LA11883-8", words("Not detected", "No detectado")),
    ("LA6576-8", words("Positive", "Positivo")),
    ("LA6577-6", words("Negative", "Negativo")),
    ("LA9633-4", words("Present", "Presente")),
    ("LA9634-2", words("Absent", "Ausente")),
];

const ACTIVITIES: &[(&str, Words)] = &[
    ("698360004", words("Diabetes care", "Cuidado de la diabetes")),
    ("160670007", words("Eat as the diabetes diet says", "Seguir la dieta para la diabetes")),
    ("229065009", words("Exercise", "Hacer ejercicio")),
    ("183301007", words("Exercise", "Hacer ejercicio")),
    ("226234005", words("Eat healthy food", "Comer sano")),
    ("386463000", words("Measure your own blood sugar", "Medir su azúcar en la sangre")),
    ("413473000", words("Measure your own blood pressure", "Medir su presión arterial")),
    ("182836005", words("Go through your medicines with us", "Revisar sus medicinas con nosotros")),
    ("709137006", words("Stop smoking", "Dejar de fumar")),
    ("409002", words("Eat as the allergy diet says", "Seguir la dieta para la alergia")),
    ("58332002", words("Learn about your allergy", "Aprender sobre su alergia")),
    ("326051000000105", words("Self care", "Cuidado propio")),
];
