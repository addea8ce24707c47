//! PDF files: each page drawn as a picture. Links, forms, scripts, attachments and the text behind the page are not taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbImage, RgbaImage};

use super::{LONGEST_SIDE, MOST_PAGES, Trouble};

/// In pixels: a letter's page at 165 dots an inch.
const WIDTH: f32 = 1400.0;
/// Where a PDF says that it is one, and that it ends there.
const EDGE: usize = 1024;

pub(super) fn is_pdf(file: &[u8]) -> bool {
    holds(&file[..file.len().min(EDGE)], b"%PDF-")
}

pub(super) fn pages(file: Vec<u8>) -> Result<Vec<RgbImage>, Trouble> {
    // The reader mends a file that was cut, and what was cut off is then missing without a word.
    if !holds(&file[file.len().saturating_sub(EDGE)..], b"%%EOF") {
        return Err(Trouble::Broken);
    }
    let pdf = Pdf::new(file).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Trouble::Locked,
        LoadPdfError::Invalid => Trouble::Broken,
    })?;
    match pdf.pages().len() {
        0 => Err(Trouble::Broken),
        1..=MOST_PAGES => drawn(pdf.pages()),
        _ => Err(Trouble::TooManyPages),
    }
}

fn drawn(pages: &[Page<'_>]) -> Result<Vec<RgbImage>, Trouble> {
    let (cache, missing) = (RenderCache::new(), Arc::new(AtomicBool::new(false)));
    let settings = watched(missing.clone());
    let pictures = pages.iter().map(|page| draw(page, &cache, &settings)).collect::<Result<_, _>>()?;
    if missing.load(Ordering::Relaxed) { Err(Trouble::Broken) } else { Ok(pictures) }
}

/// Notes where something of a page could not be drawn: a page with a hole in it reads as if that were all.
fn watched(missing: Arc<AtomicBool>) -> InterpreterSettings {
    let note = move |warning| {
        let is_part = matches!(warning, InterpreterWarning::UnsupportedFont | InterpreterWarning::ImageDecodeFailure);
        missing.fetch_or(is_part, Ordering::Relaxed);
    };
    InterpreterSettings { warning_sink: Arc::new(note), ..InterpreterSettings::default() }
}

fn draw<'p>(page: &'p Page<'p>, cache: &RenderCache<'p>, settings: &InterpreterSettings) -> Result<RgbImage, Trouble> {
    let (width, height) = page.render_dimensions();
    let scale = (WIDTH / width).min(LONGEST_SIDE as f32 / height);
    if !scale.is_finite() || width * scale < 1.0 || height * scale < 1.0 {
        return Err(Trouble::Broken);
    }
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, cache, settings, &RenderSettings::default(), &pixels);
    let points = drawn.data_as_u8_slice().to_vec();
    let drawn = RgbaImage::from_raw(drawn.width().into(), drawn.height().into(), points).expect("four bytes a point");
    // The ground is white, so that nothing of the page is transparent.
    Ok(DynamicImage::from(drawn).into_rgb8())
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
