//! A folder of event files of the size that the budget names.

use std::path::PathBuf;

use super::content::Numbers;

#[path = "../../tests/support/tensorboard.rs"]
mod events;

/// The runs, and how many points each has.
pub fn runs() -> impl Iterator<Item = (String, i64)> {
    std::iter::once(("long".to_owned(), 1_000_000))
        .chain((0..10).map(|number| (format!("short_{number}"), 100_000)))
}

/// Two million points of `loss` in eleven runs, 88 MB; made once. It is whole or not there.
pub fn two_million_points() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (whole, half) = (folder.join("tfevents"), folder.join("tfevents.half"));
    if whole.exists() {
        return whole;
    }
    drop(std::fs::remove_dir_all(&half));
    let mut numbers = Numbers(7);
    for (run, count) in runs() {
        let mut bytes = events::version(events::BEGUN);
        for step in 0..count {
            let value = events::number("loss", numbers.next() as f32);
            bytes.extend(events::event(step, events::BEGUN + step as f64 / 8.0, &[value]));
        }
        events::append(&half.join(run).join("events.out.tfevents.1700000000.host"), &bytes);
    }
    std::fs::rename(&half, &whole).unwrap();
    whole
}
