//! All of a view on one page, whose size follows the content.

use super::App;
use super::export_window::MOST_PASSES;
use crate::action::{Actions, WindowId};
use crate::ui::export::headless::Headless;
use crate::ui::{self, View};

/// The longest side of a page, in points: what readers of PDF take (200 inches).
const MOST_SIDE: f32 = 14_400.0;
/// As many pixels as are held at once, four bytes each.
const MOST_PIXELS: f32 = 64e6;

/// Why a view is not drawn whole.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WholeError {
    /// The view is no board, or a board without a tool.
    #[error(
        "Only a board with at least one tool is drawn whole; export this view as it is seen, or its rows as CSV."
    )]
    NotThis,
    /// No reader would show the page.
    #[error(
        "The whole board is {0:.0} by {1:.0} points, and a page ends at 14,400; filter it to fewer tools."
    )]
    TooLarge(f32, f32),
    /// The picture would not fit into memory.
    #[error(
        "The whole board is {0:.0} by {1:.0} pixels, and a PNG is drawn up to 64 million; export a PDF or an SVG."
    )]
    TooManyPixels(f32, f32),
}

impl App {
    /// Draws all of what a window shows into `view`, which becomes as large as that needs.
    pub(super) fn draw_whole(
        &self,
        view: &mut Headless,
        window: WindowId,
        in_pixels: bool,
    ) -> Result<(), WholeError> {
        let mut remembered = self.windows.memory(window).cloned().unwrap_or_default();
        let mut unheard = Actions::default();
        let mut size = None;
        // Only what is laid out knows how large it is.
        view.settle(MOST_PASSES, |ui| {
            let (memory, actions) = (&mut remembered, &mut unheard);
            size = ui::poster_ui(ui, &View { window, state: &self.state, memory, actions });
        });
        let size = size.ok_or(WholeError::NotThis)?;
        if size.max_elem() > MOST_SIDE {
            return Err(WholeError::TooLarge(size.x, size.y));
        }
        view.resize([size.x.ceil() as u32, size.y.ceil() as u32]);
        let [width, height] = view.size_in_pixels();
        if in_pixels && width * height > MOST_PIXELS {
            return Err(WholeError::TooManyPixels(width, height));
        }
        view.settle(MOST_PASSES, |ui| {
            let (memory, actions) = (&mut remembered, &mut unheard);
            ui::poster_ui(ui, &View { window, state: &self.state, memory, actions });
        });
        Ok(())
    }
}
