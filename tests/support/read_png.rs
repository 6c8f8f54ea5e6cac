//! Pictures of files, for comparisons.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use mlops_atlas::ui::export::image::Image;

/// A PNG as another decoder reads it; without an alpha channel it is opaque.
pub fn read_png(file: &Path) -> Image {
    let decoder = png::Decoder::new(BufReader::new(File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let channels = info.color_type.samples();
    let alpha = |pixel: &[u8]| pixel.get(3).copied().unwrap_or(255);
    let rgba =
        bytes.chunks(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], alpha(pixel)]).collect();
    Image { width: info.width, height: info.height, rgba }
}
