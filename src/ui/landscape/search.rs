//! The search box: words and filters in one line, completed from what exists; what is wrong is said below it.

mod wrong;

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{EventFilter, Id, Margin, TextEdit, Ui, WidgetInfo};

use crate::address::LandscapeLocation;
use crate::catalog::query::tokens::{self, Candidate, Wrong};
use crate::catalog::query::{Query, Value, Vocabulary, Wish};
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Completions, Offered, byte_of, keeping_focus, set_cursor};
use crate::ui::{View, icons};
use wrong::wrong_ui;

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
    /// Where the cursor is, in bytes.
    cursor: usize,
    /// What may come next.
    list: Completions<Candidate>,
    /// The text, the cursor in bytes, and the query, that it was found for.
    offered_for: (String, usize, Query),
}

impl SearchMemory {
    /// Forgets what was offered from another catalog.
    pub(in crate::ui) fn forget_offers(&mut self) {
        self.list = Completions::default();
        self.offered_for = Default::default();
        // What was unknown may be there now.
        self.read.clear();
    }

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

    /// Puts a completion in the place of the piece before the cursor, and the cursor after it.
    fn complete(&mut self, ui: &Ui, id: Id, taken: &Candidate) {
        let Some(rest) = self.text.get(self.cursor..).filter(|_| taken.start <= self.cursor) else { return };
        // A value is done; after a key its value follows.
        let blank = if taken.count.is_none() || rest.starts_with(' ') { "" } else { " " };
        self.text.replace_range(taken.start..self.cursor, &format!("{}{blank}", taken.text));
        self.cursor = taken.start + taken.text.len() + blank.len();
        set_cursor(ui, id, &self.text, self.cursor);
    }

    /// Looks again for what may come next, if anything that it depends on has changed.
    fn refresh_offers(&mut self, query: &Query, vocabulary: &Vocabulary, count: impl Fn(&Value) -> usize) {
        let (text, at, of) = &self.offered_for;
        let is_same_text = *text == self.text && *at == self.cursor;
        if is_same_text && of == query {
            return;
        }
        self.list.offer(tokens::complete(&self.text, self.cursor, vocabulary, count), !is_same_text);
        self.offered_for = (self.text.clone(), self.cursor, query.clone());
    }

    fn mend(&mut self, at: usize) {
        if let Some(wrong) = self.wrong.get(at)
            && let Some(instead) = &wrong.instead
        {
            self.text.replace_range(wrong.at.clone(), instead);
        }
    }
}

impl Offered for Candidate {
    fn words(&self) -> &str {
        // The key of a value stands in the box already.
        let text = self.text.split_once(':').filter(|(_, value)| !value.is_empty());
        text.map_or(self.text.as_str(), |(_, value)| value.trim_matches('"'))
    }

    fn told(&self) -> &str {
        &self.text
    }

    fn detail(&self) -> String {
        self.count.map(|count| count.to_string()).unwrap_or_default()
    }
}

pub(super) fn search_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let theme = Theme::of(ui);
    let facets = &view.here().tools.facets;
    let vocabulary = facets.vocabulary();
    let is_bare = view.memory.overlay == Overlay::Bare;
    let asked = std::mem::take(&mut view.memory.focus_filter);
    let memory = &mut view.memory.search;
    memory.follow(&table.query, vocabulary);
    let id = ui.make_persistent_id("search tools");
    let is_open = memory.list.is_open() && ui.memory(|memory| memory.has_focus(id));
    if is_open && let Some(taken) = memory.list.keys(ui) {
        memory.complete(ui, id, &taken);
    }
    let edit = TextEdit::singleline(&mut memory.text)
        .id(id)
        // What the list is told by Tab and Escape must not take the keyboard away first.
        .event_filter(EventFilter {
            tab: is_open,
            escape: is_open,
            horizontal_arrows: true,
            vertical_arrows: true,
        })
        .hint_text(format!("{}  Name, claim, stage:…", icons::MAGNIFYING_GLASS))
        .desired_width(ui.available_width() - 8.0)
        .margin(Margin::symmetric(8, 5))
        .font(theme.body());
    let stays = is_open && memory.list.is_pointed_at(ui);
    let shown = keeping_focus(ui, stays, |ui| edit.show(ui));
    let field = shown.response.response;
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search tools"));
    if asked {
        field.request_focus();
    }
    memory.list.typing = field.has_focus() && (memory.list.typing || field.changed());
    let cursor = shown.cursor_range.filter(|range| range.is_empty()).map(|range| range.primary.index.0);
    memory.cursor = cursor.map_or(memory.text.len(), |at| byte_of(&memory.text, at));
    if memory.list.typing {
        memory.refresh_offers(&table.query, vocabulary, |value| facets.count(value));
    }
    if memory.list.is_open() && !is_bare {
        if let Some(taken) = memory.list.show(ui, id, field.rect) {
            memory.complete(ui, id, &taken);
        }
    } else {
        memory.list.close();
        if let Some(first) = memory.wrong.first()
            && wrong_ui(ui, first, &memory.read)
        {
            memory.mend(0);
            field.request_focus();
        }
    }
    if memory.read(vocabulary) {
        table.query.clone_from(&memory.made);
        table.sort.clear();
    }
    if field.lost_focus() {
        memory.settle(true, vocabulary);
    }
}
