//! `housecall facility add`: the first facility of a new house. Its administrator changes everything but the short name later.

use clap::Subcommand;
use serde_json::json;

use crate::app::cli::{Failure, say};
use crate::app::lifecycle;
use crate::audit::{Actor, Entry, store::append};
use crate::base::ids::FacilityId;
use crate::config::Config;
use crate::facilities::{self, Change, Facility, Reason};
use crate::http::context::Context;
use crate::store::StoreError;

#[derive(Subcommand)]
pub(crate) enum FacilityCommand {
    /// Add a facility.
    Add {
        /// A short name for the command line, as in north-clinic.
        slug: String,
        /// Shown to patients.
        #[arg(long)]
        name: String,
        /// As in America/New_York.
        #[arg(long)]
        time_zone: String,
        /// Whom patients call.
        #[arg(long)]
        phone: String,
        #[arg(long, default_value = "911")]
        emergency_number: String,
    },
}

#[derive(Debug, thiserror::Error)]
enum FacilityError {
    #[error("There is a facility with that short name.")]
    SlugTaken,
    #[error("The database could not be written.")]
    Store(#[from] StoreError),
}

pub(crate) async fn run(config: Config, command: FacilityCommand) -> Result<(), Failure> {
    let FacilityCommand::Add { slug, name, time_zone, phone, emergency_number } = command;
    let context = lifecycle::open(config).await?;
    let change = Change {
        name: Some(name),
        time_zone: Some(time_zone),
        phone: Some(phone),
        emergency_number: Some(emergency_number),
        reasons: Some(vec![Reason { code: "visit".into(), en: "Visit".into(), es: "Consulta".into() }]),
        ..Change::default()
    };
    let (facility, _) = change.apply(&Facility::new(FacilityId(context.dice.id()), &slug)?)?;
    add(&context, facility).await?;
    say(&format!("{slug} is there. Next: housecall staff add --login LOGIN --name NAME --role admin --facility {slug}"));
    Ok(())
}

async fn add(context: &Context, facility: Facility) -> Result<(), FacilityError> {
    let now = context.clock.now();
    let write = context.store.write::<_, FacilityError, _>(move |c| {
        Box::pin(async move {
            if facilities::store::find_by_slug(&mut *c, &facility.slug).await?.is_some() {
                return Err(FacilityError::SlugTaken);
            }
            facilities::store::save(c, &facility, now).await?;
            let (facility, detail) = (Some(facility.id), json!({ "slug": facility.slug }));
            let entry =
                Entry { at: now, actor: Actor::Operator, action: "facility.added", facility, visit: None, seat: None, detail };
            Ok(append(c, &entry).await?)
        })
    });
    write.await
}
