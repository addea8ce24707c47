//! A stopwatch that stands still while the host of this machine gives its cores to other machines: what is measured is ours then, and a
//! limit ends what hangs, not what nobody let run.

use std::time::{Duration, Instant};

#[derive(Clone, Copy)]
pub struct Watch {
    began: Instant,
    taken_before: Duration,
}

impl Watch {
    pub fn start() -> Self {
        Self { began: Instant::now(), taken_before: taken_by_the_host() }
    }

    pub fn elapsed(&self) -> Duration {
        self.began.elapsed().saturating_sub(taken_by_the_host().saturating_sub(self.taken_before))
    }
}

/// Since this machine started, of each of its cores. Nothing where it is told nothing.
fn taken_by_the_host() -> Duration {
    std::fs::read_to_string("/proc/stat").ok().as_deref().and_then(read).unwrap_or_default()
}

/// `cpu  user nice system idle iowait irq softirq steal …`, then a line for each core, in hundredths of a second.
fn read(stat: &str) -> Option<Duration> {
    let mut lines = stat.lines();
    let ticks: u64 = lines.next()?.split_whitespace().nth(8)?.parse().ok()?;
    let cores = lines.take_while(|line| line.starts_with("cpu")).count().max(1);
    Some(Duration::from_millis(10 * ticks) / u32::try_from(cores).ok()?)
}

#[test]
fn what_the_host_took_of_each_core_is_left_out() {
    let stat = "cpu  100 0 50 900 5 0 0 30 0 0\ncpu0 1 0 0 0 0 0 0 10 0 0\ncpu1 1 0 0 0 0 0 0 20 0 0\nintr 7\n";
    assert_eq!(read(stat), Some(Duration::from_millis(150)));
    assert_eq!(read("nothing"), None);
}
