//! Windows smaller than the program asks for (tiling window managers, large zoom): the frame stays usable, the content
//! comes before the inspector, and nothing lies over something else.

use egui::{Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{Location, Place};
use mlops_atlas::app::{App, Start};

use crate::headless;

/// In points: the smallest tile of a screen, a column of one, and 1280×720 at 150, 200 and 300 %.
const SIZES: [Vec2; 5] =
    [vec2(600.0, 420.0), vec2(420.0, 800.0), vec2(853.0, 480.0), vec2(640.0, 360.0), vec2(427.0, 240.0)];

fn open(address: &str, size: Vec2) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    resize(&mut harness, size);
    harness
}

fn resize(harness: &mut Harness<'_, App>, size: Vec2) {
    harness.set_size(size);
    harness.run_steps(4);
}

fn rects(harness: &Harness<'_, App>, label: &str) -> Vec<Rect> {
    harness.query_all_by_label_contains(label).map(|node| node.rect()).collect()
}

#[test]
fn rail_and_top_bar_stay_in_sight_and_apart() {
    for place in Place::ALL {
        let mut harness = open(&Location::start_of(place).to_string(), SIZES[0]);
        for size in SIZES {
            resize(&mut harness, size);
            let window = Rect::from_min_size(egui::Pos2::ZERO, size);
            // Of the labels that a page may hold as well, those of the rail are the leftmost.
            let mut frame: Vec<(String, Rect)> = Place::ALL
                .iter()
                .map(|place| place.title())
                .chain(["Settings"])
                .map(|name| {
                    let all = harness.query_all_by_label(name).map(|node| node.rect());
                    (name.to_owned(), all.min_by(|a, b| a.left().total_cmp(&b.left())).unwrap())
                })
                .collect();
            for label in
                ["Back ", "Forward ", "Search everything", "Export  Ctrl+E", "Copy a link", "Switch to"]
            {
                frame.push((label.to_owned(), rects(&harness, label)[0]));
            }
            let presents = harness.query_all_by_label("Present").map(|node| node.rect());
            let present =
                presents.filter(|rect| rect.bottom() < 50.0).max_by(|a, b| a.left().total_cmp(&b.left()));
            frame.push(("Present, in the bar".to_owned(), present.unwrap()));
            for (at, (name, rect)) in frame.iter().enumerate() {
                assert!(window.contains_rect(*rect), "{name} at {rect} in {size}, {place:?}");
                assert!(rect.height() >= 22.0 && rect.width() >= 22.0, "{name} at {rect} in {size}");
                for (other, taken) in &frame[at + 1..] {
                    let over = rect.shrink(0.5).intersects(*taken);
                    assert!(!over, "{name} at {rect} lies over {other} at {taken} in {size}, {place:?}");
                }
            }
        }
    }
}

#[test]
fn the_table_comes_before_its_inspector_and_its_facets() {
    let address = "atlas:landscape/table?selected=mlflow";
    let mut harness = open(address, SIZES[0]);
    for (size, has_inspector, folds) in [
        (vec2(1600.0, 1000.0), true, false),
        (vec2(880.0, 480.0), true, false),
        (vec2(600.0, 420.0), false, false),
        (vec2(420.0, 800.0), true, true),
        (vec2(427.0, 240.0), false, true),
    ] {
        resize(&mut harness, size);
        let shown = |harness: &Harness<'_, App>, label: &str| harness.query_by_label(label).is_some();
        assert_eq!(shown(&harness, "Open its page"), has_inspector, "{size}");
        assert_eq!(shown(&harness, "Search tools"), !folds, "{size}");
        let head = harness.get_by_label("Sort by Tool").rect();
        assert!(head.width() >= 160.0 && head.right() <= size.x, "{head} in {size}");
        if has_inspector {
            let button = harness.get_by_label("Open its page").rect();
            assert!(Rect::from_min_size(egui::Pos2::ZERO, size).contains_rect(button), "{button} in {size}");
            assert!(!button.intersects(head), "{size}");
        }
        if folds {
            harness.get_by_label("Show the filters").click();
            harness.run_steps(4);
            assert!(shown(&harness, "Search tools") && !shown(&harness, "Sort by Tool"), "{size}");
            let all = harness.state().state().window(WindowId::MAIN).tools.rows.len();
            harness.get_by_label(&format!("Show {all} tools")).click();
            harness.run_steps(4);
            assert!(!shown(&harness, "Search tools") && shown(&harness, "Sort by Tool"), "{size}");
        }
    }
}

#[test]
fn a_narrow_practice_is_its_list_and_then_the_page_with_a_way_back() {
    let mut harness = open("atlas:practice/issues", vec2(420.0, 800.0));
    assert!(harness.query_by_label("Search practice").is_some());
    harness.get_by_label_contains("Dirty or changing data").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Search practice").is_none());
    let title = harness.query_all_by_label_contains("Dirty or changing data").next().unwrap().rect();
    assert!(title.width() > 150.0, "{title}");
    // Of tab and way back, the latter is the lower one.
    let way_back =
        harness.query_all_by_label("Issues").max_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    way_back.unwrap().click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Search practice").is_some());
}

#[test]
fn the_lifecycle_is_a_list_where_the_track_has_no_room() {
    let mut harness = open("atlas:home?stage=serve", SIZES[0]);
    for size in SIZES {
        resize(&mut harness, size);
        let stages: Vec<Rect> =
            ["Frame · ", "Serve · ", "Govern · "].map(|name| rects(&harness, name)[0]).to_vec();
        for (at, rect) in stages.iter().enumerate() {
            assert!(rect.left() >= 68.0 && rect.right() <= size.x, "{rect} in {size}");
            assert!(!stages[at + 1..].iter().any(|other| other.intersects(*rect)), "{size}: {stages:?}");
        }
    }
    assert!(rects(&open("atlas:home", vec2(1280.0, 720.0)), "Serve, ").len() == 1, "the track");
}
