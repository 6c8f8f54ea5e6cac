//! How mature a drawing is on two scales and in nine components, and what is missing for the next step.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::inspector::free_id;
use super::{edit, findings, score, select};
use crate::action::DocumentId;
use crate::architecture::maturity::{Component, Missing};
use crate::architecture::{Edit, Node, kinds};
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

pub(super) fn maturity_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let maturity = &drawing.judged.maturity;
    let text = "An estimate from the drawing: what runs may be better or worse.";
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
    scale_ui(ui, "Google", usize::from(maturity.google), 2);
    scale_ui(ui, "Microsoft", usize::from(maturity.microsoft), 4);
    scale_ui(ui, "Components", maturity.covered(), maturity.components.len());
    let scales = [
        ("Google", maturity.google, 2, &maturity.google_missing),
        ("Microsoft", maturity.microsoft, 4, &maturity.microsoft_missing),
    ];
    for (name, level, most, missing) in scales {
        ui.add_space(10.0);
        if level >= most {
            section_head(ui, &format!("{name}: the highest level"));
            continue;
        }
        section_head(ui, &format!("For {name} level {}", level + 1));
        for each in missing {
            missing_ui(ui, view, id, drawing, each);
        }
    }
    ui.add_space(10.0);
    section_head(ui, "Components C1 to C9");
    for component in &maturity.components {
        component_ui(ui, view, drawing, component);
    }
    score::score_ui(ui, view, id, drawing);
}

/// A row of segments, as many filled as are reached.
pub(super) fn scale_ui(ui: &mut Ui, name: &str, reached: usize, most: usize) {
    const GAP: f32 = 3.0;
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let told = format!("{name}: {reached} of {most}");
    response.widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, told.clone()));
    let middle = rect.center().y;
    let ink = Ink::new(theme.body(), c.text_2);
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, &ink, 90.0);
    let bar =
        Rect::from_min_max(pos2(rect.left() + 96.0, middle - 4.0), pos2(rect.right() - 44.0, middle + 4.0));
    let width = (bar.width() + GAP) / most.max(1) as f32 - GAP;
    for at in 0..most {
        let left = bar.left() + at as f32 * (width + GAP);
        let segment = Rect::from_min_size(pos2(left, bar.top()), vec2(width, bar.height()));
        ui.painter().rect_filled(segment, 2.0, if at < reached { c.accent } else { c.raised });
    }
    let ink = Ink::new(theme.mono(), c.text);
    let figure = format!("{reached}/{most}");
    paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &figure, &ink, 44.0);
}

/// One condition that is not met, with what leads to it.
fn missing_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>, missing: &Missing) {
    match missing {
        Missing::Kind(any) => {
            let names: Vec<&str> =
                any.iter().filter_map(|kind| kinds::kind(kind)).map(|kind| kind.label.as_str()).collect();
            let Some(kind) = any.first().and_then(|kind| kinds::kind(kind)) else { return };
            wrapped(
                ui,
                &format!("Nothing does this: {}.", names.join(", or ")),
                &Ink::new(Theme::of(ui).body(), Theme::of(ui).color.text),
            );
            let text = format!("Add {}", kind.label);
            if !drawing.document.read_only && button(ui, icons::PLUS, &text, Kind::Plain).clicked() {
                let node = Node {
                    id: free_id(&drawing.architecture.nodes, &kind.id),
                    kind: kind.id.clone(),
                    stage: kind.stage.clone(),
                    label: kind.label.clone(),
                    ..Node::default()
                };
                let at = node.id.clone();
                edit(view, id, Edit::AddNode(node, None));
                view.memory.studio.reveal = true;
                select(view, [at]);
            }
            ui.add_space(4.0);
        }
        Missing::Rule(rule, _) => {
            let (icon, color) = findings::sign(Theme::of(ui), rule.severity);
            let row = ListRow {
                icon,
                icon_color: Some(color),
                text: &rule.name,
                caption: &rule.id,
                selected: false,
            };
            if row.show(ui).clicked() {
                findings::show_rule(view, drawing, &rule.id);
            }
        }
        Missing::Path(what, nodes) => {
            let row = ListRow {
                icon: icons::FLOW_ARROW,
                icon_color: None,
                text: what,
                caption: "",
                selected: false,
            };
            if row.show(ui).clicked() {
                view.memory.studio.reveal = true;
                select(view, nodes.iter().cloned());
            }
        }
    }
}

fn component_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, component: &Component) {
    let theme = Theme::of(ui);
    let is_there = !component.nodes.is_empty();
    let (icon, color) =
        if is_there { (icons::CHECK, theme.color.ok) } else { (icons::CIRCLE, theme.color.text_3) };
    let first = component.nodes.first().and_then(|id| drawing.architecture.nodes.get(id));
    let caption = match (first, component.nodes.len()) {
        (None, _) => "missing".to_owned(),
        (Some(node), 1) => node.title().to_owned(),
        (Some(_), count) => format!("{count} nodes"),
    };
    let text = format!("{} {}", component.id, component.name);
    let row = ListRow { icon, icon_color: Some(color), text: &text, caption: &caption, selected: false };
    if row.show(ui).clicked() && is_there {
        view.memory.studio.reveal = true;
        select(view, component.nodes.iter().cloned());
    }
}
