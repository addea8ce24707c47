//! Why there is nothing to show of a patient's record, in the clinician's words.

use serde::Serialize;

use super::source::SourceError;
use super::words::{Language, Words, words};

/// Why there is nothing to show of this patient.
#[derive(Clone, Copy)]
pub(super) enum Missing {
    NoRecordLinked,
    NotInSource,
    /// The record is of somebody with another date of birth: the wrong one is linked.
    OtherBirthDate,
    Source(SourceError),
}

#[derive(Clone, Serialize, utoipa::ToSchema)]
pub(super) struct Note {
    pub(super) word: &'static str,
    pub(super) sentence: &'static str,
}

impl Missing {
    pub(super) fn note(self, language: Language) -> Note {
        let (word, sentence) = self.said();
        Note { word, sentence: sentence.in_language(language) }
    }

    fn said(self) -> (&'static str, Words) {
        match self {
            Self::NoRecordLinked => (
                "no_record_linked",
                words("No record is linked to this patient.", "Este paciente no tiene un expediente vinculado."),
            ),
            Self::NotInSource => (
                "record_not_found",
                words(
                    "The record linked to this patient was not found. Ask an administrator to check the record number.",
                    "No se encontró el expediente vinculado a este paciente. Pida a un administrador que revise el número.",
                ),
            ),
            Self::OtherBirthDate | Self::Source(SourceError::TwoPeople) => (
                "record_of_another",
                words(
                    "The linked record has another date of birth, so it is not shown. Ask an administrator to check the record number.",
                    "El expediente vinculado tiene otra fecha de nacimiento y no se muestra. Pida a un administrador que revise el número.",
                ),
            ),
            Self::Source(SourceError::NotSetUp) => (
                "no_record_source",
                words(
                    "This clinic has not connected a record source.",
                    "Esta clínica no ha conectado una fuente de expedientes.",
                ),
            ),
            Self::Source(SourceError::Refused) => (
                "record_refused",
                words(
                    "The record system does not let this clinic in. The visit goes on without the record. Tell an administrator.",
                    "El sistema de expedientes no deja entrar a esta clínica. La visita sigue sin el expediente. Avise a un administrador.",
                ),
            ),
            Self::Source(SourceError::TooLarge) => (
                "record_too_large",
                words(
                    "The record is too large to be read during a visit. The visit goes on without it.",
                    "El expediente es demasiado grande para leerlo durante una visita. La visita sigue sin él.",
                ),
            ),
            Self::Source(SourceError::TooSlow | SourceError::Busy | SourceError::Unreadable) => (
                "record_unavailable",
                words(
                    "The record cannot be read right now. The visit goes on without it. Try again in a moment.",
                    "El expediente no se puede leer en este momento. La visita sigue sin él. Intente de nuevo en un momento.",
                ),
            ),
        }
    }
}
