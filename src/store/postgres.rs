//! PostgreSQL, for several gateways that share one database.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection};

use super::StoreError;
use super::connection::{Connections, STATEMENT};
use super::migrations::MIGRATIONS;
use crate::base::private::Secret;

const READERS: u32 = 8;
/// A gateway that stands still in the middle of writing holds up all others: the server ends its transaction after so long.
const STANDSTILL: Duration = Duration::from_secs(3);
/// A connection that was used so lately is still there.
const FRESH: Duration = Duration::from_secs(1);

/// Of several gateways that start at once, one migrates and the others wait for it, as long as it takes.
pub(super) async fn migrate(url: &Secret) -> Result<(), StoreError> {
    let options = options(url)?;
    let connecting = tokio::time::timeout(STATEMENT, options.connect());
    let mut connection = connecting.await.map_err(|_| StoreError::TooSlow)??;
    MIGRATIONS.run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

pub(super) fn writer(url: &Secret) -> Result<Connections, StoreError> {
    Ok(Connections::Postgres(pool(1).connect_lazy_with(limited(options(url)?))))
}

pub(super) fn readers(url: &Secret) -> Result<Connections, StoreError> {
    let read_only = limited(options(url)?).options([("default_transaction_read_only", "on")]);
    Ok(Connections::Postgres(pool(READERS).connect_lazy_with(read_only)))
}

/// Over a network, and if the URL says nothing else, only with TLS and to the server that the certificate names.
fn options(url: &Secret) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url.reveal())?.application_name("housecall");
    let is_here = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&options.get_host()) || options.get_host().starts_with('/');
    let says_how = url.reveal().contains("sslmode=") || options.get_socket().is_some();
    Ok(if is_here || says_how { options } else { options.ssl_mode(PgSslMode::VerifyFull) })
}

fn limited(options: PgConnectOptions) -> PgConnectOptions {
    options.options([
        ("statement_timeout", STATEMENT.as_millis().to_string()),
        ("idle_in_transaction_session_timeout", STANDSTILL.as_millis().to_string()),
    ])
}

fn pool(size: u32) -> PgPoolOptions {
    let options = PgPoolOptions::new().max_connections(size).acquire_timeout(STATEMENT).test_before_acquire(false);
    // Asked after each use anyhow: to ask again at once would make every query three trips to the server.
    options.before_acquire(|connection, about| {
        Box::pin(async move {
            if about.idle_for > FRESH {
                connection.ping().await?;
            }
            Ok(true)
        })
    })
}
