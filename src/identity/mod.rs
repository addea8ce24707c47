//! Who somebody is and what they may do: staff accounts and sessions, join links, the devices that hold seats, the policy table.

mod actor;
mod address;
mod cookie;
pub mod device;
pub mod guard;
mod origin;
pub mod policy;
mod refusals;
mod staff_cookie;
mod store;
mod throttle;

pub use actor::{StaffActor, StaffRole};
pub use device::Device;
pub use guard::Guard;
pub use store::{links, sessions};

use crate::http::context::Context;
use crate::store::StoreError;

/// A call in progress is activity: rooms say so once in a while (every few minutes will do) for each signed-in person in a call.
pub async fn touch_in_call(context: &Context, actor: &StaffActor) -> Result<(), StoreError> {
    store::staff::touch(&context.store, actor.session.clone(), context.clock.now()).await
}
