//! One equipment test on a sheet of paper: what was found, and which ways to this gateway answered, for whoever keeps a firewall.

pub mod routes;
mod ways;

use serde::Serialize;

use super::checks::Check;
use crate::base::clock::Moment;
use crate::base::ids::EquipmentTestId;
use crate::base::private::Personal;
use crate::visits::readiness::Device;
use crate::visits::words::{Mode, SeatRole};
pub use ways::Way;

/// As far as it has come.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = EquipmentTest)]
pub struct Test {
    pub id: EquipmentTestId,
    pub started_at: Moment,
    /// Absent while the test runs, or where it was broken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    pub checks: Vec<Check>,
}

/// A test as staff read it. Nothing clinical; the name is there so that two sheets are not mixed up.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TestReport {
    #[serde(flatten)]
    pub test: Test,
    pub facility: String,
    pub time_zone: String,
    #[schema(value_type = String)]
    pub name: Personal<String>,
    pub role: SeatRole,
    /// When the visit that the test was for starts.
    pub visit_starts_at: Moment,
    pub ways: Vec<Way>,
}
