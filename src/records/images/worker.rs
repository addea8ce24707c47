//! The process in which files become pictures: this very program, begun again as `housecall develop`, with little memory and little time.
//! It takes a file, gives pictures or a word, and ends. Whatever a file does to it, no visit notices.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rlimit::Resource;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::{Encoding, LARGEST_FILE, LARGEST_SHOWN, Picture, Trouble, develop};

/// Files at one time.
const PLACES: usize = 2;
/// Of the processor's time, which a busy machine does not shorten.
const SECONDS: u64 = 20;
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// How the kernel ends a process that has used them up: SIGXCPU, SIGKILL.
const OUT_OF_TIME: [i32; 2] = [24, 9];
/// Until the clinician hears, on a machine however busy.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(Clone, Debug)]
pub struct Darkroom {
    program: PathBuf,
    places: Arc<Semaphore>,
}

/// What the process says first, on one line; the pages' bytes follow.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Pages(Vec<Size>),
    Trouble(String),
}

#[derive(Serialize, Deserialize)]
struct Size {
    width: u32,
    height: u32,
    encoding: Encoding,
    size: usize,
}

impl Darkroom {
    /// Another run of the program that runs, also where its file was replaced meanwhile.
    pub fn of_this_program() -> Self {
        Self::of("/proc/self/exe".into())
    }

    pub fn of(program: PathBuf) -> Self {
        Self { program, places: Arc::new(Semaphore::new(PLACES)) }
    }

    pub async fn develop(&self, file: Vec<u8>) -> Result<Vec<Picture>, Trouble> {
        if file.len() > LARGEST_FILE {
            return Err(Trouble::FileTooLarge);
        }
        timeout(LONGEST, self.in_turn(file)).await.unwrap_or(Err(Trouble::TooSlow))
    }

    async fn in_turn(&self, file: Vec<u8>) -> Result<Vec<Picture>, Trouble> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Trouble::TooSlow)?;
        let program = self.program.clone();
        let job = spawn_blocking(move || {
            let pictures = apart(&program, &file);
            drop(place);
            pictures
        });
        job.await.map_err(|_| Trouble::Broken)?
    }
}

fn apart(program: &Path, file: &[u8]) -> Result<Vec<Picture>, Trouble> {
    let mut child = Command::new(program)
        .arg("develop")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            tracing::error!(%error, "the process that turns documents into pictures could not be begun");
            Trouble::TooSlow
        })?;
    let said = talk(&mut child, file);
    let ended = child.wait();
    match (said, ended) {
        (Ok(said), Ok(status)) if status.success() => understand(&said),
        (_, Ok(status)) if status.signal().is_some_and(|signal| OUT_OF_TIME.contains(&signal)) => Err(Trouble::TooSlow),
        _ => Err(Trouble::Broken),
    }
}

fn talk(child: &mut Child, file: &[u8]) -> io::Result<Vec<u8>> {
    // It reads all before it says anything, so that neither waits for the other.
    child.stdin.take().expect("piped").write_all(file)?;
    let mut said = Vec::new();
    child.stdout.take().expect("piped").take((LARGEST_SHOWN + LARGEST_FILE) as u64).read_to_end(&mut said)?;
    Ok(said)
}

fn understand(said: &[u8]) -> Result<Vec<Picture>, Trouble> {
    let end = said.iter().position(|byte| *byte == b'\n').ok_or(Trouble::Broken)?;
    match serde_json::from_slice(&said[..end]).map_err(|_| Trouble::Broken)? {
        Said::Trouble(word) => Err(Trouble::of_word(&word).unwrap_or(Trouble::Broken)),
        Said::Pages(sizes) => {
            let mut rest = &said[end + 1..];
            let pages = sizes.into_iter().map(|Size { width, height, encoding, size }| {
                let (bytes, after) = rest.split_at_checked(size).ok_or(Trouble::Broken)?;
                rest = after;
                Ok(Picture { width, height, encoding, bytes: bytes.to_vec() })
            });
            pages.collect()
        }
    }
}

/// The work of `housecall develop`: a file comes in, pictures or a word go out.
pub fn work(input: impl Read, mut output: impl Write) -> io::Result<()> {
    Resource::CPU.set(SECONDS, SECONDS)?;
    Resource::AS.set(MEMORY, MEMORY)?;
    let mut file = Vec::new();
    input.take(LARGEST_FILE as u64 + 1).read_to_end(&mut file)?;
    let (said, pictures) = match develop(file) {
        Ok(pictures) => (Said::Pages(pictures.iter().map(size).collect()), pictures),
        Err(trouble) => (Said::Trouble(trouble.word().to_owned()), Vec::new()),
    };
    writeln!(output, "{}", serde_json::to_string(&said)?)?;
    for picture in pictures {
        output.write_all(&picture.bytes)?;
    }
    output.flush()
}

fn size(picture: &Picture) -> Size {
    Size { width: picture.width, height: picture.height, encoding: picture.encoding, size: picture.bytes.len() }
}
