//! What becomes of unsaved edits when their drawing is opened again.

use crate::architecture::{Architecture, Edit};
use crate::store::atlas_db::Journal;

/// Unsaved edits, read.
#[derive(Debug)]
pub(super) struct Unsaved {
    /// The text that they apply to, where it is known.
    base: Option<String>,
    edits: Vec<Edit>,
    /// How many rows could not be used.
    pub(super) unreadable: usize,
}

impl From<Journal> for Unsaved {
    fn from(journal: Journal) -> Self {
        // An edit after a lost one would be applied to something else than it was made on.
        let edits: Vec<Edit> = journal.edits.iter().map_while(|row| serde_json::from_str(row).ok()).collect();
        let unreadable = journal.edits.len() - edits.len();
        Self { base: journal.base, edits, unreadable }
    }
}

/// What to do with unsaved edits.
#[derive(Debug, PartialEq)]
pub(super) enum Fate {
    /// Make them again on what was read.
    Replay(Vec<Edit>),
    /// Nothing: the file holds them. The program ended between writing it and forgetting them.
    Saved,
    /// Keep them apart: the file is not what they were made on.
    Apart,
}

impl Unsaved {
    /// How many rows in front could be read.
    pub(super) fn readable(&self) -> usize {
        self.edits.len()
    }

    /// Whether the edits can be made again without the file.
    pub(super) fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// Compares what the edits were made on with what the file holds now.
    pub(super) fn fate(self, text: &str, drawing: &Architecture) -> Fate {
        let Some(base) = self.base.filter(|base| base != text) else { return Fate::Replay(self.edits) };
        let Ok((mut edited, _)) = Architecture::from_json(&base) else { return Fate::Apart };
        for edit in self.edits {
            edited.apply(edit);
        }
        if edited == *drawing { Fate::Saved } else { Fate::Apart }
    }

    /// The text that the edits of a drawing without a file apply to; in version 1 all began empty.
    pub(super) fn base_without_file(&self) -> String {
        self.base.clone().unwrap_or_else(|| Architecture::default().to_json())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsaved(base: Option<&Architecture>, titles: &[&str]) -> Unsaved {
        let edits = titles.iter().map(|title| format!("{{\"set_title\":\"{title}\"}}")).collect();
        Journal { base: base.map(Architecture::to_json), edits }.into()
    }

    fn titled(title: &str) -> Architecture {
        Architecture { title: title.to_owned(), ..Architecture::default() }
    }

    #[test]
    fn edits_follow_their_file_only_while_it_is_what_they_were_made_on() {
        let (a, b, c) = (titled("a"), titled("b"), titled("c"));
        let replay = Fate::Replay(vec![Edit::SetTitle("b".to_owned())]);
        assert_eq!(unsaved(Some(&a), &["b"]).fate(&a.to_json(), &a), replay);
        assert_eq!(unsaved(None, &["b"]).fate(&c.to_json(), &c), replay, "version 1 knew no text");
        assert_eq!(unsaved(Some(&a), &["b"]).fate(&c.to_json(), &c), Fate::Apart);
        assert_eq!(unsaved(Some(&a), &["b"]).fate(&b.to_json(), &b), Fate::Saved);
    }

    #[test]
    fn nothing_after_an_unreadable_edit_is_used() {
        let edits = ["{\"set_title\":\"b\"}", "{\"from_the_future\":1}", "{\"set_title\":\"c\"}"];
        let journal = Journal { base: None, edits: edits.map(str::to_owned).to_vec() };
        let unsaved = Unsaved::from(journal);
        assert_eq!((unsaved.readable(), unsaved.unreadable), (1, 2));
        assert_eq!(unsaved.edits, [Edit::SetTitle("b".to_owned())]);
    }
}
