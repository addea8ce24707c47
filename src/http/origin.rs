//! Does a request come from our own pages? Browsers name the page's origin; a form or script elsewhere cannot forge it.

use axum::http::{HeaderMap, Uri, header};

/// The origin of our pages, as a browser writes it: scheme and host, the port only where it is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// `None` when the URL has no scheme or host: then no origin is ever right.
    pub fn of_url(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let host = uri.host()?.to_ascii_lowercase();
        let usual = if scheme == "https" { 443 } else { 80 };
        match uri.port_u16().filter(|port| *port != usual) {
            Some(port) => Some(Self(format!("{scheme}://{host}:{port}"))),
            None => Some(Self(format!("{scheme}://{host}"))),
        }
    }

    /// Exactly one `Origin` header, equal byte for byte.
    pub fn is_of(&self, headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(header::ORIGIN).iter();
        lines.next().is_some_and(|line| line.as_bytes() == self.0.as_bytes()) && lines.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn from(origins: &[&'static str]) -> HeaderMap {
        origins.iter().map(|origin| (header::ORIGIN, HeaderValue::from_static(origin))).collect()
    }

    #[test]
    fn paths_and_usual_ports_are_not_part_of_an_origin() {
        for url in ["https://Video.Clinic.example/", "https://video.clinic.example:443", "https://video.clinic.example"] {
            assert_eq!(Origin::of_url(url), Some(Origin("https://video.clinic.example".into())), "{url}");
        }
        assert_eq!(Origin::of_url("https://localhost:8443/x"), Some(Origin("https://localhost:8443".into())));
        assert_eq!(Origin::of_url("/only/a/path"), None);
    }

    #[test]
    fn only_our_own_pages() {
        let ours = Origin::of_url("https://clinic.example").expect("an origin");
        assert!(ours.is_of(&from(&["https://clinic.example"])));
        for wrong in [
            &[][..],
            &["null"],
            &[""],
            &["http://clinic.example"],
            &["https://clinic.example:8443"],
            &["https://clinic.example.evil.example"],
            &["https://evil-clinic.example"],
            &["https://clinic.example/"],
            &["https://CLINIC.example"],
            &["https://clinic.example", "https://evil.example"],
            &["https://clinic.example", "https://clinic.example"],
        ] {
            assert!(!ours.is_of(&from(wrong)), "{wrong:?}");
        }
    }
}
