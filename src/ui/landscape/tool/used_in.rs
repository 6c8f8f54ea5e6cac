//! Templates and use cases that name a tool.

use egui::Ui;

use crate::address::{Location, Origin, PracticeSection};
use crate::catalog::Tool;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, section_head, wrapped};
use crate::ui::{View, icons};

/// Draws them as rows that lead there.
pub(super) fn used_in_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    section_head(ui, "Used in");
    let mut go = None;
    let mut any = false;
    for template in view.state.templates.iter() {
        let id = tool.id.as_str();
        let used = template.architecture.nodes.values().any(|node| node.tools.iter().any(|name| name == id));
        if used {
            any = true;
            let title = &template.architecture.title;
            let row = ListRow {
                icon: icons::TREE_STRUCTURE,
                icon_color: None,
                text: title,
                caption: "template",
                selected: false,
            };
            if row.show(ui).clicked() {
                let origin = Origin::Template(template.id.clone());
                go = Some(Location::drawing(origin));
            }
        }
    }
    for case in view.state.practice.usecases_of_tool(tool.id.as_str()) {
        any = true;
        let row = ListRow {
            icon: icons::BOOK_OPEN,
            icon_color: None,
            text: &case.organisation,
            caption: &case.domain,
            selected: false,
        };
        if row.show(ui).clicked() {
            let (section, item) = (PracticeSection::UseCases, Some(case.id.clone()));
            go = Some(Location::Practice { section, item, text: String::new() });
        }
    }
    if !any {
        let theme = Theme::of(ui);
        let text = "No template and no use case names it.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
    }
    if let Some(location) = go {
        view.go(location);
    }
}
