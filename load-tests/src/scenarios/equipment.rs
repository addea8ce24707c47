//! `equipment`: patients test their phones at the same moment, each with a real WebRTC client against the gateway's media agent.
//! What is measured is the gateway's cost of a packet that comes and goes back, of a session, and how long a session takes to stand.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::{Failures, Measured, gather};
use crate::house::clinic::{self, Booked};
use crate::house::{By, Counted, Gateway, Place, TestPage};
use crate::machine::Machine;
use crate::measure::{Step, Times};
use crate::process::{Sampler, look, used};
use crate::report::Figure;
use crate::{Failure, bar};

/// Sessions begin one after the other, this far apart.
const APART: Duration = Duration::from_millis(50);
/// Rates settle before anything is measured.
const SETTLE: Duration = Duration::from_secs(2);

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Tests at once.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) sessions: u32,
    /// For so long everybody sends.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=40))]
    pub(crate) seconds: u64,
}

impl Options {
    pub(crate) fn words(&self) -> String {
        format!("{} sessions, {} s", self.sessions, self.seconds)
    }
}

/// On a gateway of its own; says which version it was.
pub(crate) async fn run(machine: &Machine, options: Options) -> Result<(Measured, String), Failure> {
    let mut gateway = Gateway::start(machine, &clinic::staff(options.sessions)).await?;
    let place = gateway.place(By::Tls);
    let booked = clinic::book(&place, options.sessions).await?;
    // Started again: what booking left of its memory would hide what the sessions take.
    gateway.restart().await?;
    let (before, counted) = (look(gateway.process())?, Arc::new(Counted::default()));
    let (pages, times, mut failures) = open_all(&place, booked, &counted).await;
    let held = f64::from(u32::try_from(pages.len())?);

    let (stop, mut sending) = (CancellationToken::new(), JoinSet::new());
    for page in pages {
        sending.spawn(page.send(stop.clone()));
    }
    sleep_until(Instant::now() + SETTLE).await;
    let sampler = Sampler::start(gateway.process());
    let (began, first) = (Instant::now(), counted.back.load(Ordering::Relaxed));
    sleep_until(began + Duration::from_secs(options.seconds)).await;
    let (took_s, back) = (began.elapsed().as_secs_f64(), (counted.back.load(Ordering::Relaxed) - first) as f64);
    let samples = sampler.stop().await;
    stop.cancel();
    gather(sending.join_all().await, &mut failures);
    let share = counted.back.load(Ordering::Relaxed) as f64 / counted.sent.load(Ordering::Relaxed).max(1) as f64;
    gateway.stop().await?;

    let most = samples.iter().map(|sample| sample.memory_kib).fold(before.memory_kib, f64::max);
    let cpu_s = used(&samples);
    let figures = vec![
        Figure::new("cpu_us_an_echoed_packet", cpu_s * 1e6 / back.max(1.0), "µs"),
        Figure::new("cpu_percent_a_session", cpu_s * 100.0 / took_s / held.max(1.0), "%"),
        Figure::new("memory_kib_a_session", (most - before.memory_kib) / held.max(1.0), "KiB"),
        Figure::new("sessions", held, ""),
        Figure::new("sessions_short", f64::from(options.sessions) - held, ""),
        Figure::new("packets_echoed_a_second", back / took_s, "/s"),
        Figure::new("share_echoed", share, ""),
    ];
    Ok((Measured { took_s, times, failures, samples, figures }, gateway.version.clone()))
}

async fn open_all(place: &Place, booked: Vec<Booked>, counted: &Arc<Counted>) -> (Vec<TestPage>, Times, Failures) {
    let (began, bar, mut opening) = (Instant::now(), bar("sessions", booked.len()), JoinSet::new());
    for (number, booked) in (0..).zip(booked) {
        let (place, counted, bar) = (place.clone(), Arc::clone(counted), bar.clone());
        opening.spawn(async move {
            let mut phone = booked.phone(&place).await?;
            let seat = booked.redeem(&mut phone).await?;
            booked.identify(&mut phone, &seat).await?;
            sleep_until(began + APART * number).await;
            let at = Instant::now();
            let page = TestPage::open(&mut phone, &seat, counted).await?;
            bar.inc(1);
            Ok::<_, Failure>((page, at.elapsed()))
        });
    }
    let (mut pages, mut times, mut failures) = (Vec::new(), Times::default(), Failures::new());
    for (page, took) in gather(opening.join_all().await, &mut failures) {
        times.note(Step::Connected, took);
        pages.push(page);
    }
    bar.finish_and_clear();
    (pages, times, failures)
}
