//! What only a real browser can measure, in Chromium, driven by `tests/stories/bench` against the gateway that was built beside this program.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use clap::ValueEnum;
use tokio::process::Command;
use tokio::time::{Instant, timeout};

use super::Measured;
use crate::Failure;
use crate::child::installed;
use crate::report::Figure;

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stories");
/// npm writes it when all of their packages are there.
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stories/node_modules/.package-lock.json");
/// As the stories find it.
const CHROMIUM: &str = "/usr/bin/chromium";
const PATIENCE: Duration = Duration::from_mins(6);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bench {
    /// From the press of Show until the clinician reads that the patient has seen it, with and without a weak network.
    Shown,
    /// What a patient's phone has to carry, and how soon it shows something.
    Pages,
    /// How soon one is seen, and how soon again after a cut.
    Call,
}

impl Bench {
    pub(crate) const ALL: [Self; 3] = [Self::Shown, Self::Pages, Self::Call];

    /// As its scenario and its file are named.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Pages => "pages",
            Self::Call => "call",
        }
    }

    pub(crate) fn size(self) -> &'static str {
        match self {
            Self::Shown => "3 items each, Chromium",
            Self::Pages | Self::Call => "5 times, Chromium",
        }
    }
}

pub(crate) async fn run(bench: Bench) -> Result<Measured, Failure> {
    for needed in ["npm", CHROMIUM, PAGES] {
        installed(needed)?;
    }
    let (folder, began) = (tempfile::tempdir()?, Instant::now());
    let file = folder.path().join("figures.json");
    let mut npm = Command::new("npm");
    npm.args(["--prefix", STORIES, "run", "bench", "--", bench.word()]).env("FIGURES", &file).env("STORY_GATEWAY", gateway()?);
    npm.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let ended = timeout(PATIENCE, npm.status()).await??;
    if !ended.success() {
        return Err(
            format!("the browsers did not come to an end: npm --prefix tests/stories run bench -- {}", bench.word()).into()
        );
    }
    Ok(Measured { took_s: began.elapsed().as_secs_f64(), figures: read(&file)?, ..Measured::default() })
}

fn read(file: &Path) -> Result<Vec<Figure>, Failure> {
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

/// The release that was built with this program.
fn gateway() -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?.with_file_name("housecall"))
}
