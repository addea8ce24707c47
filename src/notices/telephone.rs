//! What fits into one text message: 160 letters of the telephone's own alphabet (GSM 03.38, 7 bits). A letter outside of it
//! would make the whole message one of 70. Pure.

/// Septets of one message.
pub(super) const LONGEST: usize = 160;

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";
/// Each is written as two.
const EXTENDED: &str = "^{}\\[~]|€";

/// Letters as people write them, and the nearest ones that a telephone knows.
const NEAREST: &[(&str, &str)] = &[
    ("áâãā", "a"),
    ("ÁÀÂÃĀ", "A"),
    ("êëē", "e"),
    ("ÈÊËĒ", "E"),
    ("íîïī", "i"),
    ("ÍÌÎÏĪ", "I"),
    ("óôõō", "o"),
    ("ÓÒÔÕŌ", "O"),
    ("úûū", "u"),
    ("ÚÙÛŪ", "U"),
    ("ç", "c"),
    ("ýÿ", "y"),
    ("Ý", "Y"),
    ("‘’‚`´", "'"),
    ("“”„«»", "\""),
    ("–—‑", "-"),
    ("…", "."),
    ("\u{a0}\u{202f}\t", " "),
];

/// How many of the 160 a text takes; `None` where a letter is not of the alphabet.
pub(super) fn septets(text: &str) -> Option<usize> {
    text.chars().map(width).sum()
}

fn width(letter: char) -> Option<usize> {
    match letter {
        _ if BASIC.contains(letter) => Some(1),
        _ if EXTENDED.contains(letter) => Some(2),
        _ => None,
    }
}

/// The text in the alphabet: `sáb` becomes `sab`; what has no likeness is left out.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

fn folded(letter: char) -> Option<char> {
    if width(letter).is_some() {
        return Some(letter);
    }
    NEAREST.iter().find(|(written, _)| written.contains(letter)).and_then(|(_, nearest)| nearest.chars().next())
}

/// The message with as much of the clinic's name as there is room for. Where even the rest is too long, as with a very long
/// address in the link, it goes out whole, in two parts.
pub(super) fn fit(clinic: &str, write: impl Fn(&str) -> String) -> String {
    let rest = septets(&fold(&write(""))).unwrap_or(0);
    let clinic = fold(clinic);
    let text = fold(&write(cut(&clinic, LONGEST.saturating_sub(rest))));
    text.trim_start_matches(": ").to_owned()
}

/// As many whole words as fit, or the beginning of the first one.
fn cut(name: &str, room: usize) -> &str {
    let fits = |text: &&str| septets(text).is_some_and(|width| width <= room);
    let up_to = |end: usize| name[..end].trim_end_matches([',', ' ', '-']);
    let spaces = name.match_indices(' ').map(|(at, _)| at).chain([name.len()]);
    let letters = name.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let words = spaces.map(up_to).filter(fits).filter(|words| !words.is_empty()).max_by_key(|words| words.len());
    words.or_else(|| letters.map(|end| &name[..end]).filter(fits).max_by_key(|text| text.len())).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_as_a_telephone_does() {
        assert_eq!(septets("Dr. Núñez"), None);
        assert_eq!(septets("¿Qué? ñ ü [1]"), Some(15));
        assert_eq!(fold("Clínica “Ángeles” – sábado ☎"), "Clinica \"Angeles\" - sabado ");
        assert_eq!(BASIC.chars().count(), 127);
    }

    #[test]
    fn a_name_gives_way_to_what_has_to_be_said() {
        let write = |clinic: &str| format!("{clinic}: {}", "x".repeat(140));
        assert_eq!(fit("Riverside Family Clinic", write), format!("Riverside Family: {}", "x".repeat(140)));
        assert_eq!(fit("Krankenhausverwaltungen", write), format!("Krankenhausverwalt: {}", "x".repeat(140)));
        let all = |clinic: &str| format!("{clinic}: {}", "x".repeat(170));
        assert_eq!(fit("Riverside", all), "x".repeat(170));
    }
}
