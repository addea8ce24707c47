//! Why something of a record is not shown: two closed lists of stable words, each with its sentence for the operator.

use std::collections::BTreeMap;

/// Why nothing of a file could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum FileProblem {
    #[error("The file is empty.")]
    Empty,
    #[error("The file is larger than 64 MiB. Split the bundle by patient.")]
    TooLarge,
    #[error("The file is not JSON.")]
    NotJson,
    #[error("The file is JSON, but not a FHIR bundle.")]
    NotABundle,
    #[error(
        "The bundle is of a type that does not hold a record. Transaction, batch, collection, searchset and document are read."
    )]
    OtherBundle,
    #[error("The bundle is written for another version of FHIR. R4 (4.0.1) is read.")]
    OtherVersion,
    #[error("Every entry of the bundle is broken or written for another version of FHIR.")]
    NothingReadable,
    #[error("The file could not be opened or read.")]
    Unreadable,
}

impl FileProblem {
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::NotABundle => "not_a_bundle",
            Self::OtherBundle => "other_bundle",
            Self::OtherVersion => "other_version",
            Self::NothingReadable => "nothing_readable",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Why one resource is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    Malformed,
    OtherVersion,
    NoPatient,
    NoName,
    NoNumber,
    NotExact,
    NoDate,
    OtherKind,
    OtherCategory,
    NotFinal,
    EnteredInError,
    NotAnOrder,
    NeverTaken,
    Refuted,
    NotCurrent,
    Repeated,
    NotGiven,
    NotKnown,
    NotConfirmed,
    NotDone,
    NoText,
    OtherForm,
    TooLong,
    NotAPicture,
    NoFile,
}

impl Reason {
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherVersion => "other_version",
            Self::NoPatient => "no_patient",
            Self::NoName => "no_name",
            Self::NoNumber => "no_number",
            Self::NotExact => "not_exact",
            Self::NoDate => "no_date",
            Self::OtherKind => "other_kind",
            Self::OtherCategory => "other_category",
            Self::NotFinal => "not_final",
            Self::EnteredInError => "entered_in_error",
            Self::NotAnOrder => "not_an_order",
            Self::NeverTaken => "never_taken",
            Self::Refuted => "refuted",
            Self::NotCurrent => "not_current",
            Self::Repeated => "repeated",
            Self::NotGiven => "not_given",
            Self::NotKnown => "not_known",
            Self::NotConfirmed => "not_confirmed",
            Self::NotDone => "not_done",
            Self::NoText => "no_text",
            Self::OtherForm => "other_form",
            Self::TooLong => "too_long",
            Self::NotAPicture => "not_a_picture",
            Self::NoFile => "no_file",
        }
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Self::Malformed => "not built as FHIR R4 builds it",
            Self::OtherVersion => "written for another version of FHIR",
            Self::NoPatient => "does not say which patient of this folder it belongs to",
            Self::NoName => "has no code or name",
            Self::NoNumber => "has no number to draw",
            Self::NotExact => "is a bound (such as <0.1) and not a value",
            Self::NoDate => "has no day on which it was measured",
            Self::OtherKind => "a kind of resource that is not shown",
            Self::OtherCategory => "neither a laboratory result nor a vital sign",
            Self::NotFinal => "not a final result",
            Self::EnteredInError => "entered in error",
            Self::NotAnOrder => "a plan or a draft, not an order",
            Self::NeverTaken => "cancelled, not taken, or not known to be taken",
            Self::Refuted => "refuted",
            Self::NotCurrent => "resolved or no longer active",
            Self::Repeated => "says again what another entry says",
            Self::NotGiven => "the server does not give this kind",
            Self::NotKnown => "the server does not know this kind",
            Self::NotConfirmed => "suspected, not confirmed",
            Self::NotDone => "not given to the patient",
            Self::NoText => "has no text of its own",
            Self::OtherForm => "has its text in a form that is not shown",
            Self::TooLong => "has a text too long for a phone",
            Self::NotAPicture => "a document that is neither a picture nor a PDF",
            Self::NoFile => "has its file at another address",
        }
    }

    /// Whether the clinician might miss it: it could not be read, rather than being left out by rule.
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::Malformed
                | Self::OtherVersion
                | Self::NoPatient
                | Self::NoName
                | Self::NoNumber
                | Self::NotExact
                | Self::NoDate
                | Self::NotGiven
                | Self::OtherForm
                | Self::TooLong
                | Self::NoFile
        )
    }
}

/// The kind of a resource that was skipped. Other types are named as the file names them, if that looks like a type at all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind(String);

impl Kind {
    pub fn new(resource_type: Option<&str>) -> Self {
        let is_type = |text: &&str| (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
        Self(resource_type.filter(is_type).unwrap_or("(no type)").to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many of each kind were skipped for which reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<(Reason, Kind), usize>);

impl Skipped {
    pub fn add(&mut self, resource_type: &str, reason: Reason) {
        self.add_kind(Kind::new(Some(resource_type)), reason);
    }

    pub fn add_kind(&mut self, kind: Kind, reason: Reason) {
        *self.0.entry((reason, kind)).or_default() += 1;
    }

    pub fn add_all(&mut self, other: &Self) {
        for ((reason, kind), count) in &other.0 {
            *self.0.entry((*reason, kind.clone())).or_default() += count;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (Reason, &str, usize)> {
        self.0.iter().map(|((reason, kind), count)| (*reason, kind.as_str(), *count))
    }

    /// How many the clinician might miss.
    pub fn losses(&self) -> usize {
        self.iter().filter(|(reason, ..)| reason.is_loss()).map(|(.., count)| count).sum()
    }

    /// How many of these kinds could not be read; what has no readable type might be any kind.
    pub fn losses_of(&self, kinds: &[&str]) -> usize {
        let concerns = |kind: &str| kinds.contains(&kind) || kind == "(no type)";
        self.iter().filter(|(reason, kind, _)| reason.is_loss() && concerns(kind)).map(|(.., count)| count).sum()
    }
}
