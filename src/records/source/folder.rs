//! A folder of bundles on disk: which file speaks of which patient, and the facts of those asked for lately. A file is read again
//! when its time or size has changed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::SourceError;
use crate::records::facts::{Facts, FileFacts};
use crate::records::fhir::bundle;
use crate::records::skip::FileProblem;

pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;
/// Files whose facts are kept in memory; of the others only which patients they name.
const KEPT: usize = 32;

pub struct Folder {
    path: PathBuf,
    files: BTreeMap<PathBuf, Known>,
    /// Counts questions, to know which facts were used last.
    clock: u64,
}

struct Known {
    stamp: Stamp,
    patients: Vec<String>,
    facts: Option<Arc<FileFacts>>,
    used: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

impl Folder {
    pub fn new(path: PathBuf) -> Self {
        Self { path, files: BTreeMap::new(), clock: 0 }
    }

    /// All that the folder says of one patient. What was skipped in the same files and belongs to nobody counts as the patient's:
    /// it may be.
    pub fn facts(&mut self, record_id: &str) -> Result<Option<Facts>, SourceError> {
        let id = record_id.strip_prefix("Patient/").unwrap_or(record_id);
        self.refresh().map_err(|_| SourceError::Unreadable)?;
        let naming: Vec<PathBuf> = self
            .files
            .iter()
            .filter(|(_, known)| known.patients.iter().any(|one| one == id))
            .map(|(path, _)| path.clone())
            .collect();
        let mut whole: Option<Facts> = None;
        for path in naming {
            let file = self.load(&path).map_err(|_| SourceError::Unreadable)?;
            let Some(facts) = file.patients.get(id) else { continue };
            let whole = whole.get_or_insert_default();
            whole.merge(facts).map_err(|_| SourceError::TwoPeople)?;
            whole.skipped.add_all(&file.unowned);
        }
        self.forget();
        Ok(whole)
    }

    /// Learns of new, changed and vanished files.
    fn refresh(&mut self) -> io::Result<()> {
        let listed = list(&self.path)?;
        self.files.retain(|path, _| listed.contains(path));
        for path in listed {
            let stamp = stamp(&path);
            if self.files.get(&path).is_none_or(|known| known.stamp != stamp) {
                let patients = match read_file(&path) {
                    Ok(file) => file.patients.into_keys().collect(),
                    Err(problem) => {
                        // Not the file's name: exports put the patient's name there.
                        tracing::warn!(
                            problem = problem.word(),
                            "a file of the record source could not be read; housecall records check names it"
                        );
                        Vec::new()
                    }
                };
                self.files.insert(path, Known { stamp, patients, facts: None, used: 0 });
            }
        }
        Ok(())
    }

    fn load(&mut self, path: &Path) -> Result<Arc<FileFacts>, FileProblem> {
        self.clock += 1;
        let known = self.files.get_mut(path).ok_or(FileProblem::Unreadable)?;
        known.used = self.clock;
        if let Some(facts) = &known.facts {
            return Ok(facts.clone());
        }
        let facts = Arc::new(read_file(path)?);
        known.facts = Some(facts.clone());
        Ok(facts)
    }

    fn forget(&mut self) {
        let mut kept: Vec<&mut Known> = self.files.values_mut().filter(|known| known.facts.is_some()).collect();
        kept.sort_by_key(|known| std::cmp::Reverse(known.used));
        for known in kept.into_iter().skip(KEPT) {
            known.facts = None;
        }
    }
}

/// The `.json` files of a folder, by name. Folders within it are not looked into.
pub fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        // A pipe or a device would never end.
        if is_json && !is_hidden && !fs::metadata(&path).is_ok_and(|data| !data.is_file()) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn stamp(path: &Path) -> Stamp {
    let data = fs::metadata(path).ok();
    Stamp { modified: data.as_ref().and_then(|data| data.modified().ok()), size: data.map_or(0, |data| data.len()) }
}

pub fn read_file(path: &Path) -> Result<FileFacts, FileProblem> {
    let file = File::open(path).map_err(|_| FileProblem::Unreadable)?;
    let size = file.metadata().map_err(|_| FileProblem::Unreadable)?.len();
    if size > LARGEST_FILE {
        return Err(FileProblem::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|_| FileProblem::Unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE { Err(FileProblem::TooLarge) } else { bundle::read(&bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle_of(patient: &str, born: &str, allergy: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[
                {{"resource":{{"resourceType":"Patient","id":"{patient}","birthDate":"{born}"}}}},
                {{"resource":{{"resourceType":"AllergyIntolerance","id":"{allergy}","patient":{{"reference":"Patient/{patient}"}}}}}}]}}"#
        )
    }

    #[test]
    fn a_patient_may_be_spread_over_files_and_files_may_change() {
        let place = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(place.path().join(name), text).expect("written");
        write("one.json", &bundle_of("p", "1950-01-01", "a1"));
        write("two.json", &bundle_of("p", "1950-01-01", "a2"));
        write("copy.json", &bundle_of("p", "1950-01-01", "a2"));
        write("other.json", &bundle_of("q", "1960-01-01", "a3"));
        write("notes.txt", "not looked at");
        write("broken.json", "{");
        let mut folder = Folder::new(place.path().to_owned());
        let allergies = |folder: &mut Folder| folder.facts("Patient/p").map(|facts| facts.map(|facts| facts.allergies.len()));
        assert_eq!(allergies(&mut folder), Ok(Some(2)));

        fs::remove_file(place.path().join("one.json")).expect("removed");
        assert_eq!(allergies(&mut folder), Ok(Some(1)));
        write("broken.json", &bundle_of("p", "1950-01-01", "a4"));
        assert_eq!(allergies(&mut folder), Ok(Some(2)));
        write("broken.json", &bundle_of("p", "1951-01-01", "a4, another person"));
        assert_eq!(allergies(&mut folder), Err(SourceError::TwoPeople));
        assert!(folder.facts("nobody").is_ok_and(|facts| facts.is_none()));
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("huge.json");
        File::create(&path).expect("made").set_len(LARGEST_FILE + 1).expect("grown");
        assert!(read_file(&path).err() == Some(FileProblem::TooLarge));
    }
}
