//! Join links. The secret is in the URL's fragment, which browsers never send; only its hash is stored.

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::SeatId;
use crate::base::private::Secret;
use crate::store::{Connection, On, StoreError, sql};

/// A link as it goes to its person, once. It cannot be read back: asking again makes a new one.
#[derive(Debug)]
pub struct NewLink {
    pub reference: String,
    pub secret: Secret,
}

impl NewLink {
    pub fn url(&self, public_url: &str) -> Secret {
        Secret::new(format!("{}/j/{}#{}", public_url.trim_end_matches('/'), self.reference, self.secret.reveal()))
    }
}

/// What a reference and a secret open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No such reference, or the secret is not its own: the same.
    Unknown,
    /// It was right once; a newer link was sent.
    Superseded(SeatId),
    Seat(SeatId),
}

/// Makes the seat's link and supersedes the ones before. Ending what the old ones opened is `sessions::end_of_seat`.
pub async fn issue(connection: &mut Connection, seat: &SeatId, now: Moment, dice: &Dice) -> Result<NewLink, StoreError> {
    let link = NewLink { reference: dice.id(), secret: dice.token() };
    sql("UPDATE join_links SET superseded_at = $1 WHERE seat_id = $2 AND superseded_at IS NULL")
        .bind(now.0)
        .bind(seat.as_str())
        .execute(&mut *connection)
        .await?;
    sql("INSERT INTO join_links (ref, seat_id, secret_hash, created_at) VALUES ($1, $2, $3, $4)")
        .bind(&link.reference)
        .bind(seat.as_str())
        .bind(link.secret.hash())
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    Ok(link)
}

pub async fn find(on: impl Into<On<'_>>, reference: &str, secret: &Secret) -> Result<Found, StoreError> {
    let row = sql("SELECT seat_id, superseded_at FROM join_links WHERE ref = $1 AND secret_hash = $2")
        .bind(reference)
        .bind(secret.hash())
        .fetch_optional(on)
        .await?;
    let Some(row) = row else { return Ok(Found::Unknown) };
    let seat = SeatId(row.get("seat_id")?);
    let superseded: Option<i64> = row.get("superseded_at")?;
    Ok(if superseded.is_some() { Found::Superseded(seat) } else { Found::Seat(seat) })
}
