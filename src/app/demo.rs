//! The three ways into the demo clinic, as the shell prints them and `/demo` shows them.

use crate::base::private::Secret;

/// Where to go and what to type there.
#[derive(Debug)]
pub struct Doors {
    pub clinician: Door,
    pub technician: Door,
    /// A whole link, secret included: for a visit that starts now.
    pub patient: Secret,
}

#[derive(Debug)]
pub struct Door {
    pub url: String,
    pub login: String,
    /// Only the demo clinic's people have a password that is no secret.
    pub password: &'static str,
}

impl Doors {
    pub fn lines(&self) -> Vec<String> {
        vec![
            format!("  clinician   {}", self.clinician),
            format!("  technician  {}", self.technician),
            format!("  patient     {}", self.patient.reveal()),
        ]
    }
}

impl std::fmt::Display for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}  login {}  password {:?}", self.url, self.login, self.password)
    }
}
