//! A finished picture: its bytes as PNG, and how far two pictures differ.

use std::io::Write;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter, Writer};

/// A picture in memory, rows from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels per row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, `width * height * 4` bytes, in sRGB and with the colours
    /// already multiplied by alpha.
    pub rgba: Vec<u8>,
}

/// Above so many pixels a picture is packed fast rather than small: it would take seconds.
const PACKED_SMALL: u64 = 24_000_000;

/// Begins the file of a picture (8 bits a channel, sRGB, alpha not multiplied in, as PNG wants it).
pub(super) fn png_header<W: Write>(out: W, width: u32, height: u32) -> Result<Writer<W>, EncodingError> {
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    if u64::from(width) * u64::from(height) > PACKED_SMALL {
        encoder.set_compression(Compression::Fast);
        // Most rows are like the one above; trying all filters would take as long as packing.
        encoder.set_filter(Filter::Up);
    }
    encoder.write_header()
}

/// Divides alpha out again.
pub(super) fn unmultiply(pixels: &mut [[u8; 4]]) {
    for pixel in pixels.iter_mut().filter(|pixel| pixel[3] != 255) {
        let [r, g, b, a] = *pixel;
        *pixel = egui::Color32::from_rgba_premultiplied(r, g, b, a).to_srgba_unmultiplied();
    }
}

impl Image {
    /// Red, green, blue and alpha at a place; `None` outside the picture.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width {
            return None;
        }
        let (pixels, _) = self.rgba.as_chunks::<4>();
        pixels.get(y as usize * self.width as usize + x as usize).copied()
    }

    /// The picture as the bytes of a PNG file (8 bits a channel, sRGB, alpha not multiplied in, as PNG wants it).
    ///
    /// Fails only for a picture with no pixels or with `rgba` of the wrong length.
    pub fn to_png(&self) -> Result<Vec<u8>, EncodingError> {
        let mut bytes = Vec::new();
        let mut writer = png_header(&mut bytes, self.width, self.height)?;
        match self.unmultiplied() {
            Some(straight) => writer.write_image_data(&straight)?,
            None => writer.write_image_data(&self.rgba)?,
        }
        writer.finish()?;
        Ok(bytes)
    }

    /// The bytes with alpha divided out again, or `None` where every pixel is opaque and nothing changes.
    fn unmultiplied(&self) -> Option<Vec<u8>> {
        let (pixels, _) = self.rgba.as_chunks::<4>();
        if pixels.iter().all(|pixel| pixel[3] == 255) {
            return None;
        }
        let straight = |[r, g, b, a]: &[u8; 4]| {
            egui::Color32::from_rgba_premultiplied(*r, *g, *b, *a).to_srgba_unmultiplied()
        };
        Some(pixels.iter().flat_map(straight).collect())
    }
}

/// How far two pictures are apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean absolute difference over all channels of all pixels, 0 to 255.
    pub mean: f64,
    /// Share of pixels, 0 to 1, with a channel that differs by more than 32.
    pub share_over_32: f64,
}

impl Difference {
    /// Two pictures of different sizes: nothing about them is alike.
    const TOTAL: Self = Self { mean: 255.0, share_over_32: 1.0 };

    /// Whether the two count as the same picture: a mean of at most 1, and at most 0.1 % of pixels over 32.
    /// That leaves room for a rounding here and there, and none for a moved line or a changed word.
    pub fn is_small(&self) -> bool {
        self.mean <= 1.0 && self.share_over_32 <= 0.001
    }
}

/// Compares two pictures pixel by pixel. Pictures of different sizes get the largest difference there is.
pub fn compare(a: &Image, b: &Image) -> Difference {
    if (a.width, a.height) != (b.width, b.height) || a.rgba.len() != b.rgba.len() {
        return Difference::TOTAL;
    }
    if a.rgba.is_empty() {
        return Difference { mean: 0.0, share_over_32: 0.0 };
    }
    let (mut sum, mut over) = (0_u64, 0_u64);
    let row_bytes = a.width as usize * 4;
    for (row_a, row_b) in a.rgba.chunks_exact(row_bytes).zip(b.rgba.chunks_exact(row_bytes)) {
        // Most rows of two like pictures are equal, and telling so is one memory comparison.
        if row_a == row_b {
            continue;
        }
        for (pixel_a, pixel_b) in row_a.as_chunks::<4>().0.iter().zip(row_b.as_chunks::<4>().0) {
            if pixel_a == pixel_b {
                continue;
            }
            let mut largest = 0;
            for (channel_a, channel_b) in pixel_a.iter().zip(pixel_b) {
                let apart = channel_a.abs_diff(*channel_b);
                sum += u64::from(apart);
                largest = largest.max(apart);
            }
            over += u64::from(largest > 32);
        }
    }
    let pixels = (a.rgba.len() / 4) as f64;
    Difference { mean: sum as f64 / (pixels * 4.0), share_over_32: over as f64 / pixels }
}
