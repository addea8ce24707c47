//! What the operator's shell says: `housecall migrate` and `housecall check`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use housecall::base::clock::Clock;

use crate::postgres::server;
use crate::support::{Clinic, engine};

/// The program over a data folder.
struct Shell {
    folder: tempfile::TempDir,
    settings: Vec<(&'static str, String)>,
}

/// What it said, and whether it was content.
struct Said {
    text: String,
    content: bool,
}

impl Shell {
    /// Nothing is there yet, on either engine.
    async fn of_a_new_house() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut shell = Self { folder, settings: Vec::new() };
        if engine::is_postgres() {
            shell.settings.push(("HOUSECALL_DATABASE", server().empty_database().await.url()));
        }
        shell
    }

    /// Beside a clinic that is open.
    fn beside(clinic: &Clinic) -> Self {
        let mut shell = Self { folder: tempfile::tempdir().expect("a temporary folder"), settings: Vec::new() };
        fs::set_permissions(clinic.folder(), fs::Permissions::from_mode(0o700)).expect("ours");
        shell.settings.push(("HOUSECALL_DATA", clinic.folder().display().to_string()));
        let url = clinic.context.config.database.iter();
        shell.settings.extend(url.map(|url| ("HOUSECALL_DATABASE", url.reveal().to_owned())));
        shell
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.settings.push((name, value.into()));
        self
    }

    fn run(&self, command: &str) -> Said {
        let mut program = Command::new(env!("CARGO_BIN_EXE_housecall"));
        program.arg(command).env("HOUSECALL_DATA", self.folder.path().join("data"));
        let ran = program.envs(self.settings.iter().map(|(name, value)| (name, value))).output().expect("it runs");
        let text = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
        assert!(!text.contains("unprintable-password"), "{text}");
        Said { text, content: ran.status.success() }
    }
}

impl Said {
    #[track_caller]
    fn says(&self, line: &str) {
        assert!(self.text.contains(line), "{}", self.text);
    }

    /// What was found wrong, by subject. The tests' server forgoes what would make it slow, which is found wrong too.
    fn wrong(&self) -> Vec<&str> {
        let wrong = self.text.lines().filter_map(|line| line.strip_prefix("WRONG  ")?.split(':').next());
        let wrong: Vec<_> = wrong.filter(|subject| !(engine::is_postgres() && *subject == "database settings")).collect();
        assert_eq!(self.content, wrong.is_empty() && !engine::is_postgres(), "{}", self.text);
        wrong
    }
}

#[tokio::test]
async fn a_new_house_is_made_by_migrate_and_then_all_is_well() {
    let shell = Shell::of_a_new_house().await;
    let before = shell.run("check");
    assert_eq!(before.wrong(), ["data folder", "database", "audit"]);
    before.says("lacks 0001 house");
    before.says("Run `housecall migrate`");
    let migrated = shell.run("migrate");
    assert!(migrated.content, "{}", migrated.text);
    migrated.says("applied 0001 house");
    shell.run("migrate").says("was up to date");
    let after = shell.run("check");
    assert_eq!(after.wrong(), [""; 0]);
    after.says("ok     audit: whole, 0 entries");
    if engine::is_postgres() {
        after.says("WRONG  database settings: fsync is off, full_page_writes is off. Visits that were confirmed could be lost");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_with_what_to_do() {
    let clinic = Clinic::open().await;
    clinic.facility("north").await;
    clinic.hire(&clinic.facility("south").await, "ana", housecall::identity::StaffRole::Admin).await;
    assert_eq!(Shell::beside(&clinic).run("check").wrong(), [""; 0]);

    let shell =
        Shell::beside(&clinic).with("HOUSECALL_RECORDS", "/nowhere").with("HOUSECALL_AUDIT_CHECKPOINTS", "/nowhere/audit");
    let said = shell.with("HOUSECALL_RELAY__PORTS", "[2000, 1000]").run("check");
    assert_eq!(said.wrong(), ["checkpoints", "records", "relay"]);
    said.says("Correct `records` in the settings");

    clinic.sql("UPDATE audit SET actor = 'gateway' WHERE seq = 1").await;
    let said = Shell::beside(&clinic).run("check");
    assert_eq!(said.wrong(), ["audit"]);
    said.says("find out who wrote to it");
}

#[tokio::test]
async fn a_certificate_that_ran_out_is_found() {
    let clinic = Clinic::open().await;
    let file = |name: &str| clinic.folder().join(name).display().to_string();
    for (years, wrong) in [(2, vec![]), (-1, vec!["certificate"])] {
        let mut wanted = rcgen::CertificateParams::new(vec!["clinic.example".to_owned()]).expect("a name");
        let this_year =
            jiff::Timestamp::from_millisecond(Clock::system().now().0).expect("a time").in_tz("UTC").expect("UTC").year();
        wanted.not_after = rcgen::date_time_ymd(i32::from(this_year) + years, 1, 1);
        let key = rcgen::KeyPair::generate().expect("a key");
        fs::write(file("certificate.pem"), wanted.self_signed(&key).expect("signed").pem()).expect("written");
        fs::write(file("key.pem"), key.serialize_pem()).expect("written");
        let shell = Shell::beside(&clinic).with("HOUSECALL_TLS__CERTIFICATE", file("certificate.pem"));
        assert_eq!(shell.with("HOUSECALL_TLS__KEY", file("key.pem")).run("check").wrong(), wrong);
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_said_without_its_password() {
    let shell = Shell::of_a_new_house().await;
    let nowhere = "postgres://housecall:unprintable-password@127.0.0.1:9/house";
    let said = shell.with("HOUSECALL_DATABASE", nowhere).run("check");
    said.says("WRONG  database: the PostgreSQL database does not answer");
    assert!(!said.content);
    let shell = Shell::of_a_new_house().await.with("HOUSECALL_DATABASE", "mysql://root:unprintable-password@localhost/house");
    shell.run("check").says("database must be an address such as postgres://");
}
