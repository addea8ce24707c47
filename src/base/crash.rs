//! Points at which tests let the process die, as sudden as by SIGKILL. A release build has none of it.

/// Dies here the n-th time this point is passed, where `CRASH_AT` says `point:n`.
#[cfg(debug_assertions)]
pub fn point(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static WANTED: OnceLock<Option<(String, AtomicU32)>> = OnceLock::new();
    let wanted = WANTED.get_or_init(|| {
        let wanted = std::env::var("CRASH_AT").ok()?;
        let (name, passes) = wanted.split_once(':')?;
        Some((name.to_owned(), AtomicU32::new(passes.parse().ok()?)))
    });
    if let Some((point, passes)) = wanted
        && point == name
        && passes.fetch_sub(1, Ordering::Relaxed) == 1
    {
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub fn point(_: &str) {}
