//! The only place that asks the system what time it is. Everything else is handed a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment in UTC milliseconds, as stored and as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }

    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis(span)))
    }

    /// How long after `earlier` this is; zero when it is not after.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// Tells the time: the system's, or a test's that moves when told to.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Moved(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until `advance` is called; its clones move with it.
    pub fn stopped_at(moment: Moment) -> Self {
        Self(Source::Moved(Arc::new(AtomicI64::new(moment.0))))
    }

    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::System => system_now(),
            Source::Moved(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }

    pub fn steady(&self) -> Steady {
        Steady { clock: self.clone(), start: self.now(), began: Instant::now() }
    }

    /// Moves a stopped clock.
    ///
    /// # Panics
    /// When called on the system's clock: that is a mistake in a test.
    pub fn advance(&self, span: Duration) {
        match &self.0 {
            Source::System => panic!("only a stopped clock can be moved"),
            Source::Moved(at) => {
                at.fetch_add(millis(span), Ordering::SeqCst);
            }
        }
    }
}

/// A clock for waits: it starts at the wall's time and from then on goes only as time really passes, whatever is done to the wall clock.
#[derive(Clone, Debug)]
pub struct Steady {
    clock: Clock,
    start: Moment,
    began: Instant,
}

impl Steady {
    pub fn now(&self) -> Moment {
        match &self.clock.0 {
            Source::System => self.start.plus(self.began.elapsed()),
            Source::Moved(_) => self.clock.now(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place")]
fn system_now() -> Moment {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(millis(since_epoch))
}
