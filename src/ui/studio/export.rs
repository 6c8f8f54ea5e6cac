//! How a drawing is taken away: a sheet of all formats with a preview, the choices for each, and the clipboard.

mod options;
mod preview;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Align, Align2, Frame, Key, Layout, Modal, Painter, Pos2, Rect, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use crate::action::{Action, Ask, DocumentId, WindowId};
use crate::address::TextForm;
use crate::architecture::export::{Format, PictureForm, PictureOptions, Taken, Target};
use crate::problem::{Problem, Severity};
use crate::settings::Settings;
use crate::state::{DocumentState, State};
use crate::ui::studio::canvas;
use crate::ui::studio::sheet::Sheet;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, Kind, ListRow, button, inside, paint_text, section_head, wrapped};
use crate::ui::{View, exports, icons, texts};

/// What tells a drawing at one moment from all others.
type Moment = (DocumentId, (u64, bool), bool, u64);

/// The drawing while the formats are shown: it is taken once, not in each frame.
#[derive(Clone, Debug, Default)]
pub struct ExportMemory {
    /// Which row is chosen; the one of the last export before that.
    chosen: Option<Item>,
    /// The drawing, and its moment.
    taken: Option<(Moment, Arc<Taken>)>,
    /// It on a page.
    sheet: Option<Sheet>,
    /// A text, and of which row.
    text: Option<(Item, String)>,
}

/// A row of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// The drawing.
    Drawing(Target),
    /// What stands beside the drawing.
    Panel(TextForm),
    /// What the window shows.
    Window,
}

impl ExportMemory {
    /// The drawing as it stands, which is taken again when it is another one.
    fn taken(&mut self, view: &View<'_>) -> Option<Arc<Taken>> {
        let (id, drawing) = view.focused_drawing()?;
        if drawing.document.state != DocumentState::Ready {
            return None;
        }
        let moment = (id, drawing.revision(), drawing.is_unjudged, view.state.catalog_revision);
        if let Some((of, taken)) = &self.taken
            && *of == moment
        {
            return Some(Arc::clone(taken));
        }
        let taken = take(view)?;
        *self = Self { chosen: self.chosen, taken: Some((moment, Arc::clone(&taken))), ..Self::default() };
        Some(taken)
    }

    /// It on a page that is made so, with texts as they are laid out here.
    fn sheet(&mut self, painter: &Painter, taken: &Arc<Taken>, options: PictureOptions) -> &Sheet {
        self.sheet.take_if(|sheet| *sheet.options() != options);
        self.sheet.get_or_insert_with(|| Sheet::new(Arc::clone(taken), options).noted(painter))
    }
}

/// The drawing that is shown, with all that is known of it; none while it is not read.
fn take(view: &View<'_>) -> Option<Arc<Taken>> {
    let (_, drawing) = view.focused_drawing()?;
    if drawing.document.state != DocumentState::Ready {
        return None;
    }
    let marks = canvas::marks(view, drawing);
    Some(Arc::new(Taken {
        drawing: drawing.architecture.clone(),
        placement: Arc::clone(drawing.placement),
        routes: drawing.routes.to_vec(),
        judged: drawing.judged.clone(),
        is_unjudged: drawing.is_unjudged,
        catalog: Arc::clone(&view.state.catalog),
        is_reported: drawing.is_reported,
        today: view.state.today,
        marks: marks.taken(),
    }))
}

/// Puts the drawing that is shown on the clipboard, as it was exported last.
pub(in crate::ui) fn copy(view: &mut View<'_>, target: Target) {
    match take(view) {
        Some(taken) => view.ask(Ask::CopyDrawing(taken, target, view.state.settings.picture)),
        None => view.actions.push(Action::Notice(Problem {
            severity: Severity::Info,
            message: "Nothing was copied: no drawing is shown.".to_owned(),
            at: String::new(),
        })),
    }
}

/// What is to happen after the sheet was drawn.
#[derive(Clone, Copy)]
enum Done {
    Save,
    Copy,
}

/// The sheet.
pub(in crate::ui) fn export_ui(ui: &Ui, view: &mut View<'_>) {
    let mut memory = std::mem::take(&mut view.memory.export);
    let Some(taken) = memory.taken(view) else {
        view.memory.overlay = Overlay::None;
        return;
    };
    let last = Target::from_id(&view.state.settings.export_as);
    let last = last.unwrap_or(Target::Picture(PictureForm::Pdf));
    let mut item = memory.chosen.unwrap_or(Item::Drawing(last));
    let mut picture = view.state.settings.picture;
    let screen = ui.ctx().content_rect();
    let size = vec2((screen.width() - 80.0).min(1_040.0), (screen.height() - 100.0).min(690.0));
    let mut done = None;
    let frame = Frame::popup(ui.style()).inner_margin(20);
    let modal = Modal::new(ui.scope_id().with("export sheet")).frame(frame).show(ui.ctx(), |ui| {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let (list, detail) = rect.split_left_right_at_x(rect.left() + 260.0);
        let panel = view.location().text_forms();
        let is_taken = inside(ui, list, Layout::top_down(Align::Min), |ui| list_ui(ui, panel, &mut item));
        let detail = detail.with_min_x(detail.left() + 24.0);
        inside(ui, detail, Layout::top_down(Align::Min), |ui| {
            done = detail_ui(ui, (view.state, view.window), (&mut memory, &taken), item, &mut picture);
            if is_taken {
                done = Some(Done::Save);
            }
        });
    });
    memory.chosen = Some(item);
    remember(view, item, picture, done.is_some());
    let closes = done.is_some() || modal.should_close();
    if closes {
        view.memory.overlay = Overlay::None;
        // What was taken may be large.
        memory = ExportMemory::default();
    }
    view.memory.export = memory;
    // As it stands now: another drawing that it is held against may have been read meanwhile.
    let taken = done.and_then(|_| take(view)).unwrap_or(taken);
    match (done, item) {
        (Some(Done::Save), Item::Drawing(target)) => view.ask(Ask::SaveDrawing(taken, target, picture)),
        (Some(Done::Copy), Item::Drawing(target)) => view.ask(Ask::CopyDrawing(taken, target, picture)),
        (Some(Done::Save), Item::Panel(form)) => texts::save(view, form),
        (Some(Done::Copy), Item::Panel(form)) => texts::copy(view, form),
        (Some(_), Item::Window) => exports::as_seen(view, PictureForm::Pdf),
        (None, _) => {}
    }
}

/// Keeps the choices for the next time: how pictures are made at once, the format when it was used.
fn remember(view: &mut View<'_>, item: Item, picture: PictureOptions, is_done: bool) {
    let settings = &view.state.settings;
    let export_as = match item {
        Item::Drawing(target) if is_done => target.id().to_owned(),
        _ => settings.export_as.clone(),
    };
    if picture != settings.picture || export_as != settings.export_as {
        let settings = Settings { export_as, picture, ..settings.clone() };
        view.actions.push(Action::Settings(settings));
    }
}

/// The formats, the chosen one lit. Whether it was pressed once more: whoever comes by keyboard and wants what was wanted
/// last presses Enter.
fn list_ui(ui: &mut Ui, panel: &[TextForm], item: &mut Item) -> bool {
    let theme = Theme::of(ui);
    let mut is_taken = false;
    wrapped(ui, "Export", &Ink::new(theme.strong(theme.text.heading), theme.color.text));
    ui.add_space(10.0);
    ScrollArea::vertical().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for group in ["As a picture", "For other drawing programs", "For documents"] {
            section_head(ui, group);
            for target in Target::all().filter(|target| group_of(*target) == group) {
                is_taken |= row(ui, icon(target), target.title(), Item::Drawing(target), item);
            }
            ui.add_space(10.0);
        }
        if !panel.is_empty() {
            section_head(ui, "What stands beside it");
            for form in panel {
                is_taken |= row(ui, exports::form_icon(*form), form.title(), Item::Panel(*form), item);
            }
            ui.add_space(10.0);
        }
        section_head(ui, "The window");
        is_taken |= row(ui, icons::MONITOR, "As it is seen", Item::Window, item);
    });
    is_taken
}

/// The group in which a format is listed.
fn group_of(target: Target) -> &'static str {
    match target {
        Target::Picture(_) => "As a picture",
        Target::Text(format) if format.is_document() => "For documents",
        Target::Text(_) => "For other drawing programs",
    }
}

/// A format; whether it is pressed though it is chosen.
fn row(ui: &mut Ui, icon: &str, text: &str, own: Item, chosen: &mut Item) -> bool {
    let selected = *chosen == own;
    let response = ListRow { icon, icon_color: None, text, caption: "", selected }.show(ui);
    // The keyboard begins at the chosen row.
    if selected && ui.ctx().memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    if response.clicked() {
        *chosen = own;
    }
    selected && response.clicked() && ui.input(|input| input.key_pressed(Key::Enter))
        || response.double_clicked()
}

fn icon(target: Target) -> &'static str {
    match target {
        Target::Picture(PictureForm::Pdf) | Target::Text(Format::Markdown) => icons::FILE,
        Target::Picture(_) => icons::IMAGE,
        Target::Text(Format::Mermaid | Format::MermaidSwimlane | Format::D2) => icons::FLOW_ARROW,
        Target::Text(Format::Drawio | Format::Structurizr) => icons::TREE_STRUCTURE,
        Target::Text(Format::Adr) => icons::NOTE_PENCIL,
        Target::Text(Format::Csv) => icons::TABLE,
    }
}

/// Preview, purpose, choices, and what to do.
fn detail_ui(
    ui: &mut Ui,
    (state, window): (&State, WindowId),
    (memory, taken): (&mut ExportMemory, &Arc<Taken>),
    item: Item,
    picture: &mut PictureOptions,
) -> Option<Done> {
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    let choices = options::height(item);
    // The foot's buttons, the choices, the purpose; the rest is the preview's.
    let (above, foot) = rect.split_top_bottom_at_y(rect.bottom() - 34.0);
    let (above, choices) = above.split_top_bottom_at_y(above.bottom() - choices - 12.0);
    let (shown, purpose) = above.split_top_bottom_at_y(above.bottom() - 34.0);
    let words = match item {
        Item::Drawing(target) => target.purpose(),
        Item::Panel(form) => form.purpose(),
        Item::Window => "What is in sight, menus and panels too, as PDF, SVG or PNG",
    };
    match item {
        Item::Drawing(Target::Picture(form)) => {
            let sheet = memory.sheet(ui.painter(), taken, picture.of_form(form));
            preview::picture_ui(ui, sheet, form, shown);
        }
        Item::Drawing(Target::Text(format)) => {
            preview::text_ui(ui, (&mut memory.text, item), shown, || preview::text_of(taken, format));
        }
        Item::Panel(form) => {
            let made = || state.text(window, form).map(|text| text.text);
            preview::text_ui(ui, (&mut memory.text, item), shown, made);
        }
        Item::Window => preview::nothing_ui(ui, shown, "What the window shows behind this sheet"),
    }
    let ink = Ink::new(theme.body(), theme.color.text_2);
    let at = egui::pos2(purpose.left(), purpose.center().y + 2.0);
    told(ui, purpose, (at, Align2::LEFT_CENTER), words, &ink);
    inside(ui, choices, Layout::top_down(Align::Min), |ui| match item {
        Item::Drawing(target) => options::options_ui(ui, target, memory.sheet.as_ref(), picture),
        Item::Panel(_) | Item::Window => {}
    });
    let name = match item {
        Item::Drawing(target) => taken.file_name(target),
        Item::Panel(form) => format!("{}.{}", state.text_stem(state.location(window), form), form.ending()),
        Item::Window => String::new(),
    };
    inside(ui, foot, Layout::right_to_left(Align::Center), |ui| foot_ui(ui, &name, item))
}

/// Words in a place that is kept for them; a screen reader hears them, too.
fn told(ui: &Ui, rect: Rect, (at, anchor): (Pos2, Align2), words: &str, ink: &Ink) {
    paint_text(ui.painter(), at, anchor, words, ink, rect.width());
    let response = ui.interact(rect, ui.scope_id().with(("told", words)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// What the file will be called, and the buttons.
fn foot_ui(ui: &mut Ui, name: &str, item: Item) -> Option<Done> {
    let theme = Theme::of(ui);
    let mut done = None;
    if button(ui, icons::FLOPPY_DISK, "Save as…", Kind::Primary).clicked() {
        done = Some(Done::Save);
    }
    let is_page = matches!(item, Item::Window | Item::Drawing(Target::Picture(PictureForm::Pdf)));
    if !is_page && button(ui, icons::COPY, "Copy", Kind::Plain).clicked() {
        done = Some(Done::Copy);
    }
    let rect = ui.available_rect_before_wrap();
    let ink = Ink::new(theme.mono(), theme.color.text_3);
    let rect = rect.with_max_x(rect.right() - 16.0);
    told(ui, rect, (rect.left_center(), Align2::LEFT_CENTER), name, &ink);
    done
}
