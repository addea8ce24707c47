//! The scenarios. Each measures one thing about a server that is already running and prepared, and says what came out.

pub(crate) mod browsers;
pub(crate) mod equipment;
pub(crate) mod idle;
pub(crate) mod join;
pub(crate) mod nodes;
pub(crate) mod overload;
pub(crate) mod setup;
pub(crate) mod soak;
pub(crate) mod start;
pub(crate) mod steady;
pub(crate) mod storm;
mod whole_visit;

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::Failure;
use crate::measure::Times;
use crate::process::Sample;
use crate::report::Figure;
use crate::server::{End, Said, Server};

/// Somebody who hears nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pairs that come in at the same moment where arriving is not what is measured.
const COME_AT_ONCE: usize = 16;

/// How often it went wrong, by what went wrong.
pub(crate) type Failures = BTreeMap<String, usize>;

#[derive(Default)]
pub(crate) struct Measured {
    pub(crate) took_s: f64,
    pub(crate) times: Times,
    pub(crate) failures: Failures,
    pub(crate) samples: Vec<Sample>,
    pub(crate) figures: Vec<Figure>,
}

impl Measured {
    /// Nothing was measured, and why.
    pub(crate) fn cut_short(failure: &Failure) -> Self {
        Self { failures: BTreeMap::from([(failure.to_string(), 1)]), ..Self::default() }
    }
}

/// Runs ended, each well or not.
fn gather<T>(ended: impl IntoIterator<Item = Result<T, Failure>>, failures: &mut Failures) -> Vec<T> {
    let mut well = Vec::new();
    for ended in ended {
        match ended {
            Ok(done) => well.push(done),
            Err(failure) => *failures.entry(failure.to_string()).or_default() += 1,
        }
    }
    well
}

/// So many pairs come together, a few at a time; their calls are numbered from `first`. Who is in early stays as a page would until all are.
async fn come_together<S: Server>(server: &Arc<S>, pairs: u32, first: u32) -> Vec<Result<(S::End, S::End), Failure>> {
    let (mut running, turns) = (JoinSet::new(), Arc::new(Semaphore::new(COME_AT_ONCE)));
    let crowd = Crowd::of(pairs);
    for lane in 0..pairs {
        let (server, turns, crowd) = (Arc::clone(server), Arc::clone(&turns), crowd.clone());
        running.spawn(async move {
            let turn = turns.acquire().await?;
            let met = server.meet(lane, first + lane).await;
            drop(turn);
            crowd.one_is_done();
            let (one, other) = met?;
            let (one, other) = tokio::join!(crowd.stay(one), crowd.stay(other));
            Ok((one?, other?))
        });
    }
    running.join_all().await
}

/// How many are not done yet. Whoever is done before the others stays as a page would until all are.
#[derive(Clone)]
struct Crowd(watch::Sender<u32>);

impl Crowd {
    fn of(people: u32) -> Self {
        Self(watch::Sender::new(people))
    }

    /// Well or not.
    fn one_is_done(&self) {
        self.0.send_if_modified(|left| {
            *left -= 1;
            *left == 0
        });
    }

    async fn stay<E: End>(&self, mut end: E) -> Result<E, Failure> {
        let mut left = self.0.subscribe();
        stay_until(&mut end, left.wait_for(|left| *left == 0)).await??;
        Ok(end)
    }
}

/// Keeps the connection alive until `over`.
async fn stay<E: End>(mut end: E, mut over: watch::Receiver<bool>) -> Result<E, Failure> {
    stay_until(&mut end, over.wait_for(|is_over| *is_over)).await??;
    Ok(end)
}

/// Hears what comes, as a page would, until that has come.
async fn stay_until<E: End, T>(end: &mut E, coming: impl Future<Output = T>) -> Result<T, Failure> {
    let mut coming = pin!(coming);
    loop {
        tokio::select! {
            come = &mut coming => return Ok(come),
            heard = end.hear() => heard.map(|_| ())?,
        }
    }
}

/// A few at a time; who waits for it stays as a page would.
async fn all_leave<E: End>(ends: impl IntoIterator<Item = E>) -> Vec<Result<(), Failure>> {
    let (mut running, turns) = (JoinSet::new(), Arc::new(Semaphore::new(COME_AT_ONCE)));
    for mut end in ends {
        let turns = Arc::clone(&turns);
        running.spawn(async move {
            let _turn = stay_until(&mut end, turns.acquire()).await??;
            end.leave().await
        });
    }
    running.join_all().await
}

async fn expect<E: End>(end: &mut E, what: Said) -> Result<(), Failure> {
    let heard = async {
        while end.hear().await? != what {}
        Ok(())
    };
    timeout(PATIENCE, heard).await.unwrap_or_else(|_| Err(format!("no {what:?} came").into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who comes later comes when the two who came first are heard of.
    #[derive(Default)]
    struct Visits {
        heard_of: watch::Sender<u32>,
    }

    struct Person {
        heard_of: watch::Sender<u32>,
        is_counted: bool,
    }

    impl Server for Visits {
        type End = Person;

        fn process(&self) -> u32 {
            std::process::id()
        }

        async fn meet(&self, lane: u32, _call: u32) -> Result<(Person, Person), Failure> {
            if lane > 0 {
                let mut heard_of = self.heard_of.subscribe();
                let first = timeout(Duration::from_secs(5), heard_of.wait_for(|people| *people == 2)).await;
                first.map_err(|_| "who came first did not stay")??;
            }
            let person = || Person { heard_of: self.heard_of.clone(), is_counted: false };
            Ok((person(), person()))
        }
    }

    impl End for Person {
        async fn say(&mut self, _: Said) -> Result<(), Failure> {
            Ok(())
        }

        async fn hear(&mut self) -> Result<Said, Failure> {
            if !std::mem::replace(&mut self.is_counted, true) {
                self.heard_of.send_modify(|people| *people += 1);
            }
            std::future::pending().await
        }

        async fn leave(self) -> Result<(), Failure> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn who_is_in_early_stays_until_all_are() {
        let (visits, mut failures) = (Arc::new(Visits::default()), Failures::new());
        let pairs = gather(come_together(&visits, 2, 0).await, &mut failures);
        assert_eq!((pairs.len(), failures), (2, Failures::new()));
    }
}
