//! Pictures and scanned pages of the record: a JPEG, a PNG or a PDF becomes plain pictures that a page may show. What is shown was decoded and
//! encoded again, so that nothing of the file but its picture is left: no place, no camera, no author, no text beside the page.
//!
//! All of it happens in a process of its own (`worker`): a file that was made to break a reader breaks that one alone.

mod photo;
mod scan;
pub mod trouble;
pub mod worker;

#[cfg(test)]
mod tests;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageResult, RgbImage};
use serde::{Deserialize, Serialize};

pub use self::trouble::Trouble;

/// Of a file, as the record has it.
pub const LARGEST_FILE: usize = 24 * 1024 * 1024;
/// Of all pages together, as they are sent to the patient.
pub const LARGEST_SHOWN: usize = 6 * 1024 * 1024;
pub const MOST_PAGES: usize = 20;
/// A telephone's camera has fifty million at most; a bomb has more.
pub const MOST_PIXELS: u64 = 50_000_000;
/// Of a picture that is shown, in pixels: enough to read small print on a phone, zoomed.
const LONGEST_SIDE: u32 = 2000;
const QUALITY: u8 = 82;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/png")]
    Png,
}

/// One page as it is shown. No `Debug` of its bytes: they must not be printed.
#[derive(Clone)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub encoding: Encoding,
    pub bytes: Vec<u8>,
}

/// Turns a file into the pictures of its pages. What the file is, its first bytes say, and not what the record calls it.
pub fn develop(file: Vec<u8>) -> Result<Vec<Picture>, Trouble> {
    if file.len() > LARGEST_FILE {
        return Err(Trouble::FileTooLarge);
    }
    let pages = match file.as_slice() {
        [0xFF, 0xD8, 0xFF, ..] => vec![jpeg(&fitted(photo::jpeg(&file)?))],
        [0x89, b'P', b'N', b'G', ..] => vec![smaller(&fitted(photo::png(&file)?))],
        bytes if scan::is_pdf(bytes) => scan::pages(file)?.iter().map(smaller).collect(),
        _ => return Err(Trouble::NotAPicture),
    };
    let total: usize = pages.iter().map(|page| page.bytes.len()).sum();
    if total > LARGEST_SHOWN { Err(Trouble::TooMuch) } else { Ok(pages) }
}

/// Not larger than a page needs, and without what lies behind its transparent parts.
fn fitted(picture: DynamicImage) -> RgbImage {
    let is_large = picture.width().max(picture.height()) > LONGEST_SIDE;
    let picture = if is_large { picture.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle) } else { picture };
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let over_white = |value: u8, alpha: u8| {
        let alpha = u16::from(alpha);
        u8::try_from((u16::from(value) * alpha + 255 * (255 - alpha)) / 255).expect("a mean of two bytes")
    };
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, a] = picture.get_pixel(x, y).0;
        [r, g, b].map(|value| over_white(value, a)).into()
    })
}

/// Drawings and writing are smaller as PNG, photographs as JPEG. One bit a point is less than any JPEG of ours.
fn smaller(picture: &RgbImage) -> Picture {
    let png = png(picture);
    if 8 * png.bytes.len() <= picture.pixels().len() {
        return png;
    }
    let jpeg = jpeg(picture);
    if png.bytes.len() <= jpeg.bytes.len() { png } else { jpeg }
}

fn jpeg(picture: &RgbImage) -> Picture {
    encoded(picture, Encoding::Jpeg, |bytes, width, height| {
        JpegEncoder::new_with_quality(bytes, QUALITY).write_image(picture, width, height, ExtendedColorType::Rgb8)
    })
}

fn png(picture: &RgbImage) -> Picture {
    encoded(picture, Encoding::Png, |bytes, width, height| {
        PngEncoder::new_with_quality(bytes, CompressionType::Default, PngFilter::Adaptive).write_image(
            picture,
            width,
            height,
            ExtendedColorType::Rgb8,
        )
    })
}

fn encoded(picture: &RgbImage, encoding: Encoding, write: impl FnOnce(&mut Vec<u8>, u32, u32) -> ImageResult<()>) -> Picture {
    let ((width, height), mut bytes) = (picture.dimensions(), Vec::new());
    write(&mut bytes, width, height).expect("a picture within our limits can be written to memory");
    Picture { width, height, encoding, bytes }
}
