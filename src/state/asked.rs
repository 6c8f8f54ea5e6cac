//! What windows ask of drawings: brought in line with their locations, the drawings and the catalog once after every
//! action, never in a frame.

use super::compared::Compared;
use super::gallery::Shown;
use super::what_if::WhatIf;
use super::{CommonPractice, State};
use crate::action::WindowId;

/// A question with its answer. That there is none is remembered too: it would be looked for after every action.
#[derive(Clone, Debug)]
pub(super) struct Asked<Q, A> {
    pub question: Q,
    pub answer: Option<A>,
}

impl<Q, A> Asked<Q, A> {
    /// What was asked `before`, if that `is` the same; else the question with what is found now.
    pub fn again(
        before: Option<Self>,
        question: Q,
        is: impl FnOnce(&Q, &Q) -> bool,
        find: impl FnOnce(&Q) -> Option<A>,
    ) -> Self {
        match before {
            Some(before) if is(&before.question, &question) => before,
            _ => Self { answer: find(&question), question },
        }
    }
}

impl State {
    /// Brings all of it in line.
    pub(super) fn ask_again(&mut self) {
        let windows: Vec<WindowId> = self.windows().map(|(id, _)| id).collect();
        for id in windows {
            let before = self.windows.get_mut(id).asked.take();
            self.windows.get_mut(id).asked = WhatIf::follow(before, self, id);
            let before = self.windows.get_mut(id).compared.take();
            self.windows.get_mut(id).compared = Compared::follow(before, self, id);
            let before = self.windows.get_mut(id).gallery.take();
            self.windows.get_mut(id).gallery = Shown::follow(before, self, id);
            let mut common = self.windows.get_mut(id).common_practice.take();
            let drawings = (&self.templates, self.workspace.as_ref());
            CommonPractice::follow(&mut common, drawings, &self.catalog, self.location(id));
            self.windows.get_mut(id).common_practice = common;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_looked_into_once_though_nothing_answers_it() {
        let mut looked = Vec::new();
        let mut asked: Option<Asked<u8, &str>> = None;
        for question in [1, 1, 2, 2, 1] {
            let next = Asked::again(asked.take(), question, u8::eq, |question| {
                looked.push(*question);
                (*question == 2).then_some("found")
            });
            assert_eq!((next.question, next.answer), (question, (question == 2).then_some("found")));
            asked = Some(next);
        }
        assert_eq!(looked, [1, 2, 1]);
    }
}
