//! The languages a snippet can be written in, and a phrase in each of them.

pub use crate::base::language::Language;

/// The same thing said in English and in Spanish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub en: &'static str,
    pub es: &'static str,
}

pub const fn words(en: &'static str, es: &'static str) -> Words {
    Words { en, es }
}

impl Words {
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Es => self.es,
        }
    }
}
