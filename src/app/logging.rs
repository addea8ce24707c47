//! The log, on standard error: `RUST_LOG` chooses, `info` when it is silent. A panic tells its place, not its message,
//! since a message may quote what it choked on. A log that cannot be written, on a full disk, stops nobody.

use std::io::{self, IsTerminal};
use std::panic;

use tracing_subscriber::EnvFilter;

pub(super) fn start() {
    // The crates of relay and media agent write addresses into their lines.
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,turn=off,webrtc_util=off,rtc=off"));
    // Whoever asks for every trace does not ask for what people say: these crates write whole messages, names in them.
    let quiet = ["tungstenite=info", "tokio_tungstenite=info"].map(|words| words.parse().expect("a directive"));
    let filter = quiet.into_iter().fold(filter, EnvFilter::add_directive);
    let colours = io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours).with_target(false);
    // Complaining about it on standard error would panic, since that is what cannot be written.
    log.log_internal_errors(false).init();
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // A literal is part of the program; a built message is not.
        let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(message withheld)");
        tracing::error!(place, message, "a task panicked");
    }));
}
