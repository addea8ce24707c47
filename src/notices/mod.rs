//! Texts and mail to people: queued in the caller's transaction, so that what was decided is also told, and sent afterwards
//! until the receiver has taken them or they are of no use any more. Why the words lie sealed in the queue: docs/decisions/014.

mod client;
pub mod message;
pub mod outcome;
mod seal;
pub mod store;
mod telephone;
mod worker;

use std::sync::Arc;

pub use client::{SenderError, Senders};
pub use message::{Channel, Message};
pub use store::told;
pub use worker::Outbox;

use self::message::Letter;
use self::store::contact;
use self::store::queue::{self, Queued};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, VisitId};
use crate::base::private::Personal;
use crate::config::Config;
use crate::facilities::Facility;
use crate::store::{Connection, StoreError};
use seal::Key;
pub use store::key::KeyError;

/// The door to the queue, for whoever has something to tell.
#[derive(Clone, Debug)]
pub struct Notices {
    /// What can be sent here at all.
    channels: Channels,
    key: Arc<Key>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channels {
    pub text: bool,
    pub mail: bool,
}

/// Something to tell one person of a visit.
#[derive(Debug)]
pub struct NewNotice<'a> {
    pub facility: &'a Facility,
    pub visit: &'a VisitId,
    pub seat: &'a SeatId,
    pub message: Message,
    /// After this what it says is of no use: it is given up.
    pub expires_at: Moment,
    /// Names what is told: the same is queued once, however often it is asked for.
    pub once: String,
}

impl Notices {
    /// The key that the queue is sealed with is made at the first start.
    pub fn open(config: &Config, dice: &Dice) -> Result<Self, KeyError> {
        Ok(Self { channels: Channels::of(config), key: Arc::new(Key::of_folder(&config.data, dice)?) })
    }

    /// Whether a text can be sent from here at all.
    pub fn can_text(&self) -> bool {
        self.channels.text
    }

    /// Queues it to the person of the seat, in the caller's transaction: as a text to their phone, else as mail. `None` where
    /// there is no way to reach them: then staff has to say it.
    pub async fn enqueue(
        &self,
        c: &mut Connection,
        new: NewNotice<'_>,
        now: Moment,
        dice: &Dice,
    ) -> Result<Option<Channel>, StoreError> {
        let Some(person) = contact::of_seat(c, new.seat, new.facility).await? else { return Ok(None) };
        let Some((channel, to)) = self.channels.way_to(person.phone, person.mail) else { return Ok(None) };
        let letter = Letter::write(channel, to, &new.message, new.facility, person.language);
        let id = dice.id();
        let sealed = self.key.seal(&id, &letter, dice);
        queue::insert(c, Queued { id, channel, key_id: self.key.id(), sealed, new: &new, now }).await?;
        Ok(Some(channel))
    }

    /// Gives up what still waits for this person and is overtaken by what happened since.
    pub async fn drop_waiting(&self, c: &mut Connection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
        queue::drop_waiting(c, seat, now).await
    }
}

impl Channels {
    fn of(config: &Config) -> Self {
        let is_file = config.notices_folder().is_some();
        Self { text: is_file || config.notices.text.is_some(), mail: is_file || config.notices.mail.is_some() }
    }

    fn way_to(self, phone: Option<Personal<String>>, mail: Option<Personal<String>>) -> Option<(Channel, Personal<String>)> {
        let text = phone.filter(|_| self.text).map(|phone| (Channel::Text, phone));
        text.or_else(|| mail.filter(|_| self.mail).map(|mail| (Channel::Mail, mail)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_before_a_mail_and_nothing_goes_where_nothing_is_set_up() {
        let address = || Some(Personal("x".to_owned()));
        let way = |text, mail, phone, at| Channels { text, mail }.way_to(phone, at).map(|(channel, _)| channel);
        assert_eq!(way(true, true, address(), address()), Some(Channel::Text));
        assert_eq!(way(true, true, None, address()), Some(Channel::Mail));
        assert_eq!(way(false, true, address(), address()), Some(Channel::Mail));
        assert_eq!(way(true, false, None, address()), None);
        assert_eq!(way(false, false, address(), address()), None);
    }
}
