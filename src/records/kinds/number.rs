//! Numbers as a person reads them.

/// A measured value with at most four significant digits: laboratories report no more, machines' exports do. Digits before the
/// point are never lost.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm of an f64 is between -324 and 309")]
    let magnitude = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((3 - magnitude).clamp(0, 12)).unwrap_or(0);
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// The number in a sentence. Both languages are those of the United States, where Spanish too is written with a point.
pub fn said(value: f64) -> String {
    rounded(value).to_string()
}
