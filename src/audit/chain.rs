//! The chain: each entry's hash covers all of its fields and the hash before, so an edit, a cut or a swap shows.

use ring::digest::{SHA256, digest};

use crate::base::clock::Moment;

/// An entry as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub seq: i64,
    pub at: Moment,
    pub actor: String,
    pub action: String,
    pub facility: Option<String>,
    pub visit: Option<String>,
    pub seat: Option<String>,
    /// The JSON text, byte for byte.
    pub detail: String,
    pub previous: String,
    pub hash: String,
}

impl Link {
    /// SHA-256 of the canonical text: each field as its length, a colon and its bytes, or `-` where it is absent, one a line.
    pub fn expected_hash(&self) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.0.to_string());
        let fields = [
            Some("housecall audit 1"),
            Some(&self.previous),
            Some(&seq),
            Some(&at),
            Some(&self.actor),
            Some(&self.action),
            self.facility.as_deref(),
            self.visit.as_deref(),
            self.seat.as_deref(),
            Some(&self.detail),
        ];
        let text: String = fields.map(canonical).concat();
        data_encoding::HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
    }
}

fn canonical(field: Option<&str>) -> String {
    field.map_or_else(|| "-\n".to_owned(), |text| format!("{}:{text}\n", text.len()))
}

/// The number and hash of the newest entry, as known from somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// What is wrong with a chain, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("entry {found} stands where entry {expected} should be: entries were cut or put in another order")]
    Missing { expected: i64, found: i64 },
    #[error("entry {0} does not follow the entry before it: entries were cut, edited or put in another order")]
    NotChained(i64),
    #[error("entry {0} was edited")]
    Edited(i64),
    #[error("the newest entry is {found}, but {expected} were written: the end was cut")]
    CutAtEnd { expected: i64, found: i64 },
}

/// Walks a chain from its first entry; feed it in order, then `finish` with the head.
#[derive(Debug, Default)]
pub struct Walk(Head);

impl Walk {
    pub fn step(&mut self, link: &Link) -> Result<(), Broken> {
        let expected = self.0.seq + 1;
        if link.seq != expected {
            return Err(Broken::Missing { expected, found: link.seq });
        }
        if link.previous != self.0.hash {
            return Err(Broken::NotChained(link.seq));
        }
        if link.hash != link.expected_hash() {
            return Err(Broken::Edited(link.seq));
        }
        self.0 = Head { seq: link.seq, hash: link.hash.clone() };
        Ok(())
    }

    pub fn finish(self, head: &Head) -> Result<Head, Broken> {
        if self.0 == *head { Ok(self.0) } else { Err(Broken::CutAtEnd { expected: head.seq, found: self.0.seq }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> (Vec<Link>, Head) {
        let mut head = Head::default();
        let mut links = Vec::new();
        for seq in 1..=length {
            let mut link = Link {
                seq,
                at: Moment(seq * 1000),
                actor: "gateway".into(),
                action: "visit.booked".into(),
                facility: None,
                visit: Some("v1".into()),
                seat: None,
                detail: "{}".into(),
                previous: head.hash,
                hash: String::new(),
            };
            link.hash = link.expected_hash();
            head = Head { seq, hash: link.hash.clone() };
            links.push(link);
        }
        (links, head)
    }

    fn verify(links: &[Link], head: &Head) -> Result<Head, Broken> {
        let mut walk = Walk::default();
        links.iter().try_for_each(|link| walk.step(link))?;
        walk.finish(head)
    }

    #[test]
    fn an_untouched_chain_is_whole() {
        let (links, head) = chain(5);
        assert_eq!(verify(&links, &head), Ok(head));
    }

    #[test]
    fn an_edit_of_any_field_shows() {
        let edits: [fn(&mut Link); 7] = [
            |link| link.at = Moment(1),
            |link| link.actor = "operator".into(),
            |link| link.action = "visit.moved".into(),
            |link| link.facility = Some("f".into()),
            |link| link.visit = None,
            |link| link.seat = Some(String::new()),
            |link| link.detail = "{ }".into(),
        ];
        for edit in edits {
            let (mut links, head) = chain(5);
            edit(&mut links[2]);
            assert_eq!(verify(&links, &head), Err(Broken::Edited(3)));
            // An edit with its hash made anew breaks the link after it.
            links[2].hash = links[2].expected_hash();
            assert_eq!(verify(&links, &head), Err(Broken::NotChained(4)));
        }
    }

    #[test]
    fn cuts_and_swaps_show() {
        let (links, head) = chain(5);
        assert_eq!(verify(&links[1..], &head), Err(Broken::Missing { expected: 1, found: 2 }));
        assert_eq!(verify(&links[..4], &head), Err(Broken::CutAtEnd { expected: 5, found: 4 }));
        let mut cut = links.clone();
        cut.remove(2);
        assert_eq!(verify(&cut, &head), Err(Broken::Missing { expected: 3, found: 4 }));
        let mut swapped = links;
        swapped.swap(1, 2);
        (swapped[1].seq, swapped[2].seq) = (2, 3);
        assert_eq!(verify(&swapped, &head), Err(Broken::NotChained(2)));
    }

    #[test]
    fn a_field_cannot_flow_into_the_next() {
        let (links, _) = chain(1);
        let one = Link { actor: "a".into(), action: "bc".into(), ..links[0].clone() };
        let other = Link { actor: "ab".into(), action: "c".into(), ..links[0].clone() };
        assert_ne!(one.expected_hash(), other.expected_hash());
    }
}
