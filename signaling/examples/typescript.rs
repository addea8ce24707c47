//! Writes the TypeScript of the wire messages to the file named, or to the standard output:
//! `cargo run -p signaling --features typescript --example typescript -- web/src/generated/signaling.ts`

use std::io::Write;

fn main() -> std::io::Result<()> {
    let file = signaling::typescript::file();
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::write(path, file),
        None => std::io::stdout().write_all(file.as_bytes()),
    }
}
