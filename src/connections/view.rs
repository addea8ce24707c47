//! The page's tables: counted, then held back where counts are small. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disclose::{self, Counts, Shown};
use super::kinds;
use super::store::{Tests, Visits, WEEK};
use crate::base::clock::Moment;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Connections {
    /// Whole weeks, the running one left out.
    pub from: Moment,
    pub to: Moment,
    /// Booked visits in which somebody was let in, and those in which nobody was.
    pub visits: Part,
    /// Patients whose last equipment test allowed a picture, and those whose test did not.
    pub tests: Part,
}

/// Counts in fives. Absent where there are too few to be shown at all.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ConnectionsPart)]
pub struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Line>,
    pub tables: Vec<Table>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ConnectionsTable)]
pub struct Table {
    pub by: By,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConnectionsBy)]
pub enum By {
    Week,
    Facility,
    Phone,
    Browser,
}

impl By {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Facility => "facility",
            Self::Phone => "phone",
            Self::Browser => "browser",
        }
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ConnectionsLine)]
pub struct Line {
    /// The clinic's name, a kind of phone or browser, or the week's first moment; absent for the total, and for small groups that
    /// are shown together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub good: u64,
    pub bad: u64,
    /// Of tests that did not go well, the most frequent first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseCount>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CauseCount {
    /// A stable word; absent for rare ones together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    pub count: u64,
}

/// One group while it is counted.
#[derive(Default)]
struct Group {
    counts: Counts,
    causes: BTreeMap<String, u64>,
}

type Groups = BTreeMap<String, Group>;

pub(super) fn connections(visits: &[Visits], tests: &[Tests], from: Moment, to: Moment) -> Connections {
    let week = |number: i64| format!("{:020}", from.0 + number * WEEK);
    let visited = |name: &dyn Fn(&Visits) -> String| {
        let mut groups = Groups::new();
        for row in visits {
            let (booked, connected) = (unsigned(row.booked), unsigned(row.connected));
            let group = groups.entry(name(row)).or_default();
            group.counts = group.counts.plus(Counts { good: connected, bad: booked.saturating_sub(connected) });
        }
        groups
    };
    let tested = |name: &dyn Fn(&Tests) -> String| {
        let mut groups = Groups::new();
        for row in tests {
            count_test(groups.entry(name(row)).or_default(), row);
        }
        groups
    };
    Connections {
        from,
        to,
        visits: part(vec![(By::Week, visited(&|row| week(row.week))), (By::Facility, visited(&|row| row.facility.clone()))]),
        tests: part(vec![
            (By::Week, tested(&|row| week(row.week))),
            (By::Facility, tested(&|row| row.facility.clone())),
            (By::Phone, tested(&|row| device(row).map_or("other", |device| kinds::phone(&device.system)).to_owned())),
            (By::Browser, tested(&|row| device(row).map_or("other", |device| kinds::browser(&device.browser)).to_owned())),
        ]),
    }
}

fn count_test(group: &mut Group, row: &Tests) {
    let count = unsigned(row.count);
    if matches!(row.mode.as_str(), "video" | "low_video") {
        group.counts.good += count;
    } else {
        group.counts.bad += count;
        *group.causes.entry(row.cause.clone().unwrap_or_else(|| "other".to_owned())).or_default() += count;
    }
}

/// What is counted of a device.
#[derive(Deserialize)]
struct Device {
    system: String,
    browser: String,
}

fn device(row: &Tests) -> Option<Device> {
    serde_json::from_str(row.device.as_deref()?).ok()
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn part(tables: Vec<(By, Groups)>) -> Part {
    let Some((_, first)) = tables.first() else { return Part { total: None, tables: Vec::new() } };
    let all = first.values().fold(Group::default(), add);
    let total =
        disclose::hold_back(vec![((), all.counts)]).and_then(|shown| Some(line(None, shown.groups.first()?.1, &all.causes)));
    if total.is_none() {
        return Part { total, tables: Vec::new() };
    }
    Part { total, tables: tables.into_iter().filter_map(|(by, groups)| table(by, groups)).collect() }
}

fn add(mut sum: Group, group: &Group) -> Group {
    sum.counts = sum.counts.plus(group.counts);
    for (cause, count) in &group.causes {
        *sum.causes.entry(cause.clone()).or_default() += count;
    }
    sum
}

fn table(by: By, groups: Groups) -> Option<Table> {
    let counts = groups.iter().map(|(name, group)| (name.clone(), group.counts)).collect();
    let Shown { groups: shown, together } = disclose::hold_back(counts)?;
    let named: Vec<String> = shown.iter().map(|(name, _)| name.clone()).collect();
    // A week's name is its first moment, filled up with zeros so that it sorts as text.
    let written = |name: &str| if by == By::Week { name.trim_start_matches('0').to_owned() } else { name.to_owned() };
    let mut lines: Vec<Line> =
        shown.into_iter().map(|(name, counts)| line(Some(written(&name)), counts, &groups[&name].causes)).collect();
    if by != By::Week {
        lines.sort_by_key(|line| std::cmp::Reverse(line.good + line.bad));
    }
    if let Some(counts) = together {
        let rest = groups.iter().filter(|(name, _)| !named.contains(name)).map(|(_, group)| group).fold(Group::default(), add);
        lines.push(line(None, counts, &rest.causes));
    }
    Some(Table { by, lines })
}

fn line(name: Option<String>, counts: Counts, causes: &BTreeMap<String, u64>) -> Line {
    Line { name, good: counts.good, bad: counts.bad, causes: shown_causes(causes) }
}

fn shown_causes(causes: &BTreeMap<String, u64>) -> Vec<CauseCount> {
    let counts = causes.iter().map(|(cause, count)| (cause.clone(), *count)).collect();
    let Some(Shown { groups, together }) = disclose::hold_back_counts(counts) else { return Vec::new() };
    let mut shown: Vec<_> = groups.into_iter().map(|(cause, count)| CauseCount { cause: Some(cause), count }).collect();
    shown.sort_by_key(|cause| std::cmp::Reverse(cause.count));
    shown.extend(together.map(|count| CauseCount { cause: None, count }));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(facility: &str, system: &str, mode: &str, cause: Option<&str>, count: i64) -> Tests {
        let device = format!(r#"{{"system":"{system}","browser":"Chrome","phone":true}}"#);
        Tests { facility: facility.into(), week: 0, mode: mode.into(), cause: cause.map(Into::into), device: Some(device), count }
    }

    #[test]
    fn phones_are_told_apart_with_their_causes_and_the_rare_ones_stand_together() {
        let tests = [
            test("North", "Android", "video", None, 60),
            test("North", "Android", "sound_only", Some("camera_blocked"), 12),
            test("North", "Android", "phone", Some("path_blocked"), 3),
            test("North", "iOS", "video", None, 30),
            test("North", "iOS", "phone", Some("slow_internet"), 10),
            test("North", "Haiku", "phone", Some("old_browser"), 2),
        ];
        let Connections { tests: part, .. } = connections(&[], &tests, Moment(0), Moment(WEEK));
        let phones = part.tables.iter().find(|table| table.by == By::Phone).expect("a table");
        let names: Vec<_> = phones.lines.iter().map(|line| line.name.as_deref()).collect();
        assert_eq!(names, [Some("android"), None], "iOS stands with the one that is too small");
        let causes: Vec<_> = phones.lines[0].causes.iter().map(|one| (one.cause.as_deref(), one.count)).collect();
        assert_eq!(causes, [(None, 15)], "of two causes one is small, so neither is told apart");
        assert_eq!(part.total.map(|line| (line.good, line.bad)), Some((90, 25)));
    }

    #[test]
    fn a_clinic_with_few_visits_shows_nothing() {
        let visits = [Visits { facility: "North".into(), week: 0, booked: 9, connected: 7 }];
        let Connections { visits: part, .. } = connections(&visits, &[], Moment(0), Moment(WEEK));
        assert!(part.total.is_none() && part.tables.is_empty());
    }
}
