//! The key's file: made once, readable by the gateway's user alone. Gateways that share it can send what another one queued.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::base::dice::Dice;
use crate::notices::seal::{KEY_LENGTH, Key};

const FILE: &str = "notices.key";

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the file notices.key could not be read or made")]
    File(#[from] std::io::Error),
    #[error("the file notices.key does not hold 32 bytes")]
    NotAKey,
}

impl Key {
    pub(in crate::notices) fn of_folder(folder: &Path, dice: &Dice) -> Result<Self, KeyError> {
        let file = folder.join(FILE);
        match fs::read(&file) {
            Ok(bytes) => read(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => make(&file, dice),
            Err(error) => Err(error.into()),
        }
    }
}

fn read(bytes: &[u8]) -> Result<Key, KeyError> {
    Ok(Key::new(bytes.try_into().map_err(|_| KeyError::NotAKey)?))
}

/// Written beside and linked into place whole: a start that is cut short leaves no half key, and of two starts at once one wins.
fn make(file: &Path, dice: &Dice) -> Result<Key, KeyError> {
    let beside = file.with_extension(format!("{}.new", dice.id()));
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    new.write_all(&dice.bytes::<KEY_LENGTH>())?;
    new.sync_all()?;
    let linked = fs::hard_link(&beside, file);
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => read(&fs::read(file)?),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_is_made_once_kept_private_and_never_replaced_in_silence() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Key::of_folder(folder.path(), &Dice::system()).expect("a key is made");
        assert_eq!(Key::of_folder(folder.path(), &Dice::system()).expect("read").id(), first.id());
        let file = folder.path().join(FILE);
        assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
        fs::write(&file, b"half a key").expect("written");
        assert!(matches!(Key::of_folder(folder.path(), &Dice::system()), Err(KeyError::NotAKey)));
    }
}
