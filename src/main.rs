//! The `housecall` program. Everything is in the library, where tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    housecall::app::cli::run()
}
