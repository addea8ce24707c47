//! What is typed is read as it was typed, and what nobody could read is refused in words.

use serde_json::{Value, json};

use super::*;

fn parts_of(text: &str) -> Value {
    let showable = write("At home", text).map_err(Unfit::word).expect("fit");
    serde_json::to_value(&showable.content).expect("JSON")["parts"].clone()
}

#[test]
fn paragraphs_and_simple_lists_stay_what_they_are() {
    let text = "Rest today.\nDrink water.\n\nBuy:\n- gauze\n* tape\r\n\r\n1. Wash\u{7}  your hands.\n3) Change the dressing.\n2.5 cups of water";
    let expected = json!([
        { "paragraph": ["Rest today.", "Drink water."] },
        { "paragraph": ["Buy:"] },
        { "bullets": ["gauze", "tape"] },
        { "steps": [{ "number": 1, "words": "Wash your hands." }, { "number": 3, "words": "Change the dressing." }] },
        { "paragraph": ["2.5 cups of water"] },
    ]);
    assert_eq!(parts_of(text), expected);
}

#[test]
fn letters_that_hide_or_turn_others_are_left_out() {
    assert_eq!(parts_of("Take \u{202e}02\u{202c} drops\u{200b}"), json!([{ "paragraph": ["Take 02 drops"] }]));
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let refused = |title: &str, text: &str| write(title, text).err().map(Unfit::word);
    assert_eq!(refused(" \n", "Rest."), Some("no_title"));
    assert_eq!(refused(&"á".repeat(LONGEST_TITLE + 1), "Rest."), Some("title_too_long"));
    assert_eq!(refused("At home", " \n\t\n"), Some("no_text"));
    assert_eq!(refused("At home", &"ñ".repeat(LONGEST_TEXT + 1)), Some("text_too_long"));
    assert_eq!(refused(&"á".repeat(LONGEST_TITLE), &"ñ".repeat(LONGEST_TEXT)), None);
}
