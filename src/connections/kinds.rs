//! Phones and browsers by the few words that are counted. What a page says of itself is text of its own; here it is one of a list. Pure.

/// Of a device's system, as the equipment test reports it.
pub(super) fn phone(system: &str) -> &'static str {
    first_of(
        system,
        &[
            ("ipad", "iphone"),
            ("iphone", "iphone"),
            ("ios", "iphone"),
            ("android", "android"),
            ("windows", "windows"),
            ("mac", "mac"),
            ("chrome", "chromebook"),
            ("linux", "linux"),
        ],
    )
}

pub(super) fn browser(name: &str) -> &'static str {
    first_of(name, &[("samsung", "samsung"), ("edge", "edge"), ("firefox", "firefox"), ("chrom", "chrome"), ("safari", "safari")])
}

fn first_of(said: &str, kinds: &[(&str, &'static str)]) -> &'static str {
    let said = said.to_lowercase();
    kinds.iter().find(|(part, _)| said.contains(part)).map_or("other", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_say_is_one_of_a_few_kinds() {
        assert_eq!(
            ["iOS", "iPadOS", "Android", "Windows", "macOS", "Chrome OS", "Haiku", ""].map(phone),
            ["iphone", "iphone", "android", "windows", "mac", "chromebook", "other", "other"]
        );
        assert_eq!(
            ["Mobile Safari", "Chrome", "Chromium", "Microsoft Edge", "Samsung Internet", "x"].map(browser),
            ["safari", "chrome", "chrome", "edge", "samsung", "other"]
        );
    }
}
