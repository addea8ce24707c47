//! PostgreSQL, for several gateways that share one database.

use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::StoreError;
use super::connection::{Connections, STATEMENT};
use crate::base::private::Secret;

const READERS: u32 = 8;
/// A gateway that stands still in the middle of writing holds up all others: the server ends its transaction after so long.
const STANDSTILL: Duration = Duration::from_secs(3);

/// Who writes, and who reads.
pub(super) async fn connect(url: &Secret) -> Result<(Connections, Connections), StoreError> {
    let options = PgConnectOptions::from_str(url.reveal())?.application_name("housecall");
    migrate(&options).await?;
    let limit = STATEMENT.as_millis().to_string();
    let limited = options
        .options([("statement_timeout", limit), ("idle_in_transaction_session_timeout", STANDSTILL.as_millis().to_string())]);
    let pool = |size| PgPoolOptions::new().max_connections(size).acquire_timeout(STATEMENT);
    let readers = pool(READERS).connect_with(limited.clone().options([("default_transaction_read_only", "on")])).await?;
    Ok((Connections::Postgres(pool(1).connect_lazy_with(limited)), Connections::Postgres(readers)))
}

/// Of several gateways that start at once, one migrates and the others wait for it, as long as it takes.
async fn migrate(options: &PgConnectOptions) -> Result<(), StoreError> {
    let connecting = tokio::time::timeout(STATEMENT, options.connect());
    let mut connection = connecting.await.map_err(|_| StoreError::TooSlow)??;
    sqlx::migrate!().run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}
