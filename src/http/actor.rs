//! The signed-in staff member of a request, put there by the door of `identity`.

use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::base::ids::{FacilityId, SessionId, StaffId};

/// What a staff member does at the facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum StaffRole {
    Clinician,
    Support,
    Admin,
}

impl StaffRole {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clinician => "clinician",
            Self::Support => "support",
            Self::Admin => "admin",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Clinician, Self::Support, Self::Admin].into_iter().find(|role| role.word() == word)
    }
}

/// Handlers of routes for staff take this; the policy table has already let the role through.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffActor {
    pub staff: StaffId,
    pub role: StaffRole,
    pub facility: FacilityId,
    pub name: String,
    /// This browser's sign-in.
    pub session: SessionId,
}

impl StaffActor {
    /// How a visit went is for its clinician and for administrators; for others it is not there.
    pub fn may_look_back(&self, clinician: &StaffId) -> Result<(), Problem> {
        if self.role == StaffRole::Admin || self.staff == *clinician { Ok(()) } else { Err(Problem::not_found()) }
    }
}

impl fmt::Debug for StaffActor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffActor").field("staff", &self.staff).field("role", &self.role).finish_non_exhaustive()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for StaffActor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Absent only where the policy table lets in others than staff: then nobody gets in.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::not_found)
    }
}
