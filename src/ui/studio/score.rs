//! The ML Test Score as a checklist: what a team does for each of 28 tests, and the section that is lowest.

use egui::accesskit::Role;
use egui::{Align2, RichText, Sense, Ui, WidgetInfo, vec2};

use super::edit;
use crate::action::DocumentId;
use crate::architecture::Edit;
use crate::architecture::test_score::{Answer, Test, rubric, score};
use crate::state::Drawing;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text, section_head, tab, wrapped};

const ANSWERS: [(Answer, &str, &str); 3] = [
    (Answer::No, "0", "not run"),
    (Answer::Manual, "½", "run by hand, with its results written down"),
    (Answer::Automated, "1", "run by a system, again and again"),
];

/// Width of the three answers at the right.
const ANSWERED: f32 = 96.0;

pub(super) fn score_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let score = score(&drawing.architecture.test_score);
    ui.add_space(14.0);
    section_head(ui, "ML Test Score");
    let answered: usize = score.sections.iter().map(|section| section.answered).sum();
    let text = match answered {
        0 => "Nobody has answered yet. It is what a team does that counts, not what is drawn.".to_owned(),
        _ => format!("{} of 7, the lowest of four sections. {}", score.points, score.meaning),
    };
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
    let suggested: Vec<(&str, &str)> = view
        .memory
        .studio
        .asked
        .suggested(view.state, id, drawing)
        .iter()
        .map(|suggestion| (suggestion.test, suggestion.reason))
        .collect();
    let mut change = None;
    for (section, of) in rubric().sections.iter().zip(&score.sections) {
        ui.add_space(10.0);
        section_head(ui, &format!("{} · {} of {}", section.title, of.points, of.tests));
        for test in &section.tests {
            let reason = suggested.iter().find(|(id, _)| *id == test.id).map(|(_, reason)| *reason);
            let answer = drawing.architecture.test_score.of.get(&test.id).copied();
            if let Some(pressed) = test_ui(ui, test, answer, reason, drawing.is_fixed()) {
                // Pressed again it is taken away.
                change = Some((test.id.clone(), (answer != Some(pressed)).then_some(pressed)));
            }
        }
    }
    if let Some((test, answer)) = change {
        edit(view, id, Edit::SetTestAnswer { test, answer });
    }
}

/// One test; gives the answer that was pressed. Where nobody may answer, the one that is given is told.
fn test_ui(
    ui: &mut Ui,
    test: &Test,
    answer: Option<Answer>,
    reason: Option<&str>,
    is_fixed: bool,
) -> Option<Answer> {
    let theme = Theme::of(ui);
    let mut pressed = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 1.0);
        let room = (ui.available_width() - ANSWERED).max(80.0);
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(5.0);
            let name = wrapped(ui, &test.name, &Ink::new(theme.body(), theme.color.text));
            name.on_hover_text(&test.explanation);
            if let (None, Some(reason)) = (answer, reason) {
                wrapped(ui, &format!("Perhaps: {reason}"), &Ink::new(theme.small(), theme.color.text_3));
            }
            ui.add_space(3.0);
        });
        if is_fixed {
            let given = ANSWERS.iter().find(|(each, ..)| answer == Some(*each));
            let (sign, meaning) =
                given.map_or(("–", "not answered"), |(_, sign, meaning)| (*sign, *meaning));
            let (rect, told) = ui.allocate_exact_size(vec2(ANSWERED, 28.0), Sense::hover());
            let name = format!("{}: {meaning}", test.name);
            told.widget_info(move || WidgetInfo::labeled(Role::Label, true, name.clone()));
            told.on_hover_text(RichText::new(meaning));
            let ink = Ink::new(theme.medium(), theme.color.text_2);
            paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, sign, &ink, ANSWERED);
            return;
        }
        for (each, sign, meaning) in ANSWERS {
            let choice = ui.push_id((&test.id, sign), |ui| {
                tab(ui, "", sign, answer == Some(each)).on_hover_text(RichText::new(meaning))
            });
            if choice.inner.clicked() {
                pressed = Some(each);
            }
        }
    });
    pressed
}
