//! Reads as much of a STUN message (RFC 8489) as the demultiplexer needs: whether it is a Binding request, and for whom.

const HEADER: usize = 20;
const BINDING_REQUEST: [u8; 2] = [0, 1];
const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const USERNAME: u16 = 6;

/// The receiver's part of the user name, `receiver:sender`, of a Binding request; `None` for anything else.
pub(super) fn name(datagram: &[u8]) -> Option<&str> {
    let (header, mut rest) = datagram.split_at_checked(HEADER)?;
    if !header.starts_with(&BINDING_REQUEST) || header[4..8] != COOKIE {
        return None;
    }
    loop {
        let (&[kind_high, kind_low, high, low], after) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes([high, low]));
        let value = after.get(..length)?;
        if u16::from_be_bytes([kind_high, kind_low]) == USERNAME {
            return std::str::from_utf8(value).ok()?.split_once(':').map(|(receiver, _)| receiver);
        }
        rest = after.get(length.next_multiple_of(4)..)?;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::media) fn request(username: &str) -> Vec<u8> {
        let mut bytes = [&BINDING_REQUEST[..], &[0, 0], &COOKIE, &[7; 12]].concat();
        // A priority first, as browsers send it.
        bytes.extend([0, 0x24, 0, 4, 1, 2, 3, 4]);
        let length = u16::try_from(username.len()).expect("short");
        bytes.extend(USERNAME.to_be_bytes().into_iter().chain(length.to_be_bytes()).chain(username.bytes()));
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    #[test]
    fn the_name_is_the_receivers() {
        assert_eq!(name(&request("anna:bert")), Some("anna"));
    }

    #[test]
    fn whatever_is_not_a_request_with_a_name_has_none() {
        let whole = request("anna:bert");
        for length in 0..whole.len() - 4 {
            assert_eq!(name(&whole[..length]), None, "{length}");
        }
        for at in [0, 1, 4, 7] {
            let mut edited = whole.clone();
            edited[at] ^= 0x41;
            assert_eq!(name(&edited), None, "byte {at}");
        }
        assert_eq!(name(&request("no colon")), None);
        let mut long = whole.clone();
        long[22] = 0xff;
        assert_eq!(name(&long), None, "an attribute longer than the message");
    }
}
