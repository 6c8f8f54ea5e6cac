//! A small interface of our own.

use egui::Ui;
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::theme;

/// What it draws, 400 by 200 points.
pub fn view(mut ui_fn: impl FnMut(&mut Ui)) -> Headless {
    let mut view = Headless::new([400, 200], 1.0, |ctx| theme::install(ctx, true));
    view.settle(4, &mut ui_fn);
    view
}
