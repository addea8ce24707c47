//! A staff account's parts, parsed at the edge.

use serde::{Deserialize, Serialize};

use super::StaffRole;
use crate::base::ids::StaffId;
use crate::base::private::Secret;
use crate::facilities::fields::{BadField, name};

/// A member of staff as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Member {
    pub id: StaffId,
    pub name: String,
    pub role: StaffRole,
}

/// What somebody signs in with: small letters, digits and `. _ @ -`, at most 64.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    pub fn parse(text: &str) -> Result<Self, BadField> {
        let text = text.trim().to_lowercase();
        let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._@-".contains(&byte));
        if text.is_empty() || text.len() > 64 || !plain {
            return Err(BadField::new("login", "bad_login", "Write the login with small letters, digits and . _ @ - only."));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// At least 12 characters: length is what makes guessing hopeless.
pub fn new_password(password: Secret) -> Result<Secret, BadField> {
    match password.reveal().chars().count() {
        12..=128 => Ok(password),
        _ => Err(BadField::new("password", "bad_password", "Choose a password of 12 to 128 characters.")),
    }
}

/// A new account before its password is hashed.
#[derive(Debug)]
pub struct NewStaff {
    pub login: Login,
    pub name: String,
    pub role: StaffRole,
    pub password: Secret,
}

impl NewStaff {
    pub fn parse(login: &str, full_name: &str, role: &str, password: Secret) -> Result<Self, BadField> {
        let unknown_role = || BadField::new("role", "unknown_role", "The role is clinician, support or admin.");
        Ok(Self {
            login: Login::parse(login)?,
            name: name(full_name)?,
            role: StaffRole::parse(role).ok_or_else(unknown_role)?,
            password: new_password(password)?,
        })
    }
}

/// An argon2id hash in PHC form. Not shown by Debug: it can be guessed at offline.
#[derive(Clone)]
pub struct PasswordHash(Secret);

impl PasswordHash {
    pub(super) fn stored(text: String) -> Self {
        Self(Secret::new(text))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.reveal()
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_however_it_is_typed() {
        assert_eq!(Login::parse(" Ana.Lee ").expect("a login"), Login::parse("ana.lee").expect("a login"));
        for wrong in ["", " ", "ana lee", "ana\u{0}", "añã", &"a".repeat(65)] {
            assert_eq!(Login::parse(wrong).expect_err(wrong).code, "bad_login");
        }
    }

    #[test]
    fn short_passwords_are_refused_and_none_is_printed() {
        let parse = |password: &str| NewStaff::parse("ana", "Ana Lee", "clinician", Secret::new(password));
        assert_eq!(parse("eleven-char").expect_err("too short").code, "bad_password");
        let whole = parse("correct horse battery").expect("long enough");
        assert!(!format!("{whole:?}").contains("horse"));
        let hash = PasswordHash::stored("$argon2id$canary".into());
        assert!(!format!("{hash:?}").contains("canary"));
    }
}
