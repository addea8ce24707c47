//! `overload`: what becomes of joins when three times as many come as the gateway can take. First as many as it takes, one after
//! the other out of a small crowd; then three times of that arrive, whether or not those before are in. Both in turn, since a
//! machine is not the same from one minute to the next. Who is refused goes away: a retry would be another arrival.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use signaling::message::{ClientMessage, Empty};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Failures, Measured};
use crate::Failure;
use crate::house::clinic::{self, Booked};
use crate::house::{By, Gateway, Place, Refused, Session};
use crate::machine::Machine;
use crate::measure::{Step, Times};
use crate::process::Sampler;
use crate::report::Figure;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Visits, each joined once: an eighth of them to find the peak, the rest to overload it.
    #[arg(long, default_value_t = 2_400, value_parser = clap::value_parser!(u32).range(16..=20_000))]
    pub(crate) visits: u32,
}

/// Peak and overload in turn, so often.
const ROUNDS: u32 = 3;
const OVERLOAD: u32 = 3;
/// The crowd that finds the peak: it keeps the gateway busy and is too small to be refused.
const CROWD: usize = 32;

/// Joins that were tried together.
#[derive(Default)]
struct Tried {
    came_in: u32,
    refused: Vec<Refused>,
    took_s: f64,
}

impl Tried {
    fn add(&mut self, other: Self) {
        self.came_in += other.came_in;
        self.took_s += other.took_s;
        self.refused.extend(other.refused);
    }

    fn a_second(&self) -> f64 {
        f64::from(self.came_in) / self.took_s.max(f64::EPSILON)
    }
}

/// On a gateway of its own; says which version it was.
pub(crate) async fn run(machine: &Machine, options: Options) -> Result<(Measured, String), Failure> {
    let mut gateway = Gateway::start(machine, &clinic::staff(options.visits)).await?;
    let place = gateway.place(By::Tls);
    let mut booked = clinic::book(&place, options.visits).await?;
    let one_part = booked.len() / usize::try_from(ROUNDS * (1 + OVERLOAD))?;
    let mut part = |parts: usize| booked.split_off(booked.len() - parts * one_part);
    let (began, sampler) = (Instant::now(), Sampler::start(gateway.process()));
    let (mut peak, mut over, mut failures) = (Tried::default(), Tried::default(), Failures::new());
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        let calm = one_after_the_other(&place, part(1), &mut failures).await;
        if calm.came_in == 0 {
            return Err(format!("nobody came in: {failures:?}").into());
        }
        let every = Duration::from_secs_f64(1.0 / (calm.a_second() * f64::from(OVERLOAD)));
        peak.add(calm);
        over.add(all_come(&place, part(usize::try_from(OVERLOAD)?), every, &mut failures).await);
    }
    for refused in &over.refused {
        times.note(Step::Refusal, refused.after);
    }
    let samples = sampler.stop().await;
    gateway.stop().await?;
    let figures = figures(&peak, &over, &times);
    Ok((Measured { took_s: began.elapsed().as_secs_f64(), times, failures, samples, figures }, gateway.version.clone()))
}

fn figures(peak: &Tried, over: &Tried, times: &Times) -> Vec<Figure> {
    let refused = over.refused.len() as f64;
    let silent = over.refused.iter().filter(|refused| !refused.says_when).count() as f64;
    let share = |part: f64, of: f64| if of > 0.0 { 100.0 * part / of } else { 0.0 };
    let ratio = over.a_second() / peak.a_second().max(f64::EPSILON);
    vec![
        Figure::new("peak", peak.a_second(), "joins/s"),
        Figure::new("goodput", over.a_second(), "joins/s"),
        Figure::new("goodput_lost_percent", (100.0 * (1.0 - ratio)).max(0.0), "%"),
        Figure::new("refused_percent", share(refused, refused + f64::from(over.came_in)), "%"),
        Figure::new("refused_without_a_time_percent", share(silent, refused), "%"),
        Figure::new("refusal_p99_ms", times.summaries().first().map_or(0.0, |summary| summary.p99_ms), "ms"),
    ]
}

async fn one_after_the_other(place: &Place, visits: Vec<Booked>, failures: &mut Failures) -> Tried {
    let (began, turns, mut running) = (Instant::now(), Arc::new(Semaphore::new(CROWD)), JoinSet::new());
    for booked in visits {
        let (place, turns) = (place.clone(), Arc::clone(&turns));
        running.spawn(async move {
            let _turn = turns.acquire().await?;
            join(&place, booked).await
        });
    }
    gather(began, running, failures).await
}

async fn all_come(place: &Place, visits: Vec<Booked>, every: Duration, failures: &mut Failures) -> Tried {
    let (began, mut running) = (Instant::now(), JoinSet::new());
    for (number, booked) in (0..).zip(visits) {
        let (place, due) = (place.clone(), began + every * number);
        running.spawn(async move {
            sleep_until(due).await;
            join(&place, booked).await
        });
    }
    gather(began, running, failures).await
}

/// From the tap on the link to the waiting room, by somebody of whom nothing is known yet.
async fn join(place: &Place, booked: Booked) -> Result<Session, Failure> {
    let pass = booked.open_link(place).await?;
    let mut session = Session::open(place, &pass).await?;
    session.command(ClientMessage::CheckIn(Empty {})).await?;
    Ok(session)
}

/// Everybody stays until the last one is in or was refused.
async fn gather(began: Instant, mut running: JoinSet<Result<Session, Failure>>, failures: &mut Failures) -> Tried {
    let (mut tried, mut inside) = (Tried::default(), Vec::new());
    while let Some(ended) = running.join_next().await {
        match ended.unwrap_or_else(|error| Err(error.into())) {
            Ok(session) => {
                tried.took_s = began.elapsed().as_secs_f64();
                inside.push(session);
            }
            Err(failure) => match failure.downcast::<Refused>() {
                Ok(refused) => tried.refused.push(*refused),
                Err(failure) => *failures.entry(failure.to_string()).or_default() += 1,
            },
        }
    }
    tried.came_in = u32::try_from(inside.len()).unwrap_or(u32::MAX);
    tried
}
