//! The palette: one box for commands, tools, templates, runs, practice and addresses.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Align2, Key, Modifiers, RichText, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::action::{Ask, WindowAction, WindowId};
use crate::address::{Location, Origin, PracticeSection};
use crate::catalog::Stage;
use crate::catalog::compare::with_alternatives;
use crate::command::Command;
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, monogram, paint_text};
use crate::ui::{View, icons, landscape, practice, shortcuts, studio};

/// What choosing a hit does.
#[derive(Clone, Debug)]
pub enum Target {
    /// Carries a command out.
    Command(Command),
    /// Goes somewhere.
    Go(Location),
    /// Opens a text file outside of the program.
    File(PathBuf),
    /// Opens a drawing, a store or a workspace.
    Open(PathBuf),
}

/// One line of the palette.
#[derive(Clone, Debug)]
pub struct Hit {
    title: String,
    caption: String,
    icon: &'static str,
    /// Whether it is a tool, whose monogram stands in for the icon.
    is_tool: bool,
    /// The tool's first stage.
    stage: Option<Stage>,
    target: Target,
}

impl Hit {
    fn new(icon: &'static str, title: impl Into<String>, caption: impl Into<String>, target: Target) -> Self {
        Self { title: title.into(), caption: caption.into(), icon, is_tool: false, stage: None, target }
    }
}

/// More hits of one kind would push the other kinds out of sight.
const MOST_OF_A_KIND: usize = 7;

/// Draws the palette over the window.
pub(super) fn palette_ui(ui: &Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let screen = ui.ctx().content_rect();
    let width = 620.0_f32.min(screen.width() - 32.0);
    let id = ui.scope_id().with("palette");
    let area = egui::Modal::default_area(id)
        .anchor(Align2::CENTER_TOP, vec2(0.0, (screen.height() * 0.1).min(90.0)));
    let modal = egui::Modal::new(id).area(area).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let field = ui.add(
            TextEdit::singleline(&mut view.memory.palette.text)
                .hint_text("A command, tool, template, run, case, path or atlas: address")
                .desired_width(width)
                .font(theme.body())
                .margin(egui::Margin::symmetric(10, 8)),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search everything"));
        field.request_focus();
        refresh(view);
        let by_key = keys(ui, view);
        let by_pointer = list(ui, view, screen.height() * 0.6);
        let chosen = by_key.or(by_pointer);
        if let Some(hit) = chosen {
            view.memory.overlay = Overlay::None;
            match hit.target {
                Target::Command(command) => shortcuts::execute(view, command),
                Target::Go(location) => view.go(location),
                Target::File(path) => view.ask(Ask::OpenFile(path)),
                Target::Open(path) => view.act(WindowAction::Open(vec![path])),
            }
        }
    });
    if modal.should_close() {
        view.memory.overlay = Overlay::None;
    }
}

/// Searches again when the text has changed, not in every frame.
fn refresh(view: &mut View<'_>) {
    let (window, here) = (view.window, view.location());
    let palette = &mut view.memory.palette;
    if palette.searched.as_deref() != Some(palette.text.as_str()) {
        palette.hits = search(view.state, (window, here), palette.text.trim());
        palette.searched = Some(palette.text.clone());
        palette.lit = 0;
    }
}

fn keys(ui: &Ui, view: &mut View<'_>) -> Option<Hit> {
    let palette = &mut view.memory.palette;
    let last = palette.hits.len().saturating_sub(1);
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            palette.lit = (palette.lit + 1).min(last);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            palette.lit = palette.lit.saturating_sub(1);
        }
        input
            .consume_key(Modifiers::NONE, Key::Enter)
            .then(|| palette.hits.get(palette.lit).cloned())
            .flatten()
    })
}

fn list(ui: &mut Ui, view: &View<'_>, height: f32) -> Option<Hit> {
    let theme = Theme::of(ui);
    let palette = &view.memory.palette;
    if palette.hits.is_empty() {
        ui.add_space(10.0);
        ui.label(RichText::new("Nothing has this name. Try fewer letters.").color(theme.color.text_3));
        ui.add_space(10.0);
        return None;
    }
    let mut chosen = None;
    ui.add_space(4.0);
    egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, hit) in palette.hits.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
            let name = hit.title.clone();
            let lit = index == palette.lit;
            response.widget_info(move || WidgetInfo::selected(Role::ListBoxOption, true, lit, name.clone()));
            if lit || response.hovered() {
                let fill = if lit { theme.color.selected } else { theme.color.raised };
                ui.painter().rect_filled(rect, theme.size.radius, fill);
            }
            if lit {
                ui.scroll_to_rect(rect, None);
            }
            let at = pos2(rect.left() + 20.0, rect.center().y);
            if hit.is_tool {
                let tile = egui::Rect::from_center_size(at, vec2(20.0, 20.0));
                monogram(ui, tile, &hit.title, hit.stage);
            } else {
                let ink = Ink::new(theme.icon(16.0), theme.color.text_2);
                paint_text(ui.painter(), at, Align2::CENTER_CENTER, hit.icon, &ink, 24.0);
            }
            let ink = Ink::new(theme.small(), theme.color.text_3);
            let at = pos2(rect.right() - 10.0, rect.center().y);
            let room = rect.width() * 0.45;
            let (caption, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &hit.caption, &ink, room);
            let at = pos2(rect.left() + 40.0, rect.center().y);
            let ink = Ink::new(theme.body(), theme.color.text);
            let room = caption.left() - at.x - 12.0;
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, &hit.title, &ink, room);
            if response.clicked() {
                chosen = Some(hit.clone());
            }
        }
    });
    chosen
}

/// Everything that has all words of `text`, in its name first, tools before other kinds; with no text, the commands.
fn search(state: &State, (window, here): (WindowId, &Location), text: &str) -> Vec<Hit> {
    if text.starts_with("atlas:") {
        return match state.location_at(text) {
            Ok(location) => {
                vec![Hit::new(icons::LINK_SIMPLE, "Go to this address", text, Target::Go(location))]
            }
            Err(error) => {
                vec![Hit::new(icons::WARNING, error.to_string(), "", Target::Go(here.clone()))]
            }
        };
    }
    if is_path(text) {
        let title = format!("Open {}", text.trim_end());
        let target = Target::Open(text.trim_end().into());
        return vec![Hit::new(icons::FOLDER_OPEN, title, "file, store or folder", target)];
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let matches = |title: &str| {
        let title = title.to_lowercase();
        words.iter().all(|word| title.contains(word))
    };
    let commands = Command::all()
        .filter(|command| *command != Command::Palette && matches(command.title()))
        .filter(|command| command.is_available(here))
        .filter(|command| window != WindowId::MAIN || !command.needs_further_window())
        .filter(|command| state.workspace.is_some() || !command.needs_workspace())
        .map(|command| {
            let keys = command.shortcuts().first().map(|keys| keys.text()).unwrap_or_default();
            Hit::new(icons::COMMAND, command.title(), keys, Target::Command(command))
        });
    if words.is_empty() {
        return commands.collect();
    }
    let mut hits = comparisons(state, text);
    hits.extend(tools(state, text));
    hits.extend(commands.take(MOST_OF_A_KIND));
    hits.extend(pages(state, &matches));
    hits.extend(workspace_files(state, &matches));
    hits.extend(templates(state, &matches));
    hits.extend(runs(state, &matches));
    hits.extend(practice_hits(state, text));
    // What is called so comes before what only speaks of it.
    hits.sort_by_key(|hit| !matches(&hit.title));
    hits
}

/// Whether a text can only be a path: where no dialog for files can be shown, it is typed or pasted here.
fn is_path(text: &str) -> bool {
    let begins = |start: &str| text.starts_with(start) && text.len() > start.len();
    begins("/") || begins("./") || begins("../") || std::path::Path::new(text.trim_end()).is_absolute()
}

fn tools(state: &State, text: &str) -> Vec<Hit> {
    let rows = state.landscape.search(text);
    rows.into_iter()
        .take(MOST_OF_A_KIND)
        .map(|row| {
            let tool = &state.catalog.tools()[row];
            let target = Target::Go(Location::Tool(tool.id.clone()));
            let stage = tool.stages.first().copied();
            let mut caption = tool.category.clone().unwrap_or_default();
            if state.is_of_workspace(tool) {
                caption =
                    if caption.is_empty() { WORKSPACE.into() } else { format!("{caption} · {WORKSPACE}") };
            }
            Hit { is_tool: true, stage, ..Hit::new("", &tool.name, caption, target) }
        })
        .collect()
}

/// `compare` before a tool's name puts it beside its alternatives.
fn comparisons(state: &State, text: &str) -> Vec<Hit> {
    let Some((word, name)) = text.split_once(char::is_whitespace) else { return Vec::new() };
    if !word.eq_ignore_ascii_case("compare") {
        return Vec::new();
    }
    let found = state.landscape.search(name).into_iter().take(3);
    let hits = found.map(|row| {
        let tool = &state.catalog.tools()[row];
        let target = Target::Go(Location::Compare(with_alternatives(&state.catalog, &tool.id)));
        Hit::new(icons::SCALES, format!("Compare {} with its alternatives", tool.name), "Landscape", target)
    });
    hits.collect()
}

/// The state of the catalog, common practice, and the categories by their names and former names.
fn pages(state: &State, matches: &dyn Fn(&str) -> bool) -> Vec<Hit> {
    let common = matches(studio::COMMON_PRACTICE).then(|| {
        let target = Target::Go(Location::Consensus(Default::default()));
        Hit::new(icons::STACK, studio::COMMON_PRACTICE, "Studio", target)
    });
    let coverage = matches(landscape::COVERAGE)
        .then(|| Hit::new(icons::GAUGE, landscape::COVERAGE, "Landscape", Target::Go(Location::Coverage)));
    let named =
        state.catalog.categories().iter().filter(|category| {
            matches(&category.name) || category.former.iter().any(|former| matches(former))
        });
    let categories = named.map(|category| {
        let target = Target::Go(Location::Category(category.name.clone()));
        Hit::new(icons::TAG, &category.name, "category", target)
    });
    coverage.into_iter().chain(common).chain(categories).take(MOST_OF_A_KIND).collect()
}

/// The word beside what comes from the workspace.
const WORKSPACE: &str = "workspace";

/// The documents and decisions of the workspace.
fn workspace_files(state: &State, matches: &dyn Fn(&str) -> bool) -> Vec<Hit> {
    let Some(workspace) = &state.workspace else { return Vec::new() };
    let contents = &workspace.contents;
    let documents = contents.documents.iter().filter(|file| matches(&file.title)).map(|file| {
        let target = Target::Go(Location::of_document(file.kind, Origin::Path(file.path.clone())));
        let caption = format!("{} · {WORKSPACE}", file.kind.word());
        Hit::new(icons::TREE_STRUCTURE, &file.title, caption, target)
    });
    let decisions = contents.decisions.iter().filter(|file| matches(&file.title)).map(|file| {
        let target = Target::File(file.path.clone());
        Hit::new(icons::FILE, &file.title, format!("decision · {WORKSPACE}"), target)
    });
    documents.take(MOST_OF_A_KIND).chain(decisions.take(MOST_OF_A_KIND)).collect()
}

fn templates<'a>(state: &'a State, matches: &'a dyn Fn(&str) -> bool) -> impl Iterator<Item = Hit> + 'a {
    state.templates.iter().filter(|template| matches(&template.architecture.title)).take(MOST_OF_A_KIND).map(
        |template| {
            let origin = Origin::Template(template.id.clone());
            let target = Target::Go(Location::drawing(origin));
            Hit::new(icons::TREE_STRUCTURE, &template.architecture.title, "template", target)
        },
    )
}

fn runs<'a>(state: &'a State, matches: &'a dyn Fn(&str) -> bool) -> impl Iterator<Item = Hit> + 'a {
    let of_source = move |source: &'a crate::state::Source| {
        let runs = source.runs.as_deref();
        runs.into_iter().flat_map(|set| &set.runs).filter(|run| matches(&run.name)).take(MOST_OF_A_KIND).map(
            move |run| {
                let mut location = Location::store(source.origin.clone());
                if let Location::Store(store) = &mut location {
                    store.selected = Some(run.id.to_string());
                }
                let caption = format!("run in {}", source.origin.name());
                Hit::new(icons::CHART_LINE, run.name.to_string(), caption, Target::Go(location))
            },
        )
    };
    state.sources.values().flat_map(of_source).take(MOST_OF_A_KIND)
}

fn practice_hits(state: &State, text: &str) -> Vec<Hit> {
    state
        .practice
        .search(text)
        .into_iter()
        .take(MOST_OF_A_KIND)
        .map(|hit| {
            let section = practice::section_of(hit.kind);
            let target =
                Target::Go(Location::Practice { section, item: Some(hit.id.clone()), text: String::new() });
            let icon = match section {
                PracticeSection::Numbers => icons::CHART_BAR,
                _ => icons::BOOK_OPEN,
            };
            Hit::new(icon, hit.title, section.title(), target)
        })
        .collect()
}
