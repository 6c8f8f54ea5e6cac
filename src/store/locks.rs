//! Who is changing a document: one lock file each in the profile, held while it is open.
//!
//! The files lie in the private folder, never beside the document. The system takes a lock back when its process
//! ends, however it ends, so a crash leaves nothing locked. An unlocked file stays where it is: removing it
//! could take away the one that another process is locking at that moment.

use std::fs::{self, File, TryLockError};

use super::atlas_db::Profile;

/// The right to change a document, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// Closing it gives the lock back.
    _file: File,
}

/// Somebody else has the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is open in another MLOps Atlas")]
pub struct Elsewhere;

/// Takes the right to change the document that `key` names.
///
/// None where nothing can be locked (no profile, a folder that cannot be written, a file system without locks):
/// then nobody is kept from anything.
///
/// # Errors
/// When somebody else, in this process or in another, has it.
pub fn lock(profile: &Profile, key: &str) -> Result<Option<Lock>, Elsewhere> {
    let Some(folder) = profile.file("locks") else { return Ok(None) };
    let path = folder.join(format!("{:032x}.lock", name_of(key)));
    let opened = fs::create_dir_all(&folder).and_then(|()| {
        // Never truncated: the file may be locked by somebody else, and it is empty anyway.
        File::options().write(true).create(true).truncate(false).open(&path)
    });
    let Ok(file) = opened else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Err(Elsewhere),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// FNV-1a with 128 bits: the same name on every machine and in every version, which the standard library's
/// hashers do not promise.
fn name_of(key: &str) -> u128 {
    const START: u128 = 0x6c62272e07bb014262b821756295c58d;
    const PRIME: u128 = 0x0000000001000000000000000000013b;
    key.bytes().fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_published_test_vectors() {
        // From the reference tables of FNV-1a, 128 bits: the empty text and "a".
        assert_eq!(format!("{:032x}", name_of("")), "6c62272e07bb014262b821756295c58d");
        assert_eq!(format!("{:032x}", name_of("a")), "d228cb696f1a8caf78912b704e4a8964");
    }

    #[test]
    fn a_lock_is_given_once_and_comes_back_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::at(folder.path());
        let held = lock(&profile, "x").unwrap();
        assert!(held.is_some());
        assert!(lock(&profile, "y").unwrap().is_some(), "another document is free");
        assert_eq!(lock(&profile, "x").err(), Some(Elsewhere));
        drop(held);
        assert!(lock(&profile, "x").unwrap().is_some());
    }

    #[test]
    fn where_nothing_can_be_locked_nobody_is_kept_from_anything() {
        let folder = tempfile::tempdir().unwrap();
        assert!(lock(&Profile::empty(), "x").unwrap().is_none());
        fs::write(folder.path().join("locks"), "a file where the folder should be").unwrap();
        assert!(lock(&Profile::at(folder.path()), "x").unwrap().is_none());
    }
}
