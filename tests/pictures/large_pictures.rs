//! Large pictures are written band by band, and are those that would be painted at once.

use egui::{Color32, pos2};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::theme;

#[test]
fn a_picture_that_is_written_band_by_band_is_the_one_that_is_painted_at_once() {
    // A band holds a part of the rows only; scales that are no whole number put corners between them.
    for scale in [1.0, 2.5, 6.0] {
        let mut window = Headless::new([1_000, 500], scale, |context| theme::install(context, true));
        window.settle(4, |ui| {
            ui.heading("Bands");
            ui.painter().circle_filled(pos2(500.3, 250.7), 240.0, Color32::from_rgb(200, 30, 60));
            ui.painter()
                .line_segment([pos2(3.0, 5.0), pos2(990.0, 490.0)], (2.5, Color32::from_rgb(0, 0, 255)));
        });
        for background in [Color32::TRANSPARENT, Color32::from_rgb(20, 30, 40)] {
            let mut bytes = Vec::new();
            window.write_png(&mut bytes, background).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut banded = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut banded).unwrap();
            let whole = window.picture_over(background).to_png().unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(whole)).read_info().unwrap();
            let mut painted = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut painted).unwrap();
            assert!(banded == painted, "{scale} {background:?}");
            assert!(banded.iter().any(|byte| *byte != banded[0]));
        }
    }
}
