//! Where in a workspace new files belong. A workspace is any folder with `decisions` or `catalog/tools` in it.

use std::fs;
use std::path::{Path, PathBuf};

/// More than this in one folder is not looked through.
const MOST: usize = 10_000;

/// The path of a new file that is numbered after those in `folder` of the workspace: `decisions/0007-mlflow-aim.md`.
/// Where there is no workspace it is the first, and in no folder.
pub fn numbered(workspace: Option<&Path>, folder: &str, name: &str) -> PathBuf {
    let is_workspace = |path: &&Path| path.join(folder).is_dir() || path.join("catalog/tools").is_dir();
    match workspace.filter(is_workspace) {
        Some(workspace) => {
            let folder = workspace.join(folder);
            let next = highest(&folder).saturating_add(1);
            folder.join(format!("{next:04}-{name}"))
        }
        None => PathBuf::from(format!("0001-{name}")),
    }
}

/// The highest number that a file's name begins with; 0 where there is none.
fn highest(folder: &Path) -> u32 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let number = |name: &str| name.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok();
    let names = entries.take(MOST).filter_map(|entry| Some(entry.ok()?.file_name()));
    names.filter_map(|name| number(&name.to_string_lossy())).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_gets_the_next_number_of_its_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let named = || numbered(Some(root), "decisions", "a-b.md");
        assert_eq!(numbered(None, "decisions", "a-b.md"), Path::new("0001-a-b.md"));
        assert_eq!(named(), Path::new("0001-a-b.md"), "any folder is no workspace");
        fs::create_dir_all(root.join("catalog/tools")).unwrap();
        assert_eq!(named(), root.join("decisions/0001-a-b.md"));
        fs::create_dir(root.join("decisions")).unwrap();
        for name in ["0002-x.md", "0011-y.md", "README.md", "99999999999-too-long.md"] {
            fs::write(root.join("decisions").join(name), "").unwrap();
        }
        assert_eq!(named(), root.join("decisions/0012-a-b.md"));
    }
}
