//! What people are texted and mailed: queued with the booking itself, sent until it arrives, and never twice in the eyes of who
//! receives it. Real connections to a mail server and a service for texts that the tests run themselves.

mod mail;
mod mailroom;
mod queue;
mod receiver;
mod told;

use housecall::base::private::Secret;
use housecall::config::{Config, WebhookConfig};
use housecall::http::context::Context;
use housecall::notices::{Channel, Outbox, Senders};
use housecall::store::sql;

use crate::support::Clinic;
use crate::support::visits::Practice;

impl Clinic {
    /// What sends this clinic's notices, as its settings say.
    pub fn outbox(&self) -> Outbox {
        self.outbox_of(&self.context.clone())
    }

    /// The same on another node.
    fn outbox_of(&self, context: &Context) -> Outbox {
        Outbox::new(context.clone(), self.app.notices.clone(), Senders::open(&context.config).expect("senders"))
    }

    /// Another gateway on the same database, which knows the same key.
    fn node(&self, name: &str) -> Outbox {
        let mut config = Config::clone(&self.context.config);
        config.node.name = name.into();
        self.outbox_of(&Context::new(config, self.context.store.clone(), self.context.clock.clone()))
    }

    /// So many notices stand in this state.
    async fn notices(&self, state: &str) -> i64 {
        let rows = self.rows(sql("SELECT COUNT(*) AS n FROM notices WHERE state = $1").bind(state)).await;
        rows[0].get("n").expect("a number")
    }
}

async fn practice(change: impl FnOnce(&mut Config)) -> Practice {
    Practice::open_with(change).await
}

fn texts_to(address: std::net::SocketAddr) -> impl FnOnce(&mut Config) {
    move |config| {
        let url = format!("http://{address}/texts");
        config.notices.text = Some(WebhookConfig { url, secret: Secret::new(receiver::SECRET), authority: None });
    }
}

async fn send_texts(outbox: &Outbox) -> usize {
    outbox.send_due(Channel::Text).await.expect("the queue answers")
}

async fn send_mail(outbox: &Outbox) -> usize {
    outbox.send_due(Channel::Mail).await.expect("the queue answers")
}
