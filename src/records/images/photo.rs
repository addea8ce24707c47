//! JPEG and PNG files. Their size is looked at before they are decoded, and half a picture is worse than none.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::{MOST_PIXELS, Trouble};

/// Bytes of memory for one picture: four or eight a point.
const MEMORY: u64 = 8 * MOST_PIXELS;

pub(super) fn jpeg(file: &[u8]) -> Result<DynamicImage, Trouble> {
    // The decoder paints what is missing grey.
    if !has_end(file) {
        return Err(Trouble::Broken);
    }
    whole(JpegDecoder::new(Cursor::new(file)).map_err(reason)?)
}

pub(super) fn png(file: &[u8]) -> Result<DynamicImage, Trouble> {
    whole(PngDecoder::with_limits(Cursor::new(file), limits()).map_err(reason)?)
}

/// Whether a JPEG goes on to its end, which is not the end of the small picture in its EXIF; telephones put more behind it.
fn has_end(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some(found) = file.get(at..).and_then(marker) {
        at += found + 2;
        match (file[at - 1], file.get(at..at + 2)) {
            (0xD9, _) => return true,
            (_, Some(&[high, low])) => at += usize::from(u16::from_be_bytes([high, low])),
            (_, _) => return false,
        }
    }
    false
}

/// Where the next part of a JPEG begins. Among the points of the picture, 0xFF stands before zero or a restart.
fn marker(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF))
}

/// The picture as it was meant to be looked at: a phone that was held upright says so beside the picture, which is about to go.
fn whole(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Trouble> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Trouble::TooManyPixels);
    }
    decoder.set_limits(limits()).map_err(reason)?;
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(reason)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    limits
}

fn reason(error: ImageError) -> Trouble {
    match error {
        ImageError::Limits(_) => Trouble::TooManyPixels,
        _ => Trouble::Broken,
    }
}
