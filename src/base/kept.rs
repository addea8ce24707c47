//! Secrets that are made once and kept as files of the data folder, readable by the gateway's user alone.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::dice::Dice;

/// What the file holds; at the first start it is made of `content`.
pub fn made_once<E: From<io::Error>>(file: &Path, content: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
    match fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => make(file, &content()?)?,
        known => return Ok(known?),
    }
    Ok(fs::read(file)?)
}

/// Written beside and linked into place whole: a start that is cut short leaves no half file, and of two starts at once one wins.
fn make(file: &Path, content: &[u8]) -> io::Result<()> {
    let beside = file.with_extension(format!("{}.new", Dice::system().id()));
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    new.write_all(content)?;
    new.sync_all()?;
    let linked = fs::hard_link(&beside, file);
    fs::remove_file(&beside)?;
    linked.or_else(|error| if error.kind() == ErrorKind::AlreadyExists { Ok(()) } else { Err(error) })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_made_once_kept_private_and_never_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.key");
        let made = |content: &[u8]| made_once::<io::Error>(&file, || Ok(content.to_vec())).expect("made or read");
        assert_eq!((made(b"first"), made(b"second")), (b"first".to_vec(), b"first".to_vec()));
        assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "no draft stays");
        make(&file, b"third").expect("somebody was faster");
        assert_eq!(made(b"fourth"), b"first");
    }

    #[test]
    fn what_cannot_be_made_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.key");
        made_once::<io::Error>(&file, || Err(io::Error::other("no chance"))).expect_err("not made");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}
