//! What journeys through drawings wait for and look at.

use egui_kittest::Harness;
use mlops_atlas::action::WindowId;
use mlops_atlas::app::App;
use mlops_atlas::state::Drawing;

/// The program without a screen.
pub type Atlas = Harness<'static, App>;

/// Frames until no job is waited for; a job that never ends fails the journey instead of hanging it.
pub fn settle(harness: &mut Atlas) {
    for _ in 0..10_000 {
        harness.run_steps(4);
        if !harness.state().is_loading() {
            return;
        }
    }
    panic!("still loading: {}", harness.state().state().location(WindowId::MAIN));
}

/// The drawing that the first window shows.
pub fn drawing(harness: &Atlas) -> Drawing<'_> {
    harness.state().state().focused_drawing(WindowId::MAIN).unwrap().1
}
