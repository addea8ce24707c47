//! Why a picture or a document of the record cannot be shown: a closed list of stable words, each with its sentence.

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("This document is neither a JPEG or PNG picture nor a PDF. It cannot be shown.")]
    NotAPicture,
    #[error("This picture or document is damaged or not whole. It cannot be shown.")]
    Broken,
    #[error("This PDF is locked with a password. It cannot be shown.")]
    Locked,
    #[error("This PDF has more than 20 pages. A shorter one can be shown.")]
    TooManyPages,
    #[error("This picture has more than 50 million points. A smaller one can be shown.")]
    TooManyPixels,
    #[error("This document is larger than 24 MB. A smaller one can be shown.")]
    FileTooLarge,
    #[error("The pages of this document are too large together for the patient's phone. A shorter one can be shown.")]
    TooMuch,
    #[error("Turning this document into pictures takes more time or memory than there is. It cannot be shown.")]
    TooHeavy,
    #[error("The record system does not give this document right now. Try again in a moment.")]
    Away,
}

impl Trouble {
    pub const ALL: [Self; 9] = [
        Self::NotAPicture,
        Self::Broken,
        Self::Locked,
        Self::TooManyPages,
        Self::TooManyPixels,
        Self::FileTooLarge,
        Self::TooMuch,
        Self::TooHeavy,
        Self::Away,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::NotAPicture => "not_a_picture",
            Self::Broken => "document_broken",
            Self::Locked => "document_locked",
            Self::TooManyPages => "too_many_pages",
            Self::TooManyPixels => "too_many_pixels",
            Self::FileTooLarge => "document_too_large",
            Self::TooMuch => "snippet_too_large",
            Self::TooHeavy => "document_too_heavy",
            Self::Away => "document_away",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}
