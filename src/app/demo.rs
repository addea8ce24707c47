//! The three ways into the demo clinic as the shell prints them; `/demo` shows the same.

use crate::config::Config;
use crate::visits::demo::Doors;

/// Plain lines, easy to copy.
pub fn lines(doors: &Doors, config: &Config) -> Vec<String> {
    let (url, password) = (&config.public_url, doors.password);
    let notices = config.notices_folder().unwrap_or_default();
    vec![
        String::new(),
        "The demo clinic, three ways into one video visit:".to_owned(),
        format!("  clinician   {url}/staff     login {}, password {password}", doors.clinician_login),
        format!("  technician  {url}/support   login {}, password {password}", doors.technician_login),
        format!("  patient     {}   date of birth {}", doors.patient_link.reveal(), doors.born),
        String::new(),
        format!("With a QR code for a phone: {url}/demo"),
        format!("Texts and mail to patients become files in {}", notices.display()),
        format!("Everything is kept in {}; the next start finds it as it was.", config.data.display()),
    ]
}
