//! `steady`: N live visits in which everybody says something at fixed moments. The load is an open loop: nobody waits for an answer
//! before the next message, and a message's time counts from the moment it was due, so a stall is seen by everything behind it.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Crowd, Failures, Measured, PATIENCE, all_leave, come_together, gather};
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
    let (crowd, mut running) = (Crowd::of(people), JoinSet::new());
    for (number, (one, other)) in (0..).step_by(2).zip(pairs) {
        let (mine, theirs) = (schedule(options, start, number, people), schedule(options, start, number + 1, people));
        running.spawn(talk_and_stay(one, mine, theirs, crowd.clone()));
        running.spawn(talk_and_stay(other, theirs, mine, crowd.clone()));
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

/// Talks, and then keeps the connection alive until all have talked.
async fn talk_and_stay<E: End>(end: E, mine: Schedule, theirs: Schedule, crowd: Crowd) -> Result<(E, Times, u32), Failure> {
    let talked = talk(end, mine, theirs).await;
    crowd.one_is_done();
    let (end, times, heard) = talked?;
    Ok((crowd.stay(end).await?, times, heard))
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

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, watch};
    use tokio::time::timeout;

    use super::*;

    /// Two visits. One person hears nothing before the three others are done and wait.
    #[derive(Default)]
    struct Visits {
        waiting: watch::Sender<u32>,
    }

    struct Person {
        to: mpsc::UnboundedSender<Said>,
        from: mpsc::UnboundedReceiver<Said>,
        waiting: watch::Sender<u32>,
        is_slow: bool,
        has_heard: bool,
        waits: bool,
    }

    impl Server for Visits {
        type End = Person;

        fn process(&self) -> u32 {
            std::process::id()
        }

        async fn meet(&self, lane: u32, _call: u32) -> Result<(Person, Person), Failure> {
            let ((to_one, of_other), (to_other, of_one)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
            let person = |to, from, is_slow| {
                let waiting = self.waiting.clone();
                Person { to, from, waiting, is_slow, has_heard: false, waits: false }
            };
            Ok((person(to_other, of_other, lane == 0), person(to_one, of_one, false)))
        }
    }

    impl End for Person {
        async fn say(&mut self, what: Said) -> Result<(), Failure> {
            Ok(self.to.send(what)?)
        }

        async fn hear(&mut self) -> Result<Said, Failure> {
            if self.is_slow {
                let mut waiting = self.waiting.subscribe();
                let others = timeout(Duration::from_secs(5), waiting.wait_for(|waiting| *waiting == 3)).await;
                others.map_err(|_| "the others did not stay")??;
            } else if self.has_heard {
                if !std::mem::replace(&mut self.waits, true) {
                    self.waiting.send_modify(|waiting| *waiting += 1);
                }
                return std::future::pending().await;
            }
            let said = self.from.recv().await.ok_or("the other is gone")?;
            self.has_heard = true;
            Ok(said)
        }

        async fn leave(self) -> Result<(), Failure> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn who_has_said_and_heard_everything_stays_until_all_have() {
        let options = Options { visits: 2, rate: 1.0, seconds: 1 };
        let measured = run(Arc::new(Visits::default()), std::process::id(), options).await.expect("it runs");
        assert_eq!(measured.failures, Failures::new());
        assert_eq!(measured.times.summaries()[0].count, 4);
    }
}
