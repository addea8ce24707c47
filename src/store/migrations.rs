//! The SQL of `migrations/`: a released binary carries it, a development build reads the folder while it runs. sqlx has a macro for
//! this, for which the compiler needs both drivers and a SQLite of its own: a good part of a build from nothing.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

#[derive(RustEmbed)]
#[folder = "migrations"]
struct Files;

/// One SQL text for both engines.
pub(super) static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| Migrator::with_migrations(Files::iter().filter_map(|name| read(&name)).collect()));

/// `0007_media.sql` is the seventh, and called *media*. What is named otherwise is none.
fn read(name: &str) -> Option<Migration> {
    let (number, words) = name.strip_suffix(".sql")?.split_once('_')?;
    let sql = String::from_utf8(Files::get(name)?.data.into_owned()).ok()?;
    let sql = AssertSqlSafe(sql).into_sql_str();
    Some(Migration::new(number.parse().ok()?, words.replace('_', " ").into(), MigrationType::Simple, sql, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_one() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).expect("the folder is there");
        assert_eq!(MIGRATIONS.iter().count(), files.count());
        let first = MIGRATIONS.iter().next().expect("one");
        assert_eq!((first.version, first.description.as_ref()), (1, "house"));
    }
}
