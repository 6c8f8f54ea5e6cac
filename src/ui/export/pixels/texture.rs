//! A texture in memory, and looking it up between its texels.

use egui::epaint::ImageDelta;
use egui::{ImageData, TextureFilter, TextureOptions, TextureWrapMode};

/// Texels with alpha multiplied in, and how to look them up.
pub(super) struct Texture {
    /// Columns and rows.
    pub size: [usize; 2],
    /// Row by row from the top.
    pub texels: Vec<[u8; 4]>,
    options: TextureOptions,
}

impl Texture {
    /// A texture from a change that brings the whole of it.
    pub fn new(whole: &ImageDelta) -> Self {
        let ImageData::Color(image) = &whole.image;
        Self { size: image.size, texels: image.as_raw().as_chunks::<4>().0.to_vec(), options: whole.options }
    }

    /// Overwrites the rectangle that starts at `[column, row]`; what would lie outside is left out.
    pub fn patch(&mut self, [column, row]: [usize; 2], part: &ImageDelta) {
        self.options = part.options;
        let ImageData::Color(image) = &part.image;
        let source = image.as_raw().as_chunks::<4>().0;
        let [columns, rows] = image.size;
        let kept = columns.min(self.size[0].saturating_sub(column));
        for line in 0..rows.min(self.size[1].saturating_sub(row)) {
            let start = (row + line) * self.size[0] + column;
            self.texels[start..start + kept].copy_from_slice(&source[line * columns..line * columns + kept]);
        }
    }

    /// Whether a lookup blends neighbouring texels, at a scale of so many texels per pixel.
    pub fn is_linear_at(&self, texels_per_pixel: f32) -> bool {
        let filter =
            if texels_per_pixel > 1.0 { self.options.minification } else { self.options.magnification };
        filter == TextureFilter::Linear
    }

    /// The colour (0 to 255 each, alpha multiplied in) at a place in texels, where texel 0 spans 0 to 1.
    pub fn sample(&self, u: f32, v: f32, linear: bool) -> [f32; 4] {
        if !linear {
            let texel = self.texel(u.floor() as i32, v.floor() as i32);
            return texel.map(f32::from);
        }
        let (left, top) = ((u - 0.5).floor(), (v - 0.5).floor());
        let (x, y) = (u - 0.5 - left, v - 0.5 - top);
        let (column, row) = (left as i32, top as i32);
        let near = [self.texel(column, row), self.texel(column + 1, row)];
        let far = [self.texel(column, row + 1), self.texel(column + 1, row + 1)];
        let weights = [(1.0 - x) * (1.0 - y), x * (1.0 - y), (1.0 - x) * y, x * y];
        let mut color = [0.0; 4];
        let mut channel = 0;
        while channel < 4 {
            color[channel] = f32::from(near[0][channel]) * weights[0]
                + f32::from(near[1][channel]) * weights[1]
                + f32::from(far[0][channel]) * weights[2]
                + f32::from(far[1][channel]) * weights[3];
            channel += 1;
        }
        color
    }

    /// One texel, with places outside the texture wrapped as its options say; clear in an empty texture.
    fn texel(&self, column: i32, row: i32) -> [u8; 4] {
        let mode = self.options.wrap_mode;
        let at = wrap(row, self.size[1], mode) * self.size[0] + wrap(column, self.size[0], mode);
        self.texels.get(at).copied().unwrap_or_default()
    }
}

/// Where a texel index lands in a side of `count` texels.
fn wrap(index: i32, count: usize, mode: TextureWrapMode) -> usize {
    if index >= 0 && (index as usize) < count {
        return index as usize;
    }
    let side = (count as i32).max(1);
    match mode {
        TextureWrapMode::ClampToEdge => index.clamp(0, side - 1) as usize,
        TextureWrapMode::Repeat => index.rem_euclid(side) as usize,
        TextureWrapMode::MirroredRepeat => {
            let place = index.rem_euclid(2 * side);
            (if place < side { place } else { 2 * side - 1 - place }) as usize
        }
    }
}
