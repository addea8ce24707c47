//! Pages that the server gave lately, kept in memory so that it can answer "not changed". Only what may be shown is in them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::base::clock::Moment;
use crate::records::fhir::bundle::Page;

const KEPT_FOR: Duration = Duration::from_mins(10);
/// As the server sent them; in memory they are smaller.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

#[derive(Clone)]
pub(super) struct Held {
    pub page: Arc<Page>,
    pub etag: String,
    pub size: usize,
    pub at: Moment,
}

/// By address.
#[derive(Default)]
pub(super) struct Pages(Mutex<HashMap<String, Held>>);

impl Pages {
    pub(super) fn find(&self, address: &str, now: Moment) -> Option<Held> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, held| now.since(held.at) < KEPT_FOR);
        pages.get(address).cloned()
    }

    /// The oldest give way where there is no room.
    pub(super) fn keep(&self, address: &str, held: Held) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(address.to_owned(), held);
        while pages.values().map(|held| held.size).sum::<usize>() > KEPT_BYTES {
            let oldest = pages.iter().min_by_key(|(_, held)| held.at).map(|(address, _)| address.clone());
            let Some(oldest) = oldest else { return };
            pages.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(size: usize, at: Moment) -> Held {
        Held { page: Arc::default(), etag: "1".to_owned(), size, at }
    }

    #[test]
    fn what_is_old_or_too_much_is_let_go() {
        let (pages, start) = (Pages::default(), Moment(0));
        let later = start.plus(Duration::from_mins(1));
        pages.keep("a", held(KEPT_BYTES / 2, start));
        pages.keep("b", held(KEPT_BYTES / 2, later));
        assert!(pages.find("a", later).is_some());
        pages.keep("c", held(1, later));
        assert!(pages.find("a", later).is_none() && pages.find("b", later).is_some());
        assert!(pages.find("b", later.plus(KEPT_FOR)).is_none());
    }
}
