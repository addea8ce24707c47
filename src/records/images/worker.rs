//! The process in which files become pictures: this very program, begun again as `housecall develop`, with little memory, little time, and
//! without files, sockets or children of its own. It takes a file, gives pictures or a word, and ends. Whatever a file does to it, no visit notices.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rlimit::Resource;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{Encoding, LARGEST_FILE, LARGEST_SHOWN, Picture, Trouble, develop};

/// Files at one time.
const PLACES: usize = 2;
/// Of the processor's time.
const SECONDS: u64 = 8;
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// What it may not do at all. A core would lay the document on the disk.
const NONE_OF: [Resource; 4] = [Resource::CORE, Resource::FSIZE, Resource::NOFILE, Resource::NPROC];
/// How a process ends that has used up its memory or its time: SIGABRT, SIGKILL, SIGXCPU.
const USED_UP: [i32; 3] = [6, 9, 24];
/// Until the clinician hears, which is before the whole request has taken too long; the process ends with it.
const LONGEST: Duration = Duration::from_secs(8);
/// Of the line before the pictures.
const LARGEST_LINE: usize = 16 * 1024;

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
        timeout(LONGEST, self.in_turn(file)).await.unwrap_or(Err(Trouble::TooHeavy))
    }

    async fn in_turn(&self, file: Vec<u8>) -> Result<Vec<Picture>, Trouble> {
        let _place = self.places.acquire().await.map_err(|_| Trouble::TooHeavy)?;
        let mut child = begin(&self.program).map_err(|error| {
            tracing::error!(%error, "the process that turns documents into pictures could not be begun");
            Trouble::TooHeavy
        })?;
        let said = talk(&mut child, &file).await;
        let ended = child.wait().await.map_err(|_| Trouble::Broken)?;
        match said {
            Ok(said) if ended.success() => understand(&said),
            _ => Err(reason(ended)),
        }
    }
}

fn begin(program: &Path) -> io::Result<Child> {
    Command::new(program)
        .arg("develop")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
}

async fn talk(child: &mut Child, file: &[u8]) -> io::Result<Vec<u8>> {
    let (mut input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    // It reads all before it says anything, so that neither waits for the other.
    input.write_all(file).await?;
    drop(input);
    let mut said = Vec::new();
    output.take((LARGEST_LINE + LARGEST_SHOWN) as u64).read_to_end(&mut said).await?;
    Ok(said)
}

fn reason(ended: ExitStatus) -> Trouble {
    let is_used_up = ended.signal().is_some_and(|signal| USED_UP.contains(&signal));
    if is_used_up { Trouble::TooHeavy } else { Trouble::Broken }
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
    for resource in NONE_OF {
        resource.set(0, 0)?;
    }
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
