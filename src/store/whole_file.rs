//! Saves that leave the old file or the new one, never half of it.

use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Writes a file beside its place, syncs it, and renames it over: a crash leaves the old or the new one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = folder.join(name);
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().inspect_err(|_| {
        // The first error is the one to tell; a leftover that cannot be removed adds nothing to it.
        drop(fs::remove_file(&temporary));
    })
}
