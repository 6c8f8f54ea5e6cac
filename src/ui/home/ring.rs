//! The lifecycle as a race track: nine stages on it, govern around all, and the loops back from monitor.

use egui::accesskit::Role;
use egui::epaint::CubicBezierShape;
use egui::{
    Align2, Color32, Pos2, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::address::{LandscapeLocation, Location, PracticeSection};
use crate::catalog::Stage;
use crate::ui::View;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, chip, paint_text, wrapped};

/// The picture's own coordinates: 1408 wide, 528 high, scaled to the room there is.
const WIDTH: f32 = 1408.0;
const HEIGHT: f32 = 528.0;
const TOP: f32 = 86.0;
const BOTTOM: f32 = 442.0;
const CARD: egui::Vec2 = vec2(148.0, 60.0);

/// Where each stage's card is centred; govern's is its label on the outer band.
fn center_of(stage: Stage) -> Pos2 {
    let (x, y) = match stage {
        Stage::Frame => (260.0, TOP),
        Stage::Collect => (482.0, TOP),
        Stage::Prepare => (704.0, TOP),
        Stage::Feature => (926.0, TOP),
        Stage::Train => (1148.0, TOP),
        Stage::Evaluate => (1148.0, BOTTOM),
        Stage::Release => (852.0, BOTTOM),
        Stage::Serve => (556.0, BOTTOM),
        Stage::Monitor => (260.0, BOTTOM),
        Stage::Govern => (704.0, 24.0),
    };
    pos2(x, y)
}

/// Maps the picture's coordinates into the window.
struct Scale {
    origin: Pos2,
    factor: f32,
}

impl Scale {
    fn at(&self, pos: Pos2) -> Pos2 {
        self.origin + pos.to_vec2() * self.factor
    }
}

pub(super) fn ring_ui(ui: &mut Ui, view: &mut View<'_>) {
    let opened = match view.location() {
        Location::Home(stage) => *stage,
        _ => None,
    };
    let width = ui.available_width();
    if width < WIDTH * LEAST {
        list_ui(ui, view, opened);
        return;
    }
    let factor = (width / WIDTH).min(1.15);
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT * factor), Sense::hover());
    let origin = pos2(rect.center().x - WIDTH * factor / 2.0, rect.top());
    let scale = Scale { origin, factor };
    track(ui, &scale);
    loops(ui, &scale);
    for stage in Stage::ALL.iter().copied() {
        if stage_card(ui, view, &scale, stage, opened == Some(stage)) {
            let next = if opened == Some(stage) { None } else { Some(stage) };
            view.narrow(Location::Home(next));
        }
    }
    let inside = Rect::from_min_max(scale.at(pos2(430.0, 160.0)), scale.at(pos2(1000.0, 350.0)));
    crate::ui::widgets::inside(ui, inside, egui::Layout::top_down(egui::Align::Min), |ui| {
        inside_ui(ui, view, opened);
    });
}

/// Words stay at reading size: on a track smaller than this they would lie over each other.
const LEAST: f32 = 0.72;

/// The stages as chips, and the opened one below: what a narrow window shows instead of the track.
fn list_ui(ui: &mut Ui, view: &mut View<'_>, opened: Option<Stage>) {
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for stage in Stage::ALL.iter().copied() {
            let count = view.state.landscape.count_at(stage);
            let text = format!("{} · {count}", stage.title());
            if chip(ui, Some(("●", theme.stage(stage))), &text, false).clicked() {
                pressed = Some(stage);
            }
        }
    });
    if let Some(stage) = pressed {
        view.narrow(Location::Home(if opened == Some(stage) { None } else { Some(stage) }));
    }
    ui.add_space(10.0);
    inside_ui(ui, view, opened);
    ui.add_space(10.0);
}

/// A stadium: two straights and two half circles.
fn stadium(scale: &Scale, left: f32, right: f32, top: f32, bottom: f32) -> Vec<Pos2> {
    let radius = (bottom - top) / 2.0;
    let middle = f32::midpoint(top, bottom);
    let mut points = Vec::with_capacity(130);
    for step in 0..=64 {
        let angle = -std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * step as f32 / 64.0;
        points.push(scale.at(pos2(right + radius * angle.cos(), middle + radius * angle.sin())));
    }
    for step in 0..=64 {
        let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * step as f32 / 64.0;
        points.push(scale.at(pos2(left + radius * angle.cos(), middle + radius * angle.sin())));
    }
    points
}

fn track(ui: &Ui, scale: &Scale) {
    let theme = Theme::of(ui);
    let band = mix(theme.color.surface, theme.stage(Stage::Govern), 0.28);
    let outer = stadium(scale, 260.0, 1148.0, 24.0, 504.0);
    ui.painter().add(Shape::closed_line(outer, Stroke::new(8.0 * scale.factor, band)));
    let inner = stadium(scale, 260.0, 1148.0, TOP, BOTTOM);
    ui.painter().add(Shape::closed_line(inner, Stroke::new(2.0, theme.color.line_strong)));
}

/// What monitoring leads back to: new data, training again, another question.
fn loops(ui: &Ui, scale: &Scale) {
    let theme = Theme::of(ui);
    let hue = theme.stage(Stage::Monitor);
    let curves = [
        ([(230.0, 412.0), (170.0, 330.0), (170.0, 210.0), (230.0, 118.0)], 0.5, "rethink"),
        ([(290.0, 412.0), (320.0, 300.0), (380.0, 210.0), (464.0, 118.0)], 0.5, "new data"),
        ([(334.0, 430.0), (600.0, 370.0), (1080.0, 420.0), (1130.0, 118.0)], 0.6, "retrain"),
    ];
    for (points, label, text) in curves {
        let points = points.map(|(x, y)| scale.at(pos2(x, y)));
        let curve =
            CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, Stroke::new(1.4, hue));
        let line = curve.flatten(Some(0.3));
        ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.4, hue), 5.0, 5.0));
        let tip = points[3];
        let along = (tip - points[2]).normalized();
        let across = along.rot90();
        let head = vec![tip, tip - along * 9.0 + across * 4.5, tip - along * 9.0 - across * 4.5];
        ui.painter().add(Shape::convex_polygon(head, hue, Stroke::NONE));
        let ink = Ink::new(egui::FontId::proportional(12.0), theme.color.text_2);
        let at = curve.sample(label);
        let galley = ui.painter().layout_no_wrap(text.to_owned(), ink.font.clone(), ink.color);
        let ground = Rect::from_center_size(at, galley.size() + vec2(12.0, 4.0));
        ui.painter().rect_filled(ground, 8.0, theme.color.surface);
        paint_text(ui.painter(), at, Align2::CENTER_CENTER, text, &ink, f32::INFINITY);
    }
}

fn stage_card(ui: &Ui, view: &View<'_>, scale: &Scale, stage: Stage, on: bool) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let count = view.state.landscape.count_at(stage);
    let govern = stage == Stage::Govern;
    let size = if govern { vec2(128.0, 26.0) } else { CARD * scale.factor.max(0.8) };
    let rect = Rect::from_center_size(scale.at(center_of(stage)), size);
    let response = ui.interact(rect, ui.scope_id().with(stage.id()), Sense::click());
    let name = format!("{}, {count} tools", stage.title());
    response.widget_info(move || WidgetInfo::selected(Role::Button, true, on, name.clone()));
    let hue = theme.stage(stage);
    let hot = response.hovered() || response.has_focus();
    let fill = match (on, hot) {
        (true, _) => c.selected,
        (false, true) => c.raised,
        (false, false) => c.panel,
    };
    let stroke = match (on, response.has_focus()) {
        (_, true) => Stroke::new(2.0, c.accent),
        (true, _) => Stroke::new(2.0, hue),
        _ => Stroke::new(1.0, if govern { hue } else { c.line_strong }),
    };
    let radius = if govern { 13.0 } else { 8.0 };
    ui.painter().rect_filled(rect, radius, if govern && !on && !hot { c.surface } else { fill });
    ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    if govern {
        let text = format!("Govern · {count}");
        let ink = Ink::new(theme.body(), c.text);
        paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &text, &ink, 120.0);
    } else {
        let tick = Rect::from_min_size(rect.min, vec2(5.0, rect.height()));
        ui.painter().rect_filled(tick, egui::CornerRadius { nw: 8, sw: 8, ne: 0, se: 0 }, hue);
        let room = rect.width() - 24.0;
        let at = pos2(rect.left() + 16.0, rect.center().y - 10.0);
        let ink = Ink::new(theme.strong(15.0), c.text);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, stage.title(), &ink, room);
        let ink = Ink::new(egui::FontId::proportional(12.0), c.text_2);
        let text = format!("{count} tools");
        paint_text(ui.painter(), at + vec2(0.0, 20.0), Align2::LEFT_CENTER, &text, &ink, room);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The opened stage: what it is, who owns it, some of its tools.
fn inside_ui(ui: &mut Ui, view: &mut View<'_>, opened: Option<Stage>) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let Some(stage) = opened else {
        ui.add_space(34.0);
        ui.vertical_centered(|ui| {
            let tools = view.state.catalog.tools().len();
            let cases = view.state.practice.usecases.len();
            ui.label(RichText::new(format!("{tools} tools")).font(theme.strong(theme.text.heading)));
            let text = format!(
                "{} template architectures · {cases} use cases · press a stage to begin",
                view.state.templates.len()
            );
            ui.label(RichText::new(text).color(c.text_2));
        });
        return;
    };
    let Some(page) = view.state.practice.stage(stage.id()) else { return };
    let count = view.state.landscape.count_at(stage);
    let cases = view.state.practice.usecases_at(stage.id()).count();
    ui.horizontal(|ui| {
        let (dot, _) = ui.allocate_exact_size(vec2(12.0, 24.0), Sense::hover());
        ui.painter().circle_filled(dot.center(), 5.0, theme.stage(stage));
        ui.label(RichText::new(stage.title()).font(theme.strong(theme.text.heading)));
        ui.label(RichText::new(format!("{count} tools · {cases} use cases")).color(c.text_3));
    });
    wrapped(ui, &page.definition, &Ink::new(egui::FontId::proportional(14.0), c.text_2));
    ui.add_space(6.0);
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for tool in crate::ui::landscape::prominent_at(&view.state.catalog, stage).take(6) {
            if chip(ui, Some(("●", theme.stage(stage))), &tool.name, false).clicked() {
                go = Some(Location::Tool(tool.id.clone()));
            }
        }
        if chip(ui, None, &format!("all {count} tools"), false).clicked() {
            go = Some(Location::Landscape(LandscapeLocation::at(stage)));
        }
        if chip(ui, None, "stage page and cases", false).clicked() {
            go = Some(Location::Practice {
                section: PracticeSection::Lifecycle,
                item: Some(stage.id().to_owned()),
                text: String::new(),
            });
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}
