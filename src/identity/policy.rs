//! The one table of who may ask for what. A route without a row is refused, and a test demands one row for every route.
//!
//! A row opens the door of a route; whether this visit or this seat is yours is for the handler's query to decide.

use axum::http::Method;

use crate::http::actor::StaffRole::{self, Admin, Clinician, Support};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Pages before anybody is known, and what is opened by a secret in the body.
    Anyone,
    /// A browser with the device cookie; the handler asks whether it holds the seat.
    Device,
    /// Signed-in staff with one of these roles.
    Staff(&'static [StaffRole]),
}

impl Who {
    pub fn includes(self, role: StaffRole) -> bool {
        matches!(self, Self::Staff(roles) if roles.contains(&role))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub who: Who,
    /// Guesses of a link's secret are counted.
    pub guesses: bool,
    /// Pages ask this by themselves: it does not keep a signed-in person from being idle.
    pub unattended: bool,
}

const ALL: Who = Who::Staff(&[Clinician, Support, Admin]);
const SCHEDULE: Who = Who::Staff(&[Clinician, Admin]);
const CLINICIAN: Who = Who::Staff(&[Clinician]);
const SUPPORT: Who = Who::Staff(&[Support, Admin]);
const ADMIN: Who = Who::Staff(&[Admin]);

macro_rules! api {
    ($path:literal) => {
        concat!("/api/v1", $path)
    };
}

pub const TABLE: &[Row] = &[
    // Staff
    row("POST", api!("/staff/sign-in"), Who::Anyone),
    row("POST", api!("/staff/sign-out"), ALL),
    row("POST", api!("/staff/sign-out-everywhere"), ALL),
    row("GET", api!("/staff/me"), ALL).unattended(),
    row("GET", api!("/staff"), ALL),
    row("GET", api!("/facility"), ALL),
    row("PATCH", api!("/facility"), ADMIN),
    row("GET", api!("/patients"), SCHEDULE),
    row("POST", api!("/patients"), SCHEDULE),
    // Schedule
    row("POST", api!("/visits"), SCHEDULE),
    row("GET", api!("/visits"), SCHEDULE).unattended(),
    row("GET", api!("/visits/{visit}"), SCHEDULE),
    row("POST", api!("/visits/{visit}/move"), SCHEDULE),
    row("POST", api!("/visits/{visit}/cancel"), SCHEDULE),
    row("POST", api!("/visits/{visit}/late"), SCHEDULE),
    row("POST", api!("/visits/{visit}/help"), SCHEDULE),
    row("POST", api!("/visits/{visit}/seats"), SCHEDULE),
    row("DELETE", api!("/visits/{visit}/seats/{seat}"), SCHEDULE),
    row("POST", api!("/visits/{visit}/seats/{seat}/link"), SCHEDULE),
    row("POST", api!("/visits/{visit}/seats/{seat}/vouch"), SCHEDULE),
    row("GET", api!("/visits/{visit}/audit"), SCHEDULE),
    row("GET", api!("/visits/{visit}/timeline"), SCHEDULE),
    row("GET", api!("/visits/{visit}/socket"), Who::Staff(&[Clinician, Support])),
    row("GET", api!("/news"), ALL).unattended(),
    // Record
    row("GET", api!("/visits/{visit}/record"), CLINICIAN),
    row("POST", api!("/visits/{visit}/snippets"), CLINICIAN),
    row("POST", api!("/visits/{visit}/instructions"), CLINICIAN),
    row("GET", api!("/visits/{visit}/shown"), SCHEDULE),
    row("GET", api!("/visits/{visit}/audit-events"), SCHEDULE),
    row("GET", api!("/audit-events"), ADMIN),
    row("POST", api!("/seats/{seat}/snippets/{snippet}/kept"), Who::Device),
    // Support
    row("GET", api!("/support/visits"), SUPPORT).unattended(),
    row("GET", api!("/support/visits/{visit}"), SUPPORT).unattended(),
    row("POST", api!("/support/here"), SUPPORT).unattended(),
    row("POST", api!("/support/next"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/claim"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/release"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/hand-over"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/take-over"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/text"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/run-check"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/outcome"), SUPPORT),
    row("POST", api!("/support/visits/{visit}/test-call"), SUPPORT),
    row("GET", api!("/support/equipment-tests/{id}"), ALL),
    row("POST", api!("/support/test-calls/{visit}/outcome"), SUPPORT),
    // The organisation
    row("GET", api!("/connections"), ADMIN),
    row("GET", api!("/connections.csv"), ADMIN),
    // Joining
    row("POST", api!("/join/{ref}/look"), Who::Anyone).guesses(),
    row("POST", api!("/join/{ref}"), Who::Anyone).guesses(),
    row("POST", api!("/join/{ref}/help"), Who::Anyone).guesses(),
    row("POST", api!("/join/{ref}/help/withdraw"), Who::Anyone).guesses(),
    row("GET", api!("/seats/{seat}"), Who::Device),
    row("POST", api!("/seats/{seat}/help"), Who::Device),
    row("DELETE", api!("/seats/{seat}/help"), Who::Device),
    row("POST", api!("/seats/{seat}/identify"), Who::Device),
    row("POST", api!("/seats/{seat}/ask"), Who::Device),
    row("POST", api!("/seats/{seat}/equipment-tests"), Who::Device),
    row("PUT", api!("/seats/{seat}/equipment-tests/{id}"), Who::Device),
    row("POST", api!("/seats/{seat}/equipment-tests/{id}/media"), Who::Device),
    row("PATCH", api!("/seats/{seat}/equipment-tests/{id}"), Who::Device),
    row("GET", api!("/seats/{seat}/socket"), Who::Device),
    row("POST", api!("/seats/{seat}/feedback"), Who::Device),
    // Pages: words that anybody may read; what they show comes from the routes above.
    row("GET", "/", Who::Anyone),
    row("GET", "/j/{ref}", Who::Anyone),
    row("GET", "/demo", Who::Anyone),
    row("GET", "/staff", Who::Anyone),
    row("GET", "/staff/{*path}", Who::Anyone),
    row("GET", "/support", Who::Anyone),
    row("GET", "/support/{*path}", Who::Anyone),
    row("GET", "/assets/{*path}", Who::Anyone),
];

const fn row(method: &'static str, path: &'static str, who: Who) -> Row {
    Row { method, path, who, guesses: false, unattended: false }
}

impl Row {
    const fn guesses(mut self) -> Self {
        self.guesses = true;
        self
    }

    const fn unattended(mut self) -> Self {
        self.unattended = true;
        self
    }
}

/// The row of a route. `HEAD` is asked like `GET`.
pub fn find(method: &Method, path: &str) -> Option<&'static Row> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    TABLE.iter().find(|row| row.method == method && row.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_has_two_rows() {
        for (index, row) in TABLE.iter().enumerate() {
            assert!(!TABLE[..index].iter().any(|other| (other.method, other.path) == (row.method, row.path)), "{row:?}");
        }
    }

    #[test]
    fn only_pages_and_secrets_are_open_to_anyone() {
        for row in TABLE.iter().filter(|row| row.who == Who::Anyone && row.path.starts_with("/api/")) {
            assert!(row.guesses || row.path.ends_with("/sign-in"), "{row:?}");
        }
    }
}
