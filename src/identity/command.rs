//! What the operator does with accounts at the command line: adds and closes them, and says whom a technician serves.

use std::io::{self, BufRead, IsTerminal};

use serde_json::json;

use super::StaffRole;
use super::passwords::{PasswordError, Passwords};
use super::staff::{Login, Member, NewStaff};
use super::store::{accounts, serving, sign_ins};
use crate::audit::{Actor, Entry, store::append};
use crate::base::ids::{FacilityId, StaffId};
use crate::base::private::Secret;
use crate::facilities;
use crate::facilities::fields::BadField;
use crate::http::context::Context;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error("There is no facility with that slug.")]
    UnknownFacility,
    #[error("There is no account with that login.")]
    UnknownLogin,
    #[error("That login is taken.")]
    LoginTaken,
    #[error("Only a technician serves more than one facility; this account's role is another.")]
    NotATechnician,
    #[error("That is the account's own facility, which it always serves.")]
    OwnFacility,
    #[error("{0}")]
    BadField(#[from] BadField),
    #[error("The password could not be read.")]
    NoPassword(#[from] io::Error),
    #[error("The password could not be hashed.")]
    Password(#[from] PasswordError),
    #[error("The database could not be written.")]
    Store(#[from] StoreError),
}

/// Asks at the terminal without echo, or takes the first line of the input; never an argument, which others on the machine can read.
pub fn read_password() -> io::Result<Secret> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password (at least 12 characters): ").map(Secret::new);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}

/// Adds an account to the facility.
pub async fn add(context: &Context, facility_slug: &str, new: NewStaff) -> Result<StaffId, StaffError> {
    let facility = facility(context, facility_slug).await?;
    let hash = Passwords::default().hash(new.password, &context.dice).await?;
    let member = Member { id: StaffId(context.dice.id()), name: new.name, role: new.role };
    let (id, login, now) = (member.id.clone(), new.login, context.clock.now());
    let detail = json!({ "staff": id, "role": member.role });
    let entry = by_operator("staff.added", Some(facility.clone()), detail, context);
    let write = context.store.write(move |c| {
        Box::pin(async move {
            if !accounts::insert(c, &facility, &login, &member, &hash, now).await? {
                return Err(StaffError::LoginTaken);
            }
            Ok(append(c, &entry).await?)
        })
    });
    write.await?;
    Ok(id)
}

/// The technician helps patients of that facility too, beside those of their own.
pub async fn serve(context: &Context, login: &str, facility_slug: &str) -> Result<(), StaffError> {
    let (technician, facility) = technician(context, login, facility_slug).await?;
    let now = context.clock.now();
    let entry = by_operator("staff.serves", Some(facility.clone()), json!({ "staff": technician }), context);
    let write = context.store.write::<_, StaffError, _>(move |c| {
        Box::pin(async move {
            if serving::add(c, &technician, &facility, now).await? {
                append(c, &entry).await?;
            }
            Ok(())
        })
    });
    write.await
}

/// From now on the facility's visits do not exist for the technician; what they had in hand there others may take over.
pub async fn stop_serving(context: &Context, login: &str, facility_slug: &str) -> Result<(), StaffError> {
    let (technician, facility) = technician(context, login, facility_slug).await?;
    let entry = by_operator("staff.stopped_serving", Some(facility.clone()), json!({ "staff": technician }), context);
    let write = context.store.write::<_, StaffError, _>(move |c| {
        Box::pin(async move {
            if serving::remove(c, &technician, &facility).await? {
                append(c, &entry).await?;
            }
            Ok(())
        })
    });
    write.await
}

/// A technician, and a facility that is not their own.
async fn technician(context: &Context, login: &str, facility_slug: &str) -> Result<(StaffId, FacilityId), StaffError> {
    let login = Login::parse(login)?;
    let account = accounts::find_by_login(context.store.reader(), &login).await?.ok_or(StaffError::UnknownLogin)?;
    let facility = facility(context, facility_slug).await?;
    if account.member.role != StaffRole::Support {
        return Err(StaffError::NotATechnician);
    }
    if account.facility == facility { Err(StaffError::OwnFacility) } else { Ok((account.member.id, facility)) }
}

async fn facility(context: &Context, slug: &str) -> Result<FacilityId, StaffError> {
    let found = facilities::store::find_by_slug(context.store.reader(), slug).await?;
    Ok(found.ok_or(StaffError::UnknownFacility)?.id)
}

/// Closes the account at once: its sessions end, and it cannot sign in again.
pub async fn disable(context: &Context, login: &str) -> Result<(), StaffError> {
    let login = Login::parse(login)?;
    let account = accounts::find_by_login(context.store.reader(), &login).await?.ok_or(StaffError::UnknownLogin)?;
    let (staff, now) = (account.member.id, context.clock.now());
    let entry = by_operator("staff.disabled", Some(account.facility), json!({ "staff": staff }), context);
    let write = context.store.write::<_, StaffError, _>(move |c| {
        Box::pin(async move {
            if accounts::disable(c, &staff, now).await? {
                sign_ins::end_all(c, &staff, now).await?;
                append(c, &entry).await?;
            }
            Ok(())
        })
    });
    write.await
}

fn by_operator(action: &'static str, facility: Option<FacilityId>, detail: serde_json::Value, context: &Context) -> Entry {
    Entry { at: context.clock.now(), actor: Actor::Operator, action, facility, visit: None, seat: None, detail }
}
