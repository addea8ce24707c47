//! `housecall records`: what of a folder, or of one patient, can be shown, and what is skipped and why. It prints record ids and years
//! of birth, not names.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::facts::Facts;
use super::kinds::{Content, Shelf, lay_out};
use super::skip::{Reason, Skipped};
use super::source::folder;
use super::words::Language;

/// Checks a folder and prints what it found. `true` where every file gave something; `false` where nothing of a file could be read.
pub fn run(folder: &Path, as_json: bool, out: &mut dyn Write) -> io::Result<bool> {
    let found = look(folder);
    if as_json {
        serde_json::to_writer_pretty(&mut *out, &found.as_json())?;
        writeln!(out)?;
    } else {
        found.print(out)?;
    }
    Ok(found.problems.is_empty())
}

/// Prints what can be shown of one patient.
pub fn tell(id: &str, facts: &Facts, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if !as_json {
        return print_patient(id, facts, out);
    }
    serde_json::to_writer_pretty(&mut *out, &patient_json(id, facts))?;
    writeln!(out)
}

#[derive(Default)]
struct Found {
    files: usize,
    /// File name, or the folder's, with a stable word and a sentence.
    problems: Vec<(String, &'static str, String)>,
    patients: BTreeMap<String, Facts>,
    /// Skipped in files of several patients, and so of nobody in particular.
    unowned: Skipped,
}

fn look(path: &Path) -> Found {
    let mut found = Found::default();
    let files = match folder::list(path) {
        Ok(files) if files.is_empty() => {
            found.trouble(path, "no_files", "There is no .json file in this folder.");
            return found;
        }
        Ok(files) => files,
        Err(_) => {
            found.trouble(path, "no_folder", "This folder is not there or may not be read.");
            return found;
        }
    };
    for file in &files {
        found.add(file);
    }
    found
}

impl Found {
    fn add(&mut self, path: &Path) {
        self.files += 1;
        match folder::read_file(path) {
            Ok(file) => {
                let only_one = file.patients.len() == 1;
                for (id, facts) in &file.patients {
                    let known = self.patients.entry(id.clone()).or_default();
                    if known.merge(facts).is_err() {
                        self.problems.push((
                            path.display().to_string(),
                            "two_people",
                            format!("Another file has record {id} with another date of birth; neither is shown."),
                        ));
                    } else if only_one {
                        known.skipped.add_all(&file.unowned);
                    }
                }
                if !only_one {
                    self.unowned.add_all(&file.unowned);
                }
            }
            Err(problem) => self.trouble(path, problem.word(), &problem.to_string()),
        }
    }

    fn trouble(&mut self, path: &Path, word: &'static str, sentence: &str) {
        self.problems.push((path.display().to_string(), word, sentence.to_owned()));
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{} files, {} patients", self.files, self.patients.len())?;
        for (path, word, sentence) in &self.problems {
            writeln!(out, "\n{path}\n  {sentence} ({word})")?;
        }
        for (id, facts) in &self.patients {
            writeln!(out)?;
            print_patient(id, facts, out)?;
        }
        if self.unowned.iter().next().is_some() {
            writeln!(out, "\nIn files of several patients or of none")?;
            print_skipped(&self.unowned, out)?;
        }
        Ok(())
    }

    fn as_json(&self) -> Value {
        let patients = self.patients.iter().map(|(id, facts)| patient_json(id, facts));
        let problems =
            self.problems.iter().map(|(path, word, sentence)| json!({ "file": path, "word": word, "sentence": sentence }));
        json!({
            "files": self.files,
            "problems": problems.collect::<Vec<_>>(),
            "patients": patients.collect::<Vec<_>>(),
            "skipped_of_nobody": skipped_json(&self.unowned),
        })
    }
}

fn print_patient(id: &str, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let shelf = lay_out(facts, Language::En);
    let born = year(facts).map_or_else(|| "birth year not known".to_owned(), |year| format!("born {year}"));
    writeln!(out, "{id} ({born})\n  can be shown: {}", Counts::of(&shelf).words())?;
    print_skipped(&shelf.skipped, out)
}

fn patient_json(id: &str, facts: &Facts) -> Value {
    let shelf = lay_out(facts, Language::En);
    json!({ "record_id": id, "birth_year": year(facts), "shown": Counts::of(&shelf).as_json(), "skipped": skipped_json(&shelf.skipped) })
}

fn year(facts: &Facts) -> Option<String> {
    facts.born.as_ref()?.known().map(|born| born[..4].to_owned())
}

/// How much of each kind can be shown.
#[derive(Default)]
struct Counts {
    trends: usize,
    results: usize,
    vitals: usize,
    readings: usize,
    medications: usize,
    allergies: Option<usize>,
    conditions: usize,
    vaccines: usize,
    due: usize,
    plans: usize,
    goals: usize,
    reports: usize,
    images: usize,
}

impl Counts {
    fn of(shelf: &Shelf) -> Self {
        let mut counts = Self::default();
        for showable in &shelf.showable {
            match &showable.content {
                Content::LabTrend(trend) => {
                    counts.trends += 1;
                    counts.results += trend.points.len();
                }
                Content::LabResult(result) => counts.results += 1 + result.earlier.len(),
                Content::VitalSigns(vital) => {
                    counts.vitals += 1;
                    counts.readings += vital.points.len();
                }
                Content::Medications(list) => counts.medications = list.items.len(),
                Content::Allergies(list) => counts.allergies = Some(list.items.len()),
                Content::Conditions(list) => counts.conditions = list.items.len(),
                Content::Immunizations(list) => (counts.vaccines, counts.due) = (list.given.len(), list.due.len()),
                Content::CarePlan(plan) => (counts.plans, counts.goals) = (plan.plans.len(), plan.goals.len()),
                Content::Report(_) => counts.reports += 1,
                Content::Image(_) => counts.images += 1,
                // Typed in a visit, never in a record.
                Content::Instructions(_) => {}
            }
        }
        counts
    }

    fn words(&self) -> String {
        let allergies = match self.allergies {
            None => "no allergy list, since part of it could not be read".to_owned(),
            Some(0) => "no allergies recorded".to_owned(),
            Some(count) => format!("{count} allergies"),
        };
        let Self {
            trends, results, vitals, readings, medications, conditions, vaccines, due, plans, goals, reports, images, ..
        } = self;
        format!(
            "{results} lab results ({trends} trends), {vitals} vital signs of {readings} readings, {medications} medications, {allergies}, \
             {conditions} conditions, {vaccines} vaccines ({due} due), {plans} care plans, {goals} goals, {reports} reports, {images} pictures"
        )
    }

    fn as_json(&self) -> Value {
        json!({
            "lab_trends": self.trends, "results": self.results, "vital_signs": self.vitals, "readings": self.readings,
            "medications": self.medications, "allergies": self.allergies, "conditions": self.conditions, "vaccines": self.vaccines,
            "vaccines_due": self.due, "care_plans": self.plans, "goals": self.goals, "reports": self.reports, "pictures": self.images,
        })
    }
}

/// One line for each reason.
fn print_skipped(skipped: &Skipped, out: &mut dyn Write) -> io::Result<()> {
    let mut by_reason: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
    for (reason, kind, count) in skipped.iter() {
        by_reason.entry(reason).or_default().push(format!("{count} {kind}"));
    }
    for (reason, kinds) in by_reason {
        writeln!(out, "  skipped, {} ({}): {}", reason.sentence(), reason.word(), kinds.join(", "))?;
    }
    Ok(())
}

fn skipped_json(skipped: &Skipped) -> Value {
    skipped.iter().map(|(reason, kind, count)| json!({ "kind": kind, "reason": reason.word(), "count": count })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(files: &[(&str, &[u8])]) -> (bool, String) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("written");
        }
        let mut out = Vec::new();
        let is_well = run(folder.path(), false, &mut out).expect("memory takes all");
        (is_well, String::from_utf8(out).expect("text"))
    }

    const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"p1","birthDate":"1950-02-03","name":[{"family":"CANARY"}]}},
        {"resource":{"resourceType":"Encounter","id":"e1"}},
        {"resource":{"resourceType":"AllergyIntolerance","id":7}}]}"#;

    #[test]
    fn a_file_that_can_be_read_in_part_is_well() {
        let (is_well, text) = checked(&[("one.json", BUNDLE.as_bytes())]);
        assert!(is_well, "{text}");
        assert!(text.contains("p1 (born 1950)") && text.contains("(other_kind): 1 Encounter"), "{text}");
        assert!(text.contains("no allergy list, since part of it could not be read"), "{text}");
        assert!(!text.contains("CANARY"), "{text}");
    }

    #[test]
    fn each_unreadable_file_is_named_with_its_word_and_the_others_are_read() {
        let (is_well, text) =
            checked(&[("good.json", BUNDLE.as_bytes()), ("empty.json", b" \n"), ("cut.json", &BUNDLE.as_bytes()[..90])]);
        assert!(!is_well);
        for expected in ["p1 (born 1950)", "empty.json", "(empty_file)", "cut.json", "(not_json)"] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }

    #[test]
    fn a_folder_without_files_is_not_well() {
        assert!(!checked(&[]).0);
    }
}
