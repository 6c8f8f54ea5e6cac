//! The pixels being painted, and laying spans of colour over them.
//!
//! The loops here are plain `while` loops over slices and not iterators: this crate is built unoptimised while it
//! is worked on, where every iterator step is several calls, and pictures are drawn by tests.

use egui::Rect;

/// What is being painted on: pixels with alpha multiplied in, and the part that may be touched.
pub(super) struct Canvas<'a> {
    pixels: &'a mut [[u8; 4]],
    size: [usize; 2],
    /// The row of the whole picture with which it begins.
    first_row: i64,
    /// First column and row that may be painted.
    pub clip_min: [i64; 2],
    /// First column and row past the end.
    pub clip_max: [i64; 2],
}

impl<'a> Canvas<'a> {
    /// A canvas over `size[0] * size[1]` pixels, all of which may be painted.
    pub fn new(pixels: &'a mut [[u8; 4]], size: [usize; 2]) -> Self {
        Self::band(pixels, size, 0)
    }

    /// Rows of a larger picture, from `first_row` on; rows are counted from the top of that.
    pub fn band(pixels: &'a mut [[u8; 4]], size: [usize; 2], first_row: usize) -> Self {
        let [width, rows] = size.map(|side| side as i64);
        let first_row = first_row as i64;
        Self { pixels, size, first_row, clip_min: [0, first_row], clip_max: [width, first_row + rows] }
    }

    /// Gives every pixel one colour.
    pub fn clear(&mut self, color: [u8; 4]) {
        fill_opaque(self.pixels, color);
    }

    /// Limits painting to a rectangle in points, rounded to whole pixels as `egui_glow`'s scissor is.
    pub fn set_clip(&mut self, clip: Rect, pixels_per_point: f32) {
        let pixel = |place: f32| (place * pixels_per_point).round() as i64;
        let [width, rows] = self.size.map(|side| side as i64);
        let (top, bottom) = (self.first_row, self.first_row + rows);
        self.clip_min = [pixel(clip.min.x).clamp(0, width), pixel(clip.min.y).clamp(top, bottom)];
        self.clip_max = [pixel(clip.max.x).clamp(0, width), pixel(clip.max.y).clamp(top, bottom)];
    }

    /// Whether nothing may be painted.
    pub fn clip_is_empty(&self) -> bool {
        self.clip_min[0] >= self.clip_max[0] || self.clip_min[1] >= self.clip_max[1]
    }

    /// The pixels of a row from column `start` up to `end`; both must lie within the clip, `start <= end`.
    pub fn span(&mut self, row: i64, start: i64, end: i64) -> &mut [[u8; 4]] {
        let first = (row - self.first_row) as usize * self.size[0];
        &mut self.pixels[first + start as usize..first + end as usize]
    }
}

/// Lays one colour over a span.
pub(super) fn flat(span: &mut [[u8; 4]], color: [u8; 4]) {
    if color[3] == 255 {
        fill_opaque(span, color);
    } else if color != [0; 4] {
        let mut at = 0;
        while at < span.len() {
            blend_texel(&mut span[at], color, [255; 4]);
            at += 1;
        }
    }
}

/// Overwrites a span, doubling what is done: each step is one memory copy, fast in every build.
fn fill_opaque(span: &mut [[u8; 4]], color: [u8; 4]) {
    let Some(first) = span.first_mut() else { return };
    *first = color;
    let mut done = 1;
    while done < span.len() {
        let more = if done * 2 > span.len() { span.len() - done } else { done };
        span.copy_within(..more, done);
        done += more;
    }
}

/// Lays `color * texel` over a pixel, rounded once, from the exact value.
pub(super) fn blend_texel(pixel: &mut [u8; 4], color: [u8; 4], texel: [u8; 4]) {
    const ONE: u32 = 255 * 255;
    let keep = ONE - u32::from(color[3]) * u32::from(texel[3]);
    let mut channel = 0;
    while channel < 4 {
        let paint = u32::from(color[channel]) * u32::from(texel[channel]) * 255;
        let value = (paint + u32::from(pixel[channel]) * keep + ONE / 2) / ONE;
        // More than full is possible with additive colours, whose alpha is less than their light.
        pixel[channel] = if value > 255 { 255 } else { value as u8 };
        channel += 1;
    }
}

/// Lays a colour of fractional channels (0 to 255) over a pixel.
pub(super) fn blend_exact(pixel: &mut [u8; 4], color: [f32; 4]) {
    let keep = 1.0 - color[3] / 255.0;
    let mut channel = 0;
    while channel < 4 {
        let value = (color[channel] + f32::from(pixel[channel]) * keep + 0.5) as u32;
        pixel[channel] = if value > 255 { 255 } else { value as u8 };
        channel += 1;
    }
}
