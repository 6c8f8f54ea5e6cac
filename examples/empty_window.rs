//! The least window that eframe can open, to hold the program's start against: `benches/first_frame.rs`.

use std::io::Write as _;

struct Empty {
    is_drawn: bool,
}

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        ui.label("empty");
        if !self.is_drawn {
            self.is_drawn = true;
            // The line that the bench waits for, as the program says it.
            drop(writeln!(std::io::stderr(), "first frame"));
        }
    }
}

fn main() -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..Default::default()
    };
    eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty { is_drawn: false }))))
}
