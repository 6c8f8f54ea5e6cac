//! The Data place: what will be there, and what to use until then.

use egui::Ui;

use crate::ui::home::coming_ui;
use crate::ui::{View, icons};

/// Draws the page.
pub fn data_ui(ui: &mut Ui, view: &mut View<'_>) {
    coming_ui(
        ui,
        view,
        icons::TABLE,
        "Data profiles and drift",
        "Open a CSV or Parquet file and see what its columns hold; compare two files and see what has moved.",
        &[
            (
                "Profile",
                "Types, missing values, distinct values, quantiles and a histogram for every column.",
            ),
            ("Drift", "Reference against current, with the statistic, its binning and its threshold named."),
            ("Checks", "Ranges, uniqueness, allowed values, kept as a file that a pipeline can run."),
        ],
        "data-centric",
    );
}
