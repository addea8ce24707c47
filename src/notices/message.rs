//! What can be told, and how it reads: texts and mail come from the catalogue (`notices.ftl`) in the person's language. Pure.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::telephone;
use crate::base::clock::Moment;
use crate::base::language::Language;
use crate::base::private::{Personal, Secret};
use crate::facilities::Facility;

/// How it reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = NoticeChannel)]
pub enum Channel {
    Text,
    Mail,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Text, Self::Mail];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Mail => "mail",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// Each with what its words need besides the clinic's name and phone number.
#[derive(Clone, Debug)]
pub enum Message {
    Booked {
        starts_at: Moment,
        link: Secret,
    },
    /// A new link in place of the older ones.
    Link {
        starts_at: Moment,
        link: Secret,
    },
    Moved {
        starts_at: Moment,
    },
    Cancelled {
        starts_at: Moment,
    },
    Late {
        minutes: u32,
    },
    /// The delay was taken back.
    OnTime {
        starts_at: Moment,
    },
    /// How to get ready, step by step.
    Steps,
    /// A technician has time for the person now.
    CallBack,
    /// A technician waits in a test call.
    TestCall,
    /// The person is let in, as they asked to be told.
    Turn,
}

impl Message {
    /// As stored, and as part of the names in the catalogue.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Booked { .. } => "booked",
            Self::Link { .. } => "link",
            Self::Moved { .. } => "moved",
            Self::Cancelled { .. } => "cancelled",
            Self::Late { .. } => "late",
            Self::OnTime { .. } => "on-time",
            Self::Steps => "steps",
            Self::CallBack => "call-back",
            Self::TestCall => "test-call",
            Self::Turn => "turn",
        }
    }

    fn starts_at(&self) -> Option<Moment> {
        match self {
            Self::Booked { starts_at, .. }
            | Self::Link { starts_at, .. }
            | Self::Moved { starts_at }
            | Self::Cancelled { starts_at }
            | Self::OnTime { starts_at } => Some(*starts_at),
            Self::Late { .. } | Self::Steps | Self::CallBack | Self::TestCall | Self::Turn => None,
        }
    }

    fn link(&self) -> Option<&Secret> {
        match self {
            Self::Booked { link, .. } | Self::Link { link, .. } => Some(link),
            _ => None,
        }
    }

    fn minutes(&self) -> String {
        if let Self::Late { minutes } = self { minutes.to_string() } else { String::new() }
    }
}

/// A whole text or mail as it goes out. It has no Debug: it may hold a join link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: Personal<String>,
    /// Of a mail.
    pub subject: String,
    pub words: String,
}

impl Letter {
    pub fn write(channel: Channel, to: Personal<String>, message: &Message, facility: &Facility, language: Language) -> Self {
        let when = message.starts_at().map(|at| when(at, &facility.zone(), language)).unwrap_or_default();
        let (link, minutes) = (message.link().map_or("", Secret::reveal), message.minutes());
        let say = |part: &str, clinic: &str| {
            let values = [("clinic", clinic), ("phone", &facility.phone), ("when", &when), ("link", link), ("minutes", &minutes)];
            language.say_with(&format!("notice-{}-{part}", message.word()), &values)
        };
        match channel {
            Channel::Text => {
                Self { to, subject: String::new(), words: telephone::fit(&facility.name, |clinic| say("text", clinic)) }
            }
            Channel::Mail => Self { to, subject: say("subject", ""), words: say("mail", &facility.name) },
        }
    }
}

/// "Tue Nov 24, 2:30 pm EST" on the clinic's wall.
fn when(at: Moment, zone: &TimeZone, language: Language) -> String {
    let Ok(at) = jiff::Timestamp::from_millisecond(at.0) else { return String::new() };
    let wall = at.to_zoned(zone.clone());
    let weekday = language.say(&format!("notice-weekday-{}", wall.weekday().to_monday_one_offset()));
    let month = language.say(&format!("notice-month-{}", wall.month()));
    let clock = format!("{}:{:02} {}", (wall.hour() + 11) % 12 + 1, wall.minute(), if wall.hour() < 12 { "am" } else { "pm" });
    let (day, zone) = (wall.day().to_string(), wall.strftime("%Z").to_string());
    let values = [("weekday", weekday.as_str()), ("month", &month), ("day", &day), ("time", &clock), ("zone", &zone)];
    language.say_with("notice-when", &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::FacilityId;

    /// Saturday, 26 December 2026, 12:30 pm in Los Angeles: as wide as a day gets, and a word with an accent in Spanish.
    const SATURDAY: Moment = Moment(1_798_317_000_000);

    fn every_message() -> Vec<Message> {
        let link = || Secret::new(format!("https://visits.riverside-clinic.example.org/j/{}#{}", "a".repeat(16), "_".repeat(22)));
        let starts_at = SATURDAY;
        vec![
            Message::Booked { starts_at, link: link() },
            Message::Link { starts_at, link: link() },
            Message::Moved { starts_at },
            Message::Cancelled { starts_at },
            Message::Late { minutes: 240 },
            Message::OnTime { starts_at },
            Message::Steps,
            Message::CallBack,
            Message::TestCall,
            Message::Turn,
        ]
    }

    fn clinic(name: &str, phone: &str) -> Facility {
        let bare = Facility::new(FacilityId("f".into()), "north").expect("a slug");
        Facility { name: name.into(), phone: phone.into(), time_zone: "America/Los_Angeles".into(), ..bare }
    }

    fn text(message: &Message, facility: &Facility, language: Language) -> String {
        Letter::write(Channel::Text, Personal("555".into()), message, facility, language).words
    }

    #[test]
    fn every_text_is_one_message_of_the_telephone_in_each_language() {
        let longest = "Clínica Comunitaria de Nuestra Señora de los Ángeles y San Bernardino, Servicio de Medicina Familiar y Pediatría – Norte";
        for facility in [clinic(longest, "+1 (555) 010-0123"), clinic("Riverside Clinic", "555-0100"), clinic("X", "555-0100")] {
            for (message, language) in
                every_message().iter().flat_map(|message| Language::ALL.map(|language| (message, language)))
            {
                let words = text(message, &facility, language);
                let length = telephone::septets(&words).unwrap_or_else(|| panic!("not GSM-7: {words}"));
                assert!(length <= telephone::LONGEST, "{length}: {words}");
                assert!(words.contains(&facility.phone), "{words}");
                assert!(!words.contains('{') && !words.contains("notice-"), "a value or a word is missing: {words}");
                assert!(message.link().is_none_or(|link| words.contains(link.reveal())), "{words}");
                let first: String = telephone::fold(&facility.name).chars().take(3).collect();
                assert!(words.starts_with(&first), "whose text it is: {words}");
            }
        }
    }

    #[test]
    fn a_text_reads_as_a_person_would_write_it() {
        let facility = clinic("Riverside Clinic", "555-0100");
        assert_eq!(
            text(&Message::Moved { starts_at: SATURDAY }, &facility, Language::En),
            "Riverside Clinic: your video visit has a new time, Sat Dec 26, 12:30 pm PST. Your link stays the same. Questions? Call 555-0100"
        );
        let spanish = text(&Message::Cancelled { starts_at: SATURDAY }, &facility, Language::Es);
        assert_eq!(
            spanish,
            "Riverside Clinic: se cancela su videoconsulta del sab 26 dic, 12:30 pm PST. ¿Preguntas? Llame al 555-0100"
        );
    }

    #[test]
    fn every_mail_is_whole_and_keeps_its_letters() {
        let facility = clinic("Clínica del Río", "555-0100");
        for (message, language) in every_message().iter().flat_map(|message| Language::ALL.map(|language| (message, language))) {
            let mail = Letter::write(Channel::Mail, Personal("a@b.example".into()), message, &facility, language);
            assert!(mail.words.contains("Clínica del Río") && mail.words.contains("555-0100"), "{}", mail.words);
            assert!(
                !mail.subject.is_empty() && !mail.subject.contains("notice-") && !mail.words.contains("{ "),
                "{}",
                mail.subject
            );
        }
    }
}
