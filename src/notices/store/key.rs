//! The key's file: made once, readable by the gateway's user alone. Gateways that share it can send what another one queued.

use std::path::Path;

use crate::base::dice::Dice;
use crate::base::kept;
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
        let bytes = kept::made_once::<KeyError>(&folder.join(FILE), || Ok(dice.bytes::<KEY_LENGTH>().to_vec()))?;
        Ok(Self::new(bytes.as_slice().try_into().map_err(|_| KeyError::NotAKey)?))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
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
