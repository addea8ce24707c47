//! RFC 6455 byte by byte: what is allowed works, what is not is closed with a code, and nobody else notices.

use crate::rooms::Visit;
use crate::support::raw::*;

const PING_MESSAGE: &[u8] = br#"{"v":1,"ack":0,"type":"ping","data":{"nonce":7}}"#;
/// What the protocol calls no message of it, whatever layer found out.
const BAD_MESSAGE: u16 = 4400;

fn is_pong(frame: &Frame) -> bool {
    frame.first == TEXT && frame.payload.windows(13).any(|part| part == br#""type":"pong""#.as_slice())
}

async fn answers(raw: &mut Raw) -> bool {
    let frame = raw.hear_a(TEXT).await;
    is_pong(&frame)
}

#[tokio::test]
async fn a_message_may_come_in_pieces_with_pings_between_them() {
    let visit = Visit::begins().await;
    let mut raw = Raw::enter(&visit.phone).await;
    let (begin, end) = PING_MESSAGE.split_at(20);
    raw.send(TEXT_BEGINS, begin).await;
    raw.send(PING, b"are you there?").await;
    raw.send(GOES_ON, b"").await;
    raw.send(ENDS, end).await;
    assert_eq!(raw.hear_a(PONG).await.payload, b"are you there?");
    assert!(answers(&mut raw).await);
}

#[tokio::test]
async fn a_message_may_come_byte_by_byte_and_a_letter_in_two_pieces() {
    let visit = Visit::begins().await;
    let mut raw = Raw::enter(&visit.phone).await;
    for byte in frame(TEXT, PING_MESSAGE) {
        raw.write(&[byte]).await;
    }
    assert!(answers(&mut raw).await);
    // A command's id of "ñ", cut in the middle of the letter.
    let text = r#"{"v":1,"n":1,"ack":0,"id":"ñ","type":"check_in","data":{}}"#.as_bytes();
    let cut = text.iter().position(|byte| *byte == 0xc3).expect("there") + 1;
    raw.send(TEXT_BEGINS, &text[..cut]).await;
    raw.send(ENDS, &text[cut..]).await;
    let done = raw.hear_a(TEXT).await;
    assert!(String::from_utf8_lossy(&done.payload).contains("\"id\":\"ñ\""), "{done:?}");
}

#[tokio::test]
async fn control_frames_of_the_largest_size_are_answered_as_they_are() {
    let visit = Visit::begins().await;
    let mut raw = Raw::enter(&visit.phone).await;
    for payload in [vec![], vec![0xff; 125]] {
        raw.send(PING, &payload).await;
        assert_eq!(raw.hear_a(PONG).await.payload, payload);
    }
    raw.send(PONG, b"nobody asked").await;
    raw.send(TEXT, PING_MESSAGE).await;
    assert!(answers(&mut raw).await);
}

#[tokio::test]
async fn frames_against_the_rules_are_closed_with_a_code() {
    let visit = Visit::begins().await;
    let unmasked: Vec<u8> = [&[TEXT, PING_MESSAGE.len() as u8], PING_MESSAGE].concat();
    let two = |first: Vec<u8>, second: Vec<u8>| [first, second].concat();
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("text that is no UTF-8", frame(TEXT, b"\"\xff\xfe\""), BAD_MESSAGE),
        ("half a letter at the end", frame(TEXT, b"\"\xc3"), BAD_MESSAGE),
        ("half a letter, then another", two(frame(TEXT_BEGINS, b"\"\xc3"), frame(ENDS, b"\xc3\xb1\"")), BAD_MESSAGE),
        ("a letter spelt too long", frame(TEXT, b"\"\xc0\xaf\""), BAD_MESSAGE),
        ("a surrogate", frame(TEXT, b"\"\xed\xa0\x80\""), BAD_MESSAGE),
        ("a reserved bit", frame(TEXT | 0x40, PING_MESSAGE), BAD_MESSAGE),
        ("all reserved bits", frame(TEXT | 0x70, PING_MESSAGE), BAD_MESSAGE),
        ("a reserved kind of data", frame(0x83, PING_MESSAGE), BAD_MESSAGE),
        ("a reserved kind of control", frame(0x8b, b""), BAD_MESSAGE),
        ("a frame without a mask", unmasked, BAD_MESSAGE),
        ("a ping that is too long", frame(PING, &[0; 126]), BAD_MESSAGE),
        ("a ping in pieces", frame(0x09, b"a"), BAD_MESSAGE),
        ("a piece of nothing", frame(GOES_ON, PING_MESSAGE), BAD_MESSAGE),
        ("an end of nothing", frame(ENDS, PING_MESSAGE), BAD_MESSAGE),
        ("a message within a message", two(frame(TEXT_BEGINS, b"{"), frame(TEXT, PING_MESSAGE)), BAD_MESSAGE),
        ("binary", frame(BINARY, PING_MESSAGE), 1003),
        ("binary in pieces", two(frame(0x02, b"a"), frame(ENDS, b"b")), 1003),
        ("a frame of 64 KiB and a byte", frame(TEXT, &vec![b' '; 64 * 1024 + 1]), 1009),
        ("a length of 2^63", [header(TEXT, 1 << 62), vec![0; 4]].concat(), 1009),
        (
            "pieces that are too much together",
            two(frame(TEXT_BEGINS, &vec![b' '; 40_000]), frame(ENDS, &vec![b' '; 40_000])),
            1009,
        ),
        ("not JSON", frame(TEXT, b"hello"), BAD_MESSAGE),
        ("nothing", frame(TEXT, b""), BAD_MESSAGE),
    ];
    for (name, bytes, code) in cases {
        visit.clinic.context.clock.advance(std::time::Duration::from_secs(2));
        let mut raw = Raw::enter(&visit.phone).await;
        raw.write(&bytes).await;
        assert_eq!(raw.closed().await, code, "{name}");
    }
}

#[tokio::test]
async fn a_close_is_answered_with_a_close() {
    let visit = Visit::begins().await;
    let with_code = |code: u16| code.to_be_bytes().to_vec();
    let answered: Vec<(Vec<u8>, &[u16])> = vec![
        (with_code(1000), &[1000]),
        ([with_code(1001), b"going".to_vec()].concat(), &[1001]),
        (with_code(3000), &[3000]),
        (with_code(4999), &[4999]),
        // Codes that must not be sent, half a code, a reason that is no text: an error of the protocol.
        (with_code(999), &[1002, BAD_MESSAGE]),
        (with_code(1004), &[1002, BAD_MESSAGE]),
        (with_code(1005), &[1002, BAD_MESSAGE]),
        (with_code(1006), &[1002, BAD_MESSAGE]),
        (with_code(1016), &[1002, BAD_MESSAGE]),
        (with_code(2999), &[1002, BAD_MESSAGE]),
        (vec![3], &[1002, BAD_MESSAGE]),
        ([with_code(1000), vec![0xff]].concat(), &[1002, 1007, BAD_MESSAGE]),
    ];
    for (payload, codes) in answered {
        visit.clinic.context.clock.advance(std::time::Duration::from_secs(2));
        let mut raw = Raw::enter(&visit.phone).await;
        raw.send(CLOSE, &payload).await;
        let code = raw.closed().await;
        assert!(codes.contains(&code), "{payload:?} was answered with {code}");
    }
    let mut raw = Raw::enter(&visit.phone).await;
    raw.send(CLOSE, b"").await;
    assert_eq!(raw.hear_a(CLOSE).await.payload, b"", "a close without a code is answered without one");
}

#[tokio::test]
async fn pieces_without_an_end_are_closed_as_a_flood() {
    let visit = Visit::begins().await;
    let mut raw = Raw::enter(&visit.phone).await;
    raw.send(TEXT_BEGINS, b"").await;
    let thousand = frame(GOES_ON, b"").repeat(1_000);
    for _ in 0..1_000 {
        raw.write(&thousand).await;
    }
    assert_eq!(raw.closed().await, 4429);
}

#[tokio::test]
async fn pings_without_a_message_are_closed_as_a_flood() {
    let visit = Visit::begins().await;
    let mut raw = Raw::enter(&visit.phone).await;
    raw.write(&frame(PING, b"still there?").repeat(10_000)).await;
    assert_eq!(raw.closed().await, 4429);
}
