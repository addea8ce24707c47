//! `steady`: N live visits in which everybody says something at fixed moments. The load is an open loop: nobody waits for an answer
//! before the next message, and a message's time counts from the moment it was due, so a stall is seen by everything behind it.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Failures, Measured, PATIENCE, all_leave, come_together, gather};
use crate::Failure;
use crate::measure::{Step, Times};
use crate::process::{Sampler, used};
use crate::report::Figure;
use crate::server::{End, Said, Server};

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) visits: u32,
    /// Messages a second that each person says.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) rate: f64,
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(crate) seconds: u32,
}

impl Options {
    pub(crate) fn words(&self) -> String {
        let Self { visits, rate, seconds } = self;
        format!("{visits} visits, {rate} messages a second a seat, {seconds} s")
    }
}

/// One person's moments.
#[derive(Clone, Copy)]
struct Schedule {
    first: Instant,
    every: Duration,
    messages: u32,
}

impl Schedule {
    fn due(self, message: u32) -> Instant {
        self.first + self.every * message
    }
}

pub(crate) async fn run<S: Server>(server: Arc<S>, process: u32, options: Options) -> Result<Measured, Failure> {
    let mut failures = Failures::new();
    let pairs = gather(come_together(&server, options.visits, 0).await, &mut failures);
    // Everybody is asleep and the joins are done with before the first message is due.
    let start = Instant::now() + Duration::from_secs(1);
    let people = u32::try_from(pairs.len())? * 2;
    let mut running = JoinSet::new();
    for (number, (one, other)) in (0..).step_by(2).zip(pairs) {
        let (mine, theirs) = (schedule(options, start, number, people), schedule(options, start, number + 1, people));
        running.spawn(talk(one, mine, theirs));
        running.spawn(talk(other, theirs, mine));
    }
    sleep_until(start).await;
    let sampler = Sampler::start(process);
    let ended = gather(running.join_all().await, &mut failures);
    let took_s = start.elapsed().as_secs_f64();
    let samples = sampler.stop().await;
    let (mut times, mut ends, mut heard) = (Times::default(), Vec::new(), 0);
    for (end, of_one, so_many) in ended {
        times.add(of_one);
        heard += so_many;
        ends.push(end);
    }
    gather(all_leave(ends).await, &mut failures);
    let messages = f64::from(heard);
    let figures = vec![
        Figure::new("cpu_us_a_message", used(&samples) * 1e6 / messages.max(1.0), "µs"),
        Figure::new("messages", messages, ""),
        Figure::new("messages_a_second", messages / took_s, "/s"),
        Figure::new("p99_ms", times.summaries().first().map_or(0.0, |summary| summary.p99_ms), "ms"),
    ];
    Ok(Measured { took_s, times, failures, samples, figures })
}

/// Spread over the first period, so that messages come one by one.
fn schedule(options: Options, start: Instant, number: u32, people: u32) -> Schedule {
    let every = Duration::from_secs_f64(1.0 / options.rate);
    let messages = (f64::from(options.seconds) * options.rate).round().max(1.0);
    Schedule { first: start + every.mul_f64(f64::from(number) / f64::from(people)), every, messages: messages as u32 }
}

async fn talk<E: End>(mut end: E, mine: Schedule, theirs: Schedule) -> Result<(E, Times, u32), Failure> {
    let (mut times, mut said, mut heard) = (Times::default(), 0, 0);
    let last = mine.due(mine.messages).max(theirs.due(theirs.messages)) + PATIENCE;
    while said < mine.messages || heard < theirs.messages {
        tokio::select! {
            biased;
            () = sleep_until(mine.due(said)), if said < mine.messages => {
                end.say(Said::Candidate).await?;
                said += 1;
            }
            came = end.hear() => {
                came?;
                times.note(Step::Message, Instant::now().saturating_duration_since(theirs.due(heard)));
                heard += 1;
            }
            () = sleep_until(last) => return Err(format!("{} messages did not come", theirs.messages - heard).into()),
        }
    }
    Ok((end, times, heard))
}
