//! Meshes: areas of one colour, and bars that fade from one colour to another.
//!
//! Others (a picture, free colours at the corners) have no exact vector form and are counted as left out.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Pos2, Rect, Stroke, TextureId};

use super::number::{Number, Place, append};
use super::pen::Pen;

pub(super) fn draw(pen: &mut Pen, mesh: &Mesh) {
    let vertices: &[Vertex] = &mesh.vertices;
    let Some(first) = vertices.first() else { return };
    let is_plain = mesh.texture_id == TextureId::default() && vertices.iter().all(|v| v.uv == first.uv);
    if !is_plain {
        pen.left_out += 1;
    } else if vertices.iter().all(|vertex| vertex.color == first.color) {
        area(pen, mesh, first.color);
    } else if let Some((bar, ends)) = bar(mesh) {
        let number = pen.gradient(ends);
        let (x, y, width, height) =
            (Number(bar.min.x), Number(bar.min.y), Number(bar.width()), Number(bar.height()));
        pen.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"url(#l{number})\"/>"
        ));
    } else {
        pen.left_out += 1;
    }
}

/// All triangles in one path: shared edges then leave no seam.
fn area(pen: &mut Pen, mesh: &Mesh, color: Color32) {
    let mut data = String::new();
    let (triangles, _) = mesh.indices.as_chunks::<3>();
    for triangle in triangles {
        let corners = triangle.map(|index| mesh.vertices.get(index as usize).map(|vertex| vertex.pos));
        let [Some(a), Some(b), Some(c)] = corners else { continue };
        // All the same way round, or where two overlap they would cancel.
        let clockwise = (b - a).rot90().dot(c - a) >= 0.0;
        let (b, c) = if clockwise { (b, c) } else { (c, b) };
        append(&mut data, format_args!("M{}L{}L{}Z", Place(a), Place(b), Place(c)));
    }
    pen.path(&data, color, Stroke::NONE, "");
}

/// An upright rectangle in two colours, each along one side: where it is, and where each colour begins.
fn bar(mesh: &Mesh) -> Option<(Rect, [(Pos2, Color32); 2])> {
    let [a, b, c, d]: &[Vertex; 4] = mesh.vertices.as_slice().try_into().ok()?;
    let rect = Rect::from_points(&[a.pos, b.pos, c.pos, d.pos]);
    let color_at = |corner: Pos2| [a, b, c, d].into_iter().find(|v| v.pos == corner).map(|v| v.color);
    let corners = [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()];
    let [lt, rt, lb, rb] = corners.map(color_at);
    let (lt, rt, lb, rb) = (lt?, rt?, lb?, rb?);
    if lt == rt && lb == rb {
        Some((rect, [(rect.left_top(), lt), (rect.left_bottom(), lb)]))
    } else if lt == lb && rt == rb {
        Some((rect, [(rect.left_top(), lt), (rect.right_top(), rt)]))
    } else {
        None
    }
}
