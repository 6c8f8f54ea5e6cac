//! All of the board on one page to print: every block with every card, what it shows, of when, and how to read it.

use egui::{Align2, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::laid::Laid;
use super::layout::Measures;
use super::legend::{MARKS, UNMARKED, marks_ui};
use super::{Scene, block_ui};
use crate::address::LandscapeLocation;
use crate::catalog::Group;
use crate::catalog::query::Query;
use crate::ui::View;
use crate::ui::landscape::chips;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Around everything.
const MARGIN: f32 = 40.0;
/// Height of the title and of the line below it.
const HEAD: f32 = 84.0;
/// Height of how to read it.
const FOOT: f32 = 64.0;
/// Width to height of a page: that of the A series, lying.
const SHAPE: f32 = std::f32::consts::SQRT_2;
/// A page of fewer columns would have no room for its title.
const FEWEST: usize = 4;
const MOST: usize = 60;

/// Draws the whole board and tells how large a page it needs; none, and nothing drawn, where it has no tool or is
/// not the view.
pub fn poster_ui(ui: &Ui, view: &View<'_>, table: &LandscapeLocation) -> Option<Vec2> {
    let tools = &view.here().tools;
    if table.view != crate::address::LandscapeView::Board || tools.groups.is_empty() {
        return None;
    }
    let groups = parts(&tools.groups);
    let mut laid = Laid::default();
    let (scene, width) = scene(ui, &groups, &mut laid);
    let size = vec2(width, scene.height) + vec2(2.0 * MARGIN, 2.0 * MARGIN + HEAD + FOOT);
    let page = Rect::from_min_size(ui.max_rect().min, size);
    head(ui, view, table, page);
    let origin = page.min + vec2(MARGIN, MARGIN + HEAD);
    // Nothing is selected on paper.
    let mut plain = LandscapeLocation { selected: None, ..table.clone() };
    for (group, (block, (column, top))) in groups.iter().zip(scene.blocks.iter().zip(&scene.places)) {
        let at = origin + vec2(scene.left(*column), *top);
        let rect = Rect::from_min_size(at, vec2(scene.measures.column, block.height(&scene.measures)));
        let nobody = (&mut None, &mut None);
        block_ui(ui, (view, &mut laid), &mut plain, (group, block), rect, &scene.measures, nobody);
    }
    foot(ui, pos2(page.left() + MARGIN, page.bottom() - MARGIN));
    Some(size)
}

/// A block of many cards in parts that stand in several columns: one tall block would make a tall page, nearly empty.
fn parts(groups: &[Group]) -> Vec<Group> {
    /// Cards in a part: as many as the larger categories have.
    const MOST_CARDS: usize = 20;
    let part = |group: &Group| {
        let all = group.rows.len();
        let (count, title, stage) = (all.div_ceil(MOST_CARDS), group.title.clone(), group.stage);
        let even = all.div_ceil(count.max(1)).max(1);
        let named = move |at: usize| match (count, at) {
            (..=1, _) => title.clone(),
            (_, 0) => format!("{title}, {all} in all"),
            _ => format!("{title}, continued"),
        };
        let rows: Vec<Vec<usize>> = group.rows.chunks(even).map(<[usize]>::to_vec).collect();
        rows.into_iter().enumerate().map(move |(at, rows)| Group { title: named(at), stage, rows })
    };
    groups.iter().flat_map(part).collect()
}

/// The layout whose page comes nearest to the wanted shape, and its width.
fn scene(ui: &Ui, groups: &[Group], laid: &mut Laid) -> (Scene, f32) {
    /// Wide enough for nearly every name: on paper nobody can point at a cut one.
    const COLUMN: f32 = 212.0;
    let measures = Measures { column: COLUMN, ..Measures::new(1.0, COLUMN) };
    let mut of = |columns: usize| {
        let width = columns as f32 * (COLUMN + measures.gap) - measures.gap;
        (Scene::new(ui, (groups, None), measures, width, laid), width)
    };
    let far = |(scene, width): &(Scene, f32)| {
        ((width + 2.0 * MARGIN) / (scene.height + 2.0 * MARGIN + HEAD + FOOT) / SHAPE).ln().abs()
    };
    let mut best = of(FEWEST);
    for columns in FEWEST + 1..=MOST {
        let next = of(columns);
        if far(&next) >= far(&best) {
            break;
        }
        best = next;
    }
    best
}

/// The title, what it is of, and when.
fn head(ui: &Ui, view: &View<'_>, table: &LandscapeLocation, page: Rect) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let state = view.state;
    let left = page.left() + MARGIN;
    let top = page.top() + MARGIN;
    let right = page.right() - MARGIN;
    let title = format!("The MLOps landscape by {}", table.by.title().to_lowercase());
    let ink = Ink::new(theme.strong(28.0), c.text);
    paint_text(ui.painter(), pos2(left, top + 18.0), Align2::LEFT_CENTER, &title, &ink, right - left);
    let ink = Ink::new(theme.sized(theme.text.body), c.text_3);
    let dates = state.catalog.newest_date().map_or_else(String::new, |newest| format!("data of {newest} · "));
    let dates = format!("MLOps Atlas · {dates}drawn on {}", state.today);
    let at = pos2(right, top + 50.0);
    let (dates, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &dates, &ink, page.width() * 0.5);
    let ink = Ink::new(theme.sized(15.0), c.text_2);
    let line = filter(&table.query, view.here().tools.rows.len(), state.catalog.tools().len());
    let room = dates.left() - left - 24.0;
    paint_text(ui.painter(), pos2(left, top + 50.0), Align2::LEFT_CENTER, &line, &ink, room);
    ui.painter().hline(left..=right, top + HEAD - 14.0, (1.0, c.line));
}

/// How many tools, and by what they were chosen.
fn filter(query: &Query, shown: usize, all: usize) -> String {
    if *query == Query::default() {
        return format!("All {all} tools of the catalog");
    }
    let words = Some(format!("“{}”", query.text)).filter(|_| !query.text.is_empty());
    let values = query.chosen.iter().map(|(value, wish)| chips::label(value, *wish));
    let list: Vec<String> = words.into_iter().chain(values).collect();
    format!("{shown} of {all} tools: {}", list.join(", "))
}

/// What the marks mean.
fn foot(ui: &Ui, left_bottom: Pos2) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let ink = Ink::new(theme.sized(theme.text.body), c.text_2);
    marks_ui(ui, left_bottom - vec2(0.0, 32.0), &MARKS, &ink, 24.0);
    let last = left_bottom - vec2(0.0, 10.0);
    paint_text(ui.painter(), last, Align2::LEFT_CENTER, UNMARKED, &ink, 720.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_blocks_stand_in_even_parts() {
        let group = |title: &str, count: usize| Group {
            title: title.into(),
            stage: None,
            rows: (0..count).collect(),
        };
        let parts = parts(&[group("Serve", 20), group("Train", 41), group("Frame", 1)]);
        let told: Vec<(&str, usize)> =
            parts.iter().map(|part| (part.title.as_str(), part.rows.len())).collect();
        // 41 cards need three parts of at most 20: 14, 14 and 13.
        let train = [("Train, 41 in all", 14), ("Train, continued", 14), ("Train, continued", 13)];
        assert_eq!(told, [&[("Serve", 20)][..], &train[..], &[("Frame", 1)][..]].concat());
        assert_eq!(parts[3].rows, (28..41).collect::<Vec<_>>(), "no card twice, none lost");
    }
}
