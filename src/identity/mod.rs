//! Who somebody is and what they may do: staff accounts and sessions, join links, the devices that hold seats, the policy table.

pub mod command;
pub mod middleware;
pub mod passwords;
pub mod policy;
mod refusals;
pub mod routes;
pub mod staff;
mod store;
mod throttle;
pub mod worker;

pub use middleware::Guard;
pub use store::{accounts, at_desk, links, serving, sessions};

pub use crate::http::actor::{StaffActor, StaffRole};
pub use crate::http::device::{self, Device};

use crate::http::context::Context;
use crate::store::StoreError;

/// Whether somebody may go on with what they opened when they were signed in. A call in progress is activity.
pub async fn is_still_signed_in(context: &Context, actor: &StaffActor, in_call: bool) -> Result<bool, StoreError> {
    let now = context.clock.now();
    if in_call {
        store::sign_ins::touch(&context.store, actor.session.clone(), now).await?;
    }
    Ok(store::sign_ins::find(context.store.reader(), actor.session.as_str(), now).await?.is_some())
}
