//! Plots as inline SVG: lines over time, and one range a step on a logarithmic scale. Colours are the page's own.

use std::fmt::Write;

use crate::measure::Summary;

const WIDTH: f64 = 720.0;
/// Two beside each other.
const HALF: f64 = 380.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 28.0;
const ROW: f64 = 34.0;
const NAMES: f64 = 190.0;

/// One line over time.
pub(super) fn line(points: &[(f64, f64)], (x_unit, y_unit): (&str, &str), name: &str) -> String {
    let most_x = points.iter().map(|point| point.0).fold(0.1, f64::max);
    let most_y = nice(points.iter().map(|point| point.1).fold(0.0, f64::max));
    let x = |value: f64| LEFT + value / most_x * (HALF - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - value / most_y * (HEIGHT - TOP - BOTTOM);
    let mut svg = open(HALF, HEIGHT, name);
    for step in 0..=4 {
        let value = most_y * f64::from(step) / 4.0;
        let (at, end) = (y(value), HALF - RIGHT);
        push(&mut svg, format_args!(r#"<line class="grid" x1="{LEFT}" x2="{end}" y1="{at:.1}" y2="{at:.1}"/>"#));
        text(&mut svg, (LEFT - 8.0, y(value) + 4.0), "end", &short(value));
    }
    for step in 0..=4 {
        let value = most_x * f64::from(step) / 4.0;
        let anchor = if step == 4 { "end" } else { "middle" };
        text(&mut svg, (x(value), HEIGHT - 8.0), anchor, &format!("{} {x_unit}", short(value)));
    }
    text(&mut svg, (LEFT + 4.0, TOP + 12.0), "start", y_unit);
    let path: Vec<String> = points.iter().map(|point| format!("{:.1},{:.1}", x(point.0), y(point.1))).collect();
    let (first, last) = (x(points.first().map_or(0.0, |point| point.0)), x(points.last().map_or(0.0, |point| point.0)));
    let base = HEIGHT - BOTTOM;
    push(&mut svg, format_args!(r#"<polygon class="area" points="{first:.1},{base} {} {last:.1},{base}"/>"#, path.join(" ")));
    push(&mut svg, format_args!(r#"<polyline class="line" points="{}"/></svg>"#, path.join(" ")));
    svg
}

/// From the median to the slowest of each step; a mark at p90 and p99.
pub(super) fn ranges(steps: &[Summary]) -> String {
    if steps.is_empty() {
        return format!("{}</svg>", open(WIDTH, ROW, "Nothing was measured"));
    }
    let rows = steps.iter().map(|_| ROW).sum::<f64>();
    let height = rows + TOP + BOTTOM;
    let least = steps.iter().map(|step| step.p50_ms).fold(f64::INFINITY, f64::min).max(0.01).log10().floor();
    let most = steps.iter().map(|step| step.max_ms).fold(1.0, f64::max).log10().ceil().max(least + 1.0);
    let x = |value: f64| NAMES + (value.max(0.01).log10() - least) / (most - least) * (WIDTH - NAMES - RIGHT);
    let mut svg = open(WIDTH, height, "From the median to the slowest, each step");
    let mut decade = least;
    while decade <= most {
        let at = x(10_f64.powf(decade));
        push(&mut svg, format_args!(r#"<line class="grid" x1="{at:.1}" x2="{at:.1}" y1="{TOP}" y2="{:.1}"/>"#, rows + TOP));
        let anchor = if decade >= most { "end" } else { "middle" };
        text(&mut svg, (at, height - 8.0), anchor, &span(10_f64.powf(decade)));
        decade += 1.0;
    }
    let mut y = TOP + ROW / 2.0;
    for step in steps {
        text(&mut svg, (NAMES - 12.0, y + 4.0), "end", &step.step);
        let (from, p90, p99, to) = (x(step.p50_ms), x(step.p90_ms), x(step.p99_ms), x(step.max_ms));
        push(&mut svg, format_args!(r#"<line class="reach" x1="{from:.1}" x2="{to:.1}" y1="{y}" y2="{y}"/>"#));
        push(&mut svg, format_args!(r#"<line class="most" x1="{from:.1}" x2="{p90:.1}" y1="{y}" y2="{y}"/>"#));
        push(&mut svg, format_args!(r#"<circle class="median" cx="{from:.1}" cy="{y}" r="6"/>"#));
        push(
            &mut svg,
            format_args!(r#"<line class="mark" x1="{p99:.1}" x2="{p99:.1}" y1="{:.1}" y2="{:.1}"/>"#, y - 8.0, y + 8.0),
        );
        y += ROW;
    }
    svg.push_str("</svg>");
    svg
}

fn open(width: f64, height: f64, name: &str) -> String {
    format!(r#"<svg viewBox="0 0 {width} {height}" role="img" aria-label="{name}">"#)
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    push(svg, format_args!(r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{words}</text>"#));
}

fn push(svg: &mut String, what: std::fmt::Arguments<'_>) {
    svg.write_fmt(what).expect("a string takes what is written to it");
}

/// The next of 1, 2, 4, 8 and their tens above: axes end on a number that is easy to quarter.
fn nice(value: f64) -> f64 {
    let decade = 10_f64.powf(value.max(0.001).log10().floor());
    [1.0, 2.0, 4.0, 8.0, 10.0].into_iter().map(|step| step * decade).find(|end| *end >= value).unwrap_or(value)
}

fn span(ms: f64) -> String {
    if ms >= 1000.0 { format!("{} s", short(ms / 1000.0)) } else { format!("{} ms", short(ms)) }
}

fn short(value: f64) -> String {
    if value >= 3.0 || value == value.trunc() {
        format!("{value:.0}")
    } else {
        format!("{value:.2}").trim_end_matches('0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_easy_numbers() {
        assert_eq!([0.0, 3.1, 9.0, 41.0, 100.0].map(nice), [0.001, 4.0, 10.0, 80.0, 100.0]);
        assert_eq!([0.25, 2.5, 10.0, 1.0].map(short), ["0.25", "2.5", "10", "1"]);
    }

    #[test]
    fn nothing_measured_is_still_a_picture() {
        assert!(line(&[], ("s", "ms"), "empty").ends_with("</svg>"));
        assert!(ranges(&[]).ends_with("</svg>"));
    }
}
