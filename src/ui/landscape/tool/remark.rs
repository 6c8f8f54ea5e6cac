//! What the person keeps about a tool: shortlist, rating, note.

use egui::accesskit::Role;
use egui::{RichText, TextEdit, Ui, WidgetInfo};

use crate::action::{Action, RemarkAction};
use crate::catalog::Tool;
use crate::remarks::{BEST, Remark};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, icon_button, section_head};
use crate::ui::{View, icons};

/// Puts the tool on the shortlist or takes it off.
pub(in crate::ui::landscape) fn shortlist_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let on = view.state.remarks.of(&tool.id).is_some_and(|remark| remark.shortlisted);
    let text = if on { "On the shortlist" } else { "Shortlist" };
    if button(ui, icons::STAR, text, Kind::Plain).clicked() {
        let action = RemarkAction::Shortlist(tool.id.clone(), !on);
        view.actions.push(Action::Remark(action));
    }
}

/// Rating and note.
pub(super) fn remark_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let theme = Theme::of(ui);
    let empty = Remark::default();
    let remark = view.state.remarks.of(&tool.id).unwrap_or(&empty);
    let mut action = None;
    section_head(ui, "My note");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for rating in 1..=BEST {
            let on = remark.rating.is_some_and(|own| own >= rating);
            let name = format!("Rate {} {rating} of {BEST}", tool.name);
            if icon_button(ui, icons::STAR, &name, on).clicked() {
                // The same star again takes the rating away.
                let rating = (remark.rating != Some(rating)).then_some(rating);
                action = Some(RemarkAction::Rate(tool.id.clone(), rating));
            }
        }
        let text = remark.rating.map_or_else(|| "not rated".to_owned(), |own| format!("{own} of {BEST}"));
        ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_3));
    });
    ui.add_space(4.0);
    let mut note = remark.note.clone();
    let field = ui.add(
        TextEdit::multiline(&mut note)
            .hint_text("Only for you: kept on this machine, in no export")
            .desired_width(f32::INFINITY)
            .desired_rows(3)
            .font(theme.body())
            .margin(egui::Margin::symmetric(8, 6)),
    );
    let name = format!("My note on {}", tool.name);
    field.widget_info(move || WidgetInfo::labeled(Role::MultilineTextInput, true, name.clone()));
    if field.changed() {
        action = Some(RemarkAction::Note(tool.id.clone(), note));
    }
    if let Some(action) = action {
        view.actions.push(Action::Remark(action));
    }
}
