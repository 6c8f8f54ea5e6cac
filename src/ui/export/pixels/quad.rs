//! An upright rectangle of one colour over a texture: glyphs and images, most of what an interface draws.

use egui::epaint::Vertex;

use super::fill::{self, Canvas};
use super::texture::Texture;
use super::triangle::{UNITS, first_pixel, units};

/// A rectangle that two triangles make.
pub(super) struct Quad<'a> {
    left_top: &'a Vertex,
    right_bottom: &'a Vertex,
    /// Left and top, then right and bottom, in 1/256 pixel.
    min: [i64; 2],
    max: [i64; 2],
}

impl<'a> Quad<'a> {
    /// The rectangle that the next six indices make, as `Mesh::add_rect_with_uv` lays them; `None` if they make
    /// anything else, which the caller then paints as triangles.
    pub fn at(indices: &[u32], vertices: &'a [Vertex], pixels_per_point: f32) -> Option<Self> {
        if indices.len() < 6 || indices[3] != indices[2] || indices[4] != indices[1] {
            return None;
        }
        let a = vertices.get(indices[0] as usize)?;
        let b = vertices.get(indices[1] as usize)?;
        let c = vertices.get(indices[2] as usize)?;
        let d = vertices.get(indices[5] as usize)?;
        let upright = a.pos.y == b.pos.y && c.pos.y == d.pos.y && a.pos.x == c.pos.x && b.pos.x == d.pos.x;
        let straight = a.uv.y == b.uv.y && c.uv.y == d.uv.y && a.uv.x == c.uv.x && b.uv.x == d.uv.x;
        let plain = a.color == b.color && a.color == c.color && a.color == d.color;
        if !upright || !straight || !plain || a.pos.x > d.pos.x || a.pos.y > d.pos.y {
            return None;
        }
        Some(Self {
            left_top: a,
            right_bottom: d,
            min: [units(a.pos.x, pixels_per_point), units(a.pos.y, pixels_per_point)],
            max: [units(d.pos.x, pixels_per_point), units(d.pos.y, pixels_per_point)],
        })
    }

    /// Paints the pixels whose centre lies within.
    pub fn paint(&self, canvas: &mut Canvas<'_>, texture: &Texture) {
        let color = self.left_top.color.to_array();
        let left = first_pixel(self.min[0]).max(canvas.clip_min[0]);
        let right = first_pixel(self.max[0]).min(canvas.clip_max[0]);
        let top = first_pixel(self.min[1]).max(canvas.clip_min[1]);
        let bottom = first_pixel(self.max[1]).min(canvas.clip_max[1]);
        if left >= right || top >= bottom || color == [0; 4] {
            return;
        }
        let columns = self.lookup(0, left, texture.size[0]);
        let rows = self.lookup(1, top, texture.size[1]);
        let linear = texture.is_linear_at(columns.step.abs().max(rows.step.abs()));
        if columns.step == 0.0
            && rows.step == 0.0
            && texture.sample(columns.start, rows.start, linear) == [255.0; 4]
        {
            let mut row = top;
            while row < bottom {
                fill::flat(canvas.span(row, left, right), color);
                row += 1;
            }
            return;
        }
        let whole = (columns.whole_texels(right - left, texture.size[0]))
            .zip(rows.whole_texels(bottom - top, texture.size[1]));
        let mut row = top;
        while row < bottom {
            let span = canvas.span(row, left, right);
            if let Some((column, line)) = whole {
                let first = (line + (row - top) as usize) * texture.size[0] + column;
                copy_texels(span, color, &texture.texels[first..first + span.len()]);
            } else {
                let v = rows.start + rows.step * (row - top) as f32;
                sample_texels(span, color, texture, [columns.start, v], columns.step, linear);
            }
            row += 1;
        }
    }

    /// Where the texture is looked up along an axis (0 across, 1 down), from the centre of pixel `first` on.
    fn lookup(&self, axis: usize, first: i64, texels: usize) -> Lookup {
        let from = f64::from(if axis == 0 { self.left_top.uv.x } else { self.left_top.uv.y }) * texels as f64;
        let to = f64::from(if axis == 0 { self.right_bottom.uv.x } else { self.right_bottom.uv.y })
            * texels as f64;
        let step = (to - from) / ((self.max[axis] - self.min[axis]) as f64 / UNITS as f64);
        let before_centre = first as f64 + 0.5 - self.min[axis] as f64 / UNITS as f64;
        Lookup { start: (from + step * before_centre) as f32, step: step as f32 }
    }
}

/// Texels along one axis: the place at the first pixel's centre, and texels per pixel.
struct Lookup {
    start: f32,
    step: f32,
}

impl Lookup {
    /// The first texel, where `pixels` pixels show as many texels of the texture one by one and unshifted.
    fn whole_texels(&self, pixels: i64, texels: usize) -> Option<usize> {
        let first = (self.start - 0.5).round();
        let last_is_off_by = (self.step - 1.0) * pixels as f32;
        let aligned = (self.start - 0.5 - first).abs() < 0.01 && last_is_off_by.abs() < 0.01;
        (aligned && first >= 0.0 && first as i64 + pixels <= texels as i64).then_some(first as usize)
    }
}

/// Lays texels one by one over as many pixels.
fn copy_texels(span: &mut [[u8; 4]], color: [u8; 4], texels: &[[u8; 4]]) {
    let mut at = 0;
    while at < span.len() {
        let texel = texels[at];
        // Most of a glyph's rectangle is clear.
        if texel[3] != 0 || texel != [0; 4] {
            fill::blend_texel(&mut span[at], color, texel);
        }
        at += 1;
    }
}

/// Lays a texture over a span, looked up from `[u, v]` on in steps of `step` texels.
fn sample_texels(
    span: &mut [[u8; 4]],
    color: [u8; 4],
    texture: &Texture,
    [u, v]: [f32; 2],
    step: f32,
    linear: bool,
) {
    let tint = color.map(|channel| f32::from(channel) / 255.0);
    let mut at = 0;
    while at < span.len() {
        let texel = texture.sample(u + step * at as f32, v, linear);
        let paint = [texel[0] * tint[0], texel[1] * tint[1], texel[2] * tint[2], texel[3] * tint[3]];
        fill::blend_exact(&mut span[at], paint);
        at += 1;
    }
}
