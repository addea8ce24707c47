//! A FHIR R4 server: what is asked of it for one patient, page after page, and the short memory of what it said.

mod access;
mod ask;
mod assertion;
mod body;
mod held;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{Client, Url, redirect};

use self::access::{Access, Signed};
pub use self::ask::Fetched;
use self::ask::{Answer, Line, Purse};
use self::held::Pages;
use super::SourceError;
use crate::base::clock::{Clock, Moment};
use crate::base::dice::Dice;
use crate::config::{self, FhirConfig};
use crate::http::tls::{self, TlsError};
use crate::records::facts::Facts;
use crate::records::fhir::bundle::Entries;
use crate::records::fhir::reference::is_id;
use crate::records::skip::Reason;

pub use self::ask::Limits;
pub use self::assertion::UnfitKey;

/// For so long a record is not asked for again: a list and the pieces chosen from it are one look at the record.
const FRESH: Duration = Duration::from_secs(20);
/// Questions on the way at one time.
const AT_ONCE: usize = 4;
const CONNECTING: Duration = Duration::from_secs(4);

struct Question {
    kind: &'static str,
    more: &'static [(&'static str, &'static str)],
    /// Many servers do not know this kind, and nothing is missing then.
    is_rare: bool,
    /// Whole files may be in it: without them a record is still one.
    has_files: bool,
}

const fn everywhere(kind: &'static str, more: &'static [(&'static str, &'static str)]) -> Question {
    Question { kind, more, is_rare: false, has_files: false }
}

const fn rare(kind: &'static str, more: &'static [(&'static str, &'static str)]) -> Question {
    Question { kind, more, is_rare: true, has_files: false }
}

const fn files(kind: &'static str, more: &'static [(&'static str, &'static str)]) -> Question {
    Question { kind, more, is_rare: true, has_files: true }
}

/// What is asked for, of one patient each. Observations of other categories would only be skipped.
const QUESTIONS: &[Question] = &[
    everywhere("Observation", &[("category", "laboratory,vital-signs")]),
    everywhere("MedicationRequest", &[("_include", "MedicationRequest:medication")]),
    rare("MedicationStatement", &[("_include", "MedicationStatement:medication")]),
    everywhere("AllergyIntolerance", &[]),
    everywhere("Condition", &[]),
    everywhere("Immunization", &[]),
    rare("ImmunizationRecommendation", &[]),
    rare("CarePlan", &[]),
    rare("Goal", &[]),
    everywhere("DiagnosticReport", &[]),
    files("DocumentReference", &[("status", "current")]),
    files("Media", &[]),
];

pub struct Server {
    base: Url,
    line: Line,
    lately: Mutex<HashMap<String, (Moment, Facts)>>,
}

#[derive(Debug, thiserror::Error)]
pub enum UnfitSettings {
    #[error(transparent)]
    Authority(#[from] TlsError),
    #[error(transparent)]
    Key(#[from] UnfitKey),
    #[error("fhir.client.token_url: {0}")]
    TokenUrl(config::UnfitAddress),
    #[error("the client for the record server could not be made")]
    Client,
}

impl Server {
    pub fn open(mut base: Url, config: &FhirConfig, limits: Limits, clock: Clock, dice: Dice) -> Result<Self, UnfitSettings> {
        // Addresses are joined to it as to a folder.
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let client = Client::builder()
            .tls_backend_preconfigured(tls::client(config.authority.as_deref())?)
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECTING.min(limits.answer))
            .timeout(limits.answer)
            .user_agent("housecall")
            .build()
            .map_err(|_| UnfitSettings::Client)?;
        let access = access(config, &clock, dice)?;
        let line = Line { client, access, limits, clock, pages: Pages::default() };
        Ok(Self { base, line, lately: Mutex::default() })
    }

    pub async fn facts(&self, record_id: &str) -> Result<Option<Facts>, SourceError> {
        let id = record_id.strip_prefix("Patient/").unwrap_or(record_id);
        if !is_id(id) {
            return Ok(None);
        }
        if let Some(facts) = self.read_lately(id) {
            return Ok(Some(facts));
        }
        let facts = self.read(id).await?;
        if let Some(facts) = &facts {
            let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
            lately.insert(id.to_owned(), (self.line.clock.now(), facts.clone()));
        }
        Ok(facts)
    }

    fn read_lately(&self, id: &str) -> Option<Facts> {
        let now = self.line.clock.now();
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.retain(|_, (at, _)| now.since(*at) < FRESH);
        lately.get(id).map(|(_, facts)| facts.clone())
    }

    async fn read(&self, id: &str) -> Result<Option<Facts>, SourceError> {
        let (purse, files) = (Purse::new(&self.line.limits), Purse::new(&self.line.limits));
        let patient = match self.line.ask(&self.at(&format!("Patient/{id}")), &purse).await? {
            Answer::Page(page) => page,
            Answer::Absent => return Ok(None),
            Answer::Unknown | Answer::Forbidden => return Err(SourceError::Refused),
        };
        let purse_of = |question: &Question| if question.has_files { &files } else { &purse };
        let questions: Vec<_> = QUESTIONS.iter().map(|question| self.search(question, id, purse_of(question))).collect();
        let answers: Vec<Entries> = stream::iter(questions).buffered(AT_ONCE).try_collect().await?;
        let mut all = Entries::of_server(self.base.as_str());
        all.add(&patient.entries);
        for answer in &answers {
            all.add(answer);
        }
        let mut file = all.finish();
        // A server that does not know the parameter `patient` gives everybody's: only this one's are taken.
        let facts = file.patients.remove(id).map(|mut facts| {
            facts.skipped.add_all(&file.unowned);
            facts
        });
        Ok(facts)
    }

    /// A file that lies beside the record.
    pub async fn file(&self, path: &str, largest: usize) -> Result<Fetched, SourceError> {
        self.line.fetch(&self.at(path), largest).await
    }

    /// All pages of what the server has of one kind.
    async fn search(&self, question: &Question, id: &str, purse: &Purse) -> Result<Entries, SourceError> {
        let mut url = self.at(question.kind);
        url.query_pairs_mut().append_pair("patient", id).extend_pairs(question.more).append_pair("_count", "200");
        let mut all = Entries::default();
        loop {
            let answer = match self.line.ask(&url, purse).await {
                Err(SourceError::TooLarge) if question.has_files => Answer::Forbidden,
                answer => answer?,
            };
            let page = match answer {
                Answer::Page(page) => page,
                Answer::Absent | Answer::Unknown if question.is_rare => {
                    all.skip(question.kind, Reason::NotKnown);
                    return Ok(all);
                }
                // It is said that something is missing, so that nobody reads "none recorded" for "not told".
                Answer::Absent | Answer::Unknown | Answer::Forbidden => {
                    all.skip(question.kind, Reason::NotGiven);
                    return Ok(all);
                }
            };
            all.add(&page.entries);
            let Some(next) = &page.next else { return Ok(all) };
            url = self.next(&url, next)?;
        }
    }

    fn at(&self, path: &str) -> Url {
        self.base.join(path).expect("a type and an id are a path")
    }

    /// The server's own next page. A token sent elsewhere would be given away.
    fn next(&self, from: &Url, next: &str) -> Result<Url, SourceError> {
        let next = from.join(next).ok().filter(|next| next.origin() == self.base.origin());
        next.ok_or_else(|| {
            tracing::warn!("the record server's next page is at another address");
            SourceError::Unreadable
        })
    }
}

fn access(config: &FhirConfig, clock: &Clock, dice: Dice) -> Result<Access, UnfitSettings> {
    if let Some(token) = &config.token {
        return Ok(Access::Token(token.clone()));
    }
    let Some(client) = &config.client else { return Ok(Access::Open) };
    let signer = assertion::Signer::open(&client.key, &client.key_id, &client.id, dice)?;
    let token_url = config::address(&client.token_url).map_err(UnfitSettings::TokenUrl)?;
    Ok(Access::Signed(Box::new(Signed {
        signer,
        token_url,
        scope: client.scope.clone(),
        clock: clock.clone(),
        held: tokio::sync::Mutex::new(None),
    })))
}
