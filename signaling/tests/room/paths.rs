//! How the path between two people is: both ends tell, the room says one word of it to everybody, and notes it for the timeline.

use signaling::message::*;
use signaling::room::{ConnectionId, Fact, PathRow};

use crate::house::*;

const GOOD: PathNumbers = PathNumbers {
    lost: false,
    round_trip_ms: Some(40),
    jitter_ms: Some(5),
    loss_in: Some(0.0),
    loss_out: Some(0.0),
    out_kbps: None,
    frame_rate: Some(15),
    frozen: None,
    sound: Some(true),
};

fn report(with: &str, measured: PathNumbers) -> ClientMessage {
    ClientMessage::Quality(PathReport { with: with.into(), measured })
}

fn lossy(with: &str) -> ClientMessage {
    report(with, PathNumbers { loss_in: Some(0.15), ..GOOD })
}

fn told(house: &House, connection: ConnectionId) -> Vec<PathQuality> {
    let quality = |message| match message {
        ServerMessage::Quality(quality) => Some(quality),
        _ => None,
    };
    house.heard(connection).into_iter().filter_map(quality).collect()
}

fn rows(house: &House) -> Vec<PathRow> {
    let row = |fact: &Fact| match fact {
        Fact::Path(row) => Some(row.clone()),
        _ => None,
    };
    house.facts.iter().filter_map(row).collect()
}

#[test]
fn both_read_the_same_word_with_its_cause_and_whose_end_it_is() {
    let (mut house, clinician, patient) = House::call();
    house.say(clinician, report(PATIENT, GOOD));
    house.say(clinician, lossy(PATIENT));
    let weak = PathQuality {
        between: [CLINICIAN.into(), PATIENT.into()],
        level: PathLevel::Weak,
        trouble: Some(PathTrouble { cause: PathCause::Loss, side: PATIENT.into() }),
    };
    assert_eq!(told(&house, patient).last(), Some(&weak));
    assert_eq!(told(&house, clinician), told(&house, patient));
    assert_eq!(house.measured, [PathLevel::Good, PathLevel::Weak]);
}

#[test]
fn numbers_that_change_no_word_are_told_to_nobody_and_stored_once_a_minute() {
    let (mut house, clinician, patient) = House::call();
    for _ in 0..60 {
        house.now += 5_000;
        for (page, other) in [(clinician, PATIENT), (patient, CLINICIAN)] {
            house.say(page, report(other, GOOD));
        }
    }
    assert_eq!((told(&house, clinician).len(), told(&house, patient).len()), (1, 1), "once, that it is good");
    let rows = rows(&house);
    assert_eq!(rows.len(), 5, "five minutes: {rows:?}");
    assert!(house.facts.iter().all(|fact| matches!(fact, Fact::Path(_))));
}

#[test]
fn who_comes_back_to_the_page_reads_how_it_is_and_the_last_row_is_how_it_was() {
    let (mut house, clinician, patient) = House::call();
    house.say(clinician, lossy(PATIENT));
    let reloaded = house.connect_with(PATIENT, "phone", hello("a new page"));
    let Some(View::Inside(inside)) = house.welcome(reloaded).view else { panic!("inside") };
    assert_eq!(inside.paths.iter().map(|path| path.level).collect::<Vec<_>>(), [PathLevel::Weak]);
    assert_eq!(house.closed(patient), Some(CloseWord::Replaced));

    house.now += 3_000;
    let before = rows(&house).len();
    house.does(reloaded, ClientMessage::Leave(Empty {}));
    let rows = rows(&house);
    assert_eq!((rows.len(), rows.last().map(|row| (row.level, row.at))), (before + 1, Some((PathLevel::Weak, house.now))));
    let again = house.connect_with(CLINICIAN, "desk", hello("another page"));
    assert!(matches!(house.welcome(again).view, Some(View::Inside(inside)) if inside.paths.is_empty()));
}

#[test]
fn nobody_reports_from_outside_of_themselves_or_of_a_stranger() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.forget();
    house.say(interpreter, lossy(PATIENT));
    house.say(patient, lossy(INTERPRETER));
    house.say(patient, lossy(PATIENT));
    house.say(patient, lossy("nobody"));
    assert_eq!((house.facts.len(), house.measured.len(), told(&house, clinician).len()), (0, 0, 0));
}

#[test]
fn what_happens_on_a_page_is_stored_and_told_to_nobody() {
    let (mut house, clinician, patient) = House::call();
    house.does(patient, ClientMessage::Happened(Happened { what: Happening::PicturePaused }));
    let kept = Fact::Happened { seat: PATIENT.into(), what: Happening::PicturePaused, at: house.now };
    assert!(house.facts.contains(&kept));
    assert_eq!(house.heard(clinician), []);
    for _ in 0..60 {
        house.now += 200;
        house.does(patient, ClientMessage::Happened(Happened { what: Happening::Stall }));
    }
    let kept = house.facts.iter().filter(|fact| matches!(fact, Fact::Happened { .. })).count();
    assert_eq!(kept, 30, "so many a minute");
}

#[test]
fn what_happens_to_somebody_without_a_place_is_none_of_the_visits() {
    let mut house = House::visit();
    let patient = house.connect(PATIENT, "phone");
    house.is_refused(patient, ClientMessage::Happened(Happened { what: Happening::Stall }), RefusalWord::NotAdmitted);
}
