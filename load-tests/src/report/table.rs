//! The table for the shell: every server in one row, each figure with its ratio to the floor, what it does beside it, and the budgets.

use super::{Report, Run, Verdict};
use crate::measure::Summary;

/// (scenario, figure, heading) of the columns.
const COLUMNS: [(&str, &str, &str); 3] = [
    ("relay", "cpu_us_a_message", "µs CPU a message"),
    ("setup", "cpu_ms_a_call", "ms CPU a call"),
    ("idle", "memory_kib_a_connection", "KiB a connection"),
];
const FLOOR: &str = "floor";

/// What each does more or less than another.
const DOES: [(&str, &str); 5] = [
    (
        "housecall",
        "seats and permissions, waiting room and admission, audit on disk before an answer, numbered messages kept for resuming, candidates filtered",
    ),
    (FLOOR, "checks that a text is JSON, wraps it again, passes it on; no seats, nothing numbered, kept or stored"),
    (
        "peerjs",
        "names anybody may take and write to; no rooms, no permissions; keeps messages 5 s for a name that is not there yet",
    ),
    (
        "spreed",
        "rooms and permissions, sessions kept for resuming, all in memory; Nextcloud's part (vouching for people) is spared here",
    ),
    ("janus", "ends the media itself: reads SDP, makes ICE and DTLS for each side; passes no messages on, keeps nothing"),
];

pub(super) fn what_it_does(server: &str) -> &'static str {
    DOES.iter().find(|(name, _)| *name == server).map_or("", |(_, does)| does)
}

pub(super) struct Row {
    pub(super) server: String,
    pub(super) way: String,
    pub(super) version: String,
    pub(super) cells: Vec<String>,
}

pub(super) fn headings() -> Vec<&'static str> {
    COLUMNS.iter().map(|(_, _, heading)| *heading).collect()
}

/// One row a server and way, in the order they were measured.
pub(super) fn rows(report: &Report) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for run in report.runs.iter().filter(|run| COLUMNS.iter().any(|(scenario, ..)| run.scenario == *scenario)) {
        let (server, way) = (&run.subject.server, &run.subject.way);
        if rows.iter().any(|row| row.server == *server && row.way == *way) {
            continue;
        }
        let cells = COLUMNS.iter().map(|(scenario, figure, _)| cell(report, scenario, server, way, figure)).collect();
        rows.push(Row { server: server.clone(), way: way.clone(), version: run.subject.version.clone(), cells });
    }
    rows
}

fn cell(report: &Report, scenario: &str, server: &str, way: &str, figure: &str) -> String {
    let value = |server: &str| report.find(&format!("{scenario}/{server}/{way}")).and_then(|run| run.figure(figure));
    let Some(measured) = value(server) else { return "-".to_owned() };
    match value(FLOOR).filter(|_| server != FLOOR) {
        Some(floor) => format!("{measured:.2} ({:.2} ×)", measured / floor),
        None => format!("{measured:.2}"),
    }
}

pub(super) fn all(report: &Report) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("{} · {}", report.machine.line(), report.build),
        format!("command: {}", report.command),
        "× is against the floor the same way; one run, one machine, server and people on cores of their own where there are two"
            .to_owned(),
        String::new(),
        format!("{:<11}{:<7}{}", "", "", headings().iter().map(|heading| format!("{heading:>22}")).collect::<String>()),
    ];
    for row in rows(report) {
        let cells: String = row.cells.iter().map(|cell| format!("{cell:>22}")).collect();
        lines.push(format!("{:<11}{:<7}{cells}", row.server, row.way));
    }
    lines.extend(report.absent.iter().map(|(server, why)| format!("{server:<18}not measured: {why}")));
    lines.push(String::new());
    let mut told: Vec<String> = Vec::new();
    for row in rows(report).into_iter().filter(|row| !row.version.is_empty()) {
        if !told.contains(&row.server) {
            lines.push(format!("{:<11}{} · {}", row.server, row.version, what_it_does(&row.server)));
            told.push(row.server);
        }
    }
    lines.push(String::new());
    if report.machine.is_busy() {
        lines.push("others kept the cores busy: times by the clock are not judged, processor time is".to_owned());
    }
    lines.extend(report.verdicts.iter().map(verdict));
    lines
}

/// The table and the budgets in Markdown, as docs/OPERATIONS.md shows them.
pub(super) fn markdown(report: &Report) -> String {
    let mut text = format!("{} · {}\n\n", report.machine.line(), report.build);
    text += &format!("| server | {} | more or less than others |\n| --- | --- | --- | --- | --- |\n", headings().join(" | "));
    for row in rows(report) {
        text += &format!("| {}, {} | {} | {} |\n", row.server, row.way, row.cells.join(" | "), what_it_does(&row.server));
    }
    for (server, why) in &report.absent {
        text += &format!("| {server} | - | - | - | not measured: {why} |\n");
    }
    text += "\n| budget | measured | at most | |\n| --- | --- | --- | --- |\n";
    for verdict in &report.verdicts {
        let value = verdict.value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        text += &format!("| {} | {value} | {} | {} |\n", verdict.name, verdict.most, verdict.word());
    }
    text
}

pub(super) fn verdict(verdict: &Verdict) -> String {
    let sign = if verdict.is_ratio { " ×" } else { "" };
    let value = verdict.value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}{sign}"));
    format!("{:<58}{value:>12}  of at most {:<10}{}", verdict.name, format!("{}{sign}", verdict.most), verdict.word())
}

/// One run, as it ends.
pub(super) fn lines(run: &Run) -> Vec<String> {
    let figures: Vec<String> =
        run.figures.iter().map(|figure| format!("{} {:.2} {}", figure.name, figure.value, figure.unit)).collect();
    let mut lines = vec![format!("\n{} ({}): {}", run.name(), run.size, figures.join(" · "))];
    if !run.steps.is_empty() {
        lines.push(format!("  {:<26}{:>8}{:>10}{:>10}{:>10}{:>10}", "milliseconds", "count", "p50", "p90", "p99", "max"));
    }
    for Summary { step, count, p50_ms, p90_ms, p99_ms, max_ms, .. } in &run.steps {
        lines.push(format!("  {step:<26}{count:>8}{p50_ms:>10.1}{p90_ms:>10.1}{p99_ms:>10.1}{max_ms:>10.1}"));
    }
    lines.extend(run.failures.iter().map(|(what, count)| format!("  failed {count} ×: {what}")));
    lines
}
