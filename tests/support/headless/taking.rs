//! What journeys wait for and look at when something is written to a file.

use std::path::Path;

use egui_kittest::Harness;
use mlops_atlas::app::App;

type Atlas = Harness<'static, App>;

/// What was told, and of which file, oldest first.
pub fn notices(harness: &Atlas) -> Vec<(String, String)> {
    let notices = harness.state().state().notices.iter();
    notices.map(|notice| (notice.problem.message.clone(), notice.problem.at.clone())).collect()
}

/// Frames until something is told of a file, and what; the notice is taken away. A job that never ends fails the journey.
pub fn until_told(harness: &mut Atlas, file: &Path) -> String {
    let at = file.display().to_string();
    for _ in 0..100_000 {
        harness.run_steps(1);
        let notices = &harness.state().state().notices;
        if let Some(notice) = notices.iter().find(|notice| notice.problem.at == at) {
            let (id, message) = (notice.id, notice.problem.message.clone());
            harness.state_mut().push(mlops_atlas::action::Action::Dismiss(id));
            harness.run_steps(2);
            return message;
        }
    }
    panic!("nothing was told of {at}: {:?}", notices(harness));
}
