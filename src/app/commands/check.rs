//! `housecall check`: is everything as a gateway needs it? A line each; what is wrong says what to do. Changes nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::app::cli::{Failure, say};
use crate::app::{lifecycle, relay};
use crate::audit;
use crate::base::clock::Clock;
use crate::base::dice::Dice;
use crate::config::{Config, RecordsAt};
use crate::http::tls::Identity;
use crate::records::RecordSource;
use crate::store::{Place, StoreError, upkeep};

/// What was found fine, or what is wrong and what to do about it.
type Finding = Result<String, String>;

pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    let findings = [
        ("settings", settings(&config)),
        ("data folder", data_folder(&config.data)),
        ("database", database(&config).await),
        ("database settings", database_settings(&config).await),
        ("audit", audit(&config).await),
        ("checkpoints", checkpoints(&config)),
        ("records", records(&config)),
        ("certificate", certificate(&config)),
        ("relay", relay(&config)),
    ];
    for (subject, finding) in &findings {
        match finding {
            Ok(fine) => say(&format!("ok     {subject}: {fine}")),
            Err(wrong) => say(&format!("WRONG  {subject}: {wrong}")),
        }
    }
    match findings.iter().filter(|(_, finding)| finding.is_err()).count() {
        0 => Ok(()),
        1 => Err("one thing is wrong".into()),
        wrong => Err(format!("{wrong} things are wrong").into()),
    }
}

fn settings(config: &Config) -> Finding {
    if config.demo && config.database.is_some() {
        return Err("The demo clinic is on over a shared database. Set demo = false where real patients are.".into());
    }
    Ok(format!("{} on {}", config.public_url, config.listen))
}

fn data_folder(folder: &Path) -> Finding {
    let shown = folder.display();
    let known = fs::metadata(folder)
        .map_err(|_| format!("{shown} is not there. `housecall migrate` makes it, and so does the first start."))?;
    if known.permissions().mode() & 0o077 != 0 {
        return Err(format!("{shown} can be read by others, and keys lie there. chmod 700 {shown}"));
    }
    can_write(folder)?;
    Ok(shown.to_string())
}

fn can_write(folder: &Path) -> Result<(), String> {
    let trial = tried(folder);
    trial
        .map_err(|error| format!("{} cannot be written: {error}. Make room, or give it to the gateway's user.", folder.display()))
}

fn tried(folder: &Path) -> std::io::Result<()> {
    let file = folder.join(format!(".check-{}", std::process::id()));
    fs::write(&file, "x")?;
    fs::remove_file(&file)
}

async fn database(config: &Config) -> Finding {
    let place = Place::of(config);
    let pending = upkeep::pending(&place).await.map_err(|error| unreachable(&place, &error))?;
    if pending.is_empty() {
        return Ok(format!("{place} is up to date"));
    }
    Err(format!("{place} lacks {}. Run `housecall migrate`.", pending.join(", ")))
}

fn unreachable(place: &Place, error: &StoreError) -> String {
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    format!("{place} does not answer: {cause}. Start it, or correct `database` in the settings.")
}

async fn database_settings(config: &Config) -> Finding {
    let place = Place::of(config);
    let wrong = upkeep::unsafe_settings(&place).await.map_err(|error| unreachable(&place, &error))?;
    if wrong.is_empty() {
        return Ok("what is acknowledged is on disk".into());
    }
    let wrong = wrong.join(", ");
    Err(format!(
        "{wrong}. Visits that were confirmed could be lost: set fsync, full_page_writes and synchronous_commit on, and UTF8."
    ))
}

async fn audit(config: &Config) -> Finding {
    match upkeep::pending(&Place::of(config)).await {
        Ok(pending) if pending.is_empty() => {}
        _ => return Err("It cannot be read before the database is up to date.".into()),
    }
    let context = lifecycle::open(config.clone()).await.map_err(|error| format!("It cannot be read: {error}."))?;
    let verified = audit::command::verify(&context).await;
    let whole = verified.map_err(|error| format!("{error}. Keep the database as it is and find out who wrote to it."))?;
    Ok(format!("whole, {} entries, {} checkpoints", whole.entries, whole.checkpoints))
}

fn checkpoints(config: &Config) -> Finding {
    let Some(file) = &config.audit_checkpoints else { return Ok("kept in the data folder; another disk would be better".into()) };
    can_write(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
    Ok(file.display().to_string())
}

fn records(config: &Config) -> Finding {
    let folder = match &config.records {
        None => return Ok("none are shown".into()),
        Some(RecordsAt::Folder(folder)) => folder,
        Some(RecordsAt::Server(base)) => return record_server(config, base),
    };
    let shown = folder.display();
    fs::read_dir(folder).map_err(|error| format!("{shown} cannot be read: {error}. Correct `records` in the settings."))?;
    Ok(format!("{shown}; `housecall records check {shown}` says what can be shown"))
}

fn record_server(config: &Config, base: &reqwest::Url) -> Finding {
    RecordSource::open(config, &Clock::system(), &Dice::system())
        .map_err(|error| format!("{error}. Correct `fhir` in the settings."))?;
    Ok(format!("{base}; `housecall records read NUMBER` says what can be shown of one patient"))
}

fn certificate(config: &Config) -> Finding {
    if config.tls.is_none() {
        return Ok("made for development; browsers will warn, so set tls.certificate for patients".into());
    }
    let wrong = |error: &dyn std::fmt::Display| format!("{error}. Correct `tls` in the settings.");
    let clock = Clock::system();
    let identity = Identity::load(config, &clock).map_err(|error| wrong(&error))?;
    identity.server(&[]).map_err(|error| wrong(&error))?;
    let until = identity.not_after().ok_or_else(|| wrong(&"The certificate cannot be understood"))?;
    let day = jiff::Timestamp::from_millisecond(until.0)
        .map_or_else(|_| "for ever".to_owned(), |until| until.strftime("until %F").to_string());
    if until <= clock.now() {
        return Err(format!("It was good {day}. Renew it and restart the gateway."));
    }
    Ok(format!("good {day}"))
}

fn relay(config: &Config) -> Finding {
    let (first, last) = config.relay.ports;
    if first < 1024 || first > last {
        return Err("relay.ports must be two numbers from 1024 up, the lower one first.".into());
    }
    if !config.relay.embedded && !config.data.join(relay::SECRET_FILE).exists() {
        return Err("It runs elsewhere and its relay.secret is not here. Copy the file into the data folder.".into());
    }
    let how = if config.relay.embedded { "embedded" } else { "a process of its own" };
    Ok(format!("{how}, reached at {} port {}", relay::public_ip(&config.relay), config.relay.listen.port()))
}
