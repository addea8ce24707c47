//! The table of screens: which outcomes lead to which mode, and two rules that hold for every combination.

use super::*;

const ALL: [CheckName; 8] = [
    CheckName::Environment,
    CheckName::Permission,
    CheckName::Camera,
    CheckName::Microphone,
    CheckName::Speaker,
    CheckName::Signaling,
    CheckName::Path,
    CheckName::RecordChannel,
];

fn with(changes: &[(CheckName, Outcome, Option<Cause>)]) -> Verdict {
    let mut checks: Vec<Check> = ALL.map(|name| check(name, Outcome::Pass, None)).into();
    for (name, outcome, cause) in changes {
        checks.retain(|check| check.name != *name);
        checks.push(check(*name, *outcome, *cause));
    }
    super::super::checks::examine(&checks).expect("a report that hangs together");
    verdict(&checks)
}

fn check(name: CheckName, outcome: Outcome, cause: Option<Cause>) -> Check {
    Check { name, outcome, cause, values: Default::default() }
}

#[test]
fn each_trouble_has_its_mode_and_its_cause() {
    use Outcome::{Fail, NotChecked, Warn};
    assert_eq!(with(&[]), Verdict { mode: Mode::Video, cause: None });
    let rows = [
        (CheckName::Path, Fail, Some(Cause::RelayUnreachable), Mode::Phone, Why::PathBlocked),
        (CheckName::Path, Warn, Some(Cause::TlsOnly), Mode::LowVideo, Why::NetworkRestricted),
        (CheckName::Path, Warn, Some(Cause::Slow), Mode::LowVideo, Why::SlowInternet),
        (CheckName::Signaling, Fail, Some(Cause::NoConnection), Mode::Phone, Why::NoSignaling),
        (CheckName::Microphone, Fail, Some(Cause::Silent), Mode::Phone, Why::MicrophoneSilent),
        (CheckName::Microphone, Fail, Some(Cause::NotFound), Mode::Phone, Why::MicrophoneMissing),
        (CheckName::Microphone, Warn, Some(Cause::Quiet), Mode::Video, Why::MicrophoneQuiet),
        (CheckName::Microphone, Warn, Some(Cause::Clipping), Mode::Video, Why::MicrophoneLoud),
        (CheckName::Camera, Fail, Some(Cause::BlockedByPage), Mode::SoundOnly, Why::CameraBlocked),
        (CheckName::Camera, Fail, Some(Cause::Black), Mode::SoundOnly, Why::CameraBlack),
        (CheckName::Camera, Warn, Some(Cause::LowFrameRate), Mode::LowVideo, Why::CameraSlow),
        (CheckName::Camera, NotChecked, Some(Cause::Skipped), Mode::SoundOnly, Why::CameraOff),
        (CheckName::Environment, Fail, Some(Cause::InAppBrowser), Mode::Phone, Why::InAppBrowser),
        (CheckName::Speaker, Warn, Some(Cause::Skipped), Mode::Video, Why::SpeakerNotChecked),
        (CheckName::Speaker, Fail, Some(Cause::NotHeard), Mode::Phone, Why::SpeakerNotHeard),
        (CheckName::RecordChannel, Fail, Some(Cause::NoEcho), Mode::Video, Why::RecordChannel),
    ];
    for (name, outcome, cause, mode, why) in rows {
        assert_eq!(with(&[(name, outcome, cause)]), Verdict { mode, cause: Some(why) }, "{name:?} {outcome:?} {cause:?}");
    }
}

#[test]
fn everything_denied_leaves_the_telephone() {
    let denied = Some(Cause::BlockedByPage);
    let all_denied = [
        (CheckName::Permission, Outcome::Fail, denied),
        (CheckName::Camera, Outcome::NotChecked, None),
        (CheckName::Microphone, Outcome::NotChecked, None),
    ];
    assert_eq!(with(&all_denied), Verdict { mode: Mode::Phone, cause: Some(Why::PermissionBlocked) });
    let camera_denied = [(CheckName::Permission, Outcome::Fail, denied), (CheckName::Camera, Outcome::NotChecked, None)];
    assert_eq!(with(&camera_denied), Verdict { mode: Mode::SoundOnly, cause: Some(Why::CameraBlocked) });
}

#[test]
fn nothing_checked_is_not_good() {
    assert_eq!(verdict(&[]).mode, Mode::NotChecked);
    assert_eq!(with(&[(CheckName::Path, Outcome::NotChecked, None)]).mode, Mode::NotChecked);
}

#[test]
fn words_are_written_as_they_are_sent() {
    assert_eq!(Why::PathBlocked.word(), "path_blocked");
}

/// What every check can come to, all 65,536 rows of it.
fn every_report() -> impl Iterator<Item = Vec<Check>> {
    const OUTCOMES: [Outcome; 4] = [Outcome::Pass, Outcome::Warn, Outcome::Fail, Outcome::NotChecked];
    let digit = |number: usize, place: usize| OUTCOMES[number >> (2 * place) & 3];
    let report = move |number| (0..8).map(|place| check(ALL[place], digit(number, place), None)).collect();
    (0..1_usize << 16).map(report)
}

/// Video is promised only when the camera, the microphone and the path were looked at and none failed; and where anything
/// was not looked at or is not well, a cause says so.
#[test]
fn video_is_never_promised_unseen() {
    for checks in every_report() {
        let verdict = verdict(&checks);
        let seen = Seen(&checks);
        if matches!(verdict.mode, Mode::Video | Mode::LowVideo) {
            for name in [CheckName::Camera, CheckName::Microphone, CheckName::Path] {
                assert!(matches!(seen.outcome(name), Outcome::Pass | Outcome::Warn), "{checks:?}");
            }
        }
        let perfect = checks.iter().all(|check| check.outcome == Outcome::Pass || check.name == CheckName::Permission);
        assert_eq!(verdict.cause.is_none(), perfect, "{checks:?}");
    }
}

/// A check that gets worse never makes the verdict better.
#[test]
fn worse_is_never_better() {
    for mut checks in every_report() {
        for which in 0..8 {
            if checks[which].outcome != Outcome::Pass {
                continue;
            }
            let best = verdict(&checks).mode;
            for worse in [Outcome::Warn, Outcome::Fail] {
                checks[which].outcome = worse;
                assert!(rank(verdict(&checks).mode) >= rank(best) || best == Mode::NotChecked, "{checks:?}");
            }
            checks[which].outcome = Outcome::Pass;
        }
    }
}

fn rank(mode: Mode) -> u8 {
    match mode {
        Mode::Video => 0,
        Mode::LowVideo => 1,
        Mode::SoundOnly => 2,
        Mode::Phone => 3,
        Mode::NotChecked => 4,
    }
}
