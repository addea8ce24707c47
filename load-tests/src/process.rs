//! What the gateway's process costs, from /proc: processor time and resident memory, once and over time.

use std::time::Duration;

use serde::Serialize;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Linux counts in hundredths of a second, whatever the kernel's own clock.
const TICKS_A_SECOND: f64 = 100.0;
const EVERY: Duration = Duration::from_millis(250);

#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Sample {
    /// Since sampling began.
    pub(crate) at_s: f64,
    /// Processor time used so far.
    pub(crate) cpu_s: f64,
    pub(crate) memory_mib: f64,
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

fn sample(process: u32, began: Instant) -> Option<Sample> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(Sample { at_s: began.elapsed().as_secs_f64(), cpu_s: cpu_s(&stat)?, memory_mib: memory_mib(&status)? })
}

/// Fields 14 and 15 of proc_pid_stat(5), counted behind the name, which may hold anything.
fn cpu_s(stat: &str) -> Option<f64> {
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_A_SECOND)
}

fn memory_mib(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_whatever_its_name() {
        let stat = "42 (house) call) S 1 42 42 0 -1 4194560 900 0 0 0 250 50 0 0 20 0 9 0 100 1 1";
        assert_eq!(cpu_s(stat), Some(3.0));
        assert_eq!(memory_mib("Name:\thousecall\nVmRSS:\t   20480 kB\n"), Some(20.0));
        assert!(sample(std::process::id(), Instant::now()).is_some_and(|sample| sample.memory_mib > 1.0));
    }
}
