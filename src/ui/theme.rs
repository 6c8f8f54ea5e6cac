//! The look: colours, sizes and fonts, read once from `assets/theme.toml`. The only place with colour literals.

mod apply;
mod fonts;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use egui::{Color32, FontFamily, FontId, Ui};
use serde::Deserialize;

use crate::catalog::Stage;

pub use apply::{apply, install};
pub use fonts::{ICON_FILL, MEDIUM, SEMIBOLD, definitions as shipped_fonts};

/// Neutral, accent and status colours of one mode.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Behind everything; the ground of the canvas.
    #[serde(deserialize_with = "hex")]
    pub canvas: Color32,
    /// The ground of content.
    #[serde(deserialize_with = "hex")]
    pub surface: Color32,
    /// Rail, inspectors, status bar.
    #[serde(deserialize_with = "hex")]
    pub panel: Color32,
    /// Cards, inputs, hovered rows.
    #[serde(deserialize_with = "hex")]
    pub raised: Color32,
    /// Selected rows and tabs.
    #[serde(deserialize_with = "hex")]
    pub selected: Color32,
    /// Hairlines between regions.
    #[serde(deserialize_with = "hex")]
    pub line: Color32,
    /// Outlines of controls.
    #[serde(deserialize_with = "hex")]
    pub line_strong: Color32,
    /// Body text.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// Secondary text.
    #[serde(deserialize_with = "hex")]
    pub text_2: Color32,
    /// Captions and counts.
    #[serde(deserialize_with = "hex")]
    pub text_3: Color32,
    /// Selection, focus and the one primary button.
    #[serde(deserialize_with = "hex")]
    pub accent: Color32,
    /// Text on the accent.
    #[serde(deserialize_with = "hex")]
    pub on_accent: Color32,
    /// Pro, fine.
    #[serde(deserialize_with = "hex")]
    pub ok: Color32,
    /// Caveat, warning.
    #[serde(deserialize_with = "hex")]
    pub warn: Color32,
    /// Con, error.
    #[serde(deserialize_with = "hex")]
    pub error: Color32,
    /// Information, running.
    #[serde(deserialize_with = "hex")]
    pub info: Color32,
}

/// Lengths in points.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Width of the rail.
    pub rail: f32,
    /// Height of the top bar.
    pub top_bar: f32,
    /// Height of the status bar.
    pub status_bar: f32,
    /// Width of the facet column.
    pub facets: f32,
    /// Width of the inspector.
    pub inspector: f32,
    /// Height of a row.
    pub row: f32,
    /// Height of a compact row.
    pub row_compact: f32,
    /// Height of a button or an input.
    pub control: f32,
    /// Gap between neighbours.
    pub gap: f32,
    /// Inner margin of a region.
    pub pad: f32,
    /// Corner radius.
    pub radius: f32,
    /// Width of the line between regions.
    pub hairline: f32,
}

/// Type sizes in points.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSizes {
    /// Name of the text family, for exports.
    pub family: String,
    /// Name of the family for figures, ids and code.
    pub mono: String,
    /// Captions, counts, chips.
    pub small: f32,
    /// Body text.
    pub body: f32,
    /// Names in cards.
    pub emphasis: f32,
    /// Section titles.
    pub heading: f32,
    /// The one title of a view.
    pub title: f32,
    /// Slides.
    pub hero: f32,
}

#[derive(Debug, Default, Deserialize)]
struct Modes<T> {
    dark: T,
    light: T,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dark: Palette,
    light: Palette,
    stage: Modes<BTreeMap<String, Hex>>,
    series: Modes<Vec<Hex>>,
    size: Sizes,
    #[serde(rename = "type")]
    type_sizes: TypeSizes,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
struct Hex(#[serde(deserialize_with = "hex")] Color32);

/// Everything a view needs to look right in one mode.
#[derive(Debug, Default)]
pub struct Theme {
    /// Whether the grounds are dark.
    pub dark: bool,
    /// Neutral, accent and status colours.
    pub color: Palette,
    stages: Vec<Color32>,
    series: Vec<Color32>,
    /// Lengths.
    pub size: Sizes,
    /// Type sizes.
    pub text: TypeSizes,
}

fn hex<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(input)?;
    Color32::from_hex(&text)
        .ok()
        .ok_or_else(|| serde::de::Error::custom(format!("{text} is no colour (#rrggbb)")))
}

fn read(dark: bool) -> Theme {
    // A broken file would fail the test below before it could ship; the fallback only keeps this total.
    let file: File = toml::from_str(include_str!("../../assets/theme.toml")).unwrap_or_default();
    let pick = |stages: &BTreeMap<String, Hex>| {
        Stage::ALL
            .iter()
            .map(|stage| stages.get(stage.id()).map_or_else(Color32::default, |hex| hex.0))
            .collect()
    };
    let colors = |list: &[Hex]| list.iter().map(|hex| hex.0).collect();
    Theme {
        dark,
        stages: pick(if dark { &file.stage.dark } else { &file.stage.light }),
        series: colors(if dark { &file.series.dark } else { &file.series.light }),
        color: if dark { file.dark } else { file.light },
        size: file.size,
        text: file.type_sizes,
    }
}

static DARK: LazyLock<Theme> = LazyLock::new(|| read(true));
static LIGHT: LazyLock<Theme> = LazyLock::new(|| read(false));

impl Theme {
    /// The theme of one mode.
    pub fn of_mode(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    /// The theme that `ui` is drawn in.
    pub fn of(ui: &Ui) -> &'static Self {
        Self::of_mode(ui.visuals().dark_mode)
    }

    /// The hue that means this lifecycle stage everywhere.
    pub fn stage(&self, stage: Stage) -> Color32 {
        self.stages.get(stage as usize).copied().unwrap_or_default()
    }

    /// The colour of the n-th drawn series; after the last it starts again (views then differ by dash).
    pub fn series(&self, index: usize) -> Color32 {
        self.series.get(index % self.series.len().max(1)).copied().unwrap_or_default()
    }

    /// How many series colours there are before they repeat.
    pub fn series_len(&self) -> usize {
        self.series.len()
    }

    /// A screen that shows nothing, in both modes.
    pub fn blank() -> Color32 {
        Color32::BLACK
    }

    /// What lies over all that is not pointed at.
    pub fn dim() -> Color32 {
        Color32::from_black_alpha(150)
    }

    /// Body text.
    pub fn body(&self) -> FontId {
        FontId::new(self.text.body, FontFamily::Proportional)
    }

    /// Captions and counts.
    pub fn small(&self) -> FontId {
        FontId::new(self.text.small, FontFamily::Proportional)
    }

    /// Names: semibold of the given size.
    pub fn strong(&self, size: f32) -> FontId {
        FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
    }

    /// Tabs and buttons: medium weight at body size.
    pub fn medium(&self) -> FontId {
        FontId::new(self.text.body, FontFamily::Name(MEDIUM.into()))
    }

    /// Text of the given size.
    pub fn sized(&self, size: f32) -> FontId {
        FontId::new(size, FontFamily::Proportional)
    }

    /// Figures of the given size.
    pub fn figures(&self, size: f32) -> FontId {
        FontId::new(size, FontFamily::Monospace)
    }

    /// Figures, ids and code.
    pub fn mono(&self) -> FontId {
        FontId::new(self.text.body - 1.0, FontFamily::Monospace)
    }

    /// A line icon.
    pub fn icon(&self, size: f32) -> FontId {
        FontId::new(size, FontFamily::Proportional)
    }

    /// A filled icon.
    pub fn icon_fill(&self, size: f32) -> FontId {
        FontId::new(size, FontFamily::Name(ICON_FILL.into()))
    }
}

/// `a` and `b` mixed: all of `a` at 0, all of `b` at 1; opaque, so that every fill has a vector counterpart.
pub fn mix(a: Color32, b: Color32, share_of_b: f32) -> Color32 {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share_of_b).round() as u8;
    Color32::from_rgb(channel(a.r(), b.r()), channel(a.g(), b.g()), channel(a.b(), b.b()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 relative luminance.
    fn luminance(color: Color32) -> f64 {
        let part = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_theme_file_is_complete() {
        let file: File = toml::from_str(include_str!("../../assets/theme.toml")).unwrap();
        for stages in [&file.stage.dark, &file.stage.light] {
            assert!(Stage::ALL.iter().all(|stage| stages.contains_key(stage.id())));
        }
        assert_eq!(file.series.dark.len(), file.series.light.len());
        assert!(contrast(Color32::from_rgb(0, 0, 0), Color32::from_rgb(255, 255, 255)) > 20.9);
    }

    #[test]
    fn words_can_be_read_on_every_ground() {
        for theme in [&*DARK, &*LIGHT] {
            let c = &theme.color;
            for ground in [c.canvas, c.surface, c.panel, c.raised, c.selected] {
                for ink in [c.text, c.text_2, c.text_3, c.accent, c.ok, c.warn, c.error, c.info] {
                    let ratio = contrast(ink, ground);
                    assert!(ratio >= 4.5, "{ink:?} on {ground:?} has {ratio:.2}, dark: {}", theme.dark);
                }
            }
            assert!(contrast(c.on_accent, c.accent) >= 4.5);
        }
    }

    #[test]
    fn marks_stand_out_from_the_surface() {
        for theme in [&*DARK, &*LIGHT] {
            for mark in theme.stages.iter().chain(&theme.series) {
                let ratio = contrast(*mark, theme.color.surface);
                assert!(ratio >= 3.0, "{mark:?} has {ratio:.2}, dark: {}", theme.dark);
            }
        }
    }
}
