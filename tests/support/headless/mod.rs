//! The whole program without a screen, for journeys by accessible label.

pub mod drawings;
pub mod swapping;
pub mod taking;

use egui_kittest::Harness;
use mlops_atlas::app::{App, Start};
use mlops_atlas::ui::theme;

/// The program in a window of 1600×1000 points.
pub fn open(start: Start) -> Harness<'static, App> {
    let app = App::new(start).unwrap();
    Harness::builder()
        .with_size([1600.0, 1000.0])
        .allow_missing_glyphs()
        .with_context_setup(|ctx| theme::install(ctx, true))
        .build_ui_state(
            |ui, app: &mut App| {
                let ctx = ui.ctx().clone();
                app.logic(&ctx);
                app.ui(ui);
            },
            app,
        )
}
