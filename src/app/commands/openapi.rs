//! `housecall openapi`: the document that the pages' types are made from.

use crate::app::cli::{Failure, say};
use crate::app::router;

pub(crate) fn run() -> Result<(), Failure> {
    say(&router::document().to_pretty_json()?);
    Ok(())
}
