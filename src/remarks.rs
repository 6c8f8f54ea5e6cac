//! What a person keeps about tools for themselves: notes, ratings and a shortlist.
//!
//! They live in the private database and stand in nothing that is exported, but for the [shortlist](crate::shortlist) that a person asks to write.

use std::collections::BTreeMap;

use crate::catalog::ToolId;
use crate::history::{Editable, History};

/// The best rating; the worst is 1.
pub const BEST: u8 = 5;

/// What is kept about one tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// Free text.
    pub note: String,
    /// From 1 to [`BEST`].
    pub rating: Option<u8>,
    /// Whether it is on the shortlist.
    pub shortlisted: bool,
}

/// Replaces what is kept about a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkEdit {
    /// Which tool.
    pub tool: ToolId,
    /// What is kept from now on.
    pub remark: Remark,
}

/// The remarks by tool; tools without any are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept(BTreeMap<ToolId, Remark>);

impl Kept {
    fn replace(&mut self, edit: RemarkEdit) -> RemarkEdit {
        let RemarkEdit { tool, remark } = edit;
        let before = if remark == Remark::default() {
            self.0.remove(&tool)
        } else {
            self.0.insert(tool.clone(), remark)
        };
        RemarkEdit { tool, remark: before.unwrap_or_default() }
    }
}

impl Editable for Kept {
    /// What is done together is taken back together.
    type Edit = Vec<RemarkEdit>;

    fn apply(&mut self, edits: Vec<RemarkEdit>) -> Vec<RemarkEdit> {
        let mut inverse: Vec<RemarkEdit> = edits.into_iter().map(|edit| self.replace(edit)).collect();
        inverse.reverse();
        inverse
    }
}

/// All remarks with their own undo: going back never takes a note away, and undo never leads elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    kept: Kept,
    history: History<Vec<RemarkEdit>>,
    /// The tool whose note is being typed: its letters are one step.
    typing: Option<ToolId>,
    revision: u64,
}

impl Remarks {
    /// What was kept in earlier sessions; ratings out of range are none.
    pub fn new(kept: impl IntoIterator<Item = (ToolId, Remark)>) -> Self {
        let kept = kept
            .into_iter()
            .map(|(tool, remark)| {
                let rating = remark.rating.filter(|rating| (1..=BEST).contains(rating));
                (tool, Remark { rating, ..remark })
            })
            .filter(|(_, remark)| *remark != Remark::default())
            .collect();
        Self { kept: Kept(kept), ..Self::default() }
    }

    /// What is kept about a tool.
    pub fn of(&self, tool: &ToolId) -> Option<&Remark> {
        self.kept.0.get(tool)
    }

    /// The tools on the shortlist, by id.
    pub fn shortlist(&self) -> impl Iterator<Item = &ToolId> {
        self.kept.0.iter().filter(|(_, remark)| remark.shortlisted).map(|(tool, _)| tool)
    }

    /// Grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Changes the note of a tool; letters typed one after the other are one step.
    pub fn note(&mut self, tool: &ToolId, note: String) -> RemarkEdit {
        let remark = Remark { note, ..self.of(tool).cloned().unwrap_or_default() };
        let edit = RemarkEdit { tool: tool.clone(), remark };
        self.revision += 1;
        if self.typing.as_ref() == Some(tool) {
            self.history.amend(&mut self.kept, vec![edit.clone()]);
        } else {
            self.history.edit(&mut self.kept, "Note", vec![edit.clone()]);
            self.typing = Some(tool.clone());
        }
        edit
    }

    /// Rates a tool, or takes its rating away.
    pub fn rate(&mut self, tool: &ToolId, rating: Option<u8>) -> RemarkEdit {
        let rating = rating.map(|rating| rating.clamp(1, BEST));
        let remark = Remark { rating, ..self.of(tool).cloned().unwrap_or_default() };
        self.change(tool, "Rating", remark)
    }

    /// Puts a tool on the shortlist, or takes it off.
    pub fn shortlist_tool(&mut self, tool: &ToolId, shortlisted: bool) -> RemarkEdit {
        let remark = Remark { shortlisted, ..self.of(tool).cloned().unwrap_or_default() };
        self.change(tool, "Shortlist", remark)
    }

    /// Puts several tools on the shortlist, or takes them off, as one step.
    pub fn shortlist_all(&mut self, tools: &[ToolId], shortlisted: bool) -> Vec<RemarkEdit> {
        let edit = |tool: &ToolId| {
            let remark = Remark { shortlisted, ..self.of(tool).cloned().unwrap_or_default() };
            RemarkEdit { tool: tool.clone(), remark }
        };
        let edits = tools.iter().map(edit).collect();
        self.change_all("Shortlist", edits)
    }

    /// Makes several changes as one step named `label`; without any there is no step.
    pub fn change_all(&mut self, label: &str, edits: Vec<RemarkEdit>) -> Vec<RemarkEdit> {
        if !edits.is_empty() {
            self.history.edit(&mut self.kept, label, edits.clone());
            self.typing = None;
            self.revision += 1;
        }
        edits
    }

    fn change(&mut self, tool: &ToolId, label: &str, remark: Remark) -> RemarkEdit {
        let edit = RemarkEdit { tool: tool.clone(), remark };
        self.change_all(label, vec![edit.clone()]);
        edit
    }

    /// Takes the last step back, or makes it again; what is kept now of the tools that it changed.
    pub fn step(&mut self, forward: bool) -> Vec<RemarkEdit> {
        self.typing = None;
        let edits =
            if forward { self.history.redo(&mut self.kept) } else { self.history.undo(&mut self.kept) };
        self.revision += u64::from(edits.is_some());
        edits.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ToolId {
        ToolId::new(text).unwrap()
    }

    #[test]
    fn typing_is_one_step_and_everything_can_be_taken_back() {
        let mut remarks = Remarks::default();
        let (feast, mlflow) = (id("feast"), id("mlflow"));
        for text in ["a", "as", "ask"] {
            remarks.note(&feast, text.to_owned());
        }
        remarks.rate(&feast, Some(9));
        remarks.note(&feast, "ask again".to_owned());
        remarks.shortlist_tool(&mlflow, true);
        assert_eq!(remarks.of(&feast).unwrap().rating, Some(BEST));
        assert_eq!(remarks.shortlist().collect::<Vec<_>>(), [&mlflow]);
        let mut steps = 0;
        while !remarks.step(false).is_empty() {
            steps += 1;
        }
        assert_eq!((steps, remarks.of(&feast), remarks.of(&mlflow)), (4, None, None));
        assert_eq!(remarks.step(true)[0].remark.note, "ask");
        assert_eq!(remarks.of(&feast).unwrap(), &Remark { note: "ask".to_owned(), ..Remark::default() });
    }

    #[test]
    fn what_says_nothing_is_not_kept() {
        let odd = Remark { rating: Some(77), ..Remark::default() };
        let mut remarks = Remarks::new([(id("feast"), odd)]);
        assert_eq!(remarks.of(&id("feast")), None);
        remarks.rate(&id("feast"), Some(3));
        remarks.rate(&id("feast"), None);
        assert_eq!(remarks.of(&id("feast")), None);
    }
}
