//! Hears what the other nodes say. What does not open, or was said before, is counted and let pass; the log hears of it once.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use redis::{Client, Msg};
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::{Instant, timeout};

use super::{BEAT, LIMIT, Membership, Outgoing, WAITS, pause};
use crate::base::clock::Clock;
use crate::bus::numbers::{Numbers, Turn};
use crate::bus::wire::{Packet, SHARDS, Said, letters_channel, news_channel};
use crate::bus::{Letter, News};

/// Not even our own beats: the line is dead, whatever the socket says.
const SILENCE: Duration = Duration::from_secs(3);
/// While nothing is heard, everybody here reads again so often.
const READ_AGAIN: Duration = Duration::from_secs(5);

pub(super) struct Listener {
    pub(super) client: Client,
    pub(super) membership: Membership,
    pub(super) clock: Clock,
    pub(super) here: broadcast::Sender<News>,
    pub(super) letters: mpsc::Sender<Letter>,
    pub(super) line: mpsc::Sender<Outgoing>,
    pub(super) up: watch::Sender<bool>,
}

impl Listener {
    pub(super) async fn run(self) {
        let (mut wait, mut numbers, mut told_at) = (WAITS.0, Numbers::default(), Instant::now());
        loop {
            if let Some(stream) = self.subscribe().await {
                wait = WAITS.0;
                self.hear(stream, &mut numbers).await;
                tracing::warn!("the bus is away: visits on one node go on, the others are told when it is back");
                self.up.send_replace(false);
                metrics::gauge!("bus_up").set(0.0);
            }
            if told_at.elapsed() >= READ_AGAIN {
                told_at = Instant::now();
                self.tell(News::Missed);
            }
            pause(&mut wait).await;
        }
    }

    async fn subscribe(&self) -> Option<impl Stream<Item = Msg> + use<>> {
        let mut heard = timeout(LIMIT, self.client.get_async_pubsub()).await.ok()?.ok()?;
        let mut channels: Vec<String> = (0..SHARDS).map(news_channel).collect();
        channels.push(letters_channel(&self.membership.me));
        timeout(LIMIT, heard.subscribe(channels)).await.ok()?.ok()?;
        Some(heard.into_on_message())
    }

    /// Until the line is dead.
    async fn hear(&self, stream: impl Stream<Item = Msg>, numbers: &mut Numbers) {
        let mut stream = std::pin::pin!(stream);
        let (mut is_up, mut asks, mut asked_at) = (false, false, Instant::now());
        while let Ok(Some(message)) = timeout(SILENCE.max(BEAT), stream.next()).await {
            let Some(packet) = self.open(&message) else { continue };
            if packet.from == self.membership.me {
                // Our own beat came back: we are heard.
                if packet.run == self.membership.run && !std::mem::replace(&mut is_up, true) {
                    self.come_up();
                    asks = true;
                }
            } else {
                asks |= self.take(packet, numbers);
            }
            if asks && is_up && asked_at.elapsed() >= BEAT {
                (asks, asked_at) = (false, Instant::now());
                self.ask();
            }
        }
    }

    fn come_up(&self) {
        metrics::gauge!("bus_up").set(1.0);
        self.up.send_replace(true);
        self.tell(News::Missed);
    }

    fn ask(&self) {
        // A line that is full is about to leave a hole for others; we ask after the next one of theirs.
        let _ = self.line.try_send(Outgoing::News(News::WhoIsThere));
    }

    fn open(&self, message: &Msg) -> Option<Packet> {
        let opened = self.membership.key.open(message.get_channel_name(), message.get_payload_bytes());
        let packet = opened.and_then(|body| serde_json::from_slice(&body).ok());
        if packet.is_none() {
            alert("forged", "a message on the bus is not of this cluster: somebody writes to Redis, or the nodes' keys differ");
        }
        packet
    }

    /// Whether news were lost before this packet.
    fn take(&self, packet: Packet, numbers: &mut Numbers) -> bool {
        let turn = numbers.take(&packet, self.clock.now());
        match turn {
            Turn::Stale => {
                alert("stale", "a message on the bus was said before: somebody repeats it, or a node's clock is wrong");
                return false;
            }
            Turn::AfterGap => {
                metrics::counter!("bus_gaps_total").increment(1);
                self.tell(News::Missed);
            }
            Turn::Next => {}
        }
        match packet.said {
            Said::News { news, .. } => self.tell(news),
            Said::Beat { .. } => {}
            Said::Letter(text) => {
                let letter = Letter { from: packet.from, run: packet.run, text };
                // A letter lost is a hole in the numbers of its socket.
                if self.letters.try_send(letter).is_err() {
                    metrics::counter!("bus_dropped_total").increment(1);
                }
            }
        }
        turn == Turn::AfterGap
    }

    fn tell(&self, news: News) {
        // Nobody listening is fine.
        let _ = self.here.send(news);
    }
}

/// Counted each time, told once: whoever floods the bus does not flood the log.
fn alert(cause: &'static str, sentence: &'static str) {
    static TOLD: [std::sync::Once; 2] = [const { std::sync::Once::new() }; 2];
    metrics::counter!("bus_refused_total", "cause" => cause).increment(1);
    TOLD[usize::from(cause == "stale")].call_once(|| tracing::error!(cause, "{sentence}"));
}
