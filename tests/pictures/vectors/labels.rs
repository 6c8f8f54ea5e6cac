//! The bundled templates, fitted into a window and at full size: no label of a box is cut.

use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{Look, picture};
use mlops_atlas::store::architecture_files::templates;
use mlops_atlas::ui::export::vectors::Missing;

use crate::drawn::{squeezed, texts};

#[test]
fn every_box_of_every_template_has_its_whole_name() {
    // The second one has room for all of a template at 100 %.
    for size in [[1600, 1000], [3200, 1800]] {
        for template in templates() {
            let location = Location::drawing(Origin::Template(template.id.clone()));
            let look = Look { size, scale: 1.0, dark: false };
            let view = picture(location, &[], look, None).unwrap().view;
            // Rows of one name are painted one after the other.
            let drawing = view.drawing(&template.id, Missing::Keep);
            let written: String = texts(drawing.svg()).iter().map(|text| squeezed(text)).collect();
            for node in template.nodes.values() {
                let name = squeezed(node.title());
                assert!(written.contains(&name), "{} at {size:?} cuts “{}”", template.id, node.title());
            }
        }
    }
}
