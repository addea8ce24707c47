//! The paths between those who are inside: each page reports what it measures, and the room tells everybody what both ends
//! come to. It is kept in memory; a change, and once a minute how it goes, is worth a row of the visit's timeline.

use crate::ids::SeatId;
use crate::message::{Happening, PathCause, PathLevel, PathQuality, PathReport, PathTrouble, RefusalWord};
use crate::quality::{End, Rated, Rating};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::{Fact, Millis, Output, PathRow};
use crate::room::seat::keeps_the_door;

/// A path that does not change is worth a row so often.
const ROW_EVERY_MS: Millis = 60_000;
/// What happens on a page is worth so many rows a minute and seat.
const HAPPENINGS_A_MINUTE: usize = 30;
const MINUTE_MS: Millis = 60_000;

/// One path, between two seats by their place in the room; the lower one is its first end.
#[derive(Clone, Debug)]
pub(super) struct Path {
    ends: (usize, usize),
    rating: Rating,
    /// What the last row said, and when.
    noted: Option<(PathLevel, Option<PathTrouble>)>,
    noted_at: Millis,
}

impl Path {
    fn rated(&self) -> Option<&Rated> {
        self.rating.now()
    }
}

impl Room {
    pub(super) fn measured(&mut self, at: usize, report: &PathReport) {
        let Some(other) = self.index(&report.with).filter(|other| *other != at && self.seats[*other].is_inside()) else { return };
        let ends = (at.min(other), at.max(other));
        let from = if at == ends.0 { End::First } else { End::Second };
        let (speaks, home) = (self.seats[other].media.microphone, self.home_of(ends));
        let now = self.now;
        let path = self.path(ends);
        let before = path.rated().map(told);
        let rated = path.rating.hear(now, from, report.measured, speaks, home);
        if before != Some(told(&rated)) {
            self.stale = true;
        }
        self.note(ends);
        self.outputs.push_back(Output::Measured { level: rated.level() });
    }

    fn path(&mut self, ends: (usize, usize)) -> &mut Path {
        let at = self.paths.iter().position(|path| path.ends == ends).unwrap_or_else(|| {
            self.paths.push(Path { ends, rating: Rating::default(), noted: None, noted_at: self.now });
            self.paths.len() - 1
        });
        &mut self.paths[at]
    }

    /// Where both ways suffer alike it is more likely the end that is not at the clinic.
    fn home_of(&self, (first, _): (usize, usize)) -> End {
        if keeps_the_door(self.seats[first].role, self.kind) { End::Second } else { End::First }
    }

    /// A row where the level changed, or where the last one is old.
    fn note(&mut self, ends: (usize, usize)) {
        let now = self.now;
        let Some(row) = self.row(ends) else { return };
        let path = self.path(ends);
        let said = Some((row.level, row.trouble.clone()));
        if path.noted != said || now - path.noted_at >= ROW_EVERY_MS {
            (path.noted, path.noted_at) = (said, now);
            self.facts.push_back(Fact::Path(row));
        }
    }

    fn row(&self, ends: (usize, usize)) -> Option<PathRow> {
        let path = self.paths.iter().find(|path| path.ends == ends)?;
        let rated = path.rated()?;
        let (round_trip_ms, loss) = path.rating.numbers(self.now);
        let PathQuality { between, level, trouble } = self.quality(path, rated);
        Some(PathRow { between, level, trouble, points: rated.points, round_trip_ms, loss, at: self.now })
    }

    /// What is known of the paths between those who are inside now.
    pub(super) fn paths_inside(&self) -> Vec<PathQuality> {
        let known = self.paths.iter().filter(|path| self.stands(path));
        known.filter_map(|path| Some(self.quality(path, path.rated()?))).collect()
    }

    fn quality(&self, path: &Path, rated: &Rated) -> PathQuality {
        let seat = |end| self.id(if end == End::First { path.ends.0 } else { path.ends.1 });
        PathQuality {
            between: [seat(End::First), seat(End::Second)],
            level: rated.level(),
            trouble: rated.trouble.map(|(cause, side)| PathTrouble { cause, side: seat(side) }),
        }
    }

    fn stands(&self, path: &Path) -> bool {
        self.ended.is_none() && self.seats[path.ends.0].is_inside() && self.seats[path.ends.1].is_inside()
    }

    /// Paths to somebody who is not inside any more end, with a last row of how they were.
    pub(super) fn end_paths(&mut self) {
        let gone: Vec<_> = self.paths.iter().filter(|path| !self.stands(path)).map(|path| (path.ends, path.noted_at)).collect();
        for (ends, noted_at) in gone {
            if let Some(row) = self.row(ends).filter(|_| noted_at < self.now) {
                self.facts.push_back(Fact::Path(row));
            }
            self.paths.retain(|path| path.ends != ends);
        }
    }

    /// Something happened to the call on a page.
    pub(super) fn happened(&mut self, at: usize, what: Happening) -> Outcome {
        if self.seats[at].place().is_none() {
            return Err(RefusalWord::NotAdmitted);
        }
        let (seat, now) = (self.id(at), self.now);
        if self.may_happen(&seat) {
            self.facts.push_back(Fact::Happened { seat, what, at: now });
        }
        Ok(())
    }

    fn may_happen(&mut self, seat: &SeatId) -> bool {
        let now = self.now;
        self.happenings.retain(|(_, at)| now - at < MINUTE_MS);
        let is_worth_it = self.happenings.iter().filter(|(known, _)| known == seat).count() < HAPPENINGS_A_MINUTE;
        if is_worth_it {
            self.happenings.push((seat.clone(), now));
        }
        is_worth_it
    }
}

/// What others are told of it: no number.
fn told(rated: &Rated) -> (PathLevel, Option<(PathCause, End)>) {
    (rated.level(), rated.trouble)
}
