//! How a visit stands on the desk: one word from where the patient is, what the checks found, and what was asked and said.

use std::time::Duration;

use super::store::past::Met;
use crate::base::clock::Moment;
use crate::visits::arrival::Arrival;
use crate::visits::help::Request;
use crate::visits::readiness::Readiness;
use crate::visits::words::{Mode, Outcome, words};

/// The counts of others stand back below this: a small number may be somebody.
const FEWEST: usize = 5;

words! {
    DeskState {
        New => "new",
        /// The steps went out as a text, and nothing was tested since.
        Texted => "texted",
        TestingNow => "testing_now",
        NeedsHelp => "needs_help",
        Passed => "passed",
        PhoneOnly => "phone_only",
    }
}

/// What the word is decided from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) arrival: Arrival,
    pub(super) readiness: &'a Readiness,
    /// The newest request, open or not.
    pub(super) request: Option<&'a Request>,
    pub(super) said: Option<Outcome>,
    pub(super) test_started_at: Option<Moment>,
    pub(super) call_is_open: bool,
}

/// The order of the questions matters: what happens now comes before what is asked, and that before what is known.
pub(super) fn state(facts: &Facts<'_>) -> DeskState {
    let texted_at = facts.request.filter(|request| request.state.is_open()).and_then(|request| request.texted_at);
    if facts.arrival == Arrival::InVisit {
        DeskState::Passed
    } else if facts.call_is_open || facts.arrival == Arrival::Testing {
        DeskState::TestingNow
    } else if texted_at.is_some() && texted_at > facts.test_started_at {
        DeskState::Texted
    } else if facts.request.is_some_and(|request| request.state.is_open()) {
        DeskState::NeedsHelp
    } else {
        known(facts)
    }
}

fn known(facts: &Facts<'_>) -> DeskState {
    match facts.readiness.mode {
        Mode::Video | Mode::LowVideo => DeskState::Passed,
        Mode::Phone if matches!(facts.said, Some(Outcome::UseThePhone | Outcome::NeedsAnotherDevice)) => DeskState::PhoneOnly,
        Mode::Phone | Mode::SoundOnly => DeskState::NeedsHelp,
        Mode::NotChecked => DeskState::New,
    }
}

/// Who else met the same cause on the same kind of phone lately: so many people, or nothing where they are few.
pub(super) fn others(met: &[Met], system: &str, since: Moment) -> Option<usize> {
    let mut people: Vec<&str> = met
        .iter()
        .filter(|met| met.at >= since && met.system.as_deref() == Some(system))
        .map(|met| met.patient.as_str())
        .collect();
    people.sort_unstable();
    people.dedup();
    (people.len() >= FEWEST).then_some(people.len())
}

/// What is older says little about the phones of today.
pub(super) const LATELY: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::{PatientId, VisitId};
    use crate::visits::help::{AskedBy, HelpState};

    fn readiness(mode: Mode) -> Readiness {
        Readiness { mode, cause: None, at: None, device: None, by: None, another_phone: false }
    }

    fn asked() -> Request {
        Request {
            id: "r".into(),
            visit: VisitId::from("v"),
            state: HelpState::Asked,
            asked_by: AskedBy::Patient,
            screen: None,
            cause: None,
            asked_at: Moment(5),
            holder: None,
            texted_at: None,
            closed_at: None,
            outcome: None,
            note: None,
        }
    }

    #[test]
    fn a_visit_goes_through_the_words_of_the_desk() {
        let (unknown, phone, video) = (readiness(Mode::NotChecked), readiness(Mode::Phone), readiness(Mode::Video));
        let new = Facts {
            arrival: Arrival::NotArrived,
            readiness: &unknown,
            request: None,
            said: None,
            test_started_at: None,
            call_is_open: false,
        };
        let (open, texted) = (asked(), Request { texted_at: Some(Moment(9)), ..asked() });
        let withdrawn = Request { state: HelpState::Withdrawn, ..texted.clone() };
        let steps = [
            (new, DeskState::New),
            (Facts { arrival: Arrival::Testing, ..new }, DeskState::TestingNow),
            (Facts { readiness: &phone, ..new }, DeskState::NeedsHelp),
            (Facts { request: Some(&open), ..new }, DeskState::NeedsHelp),
            (Facts { request: Some(&texted), test_started_at: Some(Moment(7)), ..new }, DeskState::Texted),
            (Facts { request: Some(&texted), test_started_at: Some(Moment(10)), ..new }, DeskState::NeedsHelp),
            (Facts { request: Some(&open), call_is_open: true, ..new }, DeskState::TestingNow),
            (Facts { request: Some(&withdrawn), readiness: &video, ..new }, DeskState::Passed),
            (Facts { readiness: &phone, said: Some(Outcome::UseThePhone), ..new }, DeskState::PhoneOnly),
            (Facts { arrival: Arrival::InVisit, request: Some(&open), ..new }, DeskState::Passed),
        ];
        for (facts, expected) in steps {
            assert_eq!(state(&facts), expected, "{facts:?}");
        }
    }

    #[test]
    fn few_others_are_not_counted_out_loud() {
        let met = |patient: u8, system: &str, at: i64| Met {
            patient: PatientId(patient.to_string()),
            system: Some(system.into()),
            at: Moment(at),
        };
        let mut all: Vec<Met> = (0..4).flat_map(|patient| [met(patient, "Android", 50), met(patient, "Android", 60)]).collect();
        all.extend([met(8, "iOS", 60), met(9, "Android", 10)]);
        assert_eq!(others(&all, "Android", Moment(40)), None, "four people, however often");
        all.push(met(5, "Android", 70));
        assert_eq!(others(&all, "Android", Moment(40)), Some(5));
    }
}
