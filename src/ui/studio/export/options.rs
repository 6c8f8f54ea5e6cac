//! The choices of a picture: ground, what stands around it, page, pixels, words.

use egui::{Align, Align2, Layout, Ui};

use super::{Item, told};
use crate::architecture::export::{
    Format, Ground, MOST_SCALE, Page, PictureForm, PictureOptions, Target, Words,
};
use crate::ui::studio::sheet::{LEAST_LETTERS, Sheet};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check_row, tab};

/// A line of choices.
const LINE: f32 = 30.0;

/// How much room the choices need.
pub(super) fn height(item: Item) -> f32 {
    match item {
        Item::Drawing(Target::Picture(_)) => 2.0 * LINE + 3.0 * 26.0,
        Item::Drawing(Target::Text(Format::Markdown)) => LINE,
        Item::Drawing(Target::Text(_)) | Item::Panel(_) | Item::Window => 0.0,
    }
}

/// Draws them.
pub(super) fn options_ui(ui: &mut Ui, target: Target, sheet: Option<&Sheet>, picture: &mut PictureOptions) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let form = match target {
        Target::Picture(form) => form,
        Target::Text(Format::Markdown) => {
            let theme = Theme::of(ui);
            let rect = ui.available_rect_before_wrap();
            let words = "The picture of the drawing is written beside the report, as SVG.";
            let ink = Ink::new(theme.small(), theme.color.text_3);
            told(ui, rect, (rect.left_top(), Align2::LEFT_TOP), words, &ink);
            return;
        }
        Target::Text(_) => return,
    };
    let grounds = [(Ground::Light, "Light"), (Ground::White, "White"), (Ground::Dark, "Dark")];
    choice(ui, "Ground", &grounds, &mut picture.ground, "");
    match form {
        PictureForm::Pdf => {
            let pages = [(Page::Drawing, "As large as the drawing"), (Page::A4, "A4"), (Page::A3, "A3")];
            choice(ui, "Page", &pages, &mut picture.page, &scale_told(sheet));
        }
        PictureForm::Svg => {
            let words =
                [(Words::Outlines, "Outlines"), (Words::Text, "Text"), (Words::Fonts, "Text and its fonts")];
            let says = match picture.words {
                Words::Outlines => "The same everywhere",
                Words::Text => "Where Inter is installed",
                Words::Fonts => "The same in browsers",
            };
            choice(ui, "Words", &words, &mut picture.words, says);
        }
        PictureForm::Png => {
            let scales: Vec<(u8, &str)> = (1..=MOST_SCALE).zip(["1×", "2×", "3×", "4×"]).collect();
            choice(ui, "Scale", &scales, &mut picture.scale, &pixels_told(sheet));
        }
    }
    ui.add_space(6.0);
    let check = |ui: &mut Ui, on: &mut bool, words: &str| {
        if check_row(ui, *on, words) {
            *on = !*on;
        }
    };
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            check(left, &mut picture.head, "Title and key");
            check(left, &mut picture.flows, "Names of what flows");
            check(right, &mut picture.marks, "Marks on boxes, as in the window");
            if form != PictureForm::Pdf {
                check(right, &mut picture.transparent, "Transparent ground");
            }
        }
    });
}

/// One of several, with a word before them and one after.
fn choice<T: PartialEq + Copy>(ui: &mut Ui, name: &str, all: &[(T, &str)], chosen: &mut T, says: &str) {
    let theme = Theme::of(ui);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), LINE - 2.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(64.0, LINE - 2.0), egui::Sense::hover());
            let ink = Ink::new(theme.body(), theme.color.text_2);
            told(ui, rect, (rect.left_center(), Align2::LEFT_CENTER), name, &ink);
            for (value, words) in all {
                if tab(ui, "", words, chosen == value).clicked() {
                    *chosen = *value;
                }
            }
            let rect = ui.available_rect_before_wrap();
            let ink = Ink::new(theme.small(), theme.color.text_3);
            if !says.is_empty() {
                told(ui, rect, (rect.right_center(), Align2::RIGHT_CENTER), says, &ink);
            }
        },
    );
}

/// How large the picture is.
fn pixels_told(sheet: Option<&Sheet>) -> String {
    let Some(sheet) = sheet else { return String::new() };
    let pixels = sheet.size().ceil() * f32::from(sheet.options().scale);
    format!("{:.0} × {:.0} pixels", pixels.x, pixels.y)
}

/// How large the drawing is on its page.
fn scale_told(sheet: Option<&Sheet>) -> String {
    let Some(sheet) = sheet else { return String::new() };
    let size = sheet.size();
    let fitted = sheet.options().page.fit([size.x, size.y]);
    // 72 points are an inch of 25.4 mm.
    let [width, height] = fitted.page.map(|side| side / 72.0 * 25.4);
    let factor = fitted.factor;
    let said = format!("{width:.0} × {height:.0} mm, drawn at {:.0} %", factor * 100.0);
    let letters = sheet.letters_on_page();
    if letters < LEAST_LETTERS {
        format!("{said}: names of {letters:.1} points, small to read")
    } else {
        said
    }
}
