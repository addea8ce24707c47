//! Those who carry notices out of the house: one for texts, one for mail, as the settings say.

mod folder;
mod smtp;
mod webhook;

use std::path::PathBuf;

use folder::Folder;
use smtp::Smtp;
use webhook::Webhook;

use super::message::{Channel, Letter};
use super::outcome::Try;
use crate::base::clock::Moment;
use crate::config::Config;

#[derive(Debug, thiserror::Error)]
pub enum SenderError {
    #[error("cannot make the folder {0} for texts and mail")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error("cannot read the authority {0} of notices")]
    Authority(PathBuf, #[source] std::io::Error),
    #[error("the authority {0} of notices is no certificate")]
    NotACertificate(PathBuf),
    #[error("notices.mail.from must be an address such as Riverside Clinic <visits@clinic.example>")]
    From,
    #[error("cannot speak TLS for notices")]
    Tls,
}

#[derive(Clone, Debug)]
pub(super) enum Sender {
    Folder(Folder),
    Smtp(Smtp),
    Webhook(Webhook),
}

/// A notice as a sender gets it: its name, which is the same at every try, and its words.
pub(super) struct Outgoing<'a> {
    pub(super) id: &'a str,
    pub(super) channel: Channel,
    pub(super) letter: &'a Letter,
    pub(super) created_at: Moment,
    pub(super) expires_at: Moment,
    pub(super) now: Moment,
}

impl Sender {
    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Try {
        match self {
            Self::Folder(folder) => folder.send(outgoing).await,
            Self::Smtp(smtp) => smtp.send(outgoing).await,
            Self::Webhook(webhook) => webhook.send(outgoing).await,
        }
    }
}

/// The sender of each channel that the settings name.
#[derive(Clone, Debug)]
pub struct Senders {
    text: Option<Sender>,
    mail: Option<Sender>,
}

impl Senders {
    pub fn open(config: &Config) -> Result<Self, SenderError> {
        let folder = config.notices_folder().map(|folder| Folder::open(&folder)).transpose()?.map(Sender::Folder);
        let text = config.notices.text.as_ref().map(Webhook::open).transpose()?.map(Sender::Webhook);
        let mail = config.notices.mail.as_ref().map(|mail| Smtp::open(mail, &config.public_url)).transpose()?.map(Sender::Smtp);
        Ok(Self { text: text.or_else(|| folder.clone()), mail: mail.or(folder) })
    }

    pub(super) fn of(&self, channel: Channel) -> Option<&Sender> {
        match channel {
            Channel::Text => self.text.as_ref(),
            Channel::Mail => self.mail.as_ref(),
        }
    }
}

/// An authority of the operator's own.
fn authority(file: &PathBuf) -> Result<Vec<u8>, SenderError> {
    std::fs::read(file).map_err(|error| SenderError::Authority(file.clone(), error))
}
