//! Until when a certificate is good: the one field of X.509 that nobody else reads for us.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::base::clock::Moment;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// `notAfter`. `None` for what is no certificate.
pub(super) fn not_after(certificate: &[u8]) -> Option<Moment> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut signed, _) = element(certificate)?;
    if let (VERSION, _, rest) = element(signed)? {
        signed = rest;
    }
    // The serial number, the algorithm and the issuer stand before it.
    for _ in 0..3 {
        (_, _, signed) = element(signed)?;
    }
    let (SEQUENCE, validity, _) = element(signed)? else { return None };
    let (_, _, until) = element(validity)?;
    let (tag, text, _) = element(until)?;
    time(tag, std::str::from_utf8(text).ok()?)
}

/// RFC 5280: two digits of a year mean 1950 to 2049, and all times are UTC.
fn time(tag: u8, text: &str) -> Option<Moment> {
    let (year, rest) = text.split_at_checked(if tag == GENERALIZED_TIME { 4 } else { 2 })?;
    let year = match (tag, year.parse::<i16>().ok()?) {
        (GENERALIZED_TIME, year) => year,
        (UTC_TIME, year) => year + if year < 50 { 2000 } else { 1900 },
        _ => return None,
    };
    let rest = DateTime::strptime("%Y%m%d%H%M%SZ", format!("{year:04}{rest}")).ok()?;
    Some(Moment(rest.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond()))
}

/// Tag, content, and what stands behind.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, behind) = rest.split_at_checked(length)?;
    Some((tag, content, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(year: i32) -> Vec<u8> {
        let mut wanted = rcgen::CertificateParams::new(vec!["clinic.example".to_owned()]).expect("a name");
        wanted.not_after = rcgen::date_time_ymd(year, 3, 4);
        let key = rcgen::KeyPair::generate().expect("a key");
        wanted.self_signed(&key).expect("signed").der().to_vec()
    }

    #[test]
    fn the_end_is_read_in_both_forms() {
        for (year, written) in [(2031, "2031-03-04T00:00:00Z"), (2077, "2077-03-04T00:00:00Z")] {
            let expected = written.parse::<jiff::Timestamp>().expect("a time").as_millisecond();
            assert_eq!(not_after(&certificate(year)), Some(Moment(expected)), "{year}");
        }
    }

    #[test]
    fn what_is_cut_short_is_no_certificate() {
        let whole = certificate(2031);
        assert!((0..40).all(|length| not_after(&whole[..length]).is_none()));
    }
}
