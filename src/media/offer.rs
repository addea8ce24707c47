//! A page's offer (SDP) before the WebRTC crate sees it: whether it is one, and what of it counts.
//!
//! The addresses in it are left out. The agent answers where a STUN check came from and calls nobody by itself, so an offer cannot
//! make it knock at a third party.

/// Chromium's offer with one sound, one picture and data channels has about 7 KB.
const LONGEST: usize = 32 * 1024;
/// Sound, picture, data; one of each, and room for a browser that offers a spare.
const MOST_SECTIONS: usize = 4;
const NEEDED: [&str; 4] = ["v=0", "a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("it is longer than {LONGEST} bytes")]
    TooLong,
    #[error("it is not a session description with media")]
    NotAnOffer,
    #[error("it has more than {MOST_SECTIONS} media sections")]
    TooMuch,
    #[error("it could not be understood")]
    NotUnderstood,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    Vp8,
    H264,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) sdp: String,
    /// The one that the page puts first, of those we can send back.
    pub(super) picture: Picture,
}

impl Offer {
    pub(super) fn read(text: &str) -> Result<Self, Unfit> {
        if text.len() > LONGEST {
            return Err(Unfit::TooLong);
        }
        let has = |start: &&str| text.lines().any(|line| line.starts_with(*start));
        let sections = text.lines().filter(|line| line.starts_with("m=")).count();
        if !NEEDED.iter().all(has) || sections == 0 {
            return Err(Unfit::NotAnOffer);
        }
        if sections > MOST_SECTIONS {
            return Err(Unfit::TooMuch);
        }
        let kept = text.lines().filter(|line| !line.starts_with("a=candidate:") && !line.starts_with("a=end-of-candidates"));
        let sdp = kept.flat_map(|line| [line, "\r\n"]).collect();
        Ok(Self { sdp, picture: first_picture(text) })
    }
}

fn first_picture(text: &str) -> Picture {
    let order = text.lines().find_map(|line| line.strip_prefix("m=video ")).unwrap_or_default();
    let names = |number: &str| {
        let start = format!("a=rtpmap:{number} ");
        text.lines().find_map(|line| line.strip_prefix(&start).and_then(|name| name.split('/').next()))
    };
    let known = order.split(' ').skip(2).filter_map(names).find_map(|name| match name.to_ascii_uppercase().as_str() {
        "VP8" => Some(Picture::Vp8),
        "H264" => Some(Picture::H264),
        _ => None,
    });
    known.unwrap_or(Picture::Vp8)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str = "v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789\r\na=fingerprint:sha-256 AA\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 98 102 96\r\na=candidate:1 1 udp 1 192.0.2.9 5000 typ host\r\na=end-of-candidates\r\n\
        a=rtpmap:96 VP8/90000\r\na=rtpmap:98 VP9/90000\r\na=rtpmap:102 H264/90000\r\n";

    #[test]
    fn no_address_of_an_offer_is_kept() {
        let offer = Offer::read(OFFER).expect("an offer");
        assert!(!offer.sdp.contains("192.0.2.9") && !offer.sdp.contains("candidate"), "{}", offer.sdp);
        assert_eq!(offer.sdp.lines().count(), OFFER.lines().count() - 2);
    }

    #[test]
    fn the_pages_order_of_pictures_counts() {
        assert_eq!(Offer::read(OFFER).expect("an offer").picture, Picture::H264);
        let other = OFFER.replace("98 102 96", "98 96 102");
        assert_eq!(Offer::read(&other).expect("an offer").picture, Picture::Vp8);
    }

    #[test]
    fn what_is_no_offer_is_refused() {
        assert_eq!(Offer::read(""), Err(Unfit::NotAnOffer));
        assert_eq!(Offer::read("GET / HTTP/1.1"), Err(Unfit::NotAnOffer));
        assert_eq!(Offer::read(&OFFER.replace("m=", "x=")), Err(Unfit::NotAnOffer));
        assert_eq!(Offer::read(&OFFER.repeat(5)), Err(Unfit::TooMuch));
        assert_eq!(Offer::read(&OFFER.repeat(200)), Err(Unfit::TooLong));
    }
}
