//! Takes what is due out of the queue and sends it. Of several nodes only one holds a notice at a time; one that died while
//! sending may have sent it, so the receiver may see a notice twice, under the same name.

use std::time::Duration;

use futures_util::future::join_all;
use metrics::{counter, gauge};

use super::Notices;
use super::client::{Outgoing, Senders};
use super::message::Channel;
use super::outcome::{self, Try, Why};
use super::store::queue::{self, Held};
use crate::bus::News;
use crate::http::context::Context;
use crate::store::StoreError;

/// How often to look; nobody waits longer than this for a text that was asked for.
const LOOK: Duration = Duration::from_secs(1);
/// After a failure of the database.
const PAUSE: Duration = Duration::from_secs(5);
/// One try, whatever the receiver does.
const TRY: Duration = Duration::from_secs(15);

#[derive(Clone, Debug)]
pub struct Outbox {
    context: Context,
    notices: Notices,
    senders: Senders,
}

impl Outbox {
    pub fn new(context: Context, notices: Notices, senders: Senders) -> Self {
        Self { context, notices, senders }
    }

    /// Until the gateway closes. Texts and mail do not wait for each other.
    pub async fn run(self) {
        while let Err(error) = self.let_go().await {
            tracing::warn!(cause = %error, "notices that an earlier run was sending are not free yet");
            if self.is_closing(PAUSE).await {
                return;
            }
        }
        tokio::join!(self.keep_sending(Channel::Text), self.keep_sending(Channel::Mail));
    }

    async fn let_go(&self) -> Result<(), StoreError> {
        let node = self.context.nodes.me().clone();
        self.context.store.write(move |c| Box::pin(async move { queue::let_go(c, &node).await })).await
    }

    async fn keep_sending(&self, channel: Channel) {
        let mut pause = Duration::ZERO;
        while !self.is_closing(pause).await {
            pause = match self.send_due(channel).await {
                Ok(0) => LOOK,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::warn!(cause = %error, channel = channel.word(), "cannot look for notices to send");
                    PAUSE
                }
            };
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the queue is looked at from time to time")]
    async fn is_closing(&self, pause: Duration) -> bool {
        self.context.closing.run_until_cancelled(tokio::time::sleep(pause)).await.is_none()
    }

    /// Sends what is due now, each to its end; how many were tried.
    pub async fn send_due(&self, channel: Channel) -> Result<usize, StoreError> {
        if self.senders.of(channel).is_none() {
            return Ok(0);
        }
        self.count_waiting(channel).await?;
        let (store, now, key) = (&self.context.store, self.context.clock.now(), self.notices.key.id().to_owned());
        if !queue::is_due(store.reader(), (channel, &key), now).await? {
            return Ok(0);
        }
        let node = self.context.nodes.me().clone();
        let held = store.write(move |c| Box::pin(async move { queue::take(c, (channel, &key), &node, now).await })).await?;
        let tried = held.len();
        join_all(held.into_iter().map(|held| self.send(channel, held))).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(tried)
    }

    async fn send(&self, channel: Channel, held: Held) -> Result<(), StoreError> {
        let tried = self.try_once(channel, &held).await;
        let now = self.context.clock.now();
        let (id, told) = (held.id.clone(), News::VisitChanged { facility: held.facility.clone(), visit: held.visit.clone() });
        let next = match tried {
            Try::Later(why, asked) => outcome::wait(held.tries, asked, &self.context.dice).map(|wait| (now.plus(wait), why)),
            Try::Sent | Try::Never(_) => None,
        };
        let why = match tried {
            Try::Sent => None,
            Try::Later(why, _) | Try::Never(why) => Some(why),
        };
        self.count(channel, &held, next.is_some(), why);
        let write = self.context.store.write::<_, StoreError, _>(move |c| {
            Box::pin(async move {
                match next {
                    Some(next) => queue::postpone(c, &id, next).await,
                    None => queue::end(c, &id, why, now).await,
                }
            })
        });
        write.await?;
        if next.is_none() {
            self.context.bus.tell(told);
        }
        Ok(())
    }

    async fn try_once(&self, channel: Channel, held: &Held) -> Try {
        if self.context.clock.now() >= held.expires_at {
            return Try::Never(Why::Expired);
        }
        let (Some(letter), Some(sender)) = (self.notices.key.open(&held.id, &held.sealed), self.senders.of(channel)) else {
            return Try::Never(Why::Damaged);
        };
        let Held { id, created_at, expires_at, .. } = held;
        let now = self.context.clock.now();
        let outgoing = Outgoing { id, channel, letter: &letter, created_at: *created_at, expires_at: *expires_at, now };
        let sending = tokio::time::timeout(TRY, sender.send(&outgoing)).await;
        sending.unwrap_or(Try::Later(Why::TooSlow, None))
    }

    /// Which message, on which way, why not: never to whom, nor what it says.
    fn count(&self, channel: Channel, held: &Held, again: bool, why: Option<Why>) {
        let (channel, message, tries) = (channel.word(), held.message.as_str(), held.tries);
        match why.map(Why::word) {
            None => counter!("notices_sent_total", "channel" => channel).increment(1),
            Some(why) if again => {
                counter!("notices_retried_total", "channel" => channel, "why" => why).increment(1);
                tracing::info!(notice = held.id, channel, message, tries, why, "a notice is tried again later");
            }
            Some(why) => {
                counter!("notices_failed_total", "channel" => channel, "why" => why).increment(1);
                tracing::warn!(notice = held.id, channel, message, tries, why, "a notice is given up");
            }
        }
    }

    async fn count_waiting(&self, channel: Channel) -> Result<(), StoreError> {
        let (waiting, oldest) = queue::waiting(self.context.store.reader(), channel).await?;
        let oldest = oldest.map_or(0.0, |oldest| self.context.clock.now().since(oldest).as_secs_f64());
        gauge!("notices_waiting", "channel" => channel.word()).set(u32::try_from(waiting).map_or(f64::INFINITY, f64::from));
        gauge!("notices_oldest_seconds", "channel" => channel.word()).set(oldest);
        Ok(())
    }
}
