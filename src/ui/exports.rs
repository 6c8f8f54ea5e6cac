//! How a view that is no drawing is taken away: a sheet of the formats that fit what it shows.

use egui::{Frame, Modal, Ui};

use crate::action::{Ask, Extent};
use crate::address::TextForm;
use crate::architecture::export::PictureForm;
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, ListRow, section_head, wrapped};
use crate::ui::{View, icons, shortcuts};

/// What was chosen on the sheet.
enum Chosen {
    Seen(PictureForm),
    Command(Command),
}

/// Asks where to write what the window shows.
pub(super) fn as_seen(view: &mut View<'_>, form: PictureForm) {
    view.ask(Ask::PickExport(view.window, Extent::Seen, form));
}

/// The sheet.
pub(super) fn exports_ui(ui: &Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let screen = ui.ctx().content_rect();
    let mut chosen = None;
    let frame = Frame::popup(ui.style()).inner_margin(20);
    let modal = Modal::new(ui.scope_id().with("export sheet")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(480.0_f32.min(screen.width() - 48.0));
        wrapped(ui, "Export", &Ink::new(theme.strong(theme.text.heading), theme.color.text));
        ui.add_space(10.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        section_head(ui, "As the window shows it");
        for (at, (form, icon, text, caption)) in [
            (PictureForm::Pdf, icons::FILE, "PDF page", "Text can be selected"),
            (PictureForm::Svg, icons::IMAGE, "SVG", "Sharp at every size"),
            (PictureForm::Png, icons::IMAGE, "PNG", "For everything that takes a picture"),
        ]
        .into_iter()
        .enumerate()
        {
            let row = ListRow { icon, icon_color: None, text, caption, selected: false }.show(ui);
            // The keyboard begins at the first row.
            if at == 0 && ui.ctx().memory(|memory| memory.focused().is_none()) {
                row.request_focus();
            }
            if row.clicked() {
                chosen = Some(Chosen::Seen(form));
            }
        }
        let location = view.location();
        let forms: Vec<Command> = Command::all().filter(|command| command.text_form().is_some()).collect();
        let further = forms.into_iter().chain([Command::ExportWhole, Command::ExportShortlist]);
        let further: Vec<Command> = further.filter(|command| command.is_available(location)).collect();
        if !further.is_empty() {
            ui.add_space(12.0);
            section_head(ui, "What it holds");
        }
        for command in further {
            let (icon, text, caption) = told(command);
            if (ListRow { icon, icon_color: None, text, caption, selected: false }).show(ui).clicked() {
                chosen = Some(Chosen::Command(command));
            }
        }
    });
    if chosen.is_some() || modal.should_close() {
        view.memory.overlay = Overlay::None;
    }
    match chosen {
        Some(Chosen::Seen(form)) => as_seen(view, form),
        Some(Chosen::Command(command)) => shortcuts::execute(view, command),
        None => {}
    }
}

/// What a command is called here.
fn told(command: Command) -> (&'static str, &'static str, &'static str) {
    match command.text_form() {
        Some(form) => (form_icon(form), form.title(), form.purpose()),
        None if command == Command::ExportWhole => {
            (icons::CORNERS_OUT, "The whole board", "On one page, whose size follows it")
        }
        None => (icons::STAR, "Shortlist", "Notes, ratings and the chosen tools"),
    }
}

/// The icon of a form.
pub(super) fn form_icon(form: TextForm) -> &'static str {
    match form {
        TextForm::Csv | TextForm::Points => icons::TABLE,
        TextForm::Markdown => icons::FILE,
        TextForm::Record => icons::NOTE_PENCIL,
    }
}
