//! The catalogue of words, English and Spanish: the same Fluent files that the pages speak from.

use std::sync::LazyLock;

use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;

pub use crate::base::language::Language;

#[derive(RustEmbed)]
#[folder = "web/locales"]
struct Locales;

/// What the gateway itself says.
const OURS: [&str; 3] = ["common", "server", "notices"];

static SPOKEN: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Language::ALL.map(bundle));

impl Language {
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Es,
            Self::Es => Self::En,
        }
    }

    /// The language asked for by name, else the first of Accept-Language that we speak, else English.
    pub fn choose(named: Option<&str>, headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // Browsers write their languages in order of preference.
        named.and_then(Self::from_tag).or_else(|| accepted.split(',').find_map(Self::from_tag)).unwrap_or(Self::En)
    }

    fn from_tag(tag: &str) -> Option<Self> {
        Self::parse(&tag.trim().get(..2)?.to_ascii_lowercase())
    }

    /// The sentence of this name.
    pub fn say(self, name: &str) -> String {
        self.say_with(name, &[])
    }

    /// The sentence of this name with its values put in. A sentence that is missing shows its name; a test finds it first.
    pub fn say_with(self, name: &str, values: &[(&str, &str)]) -> String {
        let bundle = &SPOKEN[self as usize];
        let Some(pattern) = bundle.get_message(name).and_then(|message| message.value()) else {
            return name.to_owned();
        };
        let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, *value)).collect();
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

/// Whole Fluent files one after the other, for a page that speaks by itself.
pub fn catalogue(language: Language, files: &[&str]) -> String {
    let texts = files.iter().filter_map(|file| Locales::get(&format!("{}/{file}.ftl", language.code())));
    texts.map(|file| String::from_utf8_lossy(&file.data).into_owned()).collect::<Vec<_>>().join("\n")
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let name = language.code().parse().expect("a language of ours has a well-formed code");
    let mut bundle = FluentBundle::new_concurrent(vec![name]);
    // The marks that keep scripts of two directions apart would end up in HTML.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(catalogue(language, &OURS)).unwrap_or_else(|(whole_lines, errors)| {
        tracing::error!(language = language.code(), errors = errors.len(), "lines of the catalogue are not Fluent");
        whole_lines
    });
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn prefers(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text))])
    }

    #[test]
    fn a_person_reads_the_language_they_chose_or_their_phone_prefers() {
        assert_eq!(Language::choose(None, &prefers("fr-FR, es-MX;q=0.9, en;q=0.8")), Language::Es);
        assert_eq!(Language::choose(Some("en"), &prefers("es-MX")), Language::En);
        assert_eq!(Language::choose(Some("tlh"), &prefers("es")), Language::Es);
        assert_eq!(Language::choose(None, &HeaderMap::new()), Language::En);
    }

    #[test]
    fn values_stand_in_the_sentence_bare() {
        assert_eq!(Language::En.say_with("call-clinic", &[("phone", "555-0100")]), "Call 555-0100");
        assert_ne!(Language::Es.say("your-video-visit"), Language::En.say("your-video-visit"));
    }

    /// The words' own check (web/scripts/words.mjs) reads every file; this one holds that the gateway can speak them.
    #[test]
    fn every_file_is_fluent_in_both_languages() {
        for file in Locales::iter() {
            let text = Locales::get(&file).expect("listed").data.into_owned();
            let text = String::from_utf8(text).expect("UTF-8");
            assert!(FluentResource::try_new(text).is_ok(), "{file}");
            let twin =
                if let Some(rest) = file.strip_prefix("en/") { format!("es/{rest}") } else { file.replacen("es/", "en/", 1) };
            assert!(Locales::get(&twin).is_some(), "{twin} is missing");
        }
    }
}
