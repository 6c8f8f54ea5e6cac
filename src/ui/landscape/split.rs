//! How far tools are, as stacked bars: complete in full colour, partial half, basic faint.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::catalog::Stage;
use crate::catalog::coverage::Split;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text, stage_dot};

/// The columns of the counts at the right of a bar: their heads, and where each ends, from the right.
const COUNTS: [(&str, f32); 3] = [("complete", 92.0), ("partial", 42.0), ("basic", 0.0)];
/// Width of the counts.
const ROOM: f32 = 150.0;

/// A row of the list: its name, its counts on the scale of `most`, and the hue of its stage.
pub(super) struct SplitRow<'a> {
    pub name: &'a str,
    pub stage: Stage,
    pub split: Split,
    /// The tools of the longest bar.
    pub most: usize,
    /// Width of the names.
    pub names: f32,
}

impl SplitRow<'_> {
    pub(super) fn show(&self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
        let Split { complete, partial, basic } = self.split;
        let told = format!("{}: {complete} complete, {partial} partial, {basic} basic", self.name);
        response.widget_info(move || WidgetInfo::labeled(Role::Button, true, told.clone()));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let c = &theme.color;
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, c.raised);
        }
        stage_dot(ui, pos2(rect.left() + 4.0, rect.center().y), self.stage);
        let at = pos2(rect.left() + 18.0, rect.center().y);
        let ink = Ink::new(theme.body(), c.text);
        let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, self.name, &ink, self.names - 26.0);
        let left = rect.left() + self.names;
        let right = rect.right() - ROOM;
        let bar = Rect::from_min_max(pos2(left, rect.center().y - 4.5), pos2(right, rect.center().y + 4.5));
        bar_ui(ui, bar, self.split, self.most, theme.stage(self.stage));
        for (count, (head, end)) in [complete, partial, basic].into_iter().zip(COUNTS) {
            let at = pos2(rect.right() - end, rect.center().y);
            let color = if count == 0 || head == "basic" { c.text_3 } else { c.text };
            let ink = Ink::new(theme.mono(), color);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &count.to_string(), &ink, 40.0);
        }
        if cut {
            response = response.on_hover_text(self.name);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}

/// What is missing, in the words of the page: `lacks documentation, an alternative`.
pub(super) fn lacking(missing: &[&str]) -> String {
    let word = |field: &str| match field {
        "license" => "a licence that was read".to_owned(),
        "docs" => "documentation".to_owned(),
        "alternative" => "an alternative".to_owned(),
        "status" => "a look at its activity".to_owned(),
        "pros" | "cons" => format!("reviewed {field}"),
        other => other.to_owned(),
    };
    format!("lacks {}", missing.iter().map(|field| word(field)).collect::<Vec<_>>().join(", "))
}

/// The colours of complete, partial and basic tools in one hue.
fn fills(theme: &Theme, hue: Color32) -> [Color32; 3] {
    let ground = theme.color.surface;
    [hue, mix(ground, hue, 0.5), mix(ground, hue, 0.18)]
}

fn bar_ui(ui: &Ui, bar: Rect, split: Split, most: usize, hue: Color32) {
    let theme = Theme::of(ui);
    let per_tool = bar.width() / most.max(1) as f32;
    let mut left = bar.left();
    for (count, fill) in [split.complete, split.partial, split.basic].into_iter().zip(fills(theme, hue)) {
        let width = per_tool * count as f32;
        let part = Rect::from_min_max(pos2(left, bar.top()), pos2(left + width, bar.bottom()));
        ui.painter().rect_filled(part, 0.0, fill);
        left += width;
    }
}

/// The head of the rows: the words over the three counts, in small type.
pub(super) fn split_head(ui: &mut Ui, title: &str) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    crate::ui::widgets::inside(ui, rect, egui::Layout::top_down(egui::Align::Min), |ui| {
        crate::ui::widgets::section_head(ui, title);
    });
    let ink = Ink::new(theme.small(), theme.color.text_3);
    for (head, end) in COUNTS {
        let at = pos2(rect.right() - end, rect.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, head, &ink, 60.0);
    }
}
