//! How a drawing becomes a picture: the choices, which are remembered, and how large a page is.

use serde::{Deserialize, Serialize};

/// The forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureForm {
    /// One page of vectors, words being text, with its fonts.
    Pdf,
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
}

/// The page of a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Page {
    /// As large as the drawing, up to 200 inches.
    #[default]
    Drawing,
    /// ISO 216, 210 × 297 mm, upright or lying as the drawing fits better.
    A4,
    /// ISO 216, 297 × 420 mm, upright or lying as the drawing fits better.
    A3,
}

/// How an SVG holds its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// As outlines: it looks the same everywhere, and nobody can search it.
    #[default]
    Outlines,
    /// As text, whose fonts are looked for by name where it is opened.
    Text,
    /// As text with the shipped fonts in the file, some hundred kilobytes each: it looks the same in browsers, and can be
    /// searched.
    Fonts,
}

/// The ground under a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// As the light theme has it.
    #[default]
    Light,
    /// White, for paper.
    White,
    /// As the dark theme has it, for a projector.
    Dark,
}

impl Ground {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::White, Self::Dark];

    /// What the command line calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::White => "white",
            Self::Dark => "dark",
        }
    }

    /// The one that the command line calls so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.id() == id)
    }
}

/// How a picture is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and they are remembered by name"
)]
pub struct PictureOptions {
    /// Light or dark.
    pub ground: Ground,
    /// Whether title, counts and the key to the lines stand around it.
    pub head: bool,
    /// Whether boxes are marked as they are in the window.
    pub marks: bool,
    /// Whether flows are named where there is room.
    pub flows: bool,
    /// The page of a PDF.
    pub page: Page,
    /// Pixels a point of a PNG, 1 to [`MOST_SCALE`].
    pub scale: u8,
    /// Whether the ground of a PNG or an SVG is left out.
    pub transparent: bool,
    /// How an SVG holds its words.
    pub words: Words,
}

/// The most pixels a point.
pub const MOST_SCALE: u8 = 4;

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            ground: Ground::default(),
            head: true,
            marks: true,
            flows: false,
            page: Page::default(),
            scale: 2,
            transparent: false,
            words: Words::default(),
        }
    }
}

impl Words {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Outlines, Self::Text, Self::Fonts];

    /// What the command line calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Outlines => "outlines",
            Self::Text => "text",
            Self::Fonts => "fonts",
        }
    }

    /// The one that the command line calls so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|words| words.id() == id)
    }
}

impl PictureOptions {
    /// What of it goes for a form: a page has a ground always.
    #[must_use]
    pub fn of_form(self, form: PictureForm) -> Self {
        Self { transparent: self.transparent && form != PictureForm::Pdf, ..self }
    }

    /// Whether a value, as JSON or TOML has it, is one for this choice.
    pub fn takes(choice: &str, value: &impl Serialize) -> bool {
        let Ok(value) = serde_json::to_value(value) else { return false };
        let is_scale = || value.as_u64().is_some_and(|scale| (1..=u64::from(MOST_SCALE)).contains(&scale));
        let is_known = |known: &[&str]| value.as_str().is_some_and(|word| known.contains(&word));
        match choice {
            "ground" => is_known(&Ground::ALL.map(Ground::id)),
            "page" => is_known(&Page::ALL.map(Page::id)),
            "words" => is_known(&Words::ALL.map(Words::id)),
            "scale" => is_scale(),
            "head" | "marks" | "flows" | "transparent" => value.is_boolean(),
            _ => false,
        }
    }
}

impl PictureForm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Svg, Self::Png];
}

impl Page {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Drawing, Self::A4, Self::A3];

    /// What the command line calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Drawing => "drawing",
            Self::A4 => "a4",
            Self::A3 => "a3",
        }
    }

    /// The page that the command line calls so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.id() == id)
    }

    /// The page for a drawing of this width and height, in points of 1/72 inch: its own width and height, and
    /// left, top and factor with which the drawing fills it between margins of 10 mm. It is never enlarged by more than a half.
    pub fn fit(self, [width, height]: [f32; 2]) -> Fitted {
        const MARGIN: f32 = 28.35;
        const MOST_FACTOR: f32 = 1.5;
        // What readers of PDF take: 200 inches (ISO 32000-1, annex C.2).
        const MOST_SIDE: f32 = 14_400.0;
        let upright = match self {
            Self::Drawing => {
                let factor = (MOST_SIDE / width.max(height)).min(1.0);
                return Fitted { page: [width * factor, height * factor], at: [0.0, 0.0], factor };
            }
            Self::A4 => [595.28, 841.89],
            Self::A3 => [841.89, 1190.55],
        };
        let fit = |page: [f32; 2]| {
            let factor = ((page[0] - 2.0 * MARGIN) / width.max(1.0))
                .min((page[1] - 2.0 * MARGIN) / height.max(1.0))
                .min(MOST_FACTOR);
            let at = [(page[0] - width * factor) / 2.0, (page[1] - height * factor) / 2.0];
            Fitted { page, at, factor }
        };
        let [lying, upright] = [fit([upright[1], upright[0]]), fit(upright)];
        if lying.factor >= upright.factor { lying } else { upright }
    }
}

/// A drawing on a page, in points of 1/72 inch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// Width and height of the page.
    pub page: [f32; 2],
    /// Left and top of the drawing.
    pub at: [f32; 2],
    /// How much larger than itself the drawing is there.
    pub factor: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_or_stands_as_the_drawing_fits_better_and_keeps_its_margins() {
        let wide = Page::A4.fit([1600.0, 800.0]);
        assert_eq!(wide.page, [841.89, 595.28]);
        // 841.89 - 2 × 28.35 = 785.19 of 1,600.
        assert!((wide.factor - 0.490_74).abs() < 1e-4, "{wide:?}");
        assert!((wide.at[0] - 28.35).abs() < 1e-3 && (wide.at[1] - 101.34).abs() < 0.01, "{wide:?}");
        let tall = Page::A3.fit([500.0, 2000.0]);
        assert_eq!(tall.page, [841.89, 1190.55]);
        // A small drawing stays readable and is not blown up: half as large again at most, in the middle.
        let small = Page::A4.fit([100.0, 100.0]);
        assert_eq!(small.factor, 1.5);
        assert_eq!(small.at[0] * 2.0 + 150.0, small.page[0]);
        let own = Page::Drawing.fit([300.0, 200.0]);
        assert_eq!((own.page, own.at, own.factor), ([300.0, 200.0], [0.0, 0.0], 1.0));
    }

    #[test]
    fn pages_are_found_by_their_ids() {
        for page in Page::ALL {
            assert_eq!(Page::from_id(page.id()), Some(page));
        }
        assert_eq!(Page::from_id("letter"), None);
    }
}
