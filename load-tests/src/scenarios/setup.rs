//! `setup`: a call's whole signaling. Two join, an offer and an answer of 3 KB, 40 candidates, both leave. Calls begin when the
//! curve says, whether or not the ones before are done; what is measured is the server's processor time a call.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Failures, Measured, expect, gather};
use crate::Failure;
use crate::arrivals::Curve;
use crate::measure::{Step, Times};
use crate::process::{Sampler, used};
use crate::report::Figure;
use crate::server::{CANDIDATES_EACH, End, Said, Server};

/// Calls before anything is measured.
const WARM_UP: u32 = 40;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) calls: u32,
    /// Calls that begin in a second, on average.
    #[arg(long, default_value_t = 50.0)]
    pub(crate) a_second: f64,
    #[arg(long, value_enum, default_value = "constant")]
    pub(crate) curve: Curve,
    /// Visits in turn. An empty room stays open for 5 s, so a call is whole only where its visit has not been used for longer.
    /// One whose visit is still in use waits, and its time counts from when it was due.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) lanes: u32,
}

impl Options {
    pub(crate) fn words(&self) -> String {
        let Self { calls, a_second, curve, lanes } = self;
        format!("{calls} calls, {a_second} a second, {}, {lanes} lanes", curve.word())
    }
}

pub(crate) async fn run<S: Server>(server: Arc<S>, process: u32, options: Options) -> Result<Measured, Failure> {
    // The first calls make pools and caches that later ones find.
    let first = WARM_UP.min(options.lanes);
    hold_all(&server, Options { calls: first, ..options }, 0).await;
    let sampler = Sampler::start(process);
    let began = Instant::now();
    let (times, failures) = hold_all(&server, options, first).await;
    let took_s = began.elapsed().as_secs_f64();
    let samples = sampler.stop().await;
    let held = f64::from(options.calls) - failures.values().sum::<usize>() as f64;
    let figures = vec![
        Figure::new("cpu_ms_a_call", used(&samples) * 1000.0 / held.max(1.0), "ms"),
        Figure::new("calls", held, ""),
        Figure::new("calls_a_second", held / took_s, "/s"),
    ];
    Ok(Measured { took_s, times, failures, samples, figures })
}

/// Calls are numbered from `first`, and take the lanes in turn.
async fn hold_all<S: Server>(server: &Arc<S>, options: Options, first: u32) -> (Times, Failures) {
    let Options { calls, a_second, curve, lanes } = options;
    let span = Duration::from_secs_f64(f64::from(calls) / a_second);
    let (began, mut running) = (Instant::now(), JoinSet::new());
    for turn in 0..lanes.min(calls) {
        let (server, lane) = (Arc::clone(server), (first + turn) % lanes);
        running.spawn(async move {
            let mut ended = Vec::new();
            for call in (turn..calls).step_by(usize::try_from(lanes).unwrap_or(1)) {
                let due = began + curve.due(call, calls, span);
                sleep_until(due).await;
                ended.push(hold(&*server, lane, first + call, due).await);
            }
            ended
        });
    }
    let (mut all, mut failures) = (Times::default(), Failures::new());
    for times in gather(running.join_all().await.into_iter().flatten(), &mut failures) {
        all.add(times);
    }
    (all, failures)
}

async fn hold<S: Server>(server: &S, lane: u32, call: u32, due: Instant) -> Result<Times, Failure> {
    let mut times = Times::default();
    let at = Instant::now();
    let (mut caller, mut callee) = server.meet(lane, call).await?;
    times.note(Step::Meet, at.elapsed());
    negotiate(&mut caller, &mut callee, &mut times).await?;
    let at = Instant::now();
    callee.leave().await?;
    caller.leave().await?;
    times.note(Step::Leave, at.elapsed());
    times.note(Step::Call, due.elapsed());
    Ok(times)
}

/// Offer, answer, and the candidates of both.
pub(super) async fn negotiate<E: End>(caller: &mut E, callee: &mut E, times: &mut Times) -> Result<(), Failure> {
    let at = Instant::now();
    caller.say(Said::Offer).await?;
    expect(callee, Said::Offer).await?;
    callee.say(Said::Answer).await?;
    expect(caller, Said::Answer).await?;
    times.note(Step::OfferAnswer, at.elapsed());
    let (there, back) = tokio::join!(trickle(caller), trickle(callee));
    let (there, back) = (there?, back?);
    for (sent, received) in there.sent.iter().zip(&back.received).chain(back.sent.iter().zip(&there.received)) {
        times.note(Step::Candidate, received.saturating_duration_since(*sent));
    }
    Ok(())
}

/// When one's own candidates went, and when the other's came.
struct Trickle {
    sent: Vec<Instant>,
    received: Vec<Instant>,
}

async fn trickle<E: End>(end: &mut E) -> Result<Trickle, Failure> {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for _ in 0..CANDIDATES_EACH {
        sent.push(Instant::now());
        end.say(Said::Candidate).await?;
    }
    for _ in 0..CANDIDATES_EACH {
        expect(end, Said::Candidate).await?;
        received.push(Instant::now());
    }
    Ok(Trickle { sent, received })
}
