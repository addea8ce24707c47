//! Cuts a byte stream into STUN messages and channel data (RFC 8489 section 6.2.2, RFC 8656 section 12.5). Pure.

/// Larger than any packet a browser relays.
const LONGEST: usize = 4096;
const STUN_HEADER: usize = 20;
const CHANNEL_HEADER: usize = 4;
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];

/// What came in and was not yet cut.
#[derive(Debug, Default)]
pub(super) struct Frames(Vec<u8>);

/// The bytes are neither STUN nor channel data, or too long: nothing after them can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unframed;

impl Frames {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next whole frame, padding included.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, Unframed> {
        let Some(length) = length(&self.0)? else { return Ok(None) };
        if self.0.len() < length {
            return Ok(None);
        }
        let rest = self.0.split_off(length);
        Ok(Some(std::mem::replace(&mut self.0, rest)))
    }
}

fn length(bytes: &[u8]) -> Result<Option<usize>, Unframed> {
    let &[first, _, high, low, ref rest @ ..] = bytes else { return Ok(None) };
    let stated = usize::from(u16::from_be_bytes([high, low]));
    let length = match first {
        0x00..=0x3f if stated.is_multiple_of(4) && is_prefix(rest, COOKIE) => STUN_HEADER + stated,
        0x40..=0x4f => CHANNEL_HEADER + stated.next_multiple_of(4),
        _ => return Err(Unframed),
    };
    if length > LONGEST { Err(Unframed) } else { Ok(Some(length)) }
}

fn is_prefix(rest: &[u8], cookie: [u8; 4]) -> bool {
    rest.iter().zip(cookie).all(|(a, b)| *a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stun(attributes: usize) -> Vec<u8> {
        let mut bytes = vec![0x00, 0x01];
        bytes.extend_from_slice(&u16::try_from(attributes).expect("small").to_be_bytes());
        bytes.extend_from_slice(&COOKIE);
        bytes.resize(STUN_HEADER + attributes, 7);
        bytes
    }

    fn channel(data: usize) -> Vec<u8> {
        let mut bytes = vec![0x40, 0x01];
        bytes.extend_from_slice(&u16::try_from(data).expect("small").to_be_bytes());
        bytes.resize(CHANNEL_HEADER + data.next_multiple_of(4), 9);
        bytes
    }

    #[test]
    fn frames_come_out_whole_however_the_bytes_arrive() {
        let sent = [stun(0), channel(5), stun(24), channel(0), channel(1200)];
        let bytes = sent.concat();
        for step in [1, 2, 3, 7, 19, bytes.len()] {
            let (mut frames, mut got) = (Frames::default(), Vec::new());
            for piece in bytes.chunks(step) {
                frames.push(piece);
                while let Some(frame) = frames.next().expect("well formed") {
                    got.push(frame);
                }
            }
            assert_eq!(got, sent, "in steps of {step}");
        }
    }

    #[test]
    fn anything_else_is_refused_at_once() {
        for bytes in [
            &b"GET / HTTP/1.1"[..],
            &[0x16, 3, 1, 0, 2],
            &[0x80; 4],
            &[0x50, 0, 0, 0],
            &[0, 1, 0, 3],
            &[0, 1, 0, 0, 1],
            &[0x40, 0, 0xff, 0xff],
        ] {
            let mut frames = Frames::default();
            frames.push(bytes);
            assert_eq!(frames.next(), Err(Unframed), "{bytes:?}");
        }
    }
}
