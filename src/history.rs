//! Undo and redo over serialisable edits: applying one returns its inverse, and nothing else is kept.

use std::collections::VecDeque;

/// Something that edits change.
pub trait Editable {
    /// One change, as plain data.
    type Edit: Clone;

    /// Applies the change and returns the one that takes it back.
    fn apply(&mut self, edit: Self::Edit) -> Self::Edit;
}

/// One step: what was done and what takes it back.
#[derive(Clone, Debug)]
struct Step<E> {
    label: String,
    edit: E,
    inverse: E,
}

/// Steps older than this are forgotten.
const MOST_STEPS: usize = 1_000;

/// The steps done and undone of one document.
#[derive(Clone, Debug)]
pub struct History<E> {
    done: VecDeque<Step<E>>,
    undone: Vec<Step<E>>,
    /// How many steps were done when it was saved; none once that state cannot be reached any more.
    saved_at: Option<usize>,
}

impl<E> Default for History<E> {
    fn default() -> Self {
        Self { done: VecDeque::new(), undone: Vec::new(), saved_at: Some(0) }
    }
}

impl<E: Clone> History<E> {
    /// Applies `edit` as one step named `label`; what was undone before cannot be redone any more.
    pub fn edit(&mut self, document: &mut impl Editable<Edit = E>, label: impl Into<String>, edit: E) {
        let inverse = document.apply(edit.clone());
        if !self.undone.is_empty() {
            self.undone.clear();
            self.saved_at = self.saved_at.filter(|at| *at <= self.done.len());
        }
        self.done.push_back(Step { label: label.into(), edit, inverse });
        if self.done.len() > MOST_STEPS {
            self.done.pop_front();
            self.saved_at = self.saved_at.and_then(|at| at.checked_sub(1));
        }
    }

    /// Makes `edit` a part of the last step: taking that back takes both back.
    pub fn amend(&mut self, document: &mut impl Editable<Edit = E>, edit: E) {
        document.apply(edit.clone());
        if let Some(step) = self.done.back_mut() {
            step.edit = edit;
        }
    }

    /// Takes the last step back and returns the edit that did it.
    pub fn undo(&mut self, document: &mut impl Editable<Edit = E>) -> Option<E> {
        let mut step = self.done.pop_back()?;
        let applied = step.inverse.clone();
        step.edit = document.apply(step.inverse);
        step.inverse = applied.clone();
        self.undone.push(step);
        Some(applied)
    }

    /// Makes the last undone step again and returns the edit that did it.
    pub fn redo(&mut self, document: &mut impl Editable<Edit = E>) -> Option<E> {
        let mut step = self.undone.pop()?;
        step.inverse = document.apply(step.edit.clone());
        let applied = step.edit.clone();
        self.done.push_back(step);
        Some(applied)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The names of the steps done, oldest first, for a history panel.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().map(|step| step.label.as_str())
    }

    /// Remembers that the document as it is now stands on disk.
    pub fn mark_saved(&mut self) {
        self.saved_at = Some(self.done.len());
    }

    /// Whether the document differs from what was saved last.
    pub fn is_dirty(&self) -> bool {
        self.saved_at != Some(self.done.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sets one of four cells; the inverse sets it back.
    impl Editable for [i32; 4] {
        type Edit = (usize, i32);

        fn apply(&mut self, (cell, value): (usize, i32)) -> (usize, i32) {
            (cell, std::mem::replace(&mut self[cell], value))
        }
    }

    proptest! {
        #[test]
        fn undoing_everything_and_redoing_everything_ends_where_it_was(
            edits in prop::collection::vec((0_usize..4, -9..9_i32), 0..40)
        ) {
            let mut document = [0; 4];
            let mut history = History::default();
            for edit in &edits {
                history.edit(&mut document, "set", *edit);
            }
            let after = document;
            while history.undo(&mut document).is_some() {}
            prop_assert_eq!(document, [0; 4]);
            prop_assert!(!history.is_dirty());
            while history.redo(&mut document).is_some() {}
            prop_assert_eq!(document, after);
        }
    }

    #[test]
    fn a_saved_state_that_was_overwritten_is_never_clean_again() {
        let mut document = [0; 4];
        let mut history = History::default();
        history.edit(&mut document, "a", (0, 1));
        history.edit(&mut document, "b", (0, 2));
        history.mark_saved();
        assert!(!history.is_dirty());
        history.undo(&mut document);
        assert!(history.is_dirty());
        history.edit(&mut document, "c", (0, 3));
        assert!(history.is_dirty(), "two steps again, but not the saved ones");
        assert_eq!(history.labels().collect::<Vec<_>>(), ["a", "c"]);
    }
}
