//! Reading and writing the two cookies. Both carry the `__Host-` prefix: no other host and no plain connection can set them.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::base::private::Secret;

/// A signed-in staff member; it ends with the browser, and the gateway keeps the limits.
pub const STAFF: &str = "__Host-staff";
/// A patient's browser.
pub const DEVICE: &str = "__Host-device";

/// The length of `Dice::token`.
const TOKEN: usize = 22;

/// The cookie's token. Two cookies of one name, or text that is not a token, count as none.
pub fn read(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name);
    let (_, value) = found.next()?;
    (found.next().is_none() && is_token(value)).then(|| Secret::new(value))
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

pub fn set(name: &str, token: &Secret, life: Option<Duration>) -> HeaderValue {
    let age = life.map(|life| format!("; Max-Age={}", life.as_secs())).unwrap_or_default();
    line(format!("{name}={}; Path=/; Secure; HttpOnly; SameSite=Strict{age}", token.reveal()))
}

pub fn clear(name: &str) -> HeaderValue {
    line(format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"))
}

fn line(text: String) -> HeaderValue {
    let mut value = HeaderValue::try_from(text).expect("names and tokens are plain letters");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (header::COOKIE, HeaderValue::from_str(line).expect("a header"))).collect()
    }

    #[test]
    fn reads_its_own_among_others() {
        let token = "abcdefghijklmnopqrstuv";
        let found = read(&headers(&["a=1; __Host-staff=abcdefghijklmnopqrstuv", "b=2"]), "__Host-staff");
        assert_eq!(found.expect("a token").reveal(), token);
    }

    #[test]
    fn doubled_short_and_strange_count_as_none() {
        let twice = "__Host-staff=abcdefghijklmnopqrstuv; __Host-staff=bbcdefghijklmnopqrstuv";
        for line in [twice, "__Host-staff=short", "__Host-staff=abcdefghijklmnopqrst%v", "x__Host-staff=abcdefghijklmnopqrstuv"] {
            assert!(read(&headers(&[line]), "__Host-staff").is_none(), "{line}");
        }
    }

    #[test]
    fn what_is_set_is_locked_to_this_host() {
        let value = set("__Host-device", &Secret::new("abcdefghijklmnopqrstuv"), Some(Duration::from_secs(60)));
        let text = value.to_str().expect("text");
        assert_eq!(text, "__Host-device=abcdefghijklmnopqrstuv; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60");
        assert!(!format!("{value:?}").contains("abcdef"));
    }
}
