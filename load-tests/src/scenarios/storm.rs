//! `reconnect-storm`: everybody loses the connection at the same moment and comes back as the shipped page does, with jitter
//! from the first try and not before `retry_after_s`. What was said just before the cut arrives exactly once.

use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use signaling::message::Arrival;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::{Crowd, Failures, Measured, PATIENCE, all_leave, come_together, expect, gather};
use crate::backoff::delay_before;
use crate::house::{House, Left, Place, Session};
use crate::measure::{Step, Times};
use crate::process::Sampler;
use crate::report::Figure;
use crate::server::{End, Said};
use crate::{Failure, chance};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub(crate) connections: u32,
    #[arg(long, value_enum, default_value = "network")]
    pub(crate) cut: Cut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cut {
    /// Every connection is gone from one moment to the next; the gateway stays.
    Network,
    /// The gateway is stopped as for an upgrade, and started again.
    Gateway,
}

impl Cut {
    pub(crate) fn scenario(self) -> &'static str {
        match self {
            Self::Network => "storm-network",
            Self::Gateway => "storm-gateway",
        }
    }
}

pub(crate) async fn run(house: &mut Arc<House>, options: Options) -> Result<Measured, Failure> {
    let mut failures = Failures::new();
    let pairs = gather(come_together(house, options.connections / 2, 0).await, &mut failures);
    let people = pairs.len() * 2;
    let (place, ready) = (house.gateway.place(house.by), Arc::new(Barrier::new(people + 1)));
    let (crowd, mut running) = (Crowd::of(u32::try_from(people)?), JoinSet::new());
    for session in pairs.into_iter().flat_map(|(one, other)| [one, other]) {
        let (place, ready, crowd) = (place.clone(), Arc::clone(&ready), crowd.clone());
        running.spawn(async move {
            let returned = lose_and_return(session, place, ready, options.cut).await;
            crowd.one_is_done();
            let Returned { session, after, tries } = returned?;
            Ok(Returned { session: crowd.stay(session).await?, after, tries })
        });
    }
    let sampler = (options.cut == Cut::Network).then(|| Sampler::start(house.gateway.process()));
    ready.wait().await;
    let began = Instant::now();
    if options.cut == Cut::Gateway {
        let house = Arc::get_mut(house).ok_or("somebody still uses the house")?;
        house.gateway.restart().await?;
    }
    let back = gather(running.join_all().await, &mut failures);
    let took_s = began.elapsed().as_secs_f64();
    let samples = match sampler {
        Some(sampler) => sampler.stop().await,
        None => Vec::new(),
    };
    let (mut times, mut ends, mut tries) = (Times::default(), Vec::new(), 0);
    for returned in back {
        times.note(Step::Back, returned.after);
        tries += returned.tries;
        ends.push(returned.session);
    }
    let figures = vec![
        Figure::new("all_back_s", times.summaries().first().map_or(0.0, |summary| summary.max_ms / 1000.0), "s"),
        Figure::new("lost", people as f64 - ends.len() as f64, ""),
        Figure::new("connections", people as f64, ""),
        Figure::new("tries_each", f64::from(tries) / (ends.len() as f64).max(1.0), ""),
    ];
    gather(all_leave(ends).await, &mut failures);
    Ok(Measured { took_s, times, failures, samples, figures })
}

struct Returned {
    session: Session,
    after: Duration,
    tries: u32,
}

async fn lose_and_return(mut session: Session, place: Place, ready: Arc<Barrier>, cut: Cut) -> Result<Returned, Failure> {
    if cut == Cut::Network {
        session.say(Said::Candidate).await?;
    }
    ready.wait().await;
    let began = Instant::now();
    if cut == Cut::Gateway {
        // Until the gateway's goodbye.
        let _ = timeout(PATIENCE, async { while session.hear().await.is_ok() {} }).await;
    }
    let (mut session, arrival, tries) = return_from(session.cut(), &place, began + PATIENCE).await?;
    let after = began.elapsed();
    if cut == Cut::Network {
        if arrival != Arrival::Resumed {
            return Err(format!("came back as {arrival:?}").into());
        }
        expect(&mut session, Said::Candidate).await?;
    }
    Ok(Returned { session, after, tries })
}

/// `web/src/core/signaling/client.ts`, as far as coming back goes.
async fn return_from(mut left: Left, place: &Place, until: Instant) -> Result<(Session, Arrival, u32), Failure> {
    let mut tries = 0;
    loop {
        // What the gateway asks for is obeyed once.
        let asked_s = left.retry_after_s.take().unwrap_or(0);
        sleep_until(Instant::now() + delay_before(tries, chance(), asked_s)).await;
        tries += 1;
        match left.come_back(place).await {
            Ok((session, arrival)) => return Ok((session, arrival, tries)),
            Err((_, failure)) if Instant::now() > until => return Err(format!("not back: {failure}").into()),
            Err((again, _)) => left = again,
        }
    }
}
