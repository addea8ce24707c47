//! Showing a part of the record: consent once, then offered, shown, seen, withdrawn.

use signaling::ids::SnippetId;
use signaling::message::*;
use signaling::room::Fact;

use crate::house::*;

fn offer(snippet: &SnippetId, seats: &[&str]) -> ClientMessage {
    let seats = seats.iter().map(|seat| (*seat).into()).collect();
    ClientMessage::SnippetOffer(SnippetOffer { snippet: snippet.clone(), seats })
}

fn consent(agreed: bool) -> ClientMessage {
    ClientMessage::ConsentAnswer(ConsentAnswer { agreed })
}

fn snippet_states(messages: &[ServerMessage]) -> Vec<SnippetState> {
    let state = |message: &ServerMessage| match message {
        ServerMessage::Snippet(view) => Some(view.state),
        _ => None,
    };
    messages.iter().filter_map(state).collect()
}

#[test]
fn the_first_snippet_asks_and_what_follows_does_not() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    let asked = ServerMessage::ConsentAsked(ConsentAsked { by: "clinician's name".into() });
    assert!(house.heard(patient).contains(&asked));
    assert_eq!(snippet_states(&house.heard(patient)), [], "nothing of a snippet before the answer");
    house.is_refused(patient, ClientMessage::SnippetShown(SnippetRef { snippet: trend.clone() }), RefusalWord::NoConsent);

    house.does(patient, consent(true));
    house.does(patient, ClientMessage::SnippetShown(SnippetRef { snippet: trend.clone() }));
    house.does(patient, ClientMessage::SnippetSeen(SnippetRef { snippet: trend.clone() }));
    house.does(clinician, ClientMessage::SnippetWithdraw(SnippetRef { snippet: trend.clone() }));
    let life = [SnippetState::Offered, SnippetState::Shown, SnippetState::Shown, SnippetState::Withdrawn];
    assert_eq!(snippet_states(&house.heard(patient)), life);
    assert_eq!(snippet_states(&house.heard(clinician))[1..], life);

    let facts: Vec<_> = house.facts.iter().filter(|fact| !matches!(fact, Fact::CommandDone { .. })).collect();
    let (by, audience) = (CLINICIAN.into(), vec![PATIENT.into()]);
    assert!(matches!(facts[..], [
        Fact::ConsentAsked { .. },
        Fact::SnippetHeld { .. },
        Fact::ConsentAnswered { answer: Consent::Agreed, .. },
        offered,
        Fact::SnippetShown { .. },
        Fact::SnippetSeen { .. },
        Fact::SnippetWithdrawn { .. },
    ] if *offered == Fact::SnippetOffered { snippet: trend, by, audience }));

    let list = house.prepare("list");
    house.forget();
    house.does(clinician, offer(&list, &[PATIENT]));
    assert_eq!(snippet_states(&house.heard(patient)), [SnippetState::Offered]);
}

#[test]
fn a_patient_who_stops_sees_nothing_more() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.does(patient, consent(true));
    house.does(patient, ClientMessage::SnippetShown(SnippetRef { snippet: trend.clone() }));
    house.does(patient, consent(false));
    assert_eq!(snippet_states(&house.heard(clinician)).last(), Some(&SnippetState::Withdrawn));
    let list = house.prepare("list");
    house.is_refused(clinician, offer(&list, &[PATIENT]), RefusalWord::NoConsent);
    house.is_refused(patient, ClientMessage::SnippetSeen(SnippetRef { snippet: trend }), RefusalWord::NoSuchSnippet);
}

fn told_consent(messages: &[ServerMessage]) -> Vec<Consent> {
    let told = |message: &ServerMessage| match message {
        ServerMessage::Consent(state) => Some(state.consent),
        _ => None,
    };
    messages.iter().filter_map(told).collect()
}

#[test]
fn who_said_no_or_stopped_may_agree_again_and_only_they() {
    for (first, word) in [(false, Consent::Refused), (true, Consent::Stopped)] {
        let (mut house, clinician, patient) = House::call();
        let trend = house.prepare("trend");
        house.does(clinician, offer(&trend, &[PATIENT]));
        house.does(patient, consent(first));
        house.does(patient, consent(false));
        assert_eq!(told_consent(&house.heard(clinician)).last(), Some(&word), "the clinician is told which");
        assert_eq!(snippet_states(&house.heard(clinician)).last(), Some(&SnippetState::Withdrawn));

        house.forget();
        let list = house.prepare("list");
        house.is_refused(clinician, offer(&list, &[PATIENT]), RefusalWord::NoConsent);
        house.is_refused(clinician, consent(true), RefusalWord::NotAllowed);
        assert_eq!(house.heard(patient), [], "and is not asked again");

        house.does(patient, consent(true));
        assert_eq!(told_consent(&house.heard(clinician)), [Consent::Agreed]);
        assert_eq!(snippet_states(&house.heard(patient)), [], "what went away stays away");
        house.does(clinician, offer(&list, &[PATIENT]));
        assert_eq!(snippet_states(&house.heard(patient)), [SnippetState::Offered]);
    }
}

#[test]
fn an_audience_is_of_this_visit_inside_and_with_the_patient() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    let trend = house.prepare("trend");
    house.is_refused(clinician, offer(&trend, &[PATIENT, "seat of another visit"]), RefusalWord::NoSuchSeat);
    assert!(matches!(house.facts.last(), Some(Fact::NotAllowed { .. })), "a seat that nobody named is in the audit");
    house.is_refused(clinician, offer(&trend, &[PATIENT, INTERPRETER]), RefusalWord::NotAdmitted);
    house.is_refused(clinician, offer(&trend, &[PATIENT, CLINICIAN]), RefusalWord::NotAdmitted);
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.does(clinician, ClientMessage::Admit(Admit { seat: INTERPRETER.into(), identity_confirmed: true }));
    house.is_refused(clinician, offer(&trend, &[INTERPRETER]), RefusalWord::WithoutPatient);
    for page in [patient, interpreter] {
        house.is_refused(page, offer(&trend, &[PATIENT, INTERPRETER]), RefusalWord::NotAllowed);
    }
    house.is_refused(interpreter, consent(true), RefusalWord::NotAllowed);
    house.does(clinician, offer(&trend, &[PATIENT, INTERPRETER]));
    house.forget();
    house.does(patient, consent(true));
    let Some(ServerMessage::Snippet(view)) = house.heard(interpreter).pop() else { panic!("the interpreter was chosen") };
    assert_eq!(view.audience, [INTERPRETER.into(), PATIENT.into()]);
}

#[test]
fn only_the_clinician_gives_a_copy_and_only_of_what_may_be_on_a_screen() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    let keep = ClientMessage::SnippetKeep(SnippetRef { snippet: trend.clone() });
    house.is_refused(clinician, keep.clone(), RefusalWord::NoSuchSnippet);
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.is_refused(patient, keep.clone(), RefusalWord::NotAllowed);
    house.does(patient, consent(true));
    house.forget();
    house.does(clinician, keep.clone());
    house.does(clinician, keep.clone());
    let heard = house.heard(patient);
    assert!(matches!(&heard[..], [ServerMessage::Snippet(view)] if view.keep), "said once: {heard:?}");
    assert_eq!(house.facts.iter().filter(|fact| matches!(fact, Fact::SnippetMayKeep { .. })).count(), 1);
    house.does(clinician, ClientMessage::SnippetWithdraw(SnippetRef { snippet: trend }));
    house.is_refused(clinician, keep, RefusalWord::NoSuchSnippet);
}

#[test]
fn only_the_audience_hears_of_a_snippet() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.does(clinician, ClientMessage::Admit(Admit { seat: INTERPRETER.into(), identity_confirmed: true }));
    house.forget();
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.does(patient, consent(true));
    assert_eq!(house.heard(interpreter), []);
    house.is_refused(interpreter, ClientMessage::SnippetShown(SnippetRef { snippet: trend }), RefusalWord::NotInAudience);
}

#[test]
fn what_is_shown_may_be_shown_to_one_more() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.does(clinician, ClientMessage::Admit(Admit { seat: INTERPRETER.into(), identity_confirmed: true }));
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.does(patient, consent(true));
    house.does(patient, ClientMessage::SnippetSeen(SnippetRef { snippet: trend.clone() }));
    house.forget();
    house.does(clinician, offer(&trend, &[INTERPRETER]));
    let heard = house.heard(interpreter);
    assert!(
        matches!(&heard[..], [ServerMessage::Snippet(view)] if view.audience.len() == 2 && view.seen_by.len() == 1),
        "{heard:?}"
    );
    house.does(interpreter, ClientMessage::SnippetShown(SnippetRef { snippet: trend.clone() }));
    let facts = house.facts.len();
    house.does(clinician, offer(&trend, &[PATIENT, INTERPRETER]));
    assert!(house.facts[facts..].iter().all(|fact| matches!(fact, Fact::CommandDone { .. })), "nothing new");
    house.does(clinician, ClientMessage::SnippetWithdraw(SnippetRef { snippet: trend }));
    assert_eq!(snippet_states(&house.heard(interpreter)).last(), Some(&SnippetState::Withdrawn));
}

#[test]
fn one_person_is_taken_out_and_the_others_keep_it() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.does(clinician, ClientMessage::Admit(Admit { seat: INTERPRETER.into(), identity_confirmed: true }));
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT, INTERPRETER]));
    house.does(patient, consent(true));
    for page in [patient, interpreter] {
        house.does(page, ClientMessage::SnippetSeen(SnippetRef { snippet: trend.clone() }));
    }
    house.forget();
    let out = |seat: &str| ClientMessage::SnippetWithdrawFrom(SnippetSeat { snippet: trend.clone(), seat: seat.into() });
    house.is_refused(interpreter, out(INTERPRETER), RefusalWord::NotAllowed);
    house.is_refused(clinician, out(PATIENT), RefusalWord::WithoutPatient);
    house.does(clinician, out(INTERPRETER));
    assert_eq!(snippet_states(&house.heard(interpreter)), [SnippetState::Withdrawn]);
    let heard = house.heard(patient);
    assert!(matches!(&heard[..], [ServerMessage::Snippet(view)] if view.audience == [PATIENT.into()] && view.seen_by.len() == 1));
    let facts = house.facts.len();
    house.does(clinician, out(INTERPRETER));
    assert!(house.facts[facts..].iter().all(|fact| matches!(fact, Fact::CommandDone { .. })), "nothing new");
    house.is_refused(interpreter, ClientMessage::SnippetSeen(SnippetRef { snippet: trend.clone() }), RefusalWord::NotInAudience);

    house.forget();
    house.does(clinician, offer(&trend, &[INTERPRETER]));
    assert_eq!(snippet_states(&house.heard(interpreter)), [SnippetState::Offered], "and may be included again");
}

#[test]
fn only_the_clinician_shows_only_what_is_prepared_and_only_to_those_inside() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    house.is_refused(patient, offer(&trend, &[PATIENT]), RefusalWord::NotAllowed);
    house.is_refused(clinician, offer(&trend, &[]), RefusalWord::NotAdmitted);
    house.is_refused(clinician, offer(&trend, &[INTERPRETER]), RefusalWord::NotAdmitted);
    house.is_refused(clinician, offer(&"another".into(), &[PATIENT]), RefusalWord::NoSuchSnippet);
    house.wait(601, &[clinician, patient]);
    house.is_refused(clinician, offer(&trend, &[PATIENT]), RefusalWord::NoSuchSnippet);
    house.is_refused(patient, consent(true), RefusalWord::NotAllowed);
}

#[test]
fn a_page_that_rejects_says_why() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.does(patient, consent(true));
    let rejected = SnippetRejected { snippet: trend, why: Rejection::BadSignature };
    house.does(patient, ClientMessage::SnippetRejected(rejected));
    assert_eq!(snippet_states(&house.heard(clinician)).last(), Some(&SnippetState::Rejected));
    assert!(house.facts.iter().any(|fact| matches!(fact, Fact::SnippetRejected { why: Rejection::BadSignature, .. })));
}

fn refusals(house: &House) -> Vec<(Option<SnippetId>, Rejection)> {
    let refused = |fact: &Fact| match fact {
        Fact::SnippetRefused { snippet, why, .. } => Some((snippet.clone(), *why)),
        _ => None,
    };
    house.facts.iter().filter_map(refused).collect()
}

#[test]
fn what_nobody_offered_or_was_taken_back_is_said_and_changes_nothing() {
    let (mut house, clinician, patient) = House::call();
    let trend = house.prepare("trend");
    house.does(clinician, offer(&trend, &[PATIENT]));
    house.does(patient, consent(true));
    house.does(patient, ClientMessage::SnippetSeen(SnippetRef { snippet: trend.clone() }));
    house.does(clinician, ClientMessage::SnippetWithdraw(SnippetRef { snippet: trend.clone() }));
    house.forget();
    let (again, strange) = ((trend, Rejection::Withdrawn), ("CANARY of another visit".into(), Rejection::OtherVisit));
    for (snippet, why) in [again.clone(), strange] {
        house.does(patient, ClientMessage::SnippetRejected(SnippetRejected { snippet, why }));
    }
    assert_eq!(refusals(&house), [(Some(again.0), again.1), (None, Rejection::OtherVisit)], "a stranger's name stays out");
    assert_eq!(snippet_states(&house.heard(clinician)), [], "nobody's screen changes");
}

#[test]
fn a_page_that_refuses_without_end_fills_no_audit() {
    let (mut house, clinician, patient) = House::call();
    let refusal = || SnippetRejected { snippet: "rubbish".into(), why: Rejection::BadSignature };
    for _ in 0..50 {
        house.does(patient, ClientMessage::SnippetRejected(refusal()));
    }
    assert_eq!(refusals(&house).len(), 10);
    house.does(clinician, ClientMessage::SnippetRejected(refusal()));
    assert_eq!(refusals(&house).len(), 11, "another seat is heard all the same");
    house.wait(61, &[clinician, patient]);
    house.does(patient, ClientMessage::SnippetRejected(refusal()));
    assert_eq!(refusals(&house).len(), 12);
}
