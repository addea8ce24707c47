//! The same tables for a spreadsheet. Pure.

use super::view::{Connections, Line, Part};

const HEAD: &str = "what,by,name,good,bad,cause,count\r\n";
/// What small groups that are shown together are called.
const TOGETHER: &str = "(small groups together)";

pub(super) fn write(connections: &Connections) -> String {
    let mut text = HEAD.to_owned();
    part(&mut text, "visits", &connections.visits);
    part(&mut text, "tests", &connections.tests);
    text
}

fn part(text: &mut String, what: &str, part: &Part) {
    if let Some(line) = &part.total {
        rows(text, &[what, "all", ""], line);
    }
    for table in &part.tables {
        for line in &table.lines {
            rows(text, &[what, table.by.word(), line.name.as_deref().unwrap_or(TOGETHER)], line);
        }
    }
}

fn rows(text: &mut String, head: &[&str], line: &Line) {
    let (good, bad) = (line.good.to_string(), line.bad.to_string());
    row(text, &[head, &[&good, &bad, "", ""]].concat());
    for one in &line.causes {
        row(text, &[head, &["", "", one.cause.as_deref().unwrap_or(TOGETHER), &one.count.to_string()]].concat());
    }
}

fn row(text: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A clinic's name that a spreadsheet would take for a formula is kept a text.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_a_formula_or_another_column() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("North, \"the\" clinic"), "\"North, \"\"the\"\" clinic\"");
        assert_eq!(quoted("North"), "North");
    }
}
