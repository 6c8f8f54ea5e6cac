//! Any triangle: which pixels it covers, and the colour at each.

use egui::Pos2;
use egui::epaint::Vertex;

use super::fill::{self, Canvas};
use super::texture::Texture;

/// Fixed-point units per pixel: graphics cards round corners to this grid too.
pub(super) const UNITS: i64 = 256;

/// Farthest place, in pixels either way. It keeps the products below within 64 bits.
const FARTHEST: f32 = 1_048_576.0;

/// A coordinate in points, in units of 1/256 pixel.
pub(super) fn units(place: f32, pixels_per_point: f32) -> i64 {
    let pixels = (place * pixels_per_point).clamp(-FARTHEST, FARTHEST);
    (pixels * UNITS as f32).round() as i64
}

/// First pixel whose centre is at or past a coordinate in units.
pub(super) fn first_pixel(place: i64) -> i64 {
    (place + UNITS / 2 - 1) >> 8
}

/// One side of a triangle, as the sign of `value - x * slope` at the centre of column `x`.
#[derive(Clone, Copy)]
struct Edge {
    value: i64,
    value_per_row: i64,
    slope: i64,
}

impl Edge {
    /// The side from `a` to `b` of a triangle that runs clockwise on the screen, ready for `row`.
    fn new(a: [i64; 2], b: [i64; 2], row: i64) -> Self {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        // A centre exactly on a side belongs to the triangle to its right or below it: the top-left rule.
        let owns_its_line = dy < 0 || (dy == 0 && dx > 0);
        let value = dx * (row * UNITS + UNITS / 2 - a[1]) - dy * (UNITS / 2 - a[0]);
        Self {
            value: if owns_its_line { value } else { value - 1 },
            value_per_row: dx * UNITS,
            slope: dy * UNITS,
        }
    }

    /// Narrows a span of columns to those within this side, and moves on to the next row.
    fn narrow(&mut self, start: &mut i64, end: &mut i64) {
        if self.slope > 0 {
            let last = self.value.div_euclid(self.slope);
            if last < *end {
                *end = last + 1;
            }
        } else if self.slope < 0 {
            let first = -self.value.div_euclid(-self.slope);
            if first > *start {
                *start = first;
            }
        } else if self.value < 0 {
            *end = *start;
        }
        self.value += self.value_per_row;
    }
}

/// Paints one triangle; one with a corner that is no number, or with no area, paints nothing.
pub(super) fn paint(
    canvas: &mut Canvas<'_>,
    texture: &Texture,
    corners: [&Vertex; 3],
    pixels_per_point: f32,
) {
    if corners.iter().any(|corner| corner.pos.any_nan()) {
        return;
    }
    let place = |Pos2 { x, y }: Pos2| [units(x, pixels_per_point), units(y, pixels_per_point)];
    let mut places = corners.map(|corner| place(corner.pos));
    let mut corners = corners;
    match doubled_area(places) {
        0 => return,
        1.. => {}
        _ => {
            places.swap(1, 2);
            corners.swap(1, 2);
        }
    }
    let heights = places.map(|[_, y]| y);
    let top = first_pixel(heights[0].min(heights[1]).min(heights[2])).max(canvas.clip_min[1]);
    let bottom = (first_pixel(heights[0].max(heights[1]).max(heights[2])) + 1).min(canvas.clip_max[1]);
    if top >= bottom {
        return;
    }
    let mut sides = [
        Edge::new(places[0], places[1], top),
        Edge::new(places[1], places[2], top),
        Edge::new(places[2], places[0], top),
    ];
    let paint = Paint::new(corners, places, texture);
    let mut row = top;
    while row < bottom {
        let (mut start, mut end) = (canvas.clip_min[0], canvas.clip_max[0]);
        sides[0].narrow(&mut start, &mut end);
        sides[1].narrow(&mut start, &mut end);
        sides[2].narrow(&mut start, &mut end);
        if start < end {
            paint.span(canvas.span(row, start, end), texture, [start, row]);
        }
        row += 1;
    }
}

/// Twice the area of a triangle: above 0 if it runs clockwise on the screen, 0 if its corners are on one line.
fn doubled_area([a, b, c]: [[i64; 2]; 3]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// What a triangle is filled with.
enum Paint {
    /// One colour.
    Flat([u8; 4]),
    /// Colours between the corners.
    Blended(Planes),
    /// Colours between the corners times a texture, blended between texels or not.
    Textured(Planes, bool),
}

impl Paint {
    fn new(corners: [&Vertex; 3], places: [[i64; 2]; 3], texture: &Texture) -> Self {
        let [first, second, third] = corners;
        if first.uv == second.uv && first.uv == third.uv {
            let [u, v] = in_texels(first, texture);
            if texture.sample(u, v, texture.is_linear_at(0.0)) == [255.0; 4] {
                if first.color == second.color && first.color == third.color {
                    return Self::Flat(first.color.to_array());
                }
                return Self::Blended(Planes::new(corners, places, texture));
            }
        }
        let planes = Planes::new(corners, places, texture);
        let across = planes.per_column[4].hypot(planes.per_column[5]);
        let down = planes.per_row[4].hypot(planes.per_row[5]);
        Self::Textured(planes, texture.is_linear_at(across.max(down) as f32))
    }

    /// Fills part of a row that starts at `[column, row]`.
    fn span(&self, span: &mut [[u8; 4]], texture: &Texture, place: [i64; 2]) {
        match self {
            Self::Flat(color) => fill::flat(span, *color),
            Self::Blended(planes) => {
                let (start, step) = planes.along(place);
                let mut at = 0;
                while at < span.len() {
                    let x = at as f32;
                    let color = [
                        start[0] + step[0] * x,
                        start[1] + step[1] * x,
                        start[2] + step[2] * x,
                        start[3] + step[3] * x,
                    ];
                    fill::blend_exact(&mut span[at], color);
                    at += 1;
                }
            }
            Self::Textured(planes, linear) => {
                let (start, step) = planes.along(place);
                let mut at = 0;
                while at < span.len() {
                    let x = at as f32;
                    let mut color = texture.sample(start[4] + step[4] * x, start[5] + step[5] * x, *linear);
                    let mut channel = 0;
                    while channel < 4 {
                        color[channel] *= (start[channel] + step[channel] * x) / 255.0;
                        channel += 1;
                    }
                    fill::blend_exact(&mut span[at], color);
                    at += 1;
                }
            }
        }
    }
}

/// The texture coordinates of a corner in texels.
fn in_texels(corner: &Vertex, texture: &Texture) -> [f32; 2] {
    [corner.uv.x * texture.size[0] as f32, corner.uv.y * texture.size[1] as f32]
}

/// Red, green, blue, alpha (0 to 255) and the texture's column and row, each a plane over the pixels.
struct Planes {
    /// In pixels.
    origin: [f64; 2],
    at_origin: [f64; 6],
    per_column: [f64; 6],
    per_row: [f64; 6],
}

impl Planes {
    /// The planes through three corners that are not on one line.
    fn new(corners: [&Vertex; 3], places: [[i64; 2]; 3], texture: &Texture) -> Self {
        let pixels = places.map(|[x, y]| [x as f64 / UNITS as f64, y as f64 / UNITS as f64]);
        let values = corners.map(|corner| {
            let color = corner.color.to_array().map(f64::from);
            let [column, row] = in_texels(corner, texture).map(f64::from);
            [color[0], color[1], color[2], color[3], column, row]
        });
        let (x1, y1) = (pixels[1][0] - pixels[0][0], pixels[1][1] - pixels[0][1]);
        let (x2, y2) = (pixels[2][0] - pixels[0][0], pixels[2][1] - pixels[0][1]);
        let area = x1 * y2 - y1 * x2;
        let (mut per_column, mut per_row) = ([0.0; 6], [0.0; 6]);
        let mut which = 0;
        while which < 6 {
            let (rise1, rise2) = (values[1][which] - values[0][which], values[2][which] - values[0][which]);
            per_column[which] = (rise1 * y2 - rise2 * y1) / area;
            per_row[which] = (rise2 * x1 - rise1 * x2) / area;
            which += 1;
        }
        Self { origin: pixels[0], at_origin: values[0], per_column, per_row }
    }

    /// The values at the centre of a pixel, and what each adds per column.
    fn along(&self, [column, row]: [i64; 2]) -> ([f32; 6], [f32; 6]) {
        let x = column as f64 + 0.5 - self.origin[0];
        let y = row as f64 + 0.5 - self.origin[1];
        let (mut start, mut step) = ([0.0; 6], [0.0; 6]);
        let mut which = 0;
        while which < 6 {
            start[which] =
                (self.at_origin[which] + self.per_column[which] * x + self.per_row[which] * y) as f32;
            step[which] = self.per_column[which] as f32;
            which += 1;
        }
        (start, step)
    }
}
