//! `shown`: from the press of Show until the clinician reads that the patient has seen it, in real Chromium, with and without a weak network.
//! The browsers are driven by `tests/stories/bench`, against the gateway that was built beside this program.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::{Instant, timeout};

use super::Measured;
use crate::Failure;
use crate::report::Figure;

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stories");
const PATIENCE: Duration = Duration::from_mins(6);

pub(crate) async fn run() -> Result<Measured, Failure> {
    let (folder, began) = (tempfile::tempdir()?, Instant::now());
    let file = folder.path().join("figures.json");
    let mut npm = Command::new("npm");
    npm.args(["--prefix", STORIES, "run", "bench"]).env("FIGURES", &file).env("STORY_GATEWAY", gateway()?);
    npm.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let ended = timeout(PATIENCE, npm.status()).await??;
    if !ended.success() {
        return Err("the browsers did not come to an end: npm --prefix tests/stories run bench".into());
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
