//! Reads a file that anybody may have written: an ordinary one, of a sane size, and text.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// The largest file that is read, in bytes: an entry of this size would be a mistake.
const MAX_BYTES: u64 = 1024 * 1024;

/// Why a file is not used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The rule's name in `tools check`.
    pub rule: &'static str,
    /// A sentence, which does not name the file.
    pub message: String,
    /// The line, from 1, where it is about one.
    pub line: Option<usize>,
}

impl Refusal {
    fn unreadable(message: String) -> Self {
        Self { rule: "unreadable", message, line: None }
    }

    /// Why these bytes are no text.
    pub fn no_text(bytes: &[u8]) -> Self {
        let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let line = bytes[..good].split(|byte| *byte == b'\n').count();
        let message = format!("the file is not UTF-8 text, from its byte {good} on: save it as UTF-8");
        Self { rule: "not-text", message, line: Some(line) }
    }
}

/// The text of a file. A pipe could make the program wait for ever, so only ordinary files are opened.
pub(super) fn read_bounded(path: &Path) -> Result<String, Refusal> {
    let refused = |error: io::Error| Refusal::unreadable(format!("the file cannot be read: {error}"));
    let about = fs::metadata(path).map_err(refused)?;
    if about.is_dir() {
        let message = "this is a folder, and an entry is a file: give it a name that does not end in .toml";
        return Err(Refusal::unreadable(message.to_owned()));
    }
    if !about.is_file() {
        return Err(Refusal::unreadable("this is no ordinary file and is not opened".to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(refused)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::unreadable("the file is larger than 1 MiB, which no entry is".to_owned()));
    }
    String::from_utf8(bytes).map_err(|error| Refusal::no_text(error.as_bytes()))
}
