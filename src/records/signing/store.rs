//! The key's file: made once, readable by the gateway's user alone.

use std::path::Path;

use ring::signature::Ed25519KeyPair;

use super::{KeyError, SnippetKey};
use crate::base::dice::Dice;
use crate::base::kept;

const FILE: &str = "snippet-signing.pkcs8";

impl SnippetKey {
    /// Reads the key of the data folder, or makes it at the first start.
    pub fn open(folder: &Path, dice: &Dice) -> Result<Self, KeyError> {
        Self::from_pkcs8(&kept::made_once(&folder.join(FILE), || make(dice))?)
    }
}

fn make(dice: &Dice) -> Result<Vec<u8>, KeyError> {
    let key = Ed25519KeyPair::generate_pkcs8(dice.random()).map_err(|_| KeyError::NotMade)?;
    Ok(key.as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = SnippetKey::open(folder.path(), &Dice::system()).expect("a key is made");
        let second = SnippetKey::open(folder.path(), &Dice::system()).expect("the key is read");
        assert_eq!(first.public_base64url(), second.public_base64url());
        assert_eq!(fs::metadata(folder.path().join(FILE)).expect("the file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn a_broken_key_is_not_replaced_in_silence() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(FILE), b"half a key").expect("written");
        assert!(matches!(SnippetKey::open(folder.path(), &Dice::system()), Err(KeyError::NotAKey)));
    }
}
