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

pub use middleware::Guard;
pub use store::{accounts, links, sessions};

pub use crate::http::actor::{StaffActor, StaffRole};
pub use crate::http::device::{self, Device};

use crate::http::context::Context;
use crate::store::StoreError;

/// A call in progress is activity: rooms say so once in a while (every few minutes will do) for each signed-in person in a call.
pub async fn touch_in_call(context: &Context, actor: &StaffActor) -> Result<(), StoreError> {
    store::sign_ins::touch(&context.store, actor.session.clone(), context.clock.now()).await
}
