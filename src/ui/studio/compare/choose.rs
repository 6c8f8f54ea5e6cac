//! What a drawing can be held against: open drawings, those of the workspace, templates.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Margin, TextEdit, Ui, WidgetInfo};

use crate::action::DocumentId;
use crate::address::Origin;
use crate::state::{Document, DocumentState, State};
use crate::ui::studio::panel;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, section_head, wrapped};
use crate::ui::{View, icons};
use crate::workspace::Contents;

/// A drawing that can be chosen.
#[derive(Clone, Debug)]
struct Choice {
    title: String,
    caption: String,
    origin: Origin,
}

/// Drawings under a head.
type Section = (String, Vec<Choice>);

/// What the list was made of: the shown document, what was typed, the open documents, what the workspace holds.
#[derive(Clone, Debug)]
struct Of {
    shown: DocumentId,
    text: String,
    open: Vec<(DocumentId, Open)>,
    workspace: Option<Arc<Contents>>,
}

impl Of {
    fn is(&self, state: &State, shown: DocumentId, text: &str) -> bool {
        let contents = state.workspace.as_ref().map(|open| &open.contents);
        let same_folder = match (&self.workspace, contents) {
            (Some(known), Some(contents)) => Arc::ptr_eq(known, contents),
            (known, contents) => known.is_none() && contents.is_none(),
        };
        let same = |((id, known), (other, document)): (&(DocumentId, Open), (&DocumentId, &Document))| {
            id == other && known.is(document)
        };
        (self.shown, self.text.as_str()) == (shown, text)
            && same_folder
            && self.open.len() == state.documents.len()
            && self.open.iter().zip(&state.documents).all(same)
    }
}

/// All of an open document that a row tells. Saving changes it without making it another revision.
#[derive(Clone, Debug)]
struct Open {
    revision: u64,
    state: DocumentState,
    origin: Origin,
    is_dirty: bool,
}

impl Open {
    fn of(document: &Document) -> Self {
        Self {
            revision: document.revision,
            state: document.state.clone(),
            origin: document.origin.clone(),
            is_dirty: document.is_dirty(),
        }
    }

    fn is(&self, document: &Document) -> bool {
        (self.revision, self.is_dirty) == (document.revision, document.is_dirty())
            && (&self.state, &self.origin) == (&document.state, &document.origin)
    }
}

/// The search and what was found last.
#[derive(Clone, Debug, Default)]
pub(super) struct ChooseMemory {
    text: String,
    found: Option<(Of, Vec<Section>)>,
}

/// As many of a section as one looks through.
const MOST: usize = 20;

pub(super) fn choose_ui(ui: &mut Ui, view: &mut View<'_>, shown: DocumentId) {
    let theme = Theme::of(ui);
    let text = "What does another design have that this one lacks, and in what do they differ?";
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
    let memory = &mut view.memory.studio.compare.choose;
    let edit = TextEdit::singleline(&mut memory.text)
        .hint_text(format!("{}  Compare with…", icons::MAGNIFYING_GLASS))
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 5))
        .font(theme.body());
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search what to compare with"));
    find(memory, view.state, shown);
    let Some((_, sections)) = &memory.found else { return };
    let mut chosen = None;
    for (head, choices) in sections {
        ui.add_space(8.0);
        section_head(ui, head);
        for choice in choices.iter().take(MOST) {
            let (text, caption) = (choice.title.as_str(), choice.caption.as_str());
            let row =
                ListRow { icon: icons::TREE_STRUCTURE, icon_color: None, text, caption, selected: false };
            if row.show(ui).clicked() {
                chosen = Some(choice.origin.clone());
            }
        }
        if choices.len() > MOST {
            let text = format!("And {} more: type a part of the name.", choices.len() - MOST);
            wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_3));
        }
    }
    if sections.is_empty() {
        ui.add_space(8.0);
        let text = "No drawing has this name. Try fewer letters.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
    }
    if let Some(origin) = chosen {
        panel::change(view, |here| here.against = Some(origin));
    }
}

/// Searches again when the text or what there is has changed, not in every frame.
fn find(memory: &mut ChooseMemory, state: &State, shown: DocumentId) {
    if memory.found.as_ref().is_some_and(|(of, _)| of.is(state, shown, &memory.text)) {
        return;
    }
    let of = Of {
        shown,
        text: memory.text.clone(),
        open: state.documents.iter().map(|(id, document)| (*id, Open::of(document))).collect(),
        workspace: state.workspace.as_ref().map(|open| Arc::clone(&open.contents)),
    };
    let words = memory.text.to_lowercase();
    let fits =
        |choice: &Choice| words.split_whitespace().all(|word| choice.title.to_lowercase().contains(word));
    let mut sections = sections(state, shown);
    for (_, choices) in &mut sections {
        choices.retain(fits);
    }
    sections.retain(|(_, choices)| !choices.is_empty());
    memory.found = Some((of, sections));
}

fn sections(state: &State, shown: DocumentId) -> Vec<Section> {
    let mine = state.documents.get(&shown).map(|document| document.origin.clone());
    let open = state.documents.values().filter(|document| {
        // A template stands below as it is bundled.
        let is_own = !matches!(document.origin, Origin::Template(_));
        is_own && document.state == DocumentState::Ready && Some(&document.origin) != mine.as_ref()
    });
    let open: Vec<Choice> = open
        .map(|document| {
            let caption = if document.is_dirty() { "not saved" } else { "open" }.to_owned();
            Choice { title: document.title(), caption, origin: document.origin.clone() }
        })
        .collect();
    let mut sections = Vec::new();
    if let Some(workspace) = &state.workspace {
        let drawings = workspace.contents.drawings.iter().map(|(path, drawing)| {
            let origin = Origin::Path(path.clone());
            let title = if drawing.title.is_empty() { origin.name() } else { drawing.title.clone() };
            Choice { title, caption: origin.name(), origin }
        });
        let is_new = |choice: &Choice| {
            Some(&choice.origin) != mine.as_ref() && open.iter().all(|open| open.origin != choice.origin)
        };
        sections.push((workspace.name.clone(), drawings.filter(is_new).collect()));
    }
    sections.insert(0, ("Open drawings".to_owned(), open));
    let templates = state.templates.iter().map(|template| Choice {
        title: template.architecture.title.clone(),
        caption: template.architecture.domain.clone(),
        origin: Origin::Template(template.id.clone()),
    });
    sections.push(("Templates".to_owned(), templates.collect()));
    sections
}
