//! Whether a file lies on another machine, where SQLite's locks cannot be relied on.

use std::path::{Component, Path, Prefix};

/// File systems of other machines, as Linux names them in its table of mounts.
const NETWORK: [&str; 10] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs"];

/// Whether a path leads to another machine; no where that cannot be told.
pub(super) fn is_network(path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    if let Some(Component::Prefix(prefix)) = path.components().next() {
        return matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..));
    }
    std::fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| {
        let kind = kind_of(&mounts, &path);
        kind.is_some_and(|kind| NETWORK.contains(&kind))
    })
}

/// The kind of the file system that a path lies on, by a table as `proc_pid_mountinfo(5)` describes it: of the mount points
/// that lead to the path the longest, and of several mounts there the last.
fn kind_of<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mut found: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((head, tail)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (head.split(' ').nth(4), tail.split(' ').next()) else { continue };
        let point = unescaped(point);
        let length = point.len();
        if path.starts_with(Path::new(&point)) && found.is_none_or(|(longest, _)| longest <= length) {
            found = Some((length, kind));
        }
    }
    found.map(|(_, kind)| kind)
}

/// Blanks, tabs, line ends and backslashes are written as three octal digits there.
fn unescaped(point: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(point.to_owned(), |point, (code, letter)| point.replace(code, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_system_is_that_of_the_nearest_mount_point() {
        let mounts = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
                      40 22 0:35 / /srv rw - nfs4 server:/srv rw,vers=4.2\n\
                      41 40 8:2 / /srv/me/local\\040disk rw master:3 - xfs /dev/sdb1 rw\n\
                      42 22 0:36 / /mnt/share rw - ext4 /dev/sdc1 rw\n\
                      43 42 0:37 / /mnt/share rw - cifs //server/share rw\n";
        for (path, kind) in [
            ("/data/mlflow.db", "ext4"),
            ("/srv/me/mlflow.db", "nfs4"),
            ("/srvless/mlflow.db", "ext4"),
            ("/srv/me/local disk/mlflow.db", "xfs"),
            ("/mnt/share/mlflow.db", "cifs"),
        ] {
            assert_eq!(kind_of(mounts, Path::new(path)), Some(kind), "{path}");
        }
        assert_eq!(kind_of("nonsense", Path::new("/a")), None);
        assert!(!is_network(Path::new("/proc/self/mountinfo")));
    }
}
