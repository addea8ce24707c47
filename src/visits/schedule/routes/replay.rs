//! Requests that are sent again after a lost answer. The first answer is kept and given again; it holds a join link's secret,
//! so it is sealed with the Idempotency-Key itself, of which only a hash is stored.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use data_encoding::{BASE64, HEXLOWER};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::StaffId;
use crate::http::problem::Problem;
use crate::store::{Connection, StoreError, sql};

const HEADER: &str = "idempotency-key";
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
const NONCE: usize = 12;

/// The key a client chose for this request, and what the request was.
#[derive(Clone)]
pub(super) struct Replay {
    key: String,
    request_hash: String,
}

impl Replay {
    /// `None` where the client sent no key. `request` is the request in one fixed form.
    pub(super) fn of(headers: &HeaderMap, request: &impl serde::Serialize) -> Result<Option<Self>, Problem> {
        let Some(key) = headers.get(HEADER) else { return Ok(None) };
        let key = key.to_str().ok().filter(|key| (16..=128).contains(&key.len())).ok_or_else(|| {
            Problem::new(StatusCode::BAD_REQUEST, "wrong_key", "An Idempotency-Key has 16 to 128 letters and cannot be guessed.")
        })?;
        let request = serde_json::to_vec(request).map_err(|error| Problem::internal(&error))?;
        Ok(Some(Self { key: key.to_owned(), request_hash: hash(&[b"request", &request]) }))
    }

    /// The answer that was given before to the same request.
    pub(super) async fn find(&self, c: &mut Connection, staff: &StaffId) -> Result<Option<String>, Problem> {
        let row = sql("SELECT request_hash, body FROM replays WHERE staff_id = $1 AND key = $2")
            .bind(staff.as_str())
            .bind(self.stored_key())
            .fetch_optional(c)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.get::<&str>("request_hash")? != self.request_hash {
            return Err(Problem::conflict("key_reused", "This Idempotency-Key was used for another request."));
        }
        Ok(Some(
            self.open(row.get("body")?).ok_or_else(|| Problem::internal(&std::io::Error::other("a kept answer is damaged")))?,
        ))
    }

    /// Keeps the answer, and lets go of those nobody will ask for again.
    pub(super) async fn keep(
        &self,
        c: &mut Connection,
        staff: &StaffId,
        (status, body): (StatusCode, &str),
        now: Moment,
        dice: &Dice,
    ) -> Result<(), StoreError> {
        sql("DELETE FROM replays WHERE at < $1").bind(now.minus(KEPT).0).execute(&mut *c).await?;
        sql("INSERT INTO replays (staff_id, key, request_hash, status, body, at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(staff.as_str())
            .bind(self.stored_key())
            .bind(&self.request_hash)
            .bind(i64::from(status.as_u16()))
            .bind(self.seal(body, dice.bytes()))
            .bind(now.0)
            .execute(c)
            .await?;
        Ok(())
    }

    fn stored_key(&self) -> String {
        hash(&[b"name", self.key.as_bytes()])
    }

    fn sealing_key(&self) -> LessSafeKey {
        let key = digest(&SHA256, &[b"seal\0", self.key.as_bytes()].concat());
        LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_ref()).expect("a SHA-256 is as long as a key"))
    }

    fn seal(&self, body: &str, nonce: [u8; NONCE]) -> String {
        let mut sealed = body.as_bytes().to_vec();
        self.sealing_key()
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
            .expect("an answer is far smaller than the cipher's limit");
        BASE64.encode(&[&nonce[..], &sealed].concat())
    }

    fn open(&self, sealed: &str) -> Option<String> {
        let mut bytes = BASE64.decode(sealed.as_bytes()).ok()?;
        let (nonce, body) = bytes.split_first_chunk_mut::<NONCE>()?;
        let plain = self.sealing_key().open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::empty(), body).ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }
}

fn hash(parts: &[&[u8]]) -> String {
    HEXLOWER.encode(digest(&SHA256, &parts.join(&0)).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replay(key: &str) -> Replay {
        let headers = HeaderMap::from_iter([(HEADER.parse().expect("a name"), key.parse().expect("a value"))]);
        Replay::of(&headers, &"request").expect("a good key").expect("there")
    }

    #[test]
    fn only_the_key_opens_the_answer() {
        let body = r#"{"links":["https://clinic/j/abc#secret"]}"#;
        let sealed = replay("0123456789abcdef").seal(body, [7; NONCE]);
        assert!(!sealed.contains("secret"));
        assert_eq!(replay("0123456789abcdef").open(&sealed).as_deref(), Some(body));
        assert_eq!(replay("0123456789abcdeX").open(&sealed), None);
    }

    #[test]
    fn a_key_that_could_be_guessed_is_refused() {
        let headers = HeaderMap::from_iter([(HEADER.parse().expect("a name"), "1".parse().expect("a value"))]);
        assert!(Replay::of(&headers, &"request").is_err());
    }
}
