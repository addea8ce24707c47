//! A clinic for one test: a database in a temporary folder, a stopped clock, the whole router, and people who speak to it.

pub mod engine;
pub mod fhir;
mod house;
pub mod page;
pub mod person;
pub mod raw;
pub mod visits;

use housecall::app::state::App;
use housecall::app::{relay, router};
use housecall::base::clock::{Clock, Moment};
use housecall::base::private::Secret;
use housecall::config::{Config, MediaConfig};
use housecall::http::context::Context;
use housecall::media::MediaAgent;
use housecall::records::images::worker::Darkroom;
use housecall::store::{Place, Store};

use crate::postgres::Database;

pub use house::PASSWORD;
pub use person::Person;

/// 24 November 2026, 14:00 in New York.
pub const START: Moment = Moment(1_795_546_800_000);

/// A media agent on a free port of this machine; what its sessions measured is kept.
pub fn media(context: &Context) -> MediaAgent {
    let config = MediaConfig { listen: ([127, 0, 0, 1], 0).into(), ..context.config.media.clone() };
    let (media, ended) = MediaAgent::start(&config, &context.dice).expect("a free port");
    tokio::spawn(housecall::equipment::media::keep(context.clone(), ended));
    media
}

pub struct Clinic {
    pub context: Context,
    pub app: App,
    router: axum::Router,
    folder: tempfile::TempDir,
    database: Option<Database>,
}

impl Clinic {
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// A clinic whose settings were changed before it opened.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::open_on(engine::database().await, change).await
    }

    /// A clinic on PostgreSQL; on SQLite where no database is given.
    pub async fn open_on(database: Option<Database>, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = database.as_ref().map(|database| Secret::new(database.url()));
        let mut config = Config { data: folder.path().to_owned(), database: url, ..Config::default() };
        change(&mut config);
        let place = Place::of(&config);
        if let Place::File(file) = &place {
            engine::put_file(file).await;
        }
        let store = Store::open(&place).await.expect("the store opens");
        let clock = Clock::stopped_at(START);
        let context = Context::new(config, store, clock);
        let relay = relay::elsewhere(&context.config).expect("the relay's secret is made");
        let mut app = App::open(context.clone(), relay, media(&context)).expect("a key can be made");
        // This program is the tests.
        app.darkroom = Darkroom::of(env!("CARGO_BIN_EXE_housecall").into());
        let router = router::build(app.clone());
        Self { context, app, router, folder, database }
    }

    /// Somebody with a browser of their own: no cookies yet.
    pub fn somebody(&self) -> Person {
        Person::new(self.router.clone(), &self.context.config.public_url)
    }

    /// The clinic's data folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}
