//! Help requests: a patient, a failed check or staff asks a technician to look at a visit before it begins. Who asks and what
//! the patient is told stands here; what technicians do with requests is `support`'s.

pub mod store;
pub mod wait;

use serde::Serialize;

use super::words::{Outcome, words};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::base::private::Personal;

words! {
    HelpState {
        Asked => "asked",
        /// A technician has it.
        Claimed => "claimed",
        /// The technician and the patient are in a test call, or about to be.
        Testing => "testing",
        Done => "done",
        /// The patient got in without, or said never mind.
        Withdrawn => "withdrawn",
    }
}

impl HelpState {
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Claimed | Self::Testing)
    }
}

words! {
    AskedBy { Patient => "patient", Check => "check", Staff => "staff", Technician => "technician" }
}

words! {
    /// Where in their page somebody was when they asked.
    HelpScreen {
        Landing => "landing",
        WhoAreYou => "who_are_you",
        BeforeYouStart => "before_you_start",
        Devices => "devices",
        Check => "check",
        Waiting => "waiting",
    }
}

/// A request to be written down.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub facility: FacilityId,
    pub visit: VisitId,
    pub asked_by: AskedBy,
    pub screen: Option<HelpScreen>,
    /// The verdict's word.
    pub cause: Option<String>,
}

/// A request as the lists know it.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: String,
    pub visit: VisitId,
    pub state: HelpState,
    pub asked_by: AskedBy,
    pub screen: Option<HelpScreen>,
    pub cause: Option<String>,
    pub asked_at: Moment,
    pub holder: Option<Holder>,
    pub texted_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub outcome: Option<Outcome>,
    pub note: Option<Personal<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub staff: StaffId,
    pub name: String,
    /// Signed in, with the desk's window open.
    pub at_desk: bool,
}

/// What the person who asked is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HelpPlace {
    pub state: HelpState,
    /// The technician who has it; only to a patient who has said who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helper: Option<String>,
    /// Others whose request is older and has nobody yet.
    pub ahead: u32,
    /// Whether any technician is at the desk now.
    pub at_desk: bool,
    /// Absent where nothing honest can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about_minutes: Option<u32>,
    /// The clinic knows a number for texts.
    pub can_be_texted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}
