//! What the lines of a drawing mean, and the parts that can be added to it.

use egui::{Sense, Ui, vec2};

use crate::action::DocumentId;
use crate::architecture::{Edit, Node, kinds};
use crate::state::Drawing;
use crate::ui::studio::{edit, lane_hue, select};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, paint_text, section_head};
use crate::ui::{View, icons};

/// All kinds of parts by lane; a press adds one.
pub(super) fn parts_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let architecture = drawing.architecture;
    section_head(ui, "Add a part");
    for lane in kinds::lanes() {
        let theme = Theme::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        ui.painter().circle_filled(rect.left_center() + vec2(4.0, 0.0), 4.0, lane_hue(theme, &lane.id));
        let ink = Ink::new(theme.strong(theme.text.small), theme.color.text_2);
        let at = rect.left_center() + vec2(14.0, 0.0);
        paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, &lane.title, &ink, 200.0);
        for kind in kinds::kinds().iter().filter(|kind| kind.stage == lane.id) {
            let icon = icons::by_name(kinds::icon(&kind.id)).unwrap_or(icons::CIRCLE);
            let row = ListRow { icon, icon_color: None, text: &kind.label, caption: "", selected: false };
            if row.show(ui).clicked() {
                let node_id = architecture.free_id(&kind.id, |_| false);
                let node = Node {
                    id: node_id.clone(),
                    kind: kind.id.clone(),
                    stage: kind.stage.clone(),
                    label: kind.label.clone(),
                    ..Node::default()
                };
                edit(view, id, Edit::AddNode(node, None));
                select(view, [node_id]);
            }
        }
    }
}

/// What the four kinds of lines mean.
pub(super) fn legend_ui(ui: &mut Ui) {
    let theme = Theme::of(ui);
    section_head(ui, "Lines");
    let classes = [
        (crate::catalog::Stage::Serve, "Data", None),
        (crate::catalog::Stage::Monitor, "Models and predictions", None),
        (crate::catalog::Stage::Feature, "Metrics, metadata, feedback", Some((1.8, 4.0))),
    ];
    for (hue, text, dash) in classes {
        legend_line(ui, theme.stage(hue), text, dash);
    }
    legend_line(ui, theme.color.text_3, "Code, triggers, approvals", Some((5.0, 4.0)));
}

fn legend_line(ui: &mut Ui, color: egui::Color32, text: &str, dash: Option<(f32, f32)>) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let line = [rect.left_center(), rect.left_center() + vec2(30.0, 0.0)];
    let stroke = egui::Stroke::new(1.8, color);
    match dash {
        Some((dash, gap)) => {
            ui.painter().extend(egui::Shape::dashed_line(&line, stroke, dash, gap));
        }
        None => {
            ui.painter().line_segment(line, stroke);
        }
    }
    let ink = Ink::new(theme.body(), theme.color.text_2);
    let at = rect.left_center() + vec2(40.0, 0.0);
    paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, text, &ink, rect.width() - 44.0);
}
