//! A file that is written piece by piece and still is there as a whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Staged;

/// A file that gets to its place when it is finished. Until then what was there stays.
pub struct Streamed {
    staged: Option<Staged>,
    file: BufWriter<File>,
}

impl Streamed {
    /// Begins a file beside its place.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let (staged, file) = Staged::begin(path)?;
        Ok(Self { staged: Some(staged), file: BufWriter::new(file) })
    }

    /// Puts it to its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        self.staged.take().map_or(Ok(()), Staged::put)
    }
}

impl Write for Streamed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Streamed {
    fn drop(&mut self) {
        if let Some(staged) = self.staged.take() {
            staged.drop_it();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_until_all_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        std::fs::write(&path, "before").unwrap();
        let mut given_up = Streamed::begin(&path).unwrap();
        given_up.write_all(&vec![b'x'; 100_000]).unwrap();
        assert_eq!((std::fs::read(&path).unwrap().as_slice(), files()), (b"before".as_slice(), 2));
        drop(given_up);
        assert_eq!((std::fs::read(&path).unwrap().as_slice(), files()), (b"before".as_slice(), 1));
        let mut written = Streamed::begin(&path).unwrap();
        written.write_all(b"after").unwrap();
        written.finish().unwrap();
        assert_eq!((std::fs::read(&path).unwrap().as_slice(), files()), (b"after".as_slice(), 1));
        assert!(Streamed::begin(folder.path()).is_err());
    }
}
