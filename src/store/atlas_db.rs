//! Private things: the database `atlas.db` with recents, the edit journal and remarks on tools, and `settings.toml` beside it.

mod journal;
mod remarks;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, params};

use crate::problem::Problem;
use crate::settings::Settings;
use crate::store::runs::cache::Cache;
use crate::store::whole_file::write_whole;

pub use journal::{DraftRow, Entry, Journal};

/// The newest schema this program knows.
const VERSION: i64 = MIGRATIONS.len() as i64;
const MIGRATIONS: [&str; 3] =
    [include_str!("sql/atlas_1.sql"), include_str!("sql/atlas_2.sql"), include_str!("sql/atlas_3.sql")];
/// More recents than this are never shown.
const MOST_RECENTS: i64 = 50;

/// Why something private could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the private database could not be used ({source}); this change is not remembered: {path}")]
    Sql {
        /// What SQLite says.
        source: rusqlite::Error,
        /// The database.
        path: String,
    },
    /// The settings could not be written.
    #[error("the settings could not be saved ({source}): {path}")]
    Settings {
        /// What the system says.
        source: std::io::Error,
        /// The file.
        path: String,
    },
}

/// Where private things are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    folder: Option<PathBuf>,
    cache: Option<PathBuf>,
}

impl Profile {
    /// The folder that `MLOPS_ATLAS_HOME` names, else the platform's folders; empty without a home.
    pub fn platform() -> Self {
        if let Some(named) = std::env::var_os("MLOPS_ATLAS_HOME").filter(|name| !name.is_empty()) {
            return Self::at(named);
        }
        let standard = directories::ProjectDirs::from("", "", "mlops-atlas");
        let folder = standard.as_ref().map(|dirs| dirs.data_local_dir().to_path_buf());
        let cache = standard.as_ref().map(|dirs| dirs.cache_dir().to_path_buf());
        Self { folder, cache }
    }

    /// Keeps nothing: for pictures and tests.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Keeps things in this folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { cache: Some(folder.join("cache")), folder: Some(folder) }
    }

    /// Where it is kept what was read of run stores; none where nothing is kept.
    pub fn run_cache(&self) -> Option<Cache> {
        self.cache.as_ref().map(|folder| Cache::at(folder.join("runs")))
    }

    /// Where copies are made of run stores that cannot be read where they lie; none where nothing is kept.
    pub fn copies(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|folder| folder.join("copies"))
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.folder.is_none()
    }

    /// Where the window's own place and size are kept; `None` is where the toolkit keeps them.
    pub fn window_file(&self) -> Option<PathBuf> {
        self.file("window.ron")
    }

    /// A file or folder of the profile.
    pub(in crate::store) fn file(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(name))
    }
}

/// Something opened before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentRow {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// When, in microseconds since 1970.
    pub opened_at: i64,
}

/// The open private database; in memory when there is no usable file.
#[derive(Debug)]
pub struct AtlasDb {
    connection: Connection,
    path: String,
    is_kept: bool,
}

impl AtlasDb {
    /// Opens or makes the database. Whatever is wrong with the file is told, the file is left as it is, and
    /// everything works in memory for this session.
    pub fn open(profile: &Profile) -> Result<(Self, Vec<Problem>), Error> {
        let Some(path) = profile.file("atlas.db") else { return Ok((Self::in_memory()?, Vec::new())) };
        match Self::open_file(&path) {
            Ok(db) => Ok((db, Vec::new())),
            Err(reason) => {
                let message = format!(
                    "Recents and unsaved edits are kept in memory only, for this session: {reason}. \
                     Move the file away, or set MLOPS_ATLAS_HOME to a folder that can be written."
                );
                Ok((Self::in_memory()?, vec![Problem::warning(message, path.display().to_string())]))
            }
        }
    }

    fn in_memory() -> Result<Self, Error> {
        let path = "in memory".to_owned();
        let wrap = |source| Error::Sql { source, path: "in memory".to_owned() };
        let connection = Connection::open_in_memory().map_err(wrap)?;
        for migration in MIGRATIONS {
            connection.execute_batch(migration).map_err(wrap)?;
        }
        Ok(Self { connection, path, is_kept: false })
    }

    fn open_file(path: &Path) -> Result<Self, String> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("the folder cannot be made ({error})"))?;
        }
        let mut connection = Connection::open(path).map_err(|error| error.to_string())?;
        prepare(&mut connection).map_err(|error| format!("SQLite says “{error}”"))?;
        let version: i64 =
            connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|e| e.to_string())?;
        if version > VERSION {
            return Err(format!(
                "a newer version of the program made it (schema {version}, known {VERSION})"
            ));
        }
        Ok(Self { connection, path: path.display().to_string(), is_kept: true })
    }

    /// Whether what is written here is still there at the next start.
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    fn wrap(&self, source: rusqlite::Error) -> Error {
        Error::Sql { source, path: self.path.clone() }
    }

    /// Remembers that something was opened now.
    pub fn push_recent(&self, address: &str, title: &str, opened_at: i64) -> Result<(), Error> {
        self.connection
            .execute(
                "INSERT INTO recents VALUES (?1, ?2, ?3)
                 ON CONFLICT (address) DO UPDATE SET title = ?2, opened_at = ?3",
                params![address, title, opened_at],
            )
            .and_then(|_| {
                self.connection.execute(
                    "DELETE FROM recents WHERE address NOT IN
                     (SELECT address FROM recents ORDER BY opened_at DESC LIMIT ?1)",
                    [MOST_RECENTS],
                )
            })
            .map(|_| ())
            .map_err(|source| self.wrap(source))
    }

    /// What was opened before, newest first, each address once.
    pub fn recents(&self, limit: u32) -> Result<Vec<RecentRow>, Error> {
        let read = || {
            let sql =
                "SELECT address, title, opened_at FROM recents ORDER BY opened_at DESC, address LIMIT ?1";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([limit], |row| {
                Ok(RecentRow { address: row.get(0)?, title: row.get(1)?, opened_at: row.get(2)? })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|source| self.wrap(source))
    }
}

/// Sets the connection up and brings the schema up to date in one transaction.
fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(2))?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Ok(());
    }
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read again inside: another process may have migrated meanwhile.
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(version.max(0) as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.commit()
}

/// Reads the settings; a missing file is no problem, a broken one is.
pub fn load_settings(profile: &Profile) -> (Settings, Vec<Problem>) {
    let Some(path) = profile.file("settings.toml") else { return Default::default() };
    let at = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => Settings::from_toml(&text, &at),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Default::default(),
        Err(error) => {
            let message = format!("The settings could not be read and are the defaults now: {error}");
            (Settings::default(), vec![Problem::warning(message, at)])
        }
    }
}

/// Writes the settings: whole or not at all.
pub fn save_settings(profile: &Profile, settings: &Settings) -> Result<(), Error> {
    let Some(path) = profile.file("settings.toml") else { return Ok(()) };
    write_whole(&path, settings.to_toml().as_bytes())
        .map_err(|source| Error::Settings { source, path: path.display().to_string() })
}
