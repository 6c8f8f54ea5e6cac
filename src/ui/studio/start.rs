//! Where the Studio starts: fifteen templates as small pictures, and drawings opened before.

use egui::accesskit::Role;
use egui::{Margin, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::camera::{Camera, bounds_rect, pos, size_vec};
use super::lane_hue;
use crate::address::{Location, Origin};
use crate::command::Command;
use crate::state::Template;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, Kind, button, paint_text, wrapped};
use crate::ui::{View, icons, shortcuts};

/// Draws the page.
pub fn start_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 20)).show(ui, |ui| {
            let has_room = ui.available_width() > 440.0;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                ui.label(RichText::new("Start a drawing").font(theme.strong(theme.text.title)));
                if has_room {
                    let layout = egui::Layout::right_to_left(egui::Align::Center);
                    ui.with_layout(layout, |ui| buttons_ui(ui, view));
                }
            });
            if !has_room {
                ui.horizontal(|ui| buttons_ui(ui, view));
            }
            let text = "Templates drawn from published architectures. Choose one, then put your own tools in \
                        its boxes; the template itself never changes.";
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
            ui.add_space(12.0);
            grid(ui, view);
        });
    });
}

fn buttons_ui(ui: &mut Ui, view: &mut View<'_>) {
    if button(ui, icons::FOLDER_OPEN, "Open…", Kind::Plain).clicked() {
        shortcuts::execute(view, Command::Open);
    }
    if button(ui, icons::PLUS, "Empty drawing", Kind::Plain).clicked() {
        shortcuts::execute(view, Command::NewDrawing);
    }
}

fn grid(ui: &mut Ui, view: &mut View<'_>) {
    let gap = 14.0;
    let columns = (((ui.available_width() + gap) / (300.0 + gap)).floor().max(1.0)) as usize;
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    let mut chosen = None;
    for row in view.state.templates.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for template in row {
                if card(ui, template, width) {
                    chosen = Some(template.id.clone());
                }
            }
        });
        ui.add_space(gap - 4.0);
    }
    if let Some(id) = chosen {
        view.go(Location::drawing(Origin::Template(id)));
    }
}

fn card(ui: &mut Ui, template: &Template, width: f32) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 222.0), Sense::click());
    let architecture = &template.architecture;
    let name = format!("Template {}", architecture.title);
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let hot = response.hovered() || response.has_focus();
    ui.painter().rect_filled(rect, 8.0, if hot { c.raised } else { c.panel });
    let picture = Rect::from_min_size(rect.min, vec2(rect.width(), 112.0)).shrink(1.0);
    let top = egui::CornerRadius { nw: 7, ne: 7, sw: 0, se: 0 };
    ui.painter().rect_filled(picture, top, c.canvas);
    miniature(ui, template, picture.shrink2(vec2(14.0, 12.0)));
    let stroke = Stroke::new(1.0, if hot { c.accent } else { c.line });
    ui.painter().rect_stroke(rect, 8.0, stroke, StrokeKind::Inside);
    let words = Rect::from_min_max(rect.min + vec2(14.0, 120.0), rect.max - vec2(14.0, 10.0));
    crate::ui::widgets::inside(ui, words, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.shrink_clip_rect(words);
        ui.spacing_mut().item_spacing.y = 3.0;
        let (line, _) = ui.allocate_exact_size(vec2(words.width(), 20.0), Sense::hover());
        let ink = Ink::new(theme.strong(theme.text.emphasis), c.text);
        let anchor = egui::Align2::LEFT_CENTER;
        paint_text(ui.painter(), line.left_center(), anchor, &architecture.title, &ink, line.width());
        let (line, _) = ui.allocate_exact_size(vec2(words.width(), 16.0), Sense::hover());
        let counts = format!(
            "{} · {} nodes · {} flows",
            architecture.domain,
            architecture.nodes.len(),
            architecture.flows.len()
        );
        let ink = Ink::new(theme.small(), c.text_3);
        paint_text(ui.painter(), line.left_center(), anchor, &counts, &ink, line.width());
        let mut job = egui::text::LayoutJob::simple(
            architecture.summary.clone(),
            theme.small(),
            c.text_2,
            words.width(),
        );
        job.wrap.max_rows = 3;
        let galley = ui.painter().layout_job(job);
        let (at, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.painter().galley(at.min, galley, c.text_2);
    });
    let response = response.on_hover_text(&architecture.summary);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The drawing as coloured blocks.
fn miniature(ui: &Ui, template: &Template, room: Rect) {
    let theme = Theme::of(ui);
    let placement = &template.placement;
    let bounds = bounds_rect(placement.bounds);
    let factor = (room.width() / bounds.width().max(1.0)).min(room.height() / bounds.height().max(1.0));
    let camera = Camera { center: bounds.center(), zoom: factor };
    let line = mix(theme.color.canvas, theme.color.text_3, 0.4);
    let center = |id| {
        let at = placement.positions.get(id)?;
        let size = template.architecture.size_of(id);
        Some(camera.to_view(room, pos(*at) + size_vec(size) / 2.0))
    };
    for flow in &template.architecture.flows {
        if let (Some(from), Some(to)) = (center(&flow.from), center(&flow.to)) {
            ui.painter().line_segment([from, to], Stroke::new(0.6, line));
        }
    }
    for (id, node) in &template.architecture.nodes {
        let Some(at) = placement.positions.get(id) else { continue };
        let size = template.architecture.size_of(id);
        let rect = Rect::from_min_size(pos(*at), size_vec(size));
        let hue = lane_hue(theme, &node.stage);
        ui.painter().rect_filled(camera.rect_to_view(room, rect), 1.5, hue);
    }
}
