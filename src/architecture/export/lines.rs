//! A text that grows line by line.

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// One more line, or several, without the last line feed.
    pub fn add(&mut self, line: impl AsRef<str>) {
        self.0.push_str(line.as_ref());
        self.0.push('\n');
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text; it ends with a line feed.
    pub fn finish(self) -> String {
        self.0
    }
}
