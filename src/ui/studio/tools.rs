//! The strip of tools that floats at the foot of the canvas.

use egui::{Frame, Margin, Rect, RichText, Stroke, Ui, pos2, vec2};

use crate::command::Command;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::icon_button;
use crate::ui::{View, icons, shortcuts};

pub(super) fn tools_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, canvas: Rect, zoom: f32) {
    let theme = Theme::of(ui);
    let size = vec2(404.0, 40.0);
    let rect = Rect::from_center_size(pos2(canvas.center().x, canvas.bottom() - 34.0), size);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    crate::ui::widgets::inside(ui, rect, layout, |ui| {
        Frame::new()
            .fill(theme.color.panel)
            .stroke(Stroke::new(1.0, theme.color.line_strong))
            .corner_radius(8)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(6, 5))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let history = &drawing.document.history;
                let mut tool = |ui: &mut Ui, icon: &str, command: Command, enabled: bool| {
                    let keys = command.shortcuts().first().map(|keys| keys.text()).unwrap_or_default();
                    let name = format!("{}  {keys}", command.title());
                    ui.add_enabled_ui(enabled, |ui| {
                        if icon_button(ui, icon, &name, false).clicked() {
                            shortcuts::execute(view, command);
                        }
                    });
                };
                tool(ui, icons::ARROW_U_UP_LEFT, Command::Undo, history.can_undo());
                tool(ui, icons::ARROW_U_UP_RIGHT, Command::Redo, history.can_redo());
                tool(ui, icons::TRASH, Command::Delete, true);
                tool(ui, icons::FLOPPY_DISK, Command::Save, true);
                tool(ui, icons::EXPORT, Command::Export, true);
                tool(ui, icons::MAGIC_WAND, Command::Tidy, true);
                tool(ui, icons::CORNERS_OUT, Command::Fit, true);
                tool(ui, icons::MINUS, Command::ZoomOut, true);
                tool(ui, icons::PLUS, Command::ZoomIn, true);
                let percent = format!("{:.0} %", zoom * 100.0);
                ui.add_space(4.0);
                ui.label(RichText::new(percent).font(theme.mono()).color(theme.color.text_2));
            });
    });
}
