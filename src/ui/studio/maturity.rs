//! How mature a drawing is on two scales and in nine components, and what is missing for the next step.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::{edit, findings, panel, score, select};
use crate::action::DocumentId;
use crate::address::DrawingPanel;
use crate::architecture::maturity::{Component, Missing};
use crate::architecture::{Edit, Maturity, Node, kinds};
use crate::problem::Severity;
use crate::shown::counted;
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
    scales_ui(ui, view, drawing);
    let errors = match drawing.judged.counts() {
        [0, ..] => String::new(),
        [errors, ..] => format!("It has that level {}.", errors_open(errors)),
    };
    let scales = [
        ("Google", maturity.google, 2, &maturity.google_missing),
        ("Microsoft", maturity.microsoft, 4, &maturity.microsoft_missing),
    ];
    for (name, level, most, missing) in scales {
        ui.add_space(10.0);
        if level >= most {
            section_head(ui, &format!("{name}: the highest level"));
            if !errors.is_empty() {
                wrapped(ui, &errors, &Ink::new(theme.body(), theme.color.text_2));
            }
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

/// The levels of the drawing, what they would be for what its sources report alone, and whether errors are open.
pub(super) fn scales_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let maturity = &drawing.judged.maturity;
    let part = drawing.document.reported_drawing().filter(|_| !drawing.is_reported);
    let part = part.map(|part| &part.judged.maturity);
    let beside = |of_part: &dyn Fn(&Maturity) -> String| part.map(of_part).unwrap_or_default();
    let level = |level: u8| format!("As reported: level {level}");
    let (covered, components) = (maturity.covered(), maturity.components.len());
    for (name, reached, most, reported) in [
        ("Google", usize::from(maturity.google), 2, beside(&|part| level(part.google))),
        ("Microsoft", usize::from(maturity.microsoft), 4, beside(&|part| level(part.microsoft))),
        (
            "Components",
            covered,
            components,
            beside(&|part| format!("As reported: {} of {}", part.covered(), part.components.len())),
        ),
    ] {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            scale_ui(ui, name, reached, most);
            if !reported.is_empty() {
                reported_ui(ui, &reported);
            }
        });
    }
    let [errors, ..] = drawing.judged.counts();
    if errors > 0 && !drawing.is_unjudged {
        let mut text = errors_open(errors);
        text.replace_range(..1, "W");
        let (icon, color) = findings::sign(theme, Severity::Error);
        let row = ListRow { icon, icon_color: Some(color), text: &text, caption: "", selected: false };
        let why = "A level tells which parts and paths are drawn, not that nothing is wrong with them.";
        if row.show(ui).on_hover_text(why).clicked() {
            panel::show(view, DrawingPanel::Findings);
        }
    }
}

fn errors_open(errors: usize) -> String {
    format!("with {} open", counted(errors, "error", "errors"))
}

/// What a scale says of what the sources report, below its bar.
fn reported_ui(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(BAR);
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_2));
    });
}

/// Where the bar of a scale begins.
const BAR: f32 = 96.0;

/// A row of segments, as many filled as are reached.
fn scale_ui(ui: &mut Ui, name: &str, reached: usize, most: usize) {
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
        Rect::from_min_max(pos2(rect.left() + BAR, middle - 4.0), pos2(rect.right() - 44.0, middle + 4.0));
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
            if !drawing.is_fixed() && button(ui, icons::PLUS, &text, Kind::Plain).clicked() {
                let node = Node {
                    id: drawing.architecture.free_id(&kind.id, |_| false),
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
