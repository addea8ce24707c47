//! Plain names for common laboratory tests, by LOINC code; for the others the record's own display, made readable.

use crate::records::words::{Language, Words, words};

struct Lab {
    codes: &'static [&'static str],
    name: Words,
}

const fn lab(codes: &'static [&'static str], en: &'static str, es: &'static str) -> Lab {
    Lab { codes, name: words(en, es) }
}

const LABS: &[Lab] = &[
    lab(
        &["4548-4", "17856-6", "4549-2", "59261-8"],
        "Blood sugar over three months (A1c)",
        "Azúcar en la sangre en tres meses (A1c)",
    ),
    lab(&["2345-7", "2339-0", "41653-7"], "Blood sugar (glucose)", "Azúcar en la sangre (glucosa)"),
    lab(&["1558-6"], "Blood sugar before eating (fasting glucose)", "Azúcar en la sangre en ayunas (glucosa)"),
    lab(&["2093-3"], "Total cholesterol", "Colesterol total"),
    lab(&["18262-6", "13457-7", "2089-1"], "“Bad” cholesterol (LDL)", "Colesterol “malo” (LDL)"),
    lab(&["2085-9"], "“Good” cholesterol (HDL)", "Colesterol “bueno” (HDL)"),
    lab(&["2571-8"], "Fats in the blood (triglycerides)", "Grasas en la sangre (triglicéridos)"),
    lab(&["2160-0", "38483-4"], "Kidney test (creatinine)", "Prueba de los riñones (creatinina)"),
    lab(
        &["33914-3", "48642-3", "62238-1", "98979-8", "77147-7"],
        "How well the kidneys filter (eGFR)",
        "Cuánto filtran los riñones (eGFR)",
    ),
    lab(&["3094-0", "6299-2"], "Kidney test (urea nitrogen)", "Prueba de los riñones (nitrógeno ureico)"),
    lab(&["9318-7", "14959-1"], "Protein in the urine (albumin to creatinine)", "Proteína en la orina (albúmina y creatinina)"),
    lab(&["2823-3", "6298-4"], "Potassium", "Potasio"),
    lab(&["2951-2", "2947-0"], "Sodium", "Sodio"),
    lab(&["2075-0"], "Chloride", "Cloruro"),
    lab(&["2028-9"], "Carbon dioxide", "Dióxido de carbono"),
    lab(&["17861-6"], "Calcium", "Calcio"),
    lab(&["718-7"], "Hemoglobin", "Hemoglobina"),
    lab(&["4544-3", "20570-8"], "Share of red blood cells (hematocrit)", "Porcentaje de glóbulos rojos (hematocrito)"),
    lab(&["789-8"], "Red blood cells", "Glóbulos rojos"),
    lab(&["6690-2", "26464-8"], "White blood cells", "Glóbulos blancos"),
    lab(&["777-3", "26515-7"], "Platelets", "Plaquetas"),
    lab(&["787-2"], "Size of red blood cells (MCV)", "Tamaño de los glóbulos rojos (MCV)"),
    lab(&["785-6"], "Hemoglobin in each red blood cell (MCH)", "Hemoglobina en cada glóbulo rojo (MCH)"),
    lab(
        &["786-4"],
        "Hemoglobin concentration in red blood cells (MCHC)",
        "Concentración de hemoglobina en glóbulos rojos (MCHC)",
    ),
    lab(&["788-0", "21000-5"], "Differences in red blood cell size (RDW)", "Diferencias de tamaño de los glóbulos rojos (RDW)"),
    lab(&["2276-4"], "Iron stores (ferritin)", "Reservas de hierro (ferritina)"),
    lab(&["2132-9"], "Vitamin B12", "Vitamina B12"),
    lab(&["1989-3", "62292-8"], "Vitamin D", "Vitamina D"),
    lab(&["3016-3", "11580-8"], "Thyroid test (TSH)", "Prueba de la tiroides (TSH)"),
    lab(&["3024-7"], "Thyroid test (free T4)", "Prueba de la tiroides (T4 libre)"),
    lab(&["1742-6"], "Liver test (ALT)", "Prueba del hígado (ALT)"),
    lab(&["1920-8"], "Liver test (AST)", "Prueba del hígado (AST)"),
    lab(&["6768-6"], "Liver and bone test (alkaline phosphatase)", "Prueba del hígado y los huesos (fosfatasa alcalina)"),
    lab(&["1975-2"], "Liver test (bilirubin)", "Prueba del hígado (bilirrubina)"),
    lab(&["1751-7"], "Protein in the blood (albumin)", "Proteína en la sangre (albúmina)"),
    lab(&["3084-1"], "Uric acid", "Ácido úrico"),
    lab(&["6301-6"], "How fast the blood clots (INR)", "Cuánto tarda la sangre en coagular (INR)"),
    lab(&["2857-1"], "Prostate test (PSA)", "Prueba de la próstata (PSA)"),
    lab(&["94500-6", "94309-2", "94558-4"], "COVID-19 test", "Prueba de COVID-19"),
];

/// The plain name of a test that we know.
pub fn known(loinc: &str, language: Language) -> Option<&'static str> {
    LABS.iter().find(|lab| lab.codes.contains(&loinc)).map(|lab| lab.name.in_language(language))
}

/// A LOINC display without what only a laboratory needs: `Platelet mean volume [Entitic volume] in Blood by Automated count` is
/// the platelets' mean volume. Blood is what is usually tested; any other specimen stays in the name.
pub fn readable(display: &str) -> String {
    let mut name = without_brackets(display);
    for method in [" by ", " - ", " using "] {
        if let Some(at) = name.find(method).filter(|at| *at > 0) {
            name.truncate(at);
        }
    }
    for specimen in [" in Serum, Plasma or Blood", " in Serum or Plasma", " in Serum", " in Plasma", " in Blood", " of Blood"] {
        if let Some(short) = name.strip_suffix(specimen) {
            name.truncate(short.len());
        }
    }
    if name.is_empty() { display.to_owned() } else { name }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
