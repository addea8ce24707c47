//! Texts and mail as files in a folder, for a clinic that tries the gateway out: each is readable, and the newest stands last.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{Outgoing, SenderError};
use crate::notices::outcome::{Try, Why};

#[derive(Clone, Debug)]
pub(in crate::notices) struct Folder(PathBuf);

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self, SenderError> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| SenderError::Folder(folder.to_owned(), error))?;
        Ok(Self(folder.to_owned()))
    }

    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Try {
        let (file, words) = (self.0.join(name(outgoing)), written(outgoing));
        match tokio::task::spawn_blocking(move || put(&file, &words)).await {
            Ok(Ok(())) => Try::Sent,
            Ok(Err(_)) | Err(_) => Try::Later(Why::Failed, None),
        }
    }
}

/// The same at every try, so that a second one writes over the first.
fn name(outgoing: &Outgoing<'_>) -> String {
    let at = jiff::Timestamp::from_millisecond(outgoing.created_at.0).unwrap_or_default();
    format!("{}-{}-{}.txt", at.strftime("%Y%m%d-%H%M%S"), outgoing.channel.word(), outgoing.id)
}

fn written(outgoing: &Outgoing<'_>) -> String {
    let letter = outgoing.letter;
    let subject = if letter.subject.is_empty() { String::new() } else { format!("Subject: {}\n", letter.subject) };
    format!("To: {}\n{subject}\n{}\n", letter.to.0, letter.words)
}

/// Whole or not at all: whoever watches the folder never reads half a text.
fn put(file: &Path, words: &str) -> io::Result<()> {
    let draft = file.with_extension("part");
    let mut options = fs::OpenOptions::new();
    let mut writer = options.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    io::Write::write_all(&mut writer, words.as_bytes())?;
    writer.sync_all()?;
    fs::rename(&draft, file)
}
