//! Whether anything of a store, or beside it, was touched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file below a folder, byte for byte.
pub fn listing(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(listing(&path));
        } else {
            all.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    all
}
