//! The development certificate: made at the first start for every name this machine goes by, kept in the data folder, readable by its
//! owner alone, and made anew when it runs out or the machine has other names.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, UdpSocket};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::TlsError;
use crate::base::clock::{Clock, Moment};
use crate::config::Config;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Browsers refuse more than 398 days.
const LIFE: Duration = DAY.saturating_mul(390);
const RENEW_BEFORE: Duration = DAY.saturating_mul(14);

/// What stands beside the certificate, so that nobody has to parse it.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    names: BTreeSet<String>,
    expires_at: Moment,
}

/// The files of a certificate that is good for now.
pub(super) fn ensure(config: &Config, clock: &Clock) -> Result<(PathBuf, PathBuf), TlsError> {
    let folder = config.data.join("tls");
    let kept = |error| TlsError::Keep(folder.clone(), error);
    let (certificate, key, note) = (folder.join("certificate.pem"), folder.join("key.pem"), folder.join("certificate.json"));
    let names = names(&config.public_url);
    if !still_good(&note, &names, clock.now()) || !certificate.exists() || !key.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(kept)?;
        let expires_at = clock.now().plus(LIFE);
        let made = make(&names, clock.now(), expires_at)?;
        let words = serde_json::to_string(&Note { names, expires_at }).map_err(io::Error::from).map_err(kept)?;
        // The note comes last: without it the others are made again.
        write(&key, &made.signing_key.serialize_pem()).map_err(kept)?;
        write(&certificate, &made.cert.pem()).map_err(kept)?;
        write(&note, &words).map_err(kept)?;
    }
    Ok((certificate, key))
}

fn still_good(note: &Path, names: &BTreeSet<String>, now: Moment) -> bool {
    let Ok(text) = fs::read_to_string(note) else { return false };
    serde_json::from_str::<Note>(&text).is_ok_and(|note| note.names == *names && note.expires_at > now.plus(RENEW_BEFORE))
}

fn make(names: &BTreeSet<String>, from: Moment, until: Moment) -> Result<rcgen::CertifiedKey<rcgen::KeyPair>, TlsError> {
    let mut wanted = rcgen::CertificateParams::new(names.iter().cloned().collect::<Vec<_>>())?;
    wanted.distinguished_name.push(rcgen::DnType::CommonName, "Housecall development");
    wanted.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    // A day of leeway for phones whose clock is behind.
    (wanted.not_before, wanted.not_after) = (date(from.minus(DAY)), date(until));
    let signing_key = rcgen::KeyPair::generate()?;
    let cert = wanted.self_signed(&signing_key)?;
    Ok(rcgen::CertifiedKey { cert, signing_key })
}

fn date(moment: Moment) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(moment.0 / 1000).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}

/// localhost, the host's name, its addresses, and the name in the public address.
fn names(public_url: &str) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    names.extend(fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|name| name.trim().to_owned()));
    names.extend(own_addresses().map(|address| address.to_string()));
    let host = public_url.parse::<axum::http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
    names.extend(host.map(|host| host.trim_matches(['[', ']']).to_owned()));
    names.retain(|name| !name.is_empty());
    names
}

/// The addresses this machine would send from; nothing is sent to find out.
fn own_addresses() -> impl Iterator<Item = IpAddr> {
    [("0.0.0.0:0", "192.0.2.1:9"), ("[::]:0", "[2001:db8::1]:9")].into_iter().filter_map(|(from, towards)| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(towards).ok()?;
        Some(socket.local_addr().ok()?.ip())
    })
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    let fresh = file.with_extension("new");
    let _ = fs::remove_file(&fresh);
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?.write_all(text.as_bytes())?;
    fs::rename(fresh, file)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn house() -> (tempfile::TempDir, Config, Clock) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config =
            Config { data: folder.path().to_owned(), public_url: "https://clinic.example:8443".into(), ..Config::default() };
        (folder, config, Clock::stopped_at(Moment(1_795_546_800_000)))
    }

    #[test]
    fn the_key_is_its_owners_alone_and_a_second_start_keeps_it() {
        let (_folder, config, clock) = house();
        let (certificate, key) = ensure(&config, &clock).expect("made");
        let first = fs::read(&certificate).expect("there");
        assert_eq!(fs::metadata(&key).expect("there").permissions().mode() & 0o777, 0o600);
        ensure(&config, &clock).expect("found");
        assert_eq!(fs::read(&certificate).expect("there"), first);
    }

    #[test]
    fn it_is_made_anew_before_it_runs_out_and_for_another_name() {
        let (_folder, mut config, clock) = house();
        let (certificate, _) = ensure(&config, &clock).expect("made");
        let first = fs::read(&certificate).expect("there");
        clock.advance(LIFE - RENEW_BEFORE + DAY);
        ensure(&config, &clock).expect("made anew");
        let second = fs::read(&certificate).expect("there");
        assert_ne!(first, second);
        config.public_url = "https://other.example".into();
        ensure(&config, &clock).expect("made anew");
        assert_ne!(fs::read(&certificate).expect("there"), second);
    }
}
