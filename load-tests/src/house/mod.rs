//! Housecall itself under measurement: a gateway of our own, a clinic in it with its visits booked, and both people of each
//! visit at the door. Booking, signing in, opening the link and the date of birth are done before anything is measured.

mod browser;
pub(crate) mod clinic;
mod end;
mod gateway;
mod nodes;
mod refused;
mod session;
mod test_page;

pub(crate) use browser::{Browser, Pass};
pub(crate) use gateway::{Gateway, Place};
pub(crate) use nodes::Nodes;
pub(crate) use refused::Refused;
pub(crate) use session::{Left, Session};
pub(crate) use test_page::{Counted, TestPage};

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::machine::Machine;
use crate::{Failure, say};

/// Visits that are made ready at the same moment.
const AT_ONCE: usize = 16;

pub(crate) struct House {
    pub(crate) gateway: Gateway,
    visits: Vec<Visit>,
    pub(crate) by: By,
}

/// Which of the gateway's two doors people come through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Tls,
    /// The listener for proxies that end TLS.
    Plain,
}

impl By {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Tls => "TLS",
            Self::Plain => "plain",
        }
    }
}

/// What both people need to come in, as often as they like.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) patient: Pass,
    pub(crate) clinician: Pass,
}

impl House {
    /// A gateway with so many visits ready.
    pub(crate) async fn open(machine: &Machine, visits: u32) -> Result<Self, Failure> {
        let gateway = Gateway::start(machine, &clinic::staff(visits)).await?;
        let visits = ready(&gateway.place(By::Tls), visits).await?;
        Ok(Self { gateway, visits, by: By::Tls })
    }

    /// The same clinic after a restart, so that what was used before is not measured; people come by this door from now on.
    pub(crate) async fn again(&mut self, by: By) -> Result<(), Failure> {
        self.by = by;
        self.gateway.restart().await
    }

    pub(crate) fn visits(&self) -> &[Visit] {
        &self.visits
    }
}

/// So many visits, with both people past everything that comes before their sockets.
async fn ready(place: &Place, visits: u32) -> Result<Vec<Visit>, Failure> {
    let booked = clinic::book(place, visits).await?;
    say(&format!("{visits} visits booked; people open their links"));
    let (mut running, turns) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
    for booked in booked {
        let (place, turns) = (place.clone(), Arc::clone(&turns));
        running.spawn(async move {
            let _turn = turns.acquire().await?;
            let patient = booked.open_link(&place).await?;
            Ok::<_, Failure>(Visit { patient, clinician: booked.clinician_pass().await })
        });
    }
    let mut visits = Vec::new();
    while let Some(visit) = running.join_next().await {
        visits.push(visit??);
    }
    Ok(visits)
}
