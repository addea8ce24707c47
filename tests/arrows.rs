//! Holds the house to its plan: arrows between the rooms of `src/` point down only, and the pure parts stay pure.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may call whom: a module may use those on lower levels, and the base its own level too.
const LEVELS: &[(u8, &[&str])] = &[
    (4, &["app"]),
    (3, &["rooms"]),
    (2, &["visits", "equipment", "support", "records", "connections", "timeline"]),
    (1, &["identity", "facilities", "audit", "media", "notices"]),
    (0, &["base", "config", "store", "bus", "nodes", "http"]),
];

/// Within one level, the arrows that are allowed: records, equipment and support know visits, never the reverse.
const SIDEWAYS: &[(&str, &str)] = &[
    ("records", "visits"),
    ("equipment", "visits"),
    ("support", "visits"),
    ("support", "equipment"),
    ("connections", "visits"),
    ("identity", "audit"),
    ("identity", "facilities"),
    ("facilities", "audit"),
    ("notices", "facilities"),
];

/// Files that touch the world, by name. Everything else in levels 1 and 2 decides without I/O.
const EDGES: &[&str] = &[
    "store",
    "routes",
    "client",
    "mod",
    "source",
    "command",
    "policy",
    "extract",
    "middleware",
    "throttle",
    "passwords",
    "worker",
    "socket",
];
const NOT_PURE: &[&str] =
    &["tokio::", "axum::", "sqlx::", "rusqlite::", "redis::", "SystemTime", "Instant::now", "std::fs", "std::net", "rand::"];

#[test]
fn arrows_point_down_and_pure_parts_stay_pure() {
    let mut wrong = Vec::new();
    for file in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        wrong.extend(complaints(&file, &text));
    }
    for file in rust_files(Path::new("signaling/src")) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        wrong.extend(impurities(&file, &text));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_planted_upward_arrow_is_found() {
    let found = complaints(Path::new("src/visits/booking.rs"), "use crate::rooms::hub::Hub;\n");
    assert_eq!(found, ["src/visits/booking.rs:1: visits must not use rooms"]);
    let found = complaints(Path::new("src/visits/booking.rs"), "let pool: sqlx::SqlitePool = x;\n");
    assert_eq!(
        found,
        [
            "src/visits/booking.rs:1: a pure file must not name sqlx::",
            "src/visits/booking.rs:1: only the store speaks to the database"
        ]
    );
    let found = complaints(Path::new("src/visits/booking.rs"), "use crate::{base::ids::VisitId, app::state::App};\n");
    assert_eq!(found, ["src/visits/booking.rs:1: visits must not use app"]);
    let found =
        complaints(Path::new("src/app/door.rs"), "use rtc::peer_connection::RTCPeerConnection;\nlet x = crate::not_rtc::x;\n");
    assert_eq!(found, ["src/app/door.rs:1: only media names a WebRTC crate"]);
}

#[test]
fn nothing_of_ours_stands_under_signaling_and_turn_config() {
    for (manifest, may_not) in [("signaling/Cargo.toml", "turn-config"), ("turn-config/Cargo.toml", "signaling")] {
        let text = fs::read_to_string(manifest).expect("a manifest can be read");
        assert!(!text.contains(&format!("\n{may_not}")) && !text.contains("housecall"), "{manifest} depends on ours");
    }
    let load = fs::read_to_string("load-tests/Cargo.toml").expect("a manifest can be read");
    assert!(!load.contains("housecall") && !load.contains("turn-config"), "load-tests depends on signaling alone");
}

fn complaints(file: &Path, text: &str) -> Vec<String> {
    let Some(module) = module_of(file) else { return Vec::new() };
    let mut found = Vec::new();
    for (number, line) in code_lines(text) {
        for used in modules_used(line) {
            if used != module && !may_use(&module, &used) {
                found.push(format!("{}:{number}: {module} must not use {used}", file.display()));
            }
        }
    }
    if is_pure(file, &module) {
        found.extend(impurities(file, text));
    }
    if module != "store" {
        let lines = code_lines(text).filter(|(_, line)| ["sqlx::", "rusqlite::"].iter().any(|driver| line.contains(driver)));
        found.extend(lines.map(|(number, _)| format!("{}:{number}: only the store speaks to the database", file.display())));
    }
    if module != "media" {
        let lines = code_lines(text).filter(|(_, line)| names_crate(line, "rtc") || names_crate(line, "webrtc"));
        found.extend(lines.map(|(number, _)| format!("{}:{number}: only media names a WebRTC crate", file.display())));
    }
    found
}

/// Whether a line has the crate's name in front of `::`, as a word of its own.
fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::"))
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before)))
}

fn impurities(file: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in code_lines(text) {
        for word in NOT_PURE {
            if line.contains(word) {
                found.push(format!("{}:{number}: a pure file must not name {word}", file.display()));
            }
        }
    }
    found
}

/// The lines of a file that are code, up to its tests, with their numbers.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The first folder or file under `src`.
fn module_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix("src").ok()?;
    let first = inside.iter().next()?.to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main")).then(|| name.to_owned())
}

/// Modules named behind `crate::`, in plain paths and in `use crate::{…}` lists.
fn modules_used(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        .flat_map(|(at, token)| {
            let rest = &line[at + token.len()..];
            match rest.strip_prefix('{') {
                Some(list) => list.split([',', '}']).map(first_word).collect(),
                None => vec![first_word(rest)],
            }
        })
        .filter(|name| level(name).is_some())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn may_use(module: &str, used: &str) -> bool {
    let (Some(from), Some(to)) = (level(module), level(used)) else { return true };
    to < from || (to == from && (from == 0 || SIDEWAYS.contains(&(module, used))))
}

fn level(module: &str) -> Option<u8> {
    LEVELS.iter().find(|(_, modules)| modules.contains(&module)).map(|(level, _)| *level)
}

fn is_pure(file: &Path, module: &str) -> bool {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let words_of_name = || stem.split('_').chain(file.iter().filter_map(|part| part.to_str()));
    matches!(level(module), Some(1 | 2)) && !is_tests(file) && !words_of_name().any(|word| EDGES.contains(&word))
}

/// A module's tests in a file of their own may make files, as those at the end of a file may.
fn is_tests(file: &Path) -> bool {
    file.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder can be listed") {
        let path = entry.expect("a folder entry can be read").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
