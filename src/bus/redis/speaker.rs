//! Says what the node has to say, in order, and every second that it is there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Pipeline, RedisResult};
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::{BEAT, LIMIT, Outgoing, WAITS, pause};
use crate::base::clock::Clock;
use crate::base::ids::NodeId;
use crate::bus::seal::Sealer;
use crate::bus::wire::{Packet, Said, letters_channel, news_channel, shard};

/// So much goes out in one piece.
const BATCH: usize = 256;

pub(super) struct Speaker {
    pub(super) client: Client,
    pub(super) me: NodeId,
    pub(super) run: i64,
    pub(super) sealer: Sealer,
    pub(super) clock: Clock,
    pub(super) outgoing: mpsc::Receiver<Outgoing>,
    pub(super) has_dropped: Arc<AtomicBool>,
    pub(super) n: u64,
    pub(super) news: u64,
}

impl Speaker {
    pub(super) async fn run(mut self) {
        let mut wait = WAITS.0;
        loop {
            if let Ok(connection) = self.connect().await {
                wait = WAITS.0;
                self.speak(connection).await;
            }
            self.forget();
            pause(&mut wait).await;
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, ()> {
        let settings = AsyncConnectionConfig::new().set_connection_timeout(Some(LIMIT)).set_response_timeout(Some(LIMIT));
        let connecting = self.client.get_multiplexed_async_connection_with_config(&settings);
        timeout(LIMIT, connecting).await.map_err(|_| ())?.map_err(|_| ())
    }

    /// Until something is not taken in time.
    async fn speak(&mut self, mut connection: MultiplexedConnection) {
        let mut beat: Interval = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let pipeline = tokio::select! {
                _ = beat.tick() => self.beat(),
                taken = self.outgoing.recv_many(&mut batch, BATCH) => {
                    // The node itself holds one end: there is always somebody who may speak.
                    debug_assert!(taken > 0);
                    self.pack(&mut batch)
                }
            };
            let said: Result<RedisResult<()>, _> = timeout(LIMIT, pipeline.query_async(&mut connection)).await;
            if !matches!(said, Ok(Ok(()))) {
                metrics::counter!("bus_failures_total").increment(1);
                return;
            }
        }
    }

    fn beat(&mut self) -> Pipeline {
        self.skip_dropped();
        let mut pipeline = Pipeline::new();
        let number = self.news;
        self.add(&mut pipeline, &news_channel(0), Said::Beat { number });
        pipeline
    }

    fn pack(&mut self, batch: &mut Vec<Outgoing>) -> Pipeline {
        self.skip_dropped();
        let mut pipeline = Pipeline::new();
        for outgoing in batch.drain(..) {
            match outgoing {
                Outgoing::News(news) => {
                    self.news += 1;
                    let (channel, number) = (news_channel(shard(&news)), self.news);
                    self.add(&mut pipeline, &channel, Said::News { number, news });
                }
                Outgoing::Letter(to, text) => self.add(&mut pipeline, &letters_channel(&to), Said::Letter(text)),
            }
        }
        pipeline
    }

    fn add(&mut self, pipeline: &mut Pipeline, channel: &str, said: Said) {
        self.n += 1;
        let packet = Packet { from: self.me.clone(), run: self.run, n: self.n, at: self.clock.now(), said };
        let body = serde_json::to_vec(&packet).expect("a packet is plain data and always serializes");
        let sealed = self.sealer.seal(channel, body);
        pipeline.publish(channel, sealed).ignore();
    }

    /// What was not said leaves a hole in the numbers, so that the others know.
    fn skip_dropped(&mut self) {
        self.news += u64::from(self.has_dropped.swap(false, Ordering::SeqCst));
    }

    /// Nobody heard the last ones; what waits now would come too late.
    fn forget(&mut self) {
        self.news += 1;
        while self.outgoing.try_recv().is_ok() {}
    }
}
