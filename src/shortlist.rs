//! A shortlist as a file that people hand to each other: its tools, with ratings and notes, in `*.shortlist.toml`.
//!
//! [`Shortlist::of`] takes it out of a person's own remarks, [`text`] writes and reads it, and [`merge`] says what taking
//! it in would change.

pub mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::catalog::ToolId;
use crate::remarks::{Remark, RemarkEdit, Remarks};
use crate::shown::counted;

/// What the name of such a file ends with.
pub const ENDING: &str = ".shortlist.toml";

/// What the file says of one tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// From 1 to [`BEST`](crate::remarks::BEST).
    pub rating: Option<u8>,
    /// Free text, never blank.
    pub note: Option<String>,
}

/// The tools of a shortlist by id, which is the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Shortlist {
    /// What it is for.
    pub title: Option<String>,
    /// The day on which it was written.
    pub date: Option<Date>,
    /// What it says of each tool.
    pub tools: BTreeMap<ToolId, Listed>,
    /// Where each tool begins in the text that was read, from 1.
    lines: BTreeMap<ToolId, usize>,
}

impl Shortlist {
    /// A person's own shortlist. A note or rating of a tool that is not on it stays where it is.
    pub fn of(remarks: &Remarks, date: Date) -> Self {
        let listed = |tool: &ToolId| {
            let remark = remarks.of(tool)?;
            let note = Some(remark.note.clone()).filter(|note| !note.trim().is_empty());
            Some((tool.clone(), Listed { rating: remark.rating, note }))
        };
        let tools = remarks.shortlist().filter_map(listed).collect();
        Self { date: Some(date), tools, ..Self::default() }
    }

    /// The line on which a tool begins in the text that was read; none in a shortlist that was made here.
    pub fn line_of(&self, tool: &ToolId) -> Option<usize> {
        self.lines.get(tool).copied()
    }

    /// What a person hands over with it: `3 tools, with 1 rating and 2 notes`.
    pub fn summary(&self) -> String {
        let ratings = self.tools.values().filter(|listed| listed.rating.is_some()).count();
        let notes = self.tools.values().filter(|listed| listed.note.is_some()).count();
        let tools = counted(self.tools.len(), "tool", "tools");
        match (ratings, notes) {
            (0, 0) => format!("{tools}, without ratings or notes"),
            (_, 0) => format!("{tools}, with {}", counted(ratings, "rating", "ratings")),
            (0, _) => format!("{tools}, with {}", counted(notes, "note", "notes")),
            _ => format!(
                "{tools}, with {} and {}",
                counted(ratings, "rating", "ratings"),
                counted(notes, "note", "notes")
            ),
        }
    }
}

/// Which of one's own words a file says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// The rating.
    Rating,
    /// The note.
    Note,
    /// Both.
    Both,
}

impl Own {
    /// `rating`, `note`, `rating and note`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Note => "note",
            Self::Both => "rating and note",
        }
    }
}

/// What taking a shortlist in changes, and what of it is left out.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    /// What is kept from now on, by id; tools that stay as they are have none.
    pub edits: Vec<RemarkEdit>,
    /// How many tools were not on one's own shortlist before.
    pub added: usize,
    /// How many were on it already.
    pub present: usize,
    /// Where the file says something else than one's own rating or note.
    pub own: Vec<(ToolId, Own)>,
    /// Tools that the catalog does not know, by id; nothing is kept of them.
    pub unknown: Vec<ToolId>,
}

/// Lays a shortlist that somebody wrote beside a person's own remarks.
///
/// **One's own word wins**: every known tool comes onto the shortlist; a rating or note of the file is taken only where
/// there is none yet. What one has already is never overwritten, and where it differs it is told in [`Merge::own`].
/// Nothing is taken off the shortlist. Taking the same file in again changes nothing.
pub fn merge(remarks: &Remarks, list: &Shortlist, knows: impl Fn(&ToolId) -> bool) -> Merge {
    let mut merge = Merge::default();
    for (tool, listed) in &list.tools {
        if !knows(tool) {
            merge.unknown.push(tool.clone());
            continue;
        }
        let before = remarks.of(tool).cloned().unwrap_or_default();
        let mut after = Remark { shortlisted: true, ..before.clone() };
        after.rating = before.rating.or(listed.rating);
        if before.note.trim().is_empty()
            && let Some(note) = &listed.note
        {
            after.note.clone_from(note);
        }
        let is_other_rating = listed.rating.is_some() && listed.rating != after.rating;
        let is_other_note = listed.note.as_ref().is_some_and(|note| *note != after.note);
        match (is_other_rating, is_other_note) {
            (true, true) => merge.own.push((tool.clone(), Own::Both)),
            (true, false) => merge.own.push((tool.clone(), Own::Rating)),
            (false, true) => merge.own.push((tool.clone(), Own::Note)),
            (false, false) => {}
        }
        if before.shortlisted {
            merge.present += 1;
        } else {
            merge.added += 1;
        }
        if after != before {
            merge.edits.push(RemarkEdit { tool: tool.clone(), remark: after });
        }
    }
    merge
}

#[cfg(test)]
mod tests;
