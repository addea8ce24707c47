//! The `housecall` program. Everything is in the library, where tests reach it.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Signaling is many small things that live for a moment, on all threads: with the system's allocator they are an eighth of a call.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    housecall::app::cli::run()
}
