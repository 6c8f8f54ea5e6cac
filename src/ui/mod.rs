//! Everything that draws: the only place with egui.

pub mod export;
