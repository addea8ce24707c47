//! What comes out is a picture and nothing else; what cannot be shown is refused by its word, before it costs memory or time.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, load_from_memory};

use super::worker::Darkroom;
use super::*;

const CANARY: &[u8] = b"CANARY 37.7749 N, Dr. Other";

fn refused(file: impl Into<Vec<u8>>) -> Option<&'static str> {
    develop(file.into()).err().map(Trouble::word)
}

/// Wide, dark on the left.
fn drawing() -> DynamicImage {
    GrayImage::from_fn(64, 32, |x, _| Luma([if x < 16 { 0 } else { 255 }])).into()
}

fn file(format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    drawing().write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

/// A JPEG that says in its EXIF which way up it is, and what nobody should read.
fn jpeg_with_exif() -> Vec<u8> {
    // Big endian, one entry: orientation 6, a quarter turn to the right.
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(CANARY);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let plain = file(ImageFormat::Jpeg);
    [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
}

fn crc(bytes: &[u8]) -> [u8; 4] {
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
    (!bytes.iter().fold(u32::MAX, byte)).to_be_bytes()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [kind.as_slice(), data].concat();
    [u32::try_from(data.len()).expect("short").to_be_bytes().as_slice(), &named, &crc(&named)].concat()
}

/// The signature, the header, then a text; then the rest as it was.
fn png_with(header: Option<(u32, u32)>) -> Vec<u8> {
    let plain = file(ImageFormat::Png);
    let (start, rest) = plain.split_at(33);
    let mut fields = start[16..29].to_vec();
    if let Some((width, height)) = header {
        fields[..4].copy_from_slice(&width.to_be_bytes());
        fields[4..8].copy_from_slice(&height.to_be_bytes());
    }
    let text = [b"Comment\0".as_slice(), CANARY].concat();
    [&start[..8], &chunk(b"IHDR", &fields), &chunk(b"tEXt", &text), rest].concat()
}

/// A PDF of these pages' drawing instructions, letters of Helvetica at hand.
fn pdf(pages: &[&str], trailer: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for (number, drawing) in pages.iter().enumerate() {
        let contents = 5 + 2 * number;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents {contents} 0 R>>"
        ));
        objects.push(format!("<</Length {}>>stream\n{drawing}\nendstream", drawing.len()));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (count, start) = (objects.len() + 1, file.len());
    file += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

const WRITING: &str = "BT /F 72 Tf 60 600 Td (Rest for 3 days) Tj ET";

#[test]
fn a_photograph_is_turned_upright_and_keeps_nothing_but_its_picture() {
    let file = jpeg_with_exif();
    assert!(file.windows(CANARY.len()).any(|window| window == CANARY));
    let page = develop(file).expect("developed").remove(0);
    assert_eq!((page.width, page.height, page.encoding), (32, 64, Encoding::Jpeg));
    assert!(!page.bytes.windows(6).any(|window| window == &CANARY[..6] || window == b"Exif\0\0"));
    let shown = load_from_memory(&page.bytes).expect("a picture").into_luma8();
    assert!(shown.get_pixel(16, 4).0[0] < 60 && shown.get_pixel(16, 60).0[0] > 200, "the dark side is above after the turn");
}

#[test]
fn what_a_telephone_puts_behind_a_photograph_does_no_harm() {
    let film = [file(ImageFormat::Jpeg).as_slice(), b"\0\0ftypmp42", CANARY].concat();
    let page = develop(film).expect("developed").remove(0);
    assert!(!page.bytes.windows(6).any(|window| window == &CANARY[..6]));
}

#[test]
fn the_end_of_a_small_picture_inside_is_not_the_end() {
    let whole = jpeg_with_exif();
    let at = whole.windows(CANARY.len()).position(|window| window == CANARY).expect("there");
    let mut cut = whole[..whole.len() - 2].to_vec();
    cut[at..at + 2].copy_from_slice(&[0xFF, 0xD9]);
    assert_eq!(refused(cut), Some("document_broken"));
}

#[test]
fn a_png_keeps_nothing_but_its_picture() {
    let page = develop(png_with(None)).expect("developed").remove(0);
    assert_eq!((page.width, page.height), (64, 32));
    assert!(!page.bytes.windows(6).any(|window| window == &CANARY[..6] || window.starts_with(b"tEXt")));
}

#[test]
fn what_is_larger_than_a_page_needs_is_made_smaller() {
    let wide = DynamicImage::new_luma8(4000, 100);
    let mut bytes = std::io::Cursor::new(Vec::new());
    wide.write_to(&mut bytes, ImageFormat::Png).expect("written");
    let page = develop(bytes.into_inner()).expect("developed").remove(0);
    assert_eq!((page.width, page.height), (LONGEST_SIDE, 50));
}

#[test]
fn the_pages_of_a_pdf_are_drawn_in_their_order() {
    let pages = develop(pdf(&["", WRITING], "")).expect("developed");
    let dark: Vec<usize> = pages
        .iter()
        .map(|page| {
            let drawn = load_from_memory(&page.bytes).expect("a picture").into_luma8();
            assert_eq!((drawn.width(), page.width, page.height), (1400, 1400, 1811));
            drawn.pixels().filter(|pixel| pixel.0[0] < 100).count()
        })
        .collect();
    assert!(dark[0] == 0 && dark[1] > 5_000, "{dark:?}");
}

#[test]
fn what_was_cut_off_is_not_shown_in_part() {
    for file in [file(ImageFormat::Jpeg), file(ImageFormat::Png), pdf(&[WRITING; 3], "")] {
        for share in [2, 3, 10] {
            assert_eq!(refused(&file[..file.len() - file.len() / share]), Some("document_broken"), "1/{share} is missing");
        }
    }
}

#[test]
fn what_a_file_is_its_own_bytes_say() {
    for file in [b"GIF89a".as_slice(), b"<html>", b"", b"\xFF\xD8", b"II*\0"] {
        assert_eq!(refused(file), Some("not_a_picture"));
    }
    for file in [b"\xFF\xD8\xFF\xD9".as_slice(), b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n%%EOF"] {
        assert_eq!(refused(file), Some("document_broken"));
    }
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    assert_eq!(refused(png_with(Some((10_000, 10_000)))), Some("too_many_pixels"));
    assert_eq!(refused(pdf(&vec![""; 500], "")), Some("too_many_pages"));
    assert_eq!(refused(vec![0xFF; LARGEST_FILE + 1]), Some("document_too_large"));
    let endless = String::from_utf8(pdf(&[""], "")).expect("ASCII").replace("612 792", "1 9999999");
    assert_eq!(refused(endless), Some("document_broken"));
}

#[test]
fn a_locked_pdf_is_said_to_be_locked() {
    let key = "00".repeat(32);
    let locked = format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>");
    assert_eq!(refused(pdf(&[WRITING], &locked)), Some("document_locked"));
}

#[test]
fn every_trouble_has_a_word_of_its_own() {
    for trouble in Trouble::ALL {
        assert_eq!(Trouble::of_word(trouble.word()), Some(trouble));
        assert!(trouble.to_string().ends_with('.'));
    }
}

#[tokio::test]
async fn a_process_that_is_stopped_by_its_limits_says_so_and_one_that_breaks_is_a_broken_document() {
    for (ends, word) in
        [("kill -XCPU $$", "document_too_heavy"), ("kill -SEGV $$", "document_broken"), ("echo nonsense", "document_broken")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("program");
        fs::write(&program, format!("#!/bin/sh\ncat > /dev/null\n{ends}\n")).expect("written");
        fs::set_permissions(&program, Permissions::from_mode(0o700)).expect("allowed");
        let refused = Darkroom::of(program).develop(vec![0]).await.err().map(Trouble::word);
        assert_eq!(refused, Some(word), "{ends}");
    }
}
