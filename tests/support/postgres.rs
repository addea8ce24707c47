//! A PostgreSQL server for the tests of one program, and a database of its own for each test.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use housecall::base::private::Secret;
use housecall::store::{Place, upkeep};
use sqlx::{Connection, PgConnection};
use tokio::sync::OnceCell;

/// Stops by itself when it is dropped or this program ends: `scripts/postgres` waits for the end of the pipe that we hold.
pub struct Postgres {
    url: String,
    script: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    ready: OnceCell<()>,
    left: Mutex<Vec<String>>,
}

/// A database that is up to date and empty. It is taken down some time after it is dropped.
pub struct Database {
    name: String,
    server: &'static Postgres,
}

/// Every house of this program stands on this server.
pub fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

impl Postgres {
    /// One that is not shared, for tests that change its settings.
    #[allow(clippy::zombie_processes, reason = "it ends after this program, when nobody is left to wait for it")]
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres");
        let child = Command::new(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("scripts/postgres runs");
        let (orders, mut answers) = (child.stdin.expect("piped"), BufReader::new(child.stdout.expect("piped")));
        let url = line(&mut answers);
        Self { url, script: Mutex::new((orders, answers)), ready: OnceCell::new(), left: Mutex::default() }
    }

    /// As an operator stops it: whoever is connected is hung up on.
    pub fn stop(&self) {
        assert_eq!(self.order("stop"), "stopped");
    }

    pub fn start_again(&self) {
        assert_eq!(self.order("start"), "started");
    }

    fn order(&self, word: &str) -> String {
        let (orders, answers) = &mut *self.script.lock().expect("no panic while held");
        writeln!(orders, "{word}").expect("the script listens");
        line(answers)
    }

    pub async fn database(&'static self) -> Database {
        self.ready.get_or_init(|| self.make_template()).await;
        self.make(" TEMPLATE house").await
    }

    /// A database without tables.
    pub async fn empty_database(&'static self) -> Database {
        self.make("").await
    }

    async fn make(&'static self, how: &str) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let left = std::mem::take(&mut *self.left.lock().expect("no panic while held"));
        let mut connection = self.connect("postgres").await;
        for name in left {
            run(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        let name = format!("house_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        run(&mut connection, format!("CREATE DATABASE {name}{how}")).await;
        Database { name, server: self }
    }

    async fn make_template(&self) {
        run(&mut self.connect("postgres").await, "CREATE DATABASE house".to_owned()).await;
        let house = Place::Server(Secret::new(format!("{}/house", self.url)));
        upkeep::migrate(&house).await.expect("the migrations run");
    }

    async fn connect(&self, name: &str) -> PgConnection {
        PgConnection::connect(&format!("{}/{name}", self.url)).await.expect("the server answers")
    }
}

impl Database {
    /// With a password in it, which the server does not ask for.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server.url, self.name)
    }

    /// A shell of its own.
    pub async fn connect(&self) -> PgConnection {
        self.server.connect(&self.name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.server.left.lock().expect("no panic while held").push(self.name.clone());
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    let said = answers.read_line(&mut line).expect("readable");
    assert!(said > 0, "the server did not start; what it said is above");
    line.trim_end().to_owned()
}

async fn run(connection: &mut PgConnection, statement: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(connection).await.expect("the server does it");
}
