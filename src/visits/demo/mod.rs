//! The demo clinic: staff, patients and a day of visits, made on the first start and found as they were on every later one.
//! The one exception is the visit behind the printed link: when it is over, another is booked, so that the link always works.

mod history;
mod plan;
mod store;

use serde_json::json;

use self::plan::{Plan, minutes};
use super::schedule::routes::book;
use super::store::change::NewVisit;
use super::words::Kind;
use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{FacilityId, PatientId, SeatId, StaffId, VisitId};
use crate::base::private::Secret;
use crate::facilities::fields::BadField;
use crate::facilities::store::patients;
use crate::facilities::{self, Facility};
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::links::{self, Found, NewLink};
use crate::identity::passwords::{PasswordError, Passwords};
use crate::identity::staff::{Login, Member, PasswordHash};
use crate::identity::{StaffRole, accounts};
use crate::store::{Connection, StoreError};

/// Known to everybody, and good for the demo clinic only.
pub const PASSWORD: &str = "housecall demo";

/// The ways into the demo clinic.
#[derive(Debug)]
pub struct Doors {
    pub clinician_login: String,
    pub technician_login: String,
    pub admin_login: String,
    pub password: &'static str,
    /// A whole link, for a visit that can be joined now.
    pub patient_link: Secret,
    /// What the patient's page asks for: `YYYY-MM-DD`.
    pub born: String,
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("demo/clinic.toml cannot be read")]
    Unreadable(#[from] Box<figment::Error>),
    #[error("demo/clinic.toml has a field that cannot be taken")]
    Field(#[from] BadField),
    #[error("demo/clinic.toml names nobody for {0}")]
    Nobody(&'static str),
    #[error("a login of the demo clinic belongs to somebody else")]
    LoginTaken,
    #[error("the demo's visit could not be booked: {0}")]
    Booking(&'static str),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Problem> for DemoError {
    fn from(problem: Problem) -> Self {
        Self::Booking(problem.code())
    }
}

/// Opens the demo clinic, making what is missing. Call it once at each start.
pub async fn open(context: &Context) -> Result<Doors, DemoError> {
    let plan = plan::read()?;
    let login = |role: StaffRole| {
        let member = plan.staff.iter().find(|member| member.role == role);
        member.map(|member| member.login.clone()).ok_or(DemoError::Nobody(role.word()))
    };
    let (technician_login, admin_login) = (login(StaffRole::Support)?, login(StaffRole::Admin)?);
    let first = plan.patients.first().ok_or(DemoError::Nobody("the printed link"))?;
    let (clinician_login, born) = (plan.now.clinician.clone(), first.born.0.clone());

    let hash = Passwords::default().hash(Secret::new(PASSWORD), &context.dice).await?;
    let opening = Opening { plan, hash, now: context.clock.now(), dice: context.dice.clone() };
    let link = context.store.write(move |c| Box::pin(async move { opening.carry_out(c).await })).await?;
    let patient_link = link.url(&context.config.public_url);
    Ok(Doors { clinician_login, technician_login, admin_login, password: PASSWORD, patient_link, born })
}

/// The patient's link that works now: the printed one, or another where the visit behind it is over.
pub async fn open_link(context: &Context, doors: &Doors) -> Result<Secret, DemoError> {
    if is_open(context, &doors.patient_link).await? {
        return Ok(doors.patient_link.clone());
    }
    Ok(open(context).await?.patient_link)
}

/// Whether the visit behind this link can still be entered.
pub async fn is_open(context: &Context, link: &Secret) -> Result<bool, DemoError> {
    let Some((reference, secret)) = link.reveal().rsplit_once('/').and_then(|(_, end)| end.split_once('#')) else {
        return Ok(false);
    };
    match links::find(context.store.reader(), reference, &Secret::new(secret)).await? {
        Found::Seat(seat) => Ok(store::is_open(context.store.reader(), &seat, context.clock.now()).await?),
        Found::Unknown | Found::Superseded(_) => Ok(false),
    }
}

struct Opening {
    plan: Plan,
    hash: PasswordHash,
    now: Moment,
    dice: Dice,
}

impl Opening {
    async fn carry_out(&self, c: &mut Connection) -> Result<NewLink, DemoError> {
        let facility = match facilities::store::find_by_slug(&mut *c, &self.plan.facility.slug).await? {
            Some(facility) => facility,
            None => {
                let facility = self.people(c).await?;
                self.past(c, &facility.id).await?;
                facility
            }
        };
        if !store::has_a_day(c, &facility.id, self.now).await? {
            self.day(c, &facility.id).await?;
        }
        self.visit_now(c, &facility).await
    }

    async fn people(&self, c: &mut Connection) -> Result<Facility, DemoError> {
        let planned = &self.plan.facility;
        let bare = Facility::new(FacilityId(self.dice.id()), &planned.slug)?;
        let (facility, _) = planned.settings.clone().apply(&bare)?;
        facilities::store::save(&mut *c, &facility, self.now).await?;
        for staff in &self.plan.staff {
            let member = Member { id: StaffId(self.dice.id()), name: staff.name.clone(), role: staff.role };
            let login = Login::parse(&staff.login)?;
            if !accounts::insert(&mut *c, &facility.id, &login, &member, &self.hash, self.now).await? {
                return Err(DemoError::LoginTaken);
            }
        }
        let today = super::time::date(self.now, &facility.zone());
        for typed in &self.plan.patients {
            let patient = typed.clone().parse(PatientId(self.dice.id()), today)?;
            patients::insert(&mut *c, &facility.id, &patient, self.now).await?;
        }
        self.record(c, &facility.id, "demo.opened", None).await?;
        Ok(facility)
    }

    /// Weeks that are over, for the organisation's page.
    async fn past(&self, c: &mut Connection, facility: &FacilityId) -> Result<(), DemoError> {
        let staff = store::staff(c, facility, &self.plan.now.clinician).await?.ok_or(DemoError::Nobody("the past"))?;
        let record =
            self.plan.patients.first().and_then(|patient| patient.record_id.clone()).ok_or(DemoError::Nobody("the past"))?;
        let patient = store::patient(c, facility, &record).await?.ok_or(DemoError::Nobody("the past"))?;
        for past in history::past(self.now) {
            store::add_past(c, &self.dice.id(), (facility, &staff, &patient), &past).await?;
        }
        Ok(())
    }

    async fn day(&self, c: &mut Connection, facility: &FacilityId) -> Result<(), DemoError> {
        for visit in &self.plan.visits {
            let starts_at = plan::on_the_clock(self.now).plus(minutes(visit.starts_in));
            let times = (starts_at, starts_at.plus(minutes(visit.length)));
            let (seat, _) = self.book(c, facility, (&visit.patient, &visit.clinician, &visit.reason), times).await?;
            if let Some(test) = &visit.tested {
                store::add_test(c, &self.dice.id(), &seat, test, self.now).await?;
            }
        }
        Ok(())
    }

    /// The link of a visit that can be joined now: the one there is, or a new one. Whoever holds the seat keeps it.
    async fn visit_now(&self, c: &mut Connection, facility: &Facility) -> Result<NewLink, DemoError> {
        let record = self.plan.patients.first().and_then(|patient| patient.record_id.clone()).ok_or(DemoError::Nobody("now"))?;
        let patient = store::patient(c, &facility.id, &record).await?.ok_or(DemoError::Nobody("now"))?;
        let open = (self.now.plus(minutes(facility.join_window_minutes.into())), self.now.plus(minutes(5)));
        if let Some((visit, seat)) = store::joinable(c, &patient, open).await? {
            let link = links::issue(&mut *c, &seat, self.now, &self.dice).await?;
            self.record(c, &facility.id, "seat.link_reissued", Some((visit, seat))).await?;
            return Ok(link);
        }
        let now = &self.plan.now;
        for times in plan::times_soon(self.now, now.length, facility.join_window_minutes) {
            match self.book(c, &facility.id, (&record, &now.clinician, &now.reason), times).await {
                Err(DemoError::Booking("slot_taken")) => {}
                booked => return booked.map(|(_, link)| link),
            }
        }
        Err(DemoError::Booking("slot_taken"))
    }

    async fn book(
        &self,
        c: &mut Connection,
        facility: &FacilityId,
        (record, login, reason): (&str, &str, &str),
        (starts_at, ends_at): (Moment, Moment),
    ) -> Result<(SeatId, NewLink), DemoError> {
        let new = NewVisit {
            id: VisitId(self.dice.id()),
            facility: facility.clone(),
            kind: Kind::Clinical,
            reason: reason.to_owned(),
            staff: store::staff(c, facility, login).await?.ok_or(DemoError::Nobody("a visit"))?,
            patient: store::patient(c, facility, record).await?.ok_or(DemoError::Nobody("a visit"))?,
            starts_at,
            ends_at,
            for_visit: None,
            created_at: self.now,
        };
        let (seat, link) = book::insert(c, &new, &self.dice).await?;
        self.record(c, facility, "visit.booked", Some((new.id, seat.clone()))).await?;
        Ok((seat, link))
    }

    async fn record(
        &self,
        c: &mut Connection,
        facility: &FacilityId,
        action: &'static str,
        of: Option<(VisitId, SeatId)>,
    ) -> Result<(), DemoError> {
        let (visit, seat) = of.unzip();
        let (facility, detail) = (Some(facility.clone()), json!({ "demo": true }));
        append(c, &Entry { at: self.now, actor: Actor::Gateway, action, facility, visit, seat, detail }).await?;
        Ok(())
    }
}
