//! How a drawing is taken away: a sheet of all formats, and Mermaid on the clipboard.

use std::borrow::Cow;

use egui::{Frame, Modal, Response, ScrollArea, Ui};

use crate::action::{Action, Ask};
use crate::architecture::Judged;
use crate::architecture::export::{Export, Exported, Format};
use crate::command::Command;
use crate::problem::{Problem, Severity};
use crate::shown::counted;
use crate::state::DocumentState;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, Kind, ListRow, button, section_head, wrapped};
use crate::ui::{View, icons, shortcuts};

/// What was chosen on the sheet.
enum Chosen {
    Seen,
    Text(Format),
    Copy,
}

/// Opens the sheet, where a drawing is shown.
pub(in crate::ui) fn ask_export(view: &mut View<'_>) {
    if view.focused_drawing().is_some() {
        view.memory.overlay = Overlay::ExportDrawing;
    }
}

/// The sheet: what the window shows as a picture, or the drawing as a text.
pub(in crate::ui) fn export_ui(ui: &Ui, view: &mut View<'_>) {
    let Some((_, drawing)) = view.focused_drawing() else {
        view.memory.overlay = Overlay::None;
        return;
    };
    let theme = Theme::of(ui);
    let screen = ui.ctx().content_rect();
    let part = if drawing.is_reported { ", as its sources report it" } else { "" };
    let title = format!("{}{part}", drawing.document.title());
    let mut chosen = None;
    let frame = Frame::popup(ui.style()).inner_margin(16);
    let modal = Modal::new(ui.scope_id().with("export sheet")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(560.0_f32.min(screen.width() - 48.0));
        wrapped(ui, "Export drawing", &Ink::new(theme.strong(theme.text.heading), theme.color.text));
        wrapped(ui, &title, &Ink::new(theme.body(), theme.color.text_2));
        ui.add_space(12.0);
        ScrollArea::vertical().max_height(screen.height() - 200.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            section_head(ui, "As the window shows it");
            let seen = row(ui, icons::MONITOR, "PNG, SVG or PDF", "What is in sight, as a picture or a page");
            // The keyboard begins at the first row.
            if ui.ctx().memory(|memory| memory.focused().is_none()) {
                seen.request_focus();
            }
            if seen.clicked() {
                chosen = Some(Chosen::Seen);
            }
            for (head, is_document) in [("For other drawing programs", false), ("For documents", true)] {
                ui.add_space(12.0);
                section_head(ui, head);
                for format in Format::ALL.into_iter().filter(|format| format.is_document() == is_document) {
                    if row(ui, icon(format), format.title(), format.purpose()).clicked() {
                        chosen = Some(Chosen::Text(format));
                    }
                }
            }
        });
        ui.add_space(12.0);
        if button(ui, icons::COPY, Command::CopyMermaid.title(), Kind::Plain).clicked() {
            chosen = Some(Chosen::Copy);
        }
    });
    if chosen.is_some() || modal.should_close() {
        view.memory.overlay = Overlay::None;
    }
    match chosen {
        Some(Chosen::Seen) => shortcuts::execute(view, Command::Export),
        Some(Chosen::Text(format)) => save(view, format),
        Some(Chosen::Copy) => copy_mermaid(view),
        None => {}
    }
}

fn row(ui: &mut Ui, icon: &str, text: &str, caption: &str) -> Response {
    ListRow { icon, icon_color: None, text, caption, selected: false }.show(ui)
}

fn icon(format: Format) -> &'static str {
    match format {
        Format::Mermaid | Format::MermaidSwimlane | Format::D2 => icons::FLOW_ARROW,
        Format::Drawio | Format::Structurizr => icons::TREE_STRUCTURE,
        Format::Markdown => icons::FILE,
        Format::Adr => icons::NOTE_PENCIL,
        Format::Csv => icons::TABLE,
    }
}

/// Asks for a place for the drawing in a format.
fn save(view: &mut View<'_>, format: Format) {
    let Some((name, exported)) = exported(view, format) else { return };
    tell_left_out(view, &name, &exported);
    let numbered_in = (format == Format::Adr).then_some("decisions");
    view.ask(Ask::SaveText { name, numbered_in, text: exported.text });
}

/// Puts the drawing on the clipboard as a flowchart of Mermaid.
pub(in crate::ui) fn copy_mermaid(view: &mut View<'_>) {
    let Some((name, exported)) = exported(view, Format::Mermaid) else { return };
    tell_left_out(view, &name, &exported);
    let boxes = counted(exported.boxes, "box", "boxes");
    let flows = counted(exported.flows, "flow", "flows");
    let message = format!("{boxes} and {flows} are on the clipboard as Mermaid.");
    view.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at: name }));
    view.ask(Ask::Copy(exported.text));
}

fn tell_left_out(view: &mut View<'_>, name: &str, exported: &Exported) {
    if let Some(sentence) = exported.left_out_sentence() {
        view.actions.push(Action::Notice(Problem::warning(format!("{sentence}."), name)));
    }
}

/// The drawing that is shown, in a format, and what its file may be called; none while it is not read.
fn exported(view: &View<'_>, format: Format) -> Option<(String, Exported)> {
    let (_, drawing) = view.focused_drawing()?;
    if drawing.document.state != DocumentState::Ready {
        return None;
    }
    // What the rules say is of an earlier state while a job looks at a large drawing.
    let judged = if drawing.is_unjudged {
        Cow::Owned(Judged::of(drawing.architecture))
    } else {
        Cow::Borrowed(drawing.judged)
    };
    let export = Export {
        drawing: drawing.architecture,
        placement: drawing.placement,
        routes: drawing.routes,
        judged: &judged,
        catalog: &view.state.catalog,
        is_reported: drawing.is_reported,
        today: view.state.today,
    };
    Some((export.file_name(format), export.text(format)))
}
