//! This user's cache folder, and who may change it.

use anyhow::Result;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// This user's folder of what is kept; none where the system names none.
pub(crate) fn cache() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))?;
    Some(folder.join("heard"))
}

/// The right to change anything in it, until this is dropped.
pub(crate) fn locked(cache: &Path) -> Result<File> {
    fs::create_dir_all(cache)?;
    let lock = File::create(cache.join("lock"))?;
    lock.lock()?;
    Ok(lock)
}
