//! A CPU rasteriser of egui's tessellated meshes: the same picture on every machine.
//!
//! It paints what `egui_glow` paints, without a GPU: vertex colour times texture colour, both in gamma space and
//! with alpha multiplied in, laid over what is there. Triangles cover the pixels whose centre they hold, with the
//! top-left rule on shared edges, after their corners were rounded to 1/256 pixel as graphics cards do, so
//! neighbours neither leave a seam nor paint a pixel twice. There is no dithering.
//!
//! Two things it leaves out: paint callbacks (which need a GPU) are not drawn, and mipmaps are not built, so an
//! image shown much smaller than it is looks coarser than in a window that asks for them.

mod bands;
mod fill;
mod quad;
mod texture;
mod triangle;

use std::collections::{BTreeMap, BTreeSet};

use egui::epaint::{Primitive, Vertex};
use egui::{ClippedPrimitive, Color32, Mesh, TextureId, TexturesDelta};

use self::fill::Canvas;
use self::quad::Quad;
use self::texture::Texture;
use super::image::Image;

/// Holds the textures of one egui context and paints its meshes.
#[derive(Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
    /// Textures that the last update gave up; its picture may still show them.
    leaving: BTreeSet<TextureId>,
}

impl Raster {
    /// A rasteriser that knows no texture yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over a pass's texture changes and leaves `delta` empty (egui panics on one dropped unapplied).
    ///
    /// Call it for every pass, before painting. Textures that the pass frees go at the next update, since the
    /// pass's own meshes may use them.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for id in std::mem::take(&mut self.leaving) {
            self.textures.remove(&id);
        }
        let changes: BTreeMap<_, _> = delta.set.drain().collect();
        for (id, patches) in changes {
            for patch in patches {
                match (patch.pos, self.textures.get_mut(&id)) {
                    (None, _) => {
                        self.textures.insert(id, Texture::new(&patch));
                    }
                    (Some(corner), Some(texture)) => texture.patch(corner, &patch),
                    (Some(_), None) => tracing::warn!("A part of texture {id:?} came before the whole of it"),
                }
            }
        }
        self.leaving = delta.free.drain().collect();
    }

    /// Paints meshes over a background, as large as `size_px` (pixels, at least one each way).
    ///
    /// Positions are in points and become pixels by `pixels_per_point`. A mesh with an unknown texture is not
    /// drawn. The picture is opaque if the background is.
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size_px: [u32; 2],
        background: Color32,
    ) -> Image {
        let [width, height] = size_px.map(|side| side.max(1));
        let mut rgba = vec![0; width as usize * height as usize * 4];
        let mut canvas = Canvas::new(rgba.as_chunks_mut::<4>().0, [width as usize, height as usize]);
        canvas.clear(background.to_array());
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            canvas.set_clip(*clip_rect, pixels_per_point);
            if let Some(texture) = self.textures.get(&mesh.texture_id) {
                paint_mesh(&mut canvas, mesh, texture, pixels_per_point);
            } else {
                tracing::warn!("Unknown texture {:?}", mesh.texture_id);
            }
        }
        Image { width, height, rgba }
    }
}

/// Paints the triangles of a mesh in order, two at once where they make an upright rectangle (text, images).
fn paint_mesh(canvas: &mut Canvas<'_>, mesh: &Mesh, texture: &Texture, pixels_per_point: f32) {
    if canvas.clip_is_empty() {
        return;
    }
    let indices: &[u32] = &mesh.indices;
    let vertices: &[Vertex] = &mesh.vertices;
    let mut at = 0;
    while at + 3 <= indices.len() {
        if let Some(quad) = Quad::at(&indices[at..], vertices, pixels_per_point) {
            quad.paint(canvas, texture);
            at += 6;
            continue;
        }
        let corner = |offset: usize| vertices.get(indices[at + offset] as usize);
        if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) {
            triangle::paint(canvas, texture, [a, b, c], pixels_per_point);
        }
        at += 3;
    }
}
