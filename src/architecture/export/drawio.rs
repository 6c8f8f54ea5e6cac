//! draw.io: lanes, boxes and flows stand where the drawing has them; kinds, tools, licences and who is in
//! charge are attributes.

use super::Export;
use super::lines::Lines;
use super::parts::{Line, Part, Parts};
use crate::architecture::kinds::ArtifactClass;
use crate::architecture::layout::Bounds;
use crate::architecture::model::Point;

/// Between the corner of the page and the drawing.
const MARGIN: i32 = 40;

/// Writes the drawing, uncompressed.
pub(super) fn text(export: &Export<'_>, parts: &Parts<'_>) -> String {
    let page = Page::of(export);
    let name = attribute(&export.title());
    let mut out = Lines::default();
    out.add("<mxfile host=\"MLOps Atlas\">");
    out.add(format!("  <diagram id=\"drawing\" name=\"{name}\">"));
    out.add("    <mxGraphModel grid=\"1\" gridSize=\"10\" guides=\"1\" page=\"0\">\n      <root>");
    out.add("        <mxCell id=\"0\"/>\n        <mxCell id=\"1\" parent=\"0\"/>");
    for lane in &parts.lanes {
        let band = page.band(lane.stage);
        out.add(format!(
            "        <mxCell id=\"{}\" value=\"{}\" style=\"swimlane;html=1;startSize=28;collapsible=0;\" \
             vertex=\"1\" parent=\"1\">{}</mxCell>",
            lane.id,
            attribute(&text_of(&lane.title)),
            geometry(page.shifted(band)),
        ));
        for part in &lane.boxes {
            out.add(node(part, &lane.id, band, &page));
        }
    }
    for (number, line) in parts.flows.iter().enumerate() {
        out.add(flow(parts, line, number + 1, &page));
    }
    out.add("      </root>\n    </mxGraphModel>\n  </diagram>\n</mxfile>");
    out.finish()
}

/// Where everything is.
struct Page<'a> {
    export: &'a Export<'a>,
    /// The points of each flow that is routed.
    routes: Vec<Option<&'a [Point]>>,
}

impl<'a> Page<'a> {
    fn of(export: &'a Export<'a>) -> Self {
        let mut routes = vec![None; export.drawing.flows.len()];
        for route in export.routes {
            if let Some(place) = routes.get_mut(route.flow) {
                *place = Some(route.points.as_slice());
            }
        }
        Self { export, routes }
    }

    /// The strip of a lane, as high as the drawing.
    fn band(&self, stage: &str) -> Bounds {
        let all = self.export.placement.bounds;
        let lane = self.export.placement.lanes.iter().find(|lane| lane.stage == stage);
        let (x, w) = lane.map_or((all.x, all.w), |lane| (lane.x, lane.width));
        Bounds { x, y: all.y, w, h: all.h }
    }

    /// The box of a part; at the corner of its lane where nobody placed it.
    fn node(&self, part: &Part<'_>, band: Bounds) -> Bounds {
        let size = self.export.drawing.size_of(&part.node.id);
        let corner = Bounds { x: band.x, y: band.y, w: size.w, h: size.h };
        self.export.placement.node(&part.node.id).unwrap_or(corner)
    }

    /// The same, the drawing's corner at the margin.
    fn shifted(&self, at: Bounds) -> Bounds {
        let corner = self.export.placement.bounds;
        Bounds { x: at.x - corner.x + MARGIN, y: at.y - corner.y + MARGIN, ..at }
    }
}

fn node(part: &Part<'_>, lane: &str, band: Bounds, page: &Page<'_>) -> String {
    let at = page.node(part, band);
    // A child stands relative to its lane.
    let at = Bounds { x: at.x - band.x, y: at.y - band.y, ..at };
    let tools = part.tools();
    let label = if tools.is_empty() {
        attribute(&format!("<b>{}</b>", text_of(&part.title)))
    } else {
        attribute(&format!("<b>{}</b><br>{}", text_of(&part.title), text_of(&tools)))
    };
    let licences = part.tools.iter().map(|tool| format!("{}: {}", tool.name, tool.class().title()));
    let licences = licences.collect::<Vec<_>>().join(", ");
    let mut attributes = String::new();
    for (name, value) in [
        ("kind", part.node.kind.as_str()),
        ("lane", part.node.stage.as_str()),
        ("tools", &tools),
        ("licences", &licences),
        ("basis", part.node.basis.as_deref().unwrap_or_default()),
        ("link", part.link().unwrap_or_default()),
    ] {
        attributes += &optional(name, value);
    }
    for (name, value) in part.told_links() {
        attributes += &optional(name, &value);
    }
    let dashed = if part.node.is_added() { "dashed=1;" } else { "" };
    format!(
        "        <UserObject id=\"{}\" label=\"{label}\"{attributes}><mxCell \
         style=\"rounded=1;arcSize=8;whiteSpace=wrap;html=1;{dashed}\" vertex=\"1\" parent=\"{lane}\">{}</mxCell>\
         </UserObject>",
        part.id,
        geometry(at),
    )
}

fn flow(parts: &Parts<'_>, line: &Line<'_>, number: usize, page: &Page<'_>) -> String {
    let [from, to] = [line.from, line.to].map(|at| parts.at(at));
    let mut style = String::from("edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;endArrow=block;endFill=1;");
    if line.is_dashed() {
        style += "dashed=1;";
    }
    if line.flow.is_added() {
        style += "opacity=45;";
    }
    if line.class() == ArtifactClass::Model {
        style += "strokeWidth=2;";
    }
    let mut corners = Vec::new();
    if let Some([first, inner @ .., last]) = page.routes.get(line.index).copied().flatten() {
        for (end, part, at) in [("exit", from, first), ("entry", to, last)] {
            if let Some(around) = page.export.placement.node(&part.node.id) {
                style += &port(end, *at, around);
            }
        }
        for point in inner {
            let at = page.shifted(Bounds { x: point.x, y: point.y, w: 0, h: 0 });
            corners.push(format!("<mxPoint x=\"{}\" y=\"{}\"/>", at.x, at.y));
        }
    }
    let corners = match corners.as_slice() {
        [] => String::new(),
        some => format!("<Array as=\"points\">{}</Array>", some.concat()),
    };
    let mut attributes = String::new();
    for (name, value) in [
        ("artifact", line.flow.artifact.as_str()),
        ("basis", line.flow.basis.as_deref().unwrap_or_default()),
        ("link", line.link().unwrap_or_default()),
    ] {
        attributes += &optional(name, value);
    }
    format!(
        "        <UserObject id=\"e{number}\" label=\"{}\"{attributes}><mxCell style=\"{style}\" edge=\"1\" \
         parent=\"1\" source=\"{}\" target=\"{}\"><mxGeometry relative=\"1\" as=\"geometry\">{corners}</mxGeometry>\
         </mxCell></UserObject>",
        attribute(&text_of(&line.artifact())),
        from.id,
        to.id,
    )
}

/// Where a line meets the border of a box, as shares of its width and height.
fn port(end: &str, at: Point, around: Bounds) -> String {
    let share = |part: i32, whole: i32| {
        let share = f64::from(part) / f64::from(whole.max(1));
        (share.clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0
    };
    let (x, y) = (share(at.x - around.x, around.w), share(at.y - around.y, around.h));
    format!("{end}X={x};{end}Y={y};{end}Dx=0;{end}Dy=0;")
}

fn geometry(at: Bounds) -> String {
    let Bounds { x, y, w, h } = at;
    format!("<mxGeometry x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" as=\"geometry\"/>")
}

/// An attribute that is left out where there is nothing to say.
fn optional(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", attribute(value)) }
}

/// A text as HTML.
fn text_of(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text as the value of an attribute of XML.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out += "&#10;",
            '\t' => out += "&#9;",
            // XML has no name for these at all.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                out.push('\u{fffd}');
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_html_inside_of_xml() {
        for (text, written) in [
            ("Feature store - é 🙂 שלום", "Feature store - é 🙂 שלום"),
            ("R&D", "R&amp;amp;D"),
            (
                "<img src=x onerror=\"alert(1)\">",
                "&amp;lt;img src=x onerror=&amp;quot;alert(1)&amp;quot;&amp;gt;",
            ),
            ("&lt;", "&amp;amp;lt;"),
        ] {
            assert_eq!(attribute(&text_of(text)), written, "{text}");
        }
        assert_eq!(attribute("a\nb\0\u{ffff}<\"'&"), "a&#10;b\u{fffd}\u{fffd}&lt;&quot;'&amp;");
    }

    #[test]
    fn a_line_leaves_where_it_is_drawn() {
        let around = Bounds { x: 100, y: 40, w: 190, h: 64 };
        assert_eq!(port("exit", Point::new(290, 56), around), "exitX=1;exitY=0.25;exitDx=0;exitDy=0;");
        assert_eq!(
            port("entry", Point::new(163, 104), around),
            "entryX=0.3316;entryY=1;entryDx=0;entryDy=0;"
        );
    }
}
