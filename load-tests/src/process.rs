//! What a server's process costs, from /proc: processor time, resident memory, threads and descriptors, once and over time.

use std::fs;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::Failure;

/// Linux counts in hundredths of a second, whatever the kernel's own clock.
const TICKS_A_SECOND: f64 = 100.0;
const EVERY: Duration = Duration::from_millis(250);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Sample {
    /// Since sampling began.
    pub(crate) at_s: f64,
    /// Processor time used so far, in the program and in the kernel for it.
    pub(crate) cpu_s: f64,
    pub(crate) memory_kib: f64,
    pub(crate) threads: f64,
    pub(crate) descriptors: f64,
}

/// What a process is now.
pub(crate) fn look(process: u32) -> Result<Sample, Failure> {
    sample(process, Instant::now()).ok_or_else(|| "the server's process is gone".into())
}

/// Samples until told to stop.
pub(crate) struct Sampler {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Vec<Sample>>,
}

impl Sampler {
    pub(crate) fn start(process: u32) -> Self {
        let (stop, mut stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let began = Instant::now();
            let mut tick = interval(EVERY);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut samples = Vec::new();
            loop {
                let is_last = tokio::select! {
                    _ = tick.tick() => false,
                    _ = &mut stopped => true,
                };
                samples.extend(sample(process, began));
                if is_last {
                    return samples;
                }
            }
        });
        Self { stop, task }
    }

    pub(crate) async fn stop(self) -> Vec<Sample> {
        let _ = self.stop.send(());
        self.task.await.unwrap_or_default()
    }
}

/// Processor time between the first sample and the last, in seconds.
pub(crate) fn used(samples: &[Sample]) -> f64 {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return 0.0 };
    last.cpu_s - first.cpu_s
}

fn sample(process: u32, began: Instant) -> Option<Sample> {
    let read = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}")).ok();
    let status = read("status")?;
    let number = |text: &str, name: &str| text.lines().find_map(|line| number(line.strip_prefix(name)?));
    Some(Sample {
        at_s: began.elapsed().as_secs_f64(),
        cpu_s: cpu_s(&read("stat")?)?,
        // Exact where the kernel offers it; the other is counted in batches by each thread.
        memory_kib: read("smaps_rollup").and_then(|text| number(&text, "Rss:")).or_else(|| number(&status, "VmRSS:"))?,
        threads: number(&status, "Threads:")?,
        descriptors: f64::from(u32::try_from(fs::read_dir(format!("/proc/{process}/fd")).ok()?.count()).ok()?),
    })
}

/// Fields 14 and 15 of proc_pid_stat(5), counted behind the name, which may hold anything.
fn cpu_s(stat: &str) -> Option<f64> {
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_A_SECOND)
}

/// The number in front of a unit, where there is one.
fn number(text: &str) -> Option<f64> {
    text.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_whatever_its_name() {
        let stat = "42 (house) call) S 1 42 42 0 -1 4194560 900 0 0 0 250 50 0 0 20 0 9 0 100 1 1";
        assert_eq!(cpu_s(stat), Some(3.0));
        assert_eq!(number("   20480 kB"), Some(20480.0));
        let me = look(std::process::id()).expect("this process is there");
        assert!(me.memory_kib > 1000.0 && me.threads >= 1.0 && me.descriptors >= 3.0);
    }
}
