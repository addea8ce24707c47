//! The table of screens: which outcomes lead to which mode. A verdict is the heaviest of what each check says alone, so every state
//! of every check is looked at alone and in every pair, and the rules that hold for whole reports are tried on many of them.

use proptest::prelude::*;

use super::super::causes::Cause::{self, *};
use super::super::checks::CheckName::*;
use super::super::checks::Outcome::{self, Fail, NotChecked, Pass, Warn};
use super::*;

type State = (Outcome, Option<Cause>);

const WELL: State = (Pass, None);

fn check(name: CheckName, (outcome, cause): State) -> Check {
    Check { name, outcome, cause, values: Default::default() }
}

/// All is well but these.
fn with(changes: &[(CheckName, State)]) -> Verdict {
    let state = |name| changes.iter().find(|(other, _)| *other == name).map_or(WELL, |(_, state)| *state);
    let checks: Vec<Check> = CheckName::ALL.iter().map(|name| check(*name, state(*name))).collect();
    super::super::checks::examine(&checks).expect("a report that hangs together");
    verdict(&checks)
}

#[test]
fn each_trouble_has_its_mode_and_its_cause() {
    assert_eq!(with(&[]), Verdict { mode: Mode::Video, cause: None, next: None });
    let rows = [
        (Environment, Fail, InAppBrowser, Mode::Phone, Why::InAppBrowser),
        (Environment, Warn, OldBrowser, Mode::LowVideo, Why::OldBrowser),
        (Path, Fail, RelayUnreachable, Mode::Phone, Why::RelayUnreachable),
        (Path, Fail, RelayRefused, Mode::Phone, Why::RelayRefused),
        (Path, Fail, NoConnection, Mode::Phone, Why::PathBlocked),
        (Path, Warn, TcpOnly, Mode::LowVideo, Why::NetworkRestricted),
        (Path, Warn, TlsOnly, Mode::LowVideo, Why::NetworkRestricted),
        (Path, Warn, Slow, Mode::LowVideo, Why::DelayedInternet),
        (Path, NotChecked, Interrupted, Mode::NotChecked, Why::NotChecked),
        (Signaling, Fail, NoConnection, Mode::Phone, Why::NoSignaling),
        (Signaling, Warn, Slow, Mode::LowVideo, Why::DelayedInternet),
        (Connect, Warn, Slow, Mode::LowVideo, Why::DelayedInternet),
        (Connect, Fail, NoFrames, Mode::LowVideo, Why::SlowInternet),
        (Connect, NotChecked, NoAgent, Mode::LowVideo, Why::NetworkNotMeasured),
        (RoundTrip, Warn, Weak, Mode::LowVideo, Why::DelayedInternet),
        (RoundTrip, Fail, Poor, Mode::LowVideo, Why::DelayedInternet),
        (Jitter, Fail, Poor, Mode::LowVideo, Why::UnevenInternet),
        (LossUp, Warn, Weak, Mode::LowVideo, Why::LossyInternet),
        (LossUp, Fail, Poor, Mode::SoundOnly, Why::LossyInternet),
        (LossUp, Fail, Unusable, Mode::Phone, Why::LossyInternet),
        (LossDown, Fail, Unusable, Mode::Phone, Why::LossyInternet),
        (LossDown, NotChecked, TestsFull, Mode::LowVideo, Why::NetworkNotMeasured),
        (BitrateUp, Warn, Weak, Mode::LowVideo, Why::SlowInternet),
        (BitrateUp, Fail, Poor, Mode::SoundOnly, Why::SlowInternet),
        (BitrateDown, Fail, Unusable, Mode::Phone, Why::SlowInternet),
        (BitrateDown, NotChecked, NotReached, Mode::Video, Why::NetworkNotMeasured),
        (SoundScore, Warn, Weak, Mode::LowVideo, Why::RoughSound),
        (SoundScore, Fail, Poor, Mode::SoundOnly, Why::RoughSound),
        (DeviceLoad, Fail, Poor, Mode::LowVideo, Why::BusyPhone),
        (Microphone, Fail, Silent, Mode::Phone, Why::MicrophoneSilent),
        (Microphone, Fail, Muted, Mode::Phone, Why::MicrophoneMuted),
        (Microphone, Fail, NotFound, Mode::Phone, Why::MicrophoneMissing),
        (Microphone, Warn, Quiet, Mode::Video, Why::MicrophoneQuiet),
        (Microphone, Warn, Clipping, Mode::Video, Why::MicrophoneLoud),
        (Camera, Fail, BlockedByPage, Mode::SoundOnly, Why::CameraBlocked),
        (Camera, Fail, Black, Mode::SoundOnly, Why::CameraBlack),
        (Camera, Fail, Frozen, Mode::SoundOnly, Why::CameraFrozen),
        (Camera, Fail, LowFrameRate, Mode::SoundOnly, Why::CameraSlow),
        (Camera, Warn, LowFrameRate, Mode::LowVideo, Why::CameraSlow),
        (Camera, Warn, Dark, Mode::Video, Why::CameraDark),
        (Camera, NotChecked, Skipped, Mode::SoundOnly, Why::CameraOff),
        (Speaker, NotChecked, Skipped, Mode::Video, Why::SpeakerNotChecked),
        (Speaker, Fail, NotHeard, Mode::Phone, Why::SpeakerNotHeard),
        (RecordChannel, Fail, NoEcho, Mode::Video, Why::RecordChannel),
    ];
    for (name, outcome, cause, mode, why) in rows {
        let expected = Verdict { mode, cause: Some(why), next: Some(NextStep::of(why)) };
        assert_eq!(with(&[(name, (outcome, Some(cause)))]), expected, "{name:?} {outcome:?} {cause:?}");
    }
}

#[test]
fn everything_denied_leaves_the_telephone() {
    let (denied, unseen) = ((Fail, Some(BlockedByPage)), (NotChecked, None));
    let all_denied = with(&[(Permission, denied), (Camera, unseen), (Microphone, unseen)]);
    assert_eq!((all_denied.mode, all_denied.cause), (Mode::Phone, Some(Why::PermissionBlocked)));
    let camera_denied = with(&[(Permission, denied), (Camera, unseen)]);
    assert_eq!((camera_denied.mode, camera_denied.cause), (Mode::SoundOnly, Some(Why::CameraBlocked)));
}

#[test]
fn of_two_troubles_that_weigh_the_same_the_deeper_one_is_named() {
    let weak = (Warn, Some(Weak));
    let both = with(&[(LossUp, weak), (Path, (Warn, Some(TcpOnly))), (Camera, (Warn, Some(LowFrameRate)))]);
    assert_eq!(both.cause, Some(Why::NetworkRestricted), "a narrow way explains the rest");
    let unmeasured = with(&[(Jitter, (NotChecked, Some(NoAgent))), (DeviceLoad, weak)]);
    assert_eq!(unmeasured.cause, Some(Why::BusyPhone), "what was seen comes before what was not");
    let far = [(Path, (Warn, Some(Slow))), (Connect, (Warn, Some(Slow))), (RoundTrip, (Fail, Some(Poor)))];
    assert_eq!(with(&far).cause, Some(Why::DelayedInternet), "a long way begins late and is not narrow");
    let narrow = [(RoundTrip, (Fail, Some(Poor))), (BitrateUp, weak)];
    assert_eq!(with(&narrow).cause, Some(Why::SlowInternet), "a narrow way holds packets up");
}

#[test]
fn nothing_checked_is_not_good() {
    assert_eq!(verdict(&[]).mode, Mode::NotChecked);
}

/// Every state a check can be reported in: each outcome without a cause and with each of its own.
fn states(name: CheckName) -> Vec<State> {
    let causes = |outcome| name.causes().iter().map(move |cause| (outcome, Some(*cause)));
    let troubled = [Warn, Fail, NotChecked].into_iter().flat_map(|outcome| causes(outcome).chain([(outcome, None)]));
    [WELL].into_iter().chain(troubled).collect()
}

/// The check that only colours what its absence says of the two others.
const COLOURS: CheckName = Permission;

#[test]
fn alone_a_check_that_is_not_well_always_says_so_and_worse_is_never_better() {
    for name in CheckName::ALL.iter().copied().filter(|name| *name != COLOURS) {
        for state in states(name) {
            let alone = with(&[(name, state)]);
            assert_eq!(alone.cause.is_none(), state == WELL, "{name:?} {state:?}");
            assert_eq!(alone.cause.is_none(), alone.next.is_none());
            if state.0 == Warn {
                let worse = with(&[(name, (Fail, state.1))]);
                assert!(weight(worse.mode) <= weight(alone.mode), "{name:?} {state:?}");
            }
        }
    }
}

#[test]
fn two_troubles_weigh_as_the_heavier_one() {
    let alone = |name: &CheckName| -> Vec<(CheckName, State, Verdict)> {
        states(*name).into_iter().map(|state| (*name, state, with(&[(*name, state)]))).collect()
    };
    let all: Vec<_> = CheckName::ALL.iter().filter(|name| **name != COLOURS).map(alone).collect();
    for (place, ones) in all.iter().enumerate() {
        for (one, other) in ones.iter().flat_map(|one| all[place + 1..].iter().flatten().map(move |other| (one, other))) {
            let key = |verdict: &Verdict| (weight(verdict.mode), verdict.cause.is_none(), verdict.cause);
            let heavier = if key(&one.2) <= key(&other.2) { one.2 } else { other.2 };
            assert_eq!(with(&[(one.0, one.1), (other.0, other.1)]), heavier, "{one:?}, {other:?}");
        }
    }
}

/// Any report that hangs together; a check may be missing too.
fn any_report() -> impl Strategy<Value = Vec<Check>> {
    let one = |name: CheckName| {
        let reported = prop::sample::select(states(name)).prop_map(move |state| Some(check(name, state)));
        prop_oneof![9 => Just(Some(check(name, WELL))), 6 => reported, 1 => Just(None)]
    };
    CheckName::ALL.iter().map(|name| one(*name)).collect::<Vec<_>>().prop_map(|all| all.into_iter().flatten().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Video is promised only when the camera, the microphone and the path were looked at and none failed, a good picture only
    /// when the internet was measured; and where anything was not looked at or is not well, a cause says so.
    #[test]
    fn video_is_never_promised_unseen(checks in any_report()) {
        let verdict = verdict(&checks);
        let seen = Seen(&checks);
        let is_fair = |name: &CheckName| matches!(seen.outcome(*name), Pass | Warn);
        if matches!(verdict.mode, Mode::Video | Mode::LowVideo) {
            prop_assert!([Camera, Microphone, Path].iter().all(is_fair));
        }
        if verdict.mode == Mode::Video {
            prop_assert!([Connect, RoundTrip, Jitter, LossUp, LossDown, BitrateUp, SoundScore].iter().all(|name| seen.outcome(*name) == Pass));
        }
        let perfect = CheckName::ALL.iter().all(|name| *name == COLOURS || seen.outcome(*name) == Pass);
        prop_assert_eq!(verdict.cause.is_none(), perfect);
    }

    /// Whatever else is the matter, a check that gets worse never makes the verdict better.
    #[test]
    fn worse_is_never_better(mut checks in any_report(), name in prop::sample::select(CheckName::ALL), which in any::<prop::sample::Index>()) {
        checks.retain(|check| check.name != name);
        let mut weight_of = |state| {
            checks.push(check(name, state));
            let verdict = verdict(&checks);
            checks.pop();
            weight(verdict.mode)
        };
        let (outcome, cause) = *which.get(&states(name));
        let troubled = weight_of((outcome, cause));
        prop_assert!(troubled <= weight_of(WELL));
        prop_assert!(outcome != Warn || weight_of((Fail, cause)) <= troubled);
    }
}

#[test]
fn every_cause_and_every_next_step_has_its_sentence() {
    let catalogues = [
        ("en", include_str!("../../web/locales/en/staff.ftl"), include_str!("../../web/locales/en/patient.ftl")),
        ("es", include_str!("../../web/locales/es/staff.ftl"), include_str!("../../web/locales/es/patient.ftl")),
    ];
    for (language, staff, patient) in catalogues {
        let dashed = |word: &str| word.replace('_', "-");
        for why in Why::ALL {
            let message = format!("staff-cause-{} =", dashed(why.word()));
            assert!(staff.contains(&format!("\n{message}")), "{language}: {message}");
        }
        for step in NextStep::ALL {
            let message = format!("next-{} =", dashed(step.word()));
            assert!(patient.contains(&format!("\n{message}")), "{language}: {message}");
        }
    }
}
