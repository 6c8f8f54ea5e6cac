//! Large pictures band by band: only the rows of one band are in memory, and each band looks only at the triangles in it.

use egui::epaint::Primitive;
use egui::{ClippedPrimitive, Mesh, Rect};

use super::fill::Canvas;
use super::quad::Quad;
use super::texture::Texture;
use super::triangle;
use super::{Raster, Vertex};

/// Bytes of a band: as much as the caches nearer to the processor hold, so that painting and packing do not wait for memory.
const BAND: usize = 4 << 20;

/// A triangle of a mesh, or two that make an upright rectangle.
///
/// There are millions of these, so they are small.
struct Piece {
    /// Where its indices begin.
    at: u32,
    is_quad: bool,
    /// The first row that it may touch, and the first after it, in pixels.
    rows: [i32; 2],
}

struct Planned<'a> {
    mesh: &'a Mesh,
    texture: &'a Texture,
    clip: Rect,
    pieces: Vec<Piece>,
}

impl<'a> Planned<'a> {
    fn of(mesh: &'a Mesh, texture: &'a Texture, clip: Rect, pixels_per_point: f32) -> Self {
        let (indices, vertices): (&[u32], &[Vertex]) = (&mesh.indices, &mesh.vertices);
        let mut pieces = Vec::with_capacity(indices.len() / 4);
        let mut at = 0;
        while at + 3 <= indices.len() {
            let is_quad = Quad::at(&indices[at..], vertices, pixels_per_point).is_some();
            let count = if is_quad { 6 } else { 3 };
            let heights = indices[at..at + count].iter().filter_map(|index| vertices.get(*index as usize));
            let heights = heights.map(|vertex| vertex.pos.y * pixels_per_point);
            let (top, bottom) =
                heights.fold((f32::MAX, f32::MIN), |(top, bottom), y| (top.min(y), bottom.max(y)));
            // Corners are rounded to parts of a pixel, so a row more on either side.
            let rows = [top.floor() as i32 - 1, bottom.ceil() as i32 + 1];
            // A mesh with more indices could not name its vertices.
            pieces.push(Piece { at: at as u32, is_quad, rows });
            at += count;
        }
        Self { mesh, texture, clip, pieces }
    }

    fn paint(&self, piece: &Piece, canvas: &mut Canvas<'_>, pixels_per_point: f32) {
        let (indices, vertices): (&[u32], &[Vertex]) = (&self.mesh.indices, &self.mesh.vertices);
        if piece.is_quad {
            if let Some(quad) = Quad::at(&indices[piece.at as usize..], vertices, pixels_per_point) {
                quad.paint(canvas, self.texture);
            }
            return;
        }
        let corner = |offset: usize| vertices.get(indices[piece.at as usize + offset] as usize);
        if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) {
            triangle::paint(canvas, self.texture, [a, b, c], pixels_per_point);
        }
    }
}

/// Which pieces are in which band, in the order in which they are painted: the mesh's number, then the piece's.
fn in_bands(planned: &[Planned<'_>], height: usize, rows: usize) -> Vec<Vec<(u32, u32)>> {
    let mut bands = vec![Vec::new(); height.div_ceil(rows)];
    let last = bands.len() as i32 - 1;
    for (mesh, planned) in planned.iter().enumerate() {
        for (number, piece) in planned.pieces.iter().enumerate() {
            let [from, to] = piece.rows.map(|row| row.div_euclid(rows as i32));
            for band in from.max(0)..=to.min(last) {
                bands[band as usize].push((mesh as u32, number as u32));
            }
        }
    }
    bands
}

impl Raster {
    /// Paints as [`Raster::paint`] does, and hands the rows over band by band from top to bottom: whole rows, four bytes a
    /// pixel, alpha multiplied in. Ends with the first error.
    pub fn paint_bands<E>(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size_px: [u32; 2],
        background: egui::Color32,
        mut each: impl FnMut(&mut [[u8; 4]]) -> Result<(), E>,
    ) -> Result<(), E> {
        let planned = primitives.iter().filter_map(|ClippedPrimitive { clip_rect, primitive }| {
            let Primitive::Mesh(mesh) = primitive else { return None };
            let texture = self.textures.get(&mesh.texture_id)?;
            Some(Planned::of(mesh, texture, *clip_rect, pixels_per_point))
        });
        let planned: Vec<Planned<'_>> = planned.collect();
        let [width, height] = size_px.map(|side| side.max(1) as usize);
        let rows = (BAND / (width * 4)).clamp(1, height);
        let mut pixels = vec![[0; 4]; width * rows];
        for (band, inside) in in_bands(&planned, height, rows).iter().enumerate() {
            let first = band * rows;
            let rows = rows.min(height - first);
            let pixels = &mut pixels[..width * rows];
            let mut canvas = Canvas::band(pixels, [width, rows], first);
            canvas.clear(background.to_array());
            let mut clipped_for = None;
            for (mesh, piece) in inside {
                let planned = &planned[*mesh as usize];
                if clipped_for != Some(mesh) {
                    canvas.set_clip(planned.clip, pixels_per_point);
                    clipped_for = Some(mesh);
                }
                if !canvas.clip_is_empty() {
                    planned.paint(&planned.pieces[*piece as usize], &mut canvas, pixels_per_point);
                }
            }
            each(pixels)?;
        }
        Ok(())
    }
}
