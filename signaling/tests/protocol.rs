//! docs/PROTOCOL.md says what the code says: every message, every word with its sentence, every closing code.

use serde_json::Value;
use signaling::message::{CloseWord, RefusalWord};

const DOCUMENT: &str = include_str!("../../docs/PROTOCOL.md");

#[test]
fn every_refusal_stands_there_with_its_sentence() {
    for word in RefusalWord::ALL {
        let row = format!("| `{}` | {} |", word.word(), word.sentence());
        assert!(DOCUMENT.contains(&row), "missing: {row}");
    }
}

#[test]
fn every_closing_word_stands_there_with_its_code_and_sentence() {
    for word in CloseWord::ALL {
        let row = format!("| {} | `{}` | {} |", word.code(), word.word(), word.sentence());
        assert!(DOCUMENT.contains(&row), "missing: {row}");
    }
}

#[test]
fn every_message_is_spoken_of() {
    for golden in [include_str!("../golden/client.json"), include_str!("../golden/server.json")] {
        for message in serde_json::from_str::<Vec<Value>>(golden).unwrap() {
            let named = format!("`{}`", message["type"].as_str().unwrap());
            assert!(DOCUMENT.contains(&named), "missing: {named}");
        }
    }
}
