//! The kinds of flows, the most common first: a few, all, or those that hold some words.

use egui::accesskit::Role;
use egui::{Layout, Margin, TextEdit, Ui, WidgetInfo, vec2};

use super::matrix::{Measures, Shown, head_row, row_ui};
use crate::state::CommonPractice;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, inside, paint_text};
use crate::ui::{View, icons};

/// As many as are shown before somebody asks for all.
const FEW: usize = 12;
/// More than these nobody reads one by one.
const MOST: usize = 300;

/// What the view remembers and may lose.
#[derive(Clone, Debug, Default)]
pub struct ConsensusMemory {
    /// Words that flows must hold.
    text: String,
    /// Whether all flows are shown.
    all: bool,
    /// The flows that hold the words, for one counting.
    found: Option<(u64, String, Vec<usize>)>,
}

impl ConsensusMemory {
    /// The places in [`CommonPractice::flows`] that hold all the words.
    fn found(&mut self, practice: &CommonPractice) -> &[usize] {
        let is_known = |(revision, text, _): &(u64, String, Vec<usize>)| {
            *revision == practice.revision && *text == self.text
        };
        if !self.found.as_ref().is_some_and(is_known) {
            let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
            let holds = |at: &usize| {
                let told = practice.flows.get(*at).map(|row| row.told.to_lowercase()).unwrap_or_default();
                words.iter().all(|word| told.contains(word))
            };
            let found = (0..practice.flows.len()).filter(holds).collect();
            self.found = Some((practice.revision, self.text.clone(), found));
        }
        self.found.as_ref().map_or(&[], |(.., found)| found)
    }
}

pub(super) fn flows_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    practice: &CommonPractice,
    percent: u8,
    (measures, pointed): (&Measures, Option<usize>),
) {
    let theme = Theme::of(ui);
    search_ui(ui, view, practice.flows.len());
    let memory = &mut view.memory.consensus;
    let most = if memory.all { MOST } else { FEW };
    let found = memory.found(practice);
    for at in found.iter().take(most) {
        let Some((row, shared)) =
            practice.flows.get(*at).and_then(|row| Some((row, practice.found.flows.get(row.at)?)))
        else {
            continue;
        };
        let shown = Shown { row, count: shared.with.len(), is_selected: None, pointed };
        row_ui(ui, practice, percent, measures, &shown, &|drawing| shared.has(drawing));
    }
    let count = found.len();
    let more = count.saturating_sub(most);
    let text = match (count, more) {
        (0, _) if practice.flows.is_empty() => "No flow between two known kinds of boxes.".to_owned(),
        (0, _) => "No flow has these words.".to_owned(),
        (_, 0) => String::new(),
        (_, more) => format!("And {more} more."),
    };
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        if !text.is_empty() {
            let ink = Ink::new(theme.small(), theme.color.text_3);
            let (rect, response) = ui.allocate_exact_size(vec2(180.0, theme.size.row), egui::Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
            paint_text(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, &text, &ink, 180.0);
        }
        if more > 0 && !memory.all && button(ui, "", "Show all flows", Kind::Quiet).clicked() {
            memory.all = true;
        } else if memory.all && count > FEW && button(ui, "", "Show fewer", Kind::Quiet).clicked() {
            memory.all = false;
        }
    });
}

/// The section's head with its search.
fn search_ui(ui: &mut Ui, view: &mut View<'_>, count: usize) {
    let theme = Theme::of(ui);
    ui.add_space(4.0);
    let top = ui.cursor().min;
    head_row(ui, &format!("Flows · {count}"), None);
    let room = egui::Rect::from_min_size(top + vec2(112.0, 0.0), vec2(220.0, theme.size.control));
    inside(ui, room, Layout::left_to_right(egui::Align::Center), |ui| {
        let field = ui.add(
            TextEdit::singleline(&mut view.memory.consensus.text)
                .hint_text(format!("{}  Search flows", icons::MAGNIFYING_GLASS))
                .desired_width(room.width() - 16.0)
                .margin(Margin::symmetric(8, 4)),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search flows"));
        if std::mem::take(&mut view.memory.focus_filter) {
            field.request_focus();
            field.scroll_to_me(None);
        }
    });
    ui.add_space(4.0);
}
