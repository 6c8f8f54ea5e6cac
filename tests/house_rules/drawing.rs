//! The checker sees colours outside the theme and shapes that have no vector form.

use super::verdict;

fn rules(file: &str, text: &str) -> Vec<String> {
    verdict(&[(file, text)])
}

#[test]
fn colours_come_from_the_theme() {
    for literal in [
        "egui::Color32::from_rgb(1, 2, 3)",
        "egui::Color32::from_rgba_unmultiplied(1, 2, 3, 4)",
        "egui::Color32::from_rgba_premultiplied(1, 2, 3, 4)",
        "egui::Color32::from_gray(9)",
        "egui::Color32::from_black_alpha(9)",
        "egui::Color32::from_hex(\"#123456\")",
        "egui::Color32::RED",
        "egui::ecolor::Rgba::from_rgb(0.1, 0.2, 0.3)",
        "epaint::ecolor::Hsva::new(0.1, 0.2, 0.3, 1.0)",
        "eframe::egui::Color32::WHITE",
        "<egui::Color32>::from_gray(9)",
    ] {
        let text = format!("fn f() {{ let _ = {literal}; }}");
        let found = rules("src/ui/home.rs", &text);
        assert!(found.len() == 1 && found[0].contains(": colour literal: "), "{literal}: {found:?}");
        assert!(rules("src/ui/theme.rs", &text).is_empty(), "{literal} in the theme");
        assert!(rules("src/ui/theme/apply.rs", &text).is_empty(), "{literal} in the theme's folder");
    }
    assert!(rules("src/ui/home.rs", "fn f(_: egui::Color32) { egui::Color32::TRANSPARENT; }").is_empty());
}

#[test]
fn colours_cannot_be_renamed_away() {
    assert_eq!(
        rules("src/ui/home.rs", "use egui::{Color32 as C};\nfn f() { C::from_rgb(1, 2, 3); }"),
        ["src/ui/home.rs:3: colour literal: C::from_rgb"]
    );
    assert_eq!(
        rules("src/ui/home.rs", "use egui::*;\nfn f() { Color32::RED; }"),
        ["src/ui/home.rs:3: colour literal: Color32::RED"]
    );
    assert_eq!(
        rules("src/ui/home.rs", "type C = egui::Color32;\nfn f() { vec![C::RED]; }"),
        ["src/ui/home.rs:3: colour literal: C::RED"]
    );
    let found = verdict(&[
        ("src/ui/mod.rs", "pub use egui::Color32 as Ink;"),
        ("src/ui/runs/chart.rs", "use crate::ui::Ink;\nfn f() { Ink::GOLD; }"),
    ]);
    assert_eq!(found, ["src/ui/runs/chart.rs:3: colour literal: Ink::GOLD"]);
    assert_eq!(
        rules("src/ui/home.rs", "fn f() { egui::hex_color!(\"#fff\"); }"),
        ["src/ui/home.rs:2: colour literal: egui::hex_color"]
    );
    assert_eq!(
        rules("src/ui/home.rs", "fn f() { x.map(egui::Color32::from_gray); }"),
        ["src/ui/home.rs:2: colour literal: egui::Color32::from_gray"]
    );
}

#[test]
fn every_shape_has_a_vector_form() {
    for shape in [
        "egui::PaintCallback",
        "egui::Shape::Callback",
        "egui::Shape::mesh",
        "egui::Shape::Mesh",
        "egui::Mesh",
        "egui::epaint::Mesh::with_texture",
        "egui::Shape::text",
    ] {
        let text = format!("fn f() {{ let _ = {shape}(x); }}");
        let expected = [format!("src/ui/runs/images.rs:2: no vector form: {shape}")];
        assert_eq!(rules("src/ui/runs/images.rs", &text), expected);
        assert!(rules("src/ui/export/pixels.rs", &text).is_empty(), "{shape} where pixels are filled");
    }
    assert!(rules("src/ui/home.rs", "fn f() { egui::Shape::line(a, b); p.galley(a, b, c); }").is_empty());
}

#[test]
fn light_is_never_added() {
    let additive = "fn f() { egui::Color32::from_rgba_premultiplied(9, 9, 9, 0); }";
    let name = "egui::Color32::from_rgba_premultiplied";
    let expected = [format!("src/ui/theme.rs:2: additive fill: {name}")];
    assert_eq!(rules("src/ui/theme.rs", additive), expected);
    assert_eq!(rules("src/ui/theme.rs", &additive.replace("9, 0)", "9, 0u8,)")), expected);
    assert_eq!(
        rules("src/ui/theme.rs", &additive.replace("f() {", "f() { vec![").replace("; }", "]; }")),
        expected
    );
    assert!(rules("src/ui/theme.rs", &additive.replace("9, 0)", "9, 9)")).is_empty());
    let expected = ["src/ui/theme.rs:2: additive fill: .additive()"];
    assert_eq!(rules("src/ui/theme.rs", "fn f(c: egui::Color32) { c.additive(); }"), expected);
    let expected = ["src/ui/theme.rs:2: additive fill: egui::Color32::from_additive_luminance"];
    assert_eq!(rules("src/ui/theme.rs", "fn f() { egui::Color32::from_additive_luminance(9); }"), expected);
}
