//! The search box: words and filters in one line, completed from what exists; what is wrong is said below it.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{CompletionPopup, Margin, RectAlign, Suggestion, TextEdit, Ui, WidgetInfo};

use crate::address::TableLocation;
use crate::catalog::query::tokens::{self, Candidate, Wrong};
use crate::catalog::query::{Query, Value, Vocabulary, Wish};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, wrapped};
use crate::ui::{View, icons};

/// What is in the box, and what came of it.
///
/// The location holds the query; the box only the text that is being typed. A filter in it becomes a chip like those
/// of the facets once the box is left, and the text goes; what is wrong stays to be mended.
#[derive(Clone, Debug, Default)]
pub struct SearchMemory {
    text: String,
    /// The text that was read last.
    read: String,
    wrong: Vec<Wrong>,
    /// What was chosen before this text.
    base: BTreeMap<Value, Wish>,
    /// What came of this text, and what the location held when it was typed.
    made: Query,
    seen: Query,
    /// What may come next, and for what it was found.
    offered: Vec<Candidate>,
    offered_for: (String, Query),
}

impl SearchMemory {
    /// Takes over what somebody else made of the query: a facet, a chip, an address.
    fn follow(&mut self, query: &Query, vocabulary: &Vocabulary) {
        if *query == self.made {
            self.seen.clone_from(query);
        } else if *query != self.seen {
            let is_same_text = query.text == self.made.text;
            self.made.clone_from(query);
            self.seen.clone_from(query);
            self.settle(is_same_text, vocabulary);
        }
    }

    /// The filters leave the text; what is wrong stays if it is still wanted.
    fn settle(&mut self, keeps_wrong: bool, vocabulary: &Vocabulary) {
        let wrong =
            self.wrong.iter().filter(|_| keeps_wrong).filter_map(|wrong| self.read.get(wrong.at.clone()));
        let words = tokens::words_form(&self.made.text);
        let text = std::iter::once(words.as_str()).filter(|words| !words.is_empty()).chain(wrong);
        self.text = text.collect::<Vec<_>>().join(" ");
        self.base = self.made.chosen.clone();
        self.wrong = tokens::parse(&self.text, vocabulary).wrong;
        self.read.clone_from(&self.text);
    }

    /// Reads the text if it has changed. True if the query is another one.
    fn read(&mut self, vocabulary: &Vocabulary) -> bool {
        if self.text == self.read {
            return false;
        }
        self.read.clone_from(&self.text);
        let parsed = tokens::parse(&self.text, vocabulary);
        self.wrong = parsed.wrong;
        let mut chosen = self.base.clone();
        chosen.extend(parsed.query.chosen);
        let made = Query { text: parsed.query.text, chosen };
        let changed = made != self.made;
        self.made = made;
        changed
    }

    fn mend(&mut self, at: usize) {
        if let Some(wrong) = self.wrong.get(at)
            && let Some(instead) = &wrong.instead
        {
            self.text.replace_range(wrong.at.clone(), instead);
        }
    }
}

pub(super) fn search_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation) {
    let theme = Theme::of(ui);
    let facets = &view.here().tools.facets;
    let vocabulary = facets.vocabulary();
    let memory = &mut view.memory.search;
    memory.follow(&table.query, vocabulary);
    let id = ui.make_persistent_id("search tools");
    let SearchMemory { text, offered, offered_for, .. } = memory;
    let mut offers = |word: &str| {
        // The piece reaches to the cursor: the popup is told that no letter divides words, since quotes hold blanks.
        if offered_for.0 != word || offered_for.1 != table.query {
            *offered_for = (word.to_owned(), table.query.clone());
            *offered = tokens::complete(word, word.len(), vocabulary, |value| facets.count(value));
        }
        offered.iter().map(|candidate| suggestion(word, candidate)).collect()
    };
    let edit = TextEdit::singleline(text)
        .hint_text(format!("{}  Name, claim, stage:…", icons::MAGNIFYING_GLASS))
        .desired_width(ui.available_width() - 8.0)
        .margin(Margin::symmetric(8, 5))
        .font(theme.body());
    let popup =
        CompletionPopup::new(id).word_boundary(|_| false).align(RectAlign::BOTTOM_START).max_height(260.0);
    let shown = popup.show(ui, edit, |query| offers(query.word));
    let field = &shown.text_edit.response.response;
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search tools"));
    if std::mem::take(&mut view.memory.focus_filter) {
        field.request_focus();
    }
    let memory = &mut view.memory.search;
    if !shown.is_open
        && let Some(at) = wrong_ui(ui, &memory.wrong)
    {
        memory.mend(at);
        field.request_focus();
    }
    if memory.read(vocabulary) {
        table.query.clone_from(&memory.made);
        table.column = Default::default();
        table.descending = false;
    }
    if field.lost_focus() {
        memory.settle(true, vocabulary);
    }
}

fn suggestion(before: &str, candidate: &Candidate) -> Suggestion {
    let kept = before.get(..candidate.start).unwrap_or_default();
    let end = if candidate.count.is_some() { " " } else { "" };
    let suggestion =
        Suggestion::new(format!("{kept}{}{end}", candidate.text)).content(candidate.text.clone());
    match candidate.count {
        Some(count) => suggestion.description(count.to_string()),
        None => suggestion,
    }
}

/// The first thing that is wrong, and a button that mends it. Returns which is to be mended.
fn wrong_ui(ui: &mut Ui, wrong: &[Wrong]) -> Option<usize> {
    let theme = Theme::of(ui);
    let first = wrong.first()?;
    ui.add_space(4.0);
    wrapped(ui, &first.message, &Ink::new(theme.small(), theme.color.error));
    let instead = first.instead.as_ref()?;
    button(ui, icons::MAGIC_WAND, &format!("Use {instead}"), Kind::Quiet).clicked().then_some(0)
}
