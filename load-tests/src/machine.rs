//! The machine of a run: what it is, how busy others keep it, and which cores the server and the people get.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, interval};

use crate::say;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: Vec<usize>,
    pub(crate) memory_gib: f64,
    pub(crate) kernel: String,
    /// Processes that wanted to run when the run began, averaged over a minute.
    pub(crate) load_before: f64,
    /// Of the processor time that this machine wanted meanwhile, what its host gave to other machines.
    #[serde(default)]
    pub(crate) stolen_percent: f64,
}

/// What the cores did since the machine started, in the kernel's ticks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ticks {
    wanted: f64,
    stolen: f64,
}

impl Ticks {
    pub(crate) fn now() -> Self {
        let text = fs::read_to_string("/proc/stat").unwrap_or_default();
        text.lines().next().map_or_else(Self::default, Self::read)
    }

    /// `cpu  user nice system idle iowait irq softirq steal …`
    fn read(line: &str) -> Self {
        let ticks: Vec<f64> = line.split_whitespace().skip(1).map_while(|word| word.parse().ok()).take(8).collect();
        let [user, nice, system, _idle, _iowait, irq, softirq, stolen] = ticks[..] else { return Self::default() };
        Self { wanted: user + nice + system + irq + softirq + stolen, stolen }
    }

    pub(crate) fn stolen_percent_since(self, before: Self) -> f64 {
        100.0 * (self.stolen - before.stolen) / (self.wanted - before.wanted).max(1.0)
    }
}

/// Above these, times by the clock say how busy others kept the cores, or the host.
const MOST_LOAD: f64 = 1.0;
const MOST_STOLEN_PERCENT: f64 = 2.0;
/// A build just before stands in the average of a minute for one or two minutes more.
const CALM_WITHIN: Duration = Duration::from_mins(3);
const LOOK: Duration = Duration::from_millis(500);

impl Machine {
    /// Once others leave the cores alone, or after a few minutes even so.
    pub(crate) async fn look_when_calm() -> Self {
        calm(load, CALM_WITHIN).await;
        Self::look()
    }

    pub(crate) fn look() -> Self {
        let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
        let memory = field("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
        Self {
            processor,
            cores: cores(),
            memory_gib: memory.unwrap_or(0.0) / 1024.0 / 1024.0,
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned(),
            load_before: load(),
            stolen_percent: 0.0,
        }
    }

    /// Times by the clock mean little where others want the cores too; processor time still counts.
    pub(crate) fn is_busy(&self) -> bool {
        self.load_before > MOST_LOAD || self.stolen_percent > MOST_STOLEN_PERCENT
    }

    /// The server has a core to itself where there are two.
    pub(crate) fn server_core(&self) -> Option<usize> {
        (self.cores.len() > 1).then(|| self.cores.first().copied()).flatten()
    }

    /// The people have the others.
    pub(crate) fn keep_to_other_cores(&self) {
        if self.server_core().is_none() {
            return;
        }
        let list = self.cores[1..].iter().map(usize::to_string).collect::<Vec<_>>().join(",");
        // Where it cannot be done the two share their cores; the machine is printed with the result.
        let _ = Command::new("taskset").args(["-a", "-c", "-p", &list, &std::process::id().to_string()]).output();
    }

    pub(crate) fn line(&self) -> String {
        let Self { processor, cores, memory_gib, kernel, load_before, stolen_percent } = self;
        let cores = cores.len();
        format!(
            "{processor}, {cores} cores, {memory_gib:.0} GiB, Linux {kernel}, load before {load_before:.2}, {stolen_percent:.1} % taken by the host"
        )
    }
}

async fn calm(load: impl Fn() -> f64, within: Duration) {
    let (until, mut tick) = (Instant::now() + within, interval(LOOK));
    if load() <= MOST_LOAD {
        return;
    }
    say(&format!("waiting until the machine is calm, {} s at most", within.as_secs()));
    while load() > MOST_LOAD && Instant::now() < until {
        tick.tick().await;
    }
}

fn load() -> f64 {
    let averages = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    averages.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().strip_prefix(':')?.trim().to_owned()))
}

fn cores() -> Vec<usize> {
    field("/proc/self/status", "Cpus_allowed_list").map_or_else(|| vec![0], |list| parse(&list))
}

/// `0-2,5` as the kernel writes it.
fn parse(list: &str) -> Vec<usize> {
    let mut cores = Vec::new();
    for part in list.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        if let (Ok(from), Ok(to)) = (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
            cores.extend(from..=to);
        }
    }
    cores
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn a_bench_waits_for_a_calm_machine_and_not_for_ever() {
        let left = Cell::new(3.0);
        let falls = || left.replace(left.get() - 1.0);
        calm(falls, Duration::from_secs(20)).await;
        assert_eq!(left.get(), 0.0, "looked at until it was 1");
        calm(|| 3.0, Duration::from_millis(1)).await;
    }

    #[test]
    fn a_list_of_cores_is_read_as_the_kernel_writes_it() {
        assert_eq!(parse("0-2,5"), [0, 1, 2, 5]);
        assert_eq!(parse("3"), [3]);
        assert!(!Machine::look().cores.is_empty());
    }

    #[test]
    fn what_the_host_took_is_told_from_what_was_used() {
        let (before, after) = (Ticks::read("cpu  100 0 50 900 5 0 0 10 0 0"), Ticks::read("cpu  160 0 80 950 5 0 0 20 0 0"));
        assert_eq!(after.stolen_percent_since(before), 10.0);
        assert!(!Machine { load_before: 0.0, stolen_percent: 1.9, ..Machine::look() }.is_busy());
        assert!(Machine { load_before: 0.0, stolen_percent: 2.1, ..Machine::look() }.is_busy());
        assert!(Ticks::now().wanted > 0.0);
    }
}
