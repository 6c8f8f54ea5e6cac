//! The drawings that a window offers to start from: what fits what is asked, with counts, found when the question or
//! the drawings change.

mod facets;
mod rows;

use std::path::PathBuf;
use std::sync::Arc;

use crate::action::{DocumentId, WindowId};
use crate::address::{GalleryLocation, Location, Origin};
use crate::architecture::Architecture;
use crate::architecture::gallery::{Exhibit, Part, Wish, find};
use crate::state::{Document, DocumentState, State};

pub use facets::{Choice, Facet};

/// The drawings of the workspace and the bundled templates.
#[derive(Debug)]
pub struct Gallery {
    /// What is told of each, the workspace's first.
    pub exhibits: Vec<Exhibit>,
    /// Where each comes from.
    pub origins: Vec<Origin>,
    /// How many of them are the workspace's.
    pub own: usize,
    /// Documents of the workspace that could not be read: name and path.
    pub unread: Vec<(String, PathBuf)>,
    facets: Vec<(Facet, Vec<Choice>)>,
}

/// What fits what is asked.
#[derive(Debug)]
pub struct Shown {
    asked: GalleryLocation,
    /// All drawings.
    pub gallery: Arc<Gallery>,
    /// The places of those that fit.
    pub rows: Vec<usize>,
    /// What can be asked for, with counts.
    pub facets: Vec<(Facet, Vec<Choice>)>,
    /// Where nothing fits: what would be asked without some part, that part in words, and how many there would be.
    pub looser: Vec<(GalleryLocation, String, usize)>,
}

impl Gallery {
    fn of(state: &State) -> Self {
        let own = state.workspace.iter().flat_map(|workspace| {
            let contents = &workspace.contents;
            contents.drawings.iter().map(|(path, _)| Origin::Path(path.clone())).zip(&contents.cards)
        });
        let own: Vec<_> = own.collect();
        let count = own.len();
        let templates = state.templates.iter();
        let all = own
            .into_iter()
            .chain(templates.map(|template| (Origin::Template(template.id.clone()), template.card())));
        let (origins, exhibits): (Vec<_>, Vec<_>) =
            all.map(|(origin, card)| (origin, Exhibit::of(Arc::clone(card), &state.catalog))).unzip();
        let unread = state.workspace.iter().flat_map(|workspace| &workspace.contents.unread);
        let unread = unread.map(|file| (file.title.clone(), file.path.clone())).collect();
        Self { facets: facets::of(&exhibits, &state.catalog), exhibits, origins, own: count, unread }
    }

    /// What a drawing is called: its title, else its file's name.
    pub fn title(&self, at: usize) -> &str {
        let card = &self.exhibits[at].card;
        if !card.title.is_empty() {
            return &card.title;
        }
        match &self.origins[at] {
            Origin::Path(path) => path.file_name().and_then(|name| name.to_str()).unwrap_or("A drawing"),
            _ => "A drawing",
        }
    }
}

impl Shown {
    fn of(gallery: Arc<Gallery>, asked: &GalleryLocation) -> Self {
        let wish = wish_of(asked);
        let found = find(&gallery.exhibits, &wish);
        let looser = found.looser.iter().map(|(part, count)| {
            let words = gallery.name_of(part, &wish);
            (location_of(wish.without(part)), words, *count)
        });
        Self {
            looser: looser.collect(),
            facets: facets::counted(&gallery.facets, &found.counts, asked),
            rows: found.rows,
            asked: asked.clone(),
            gallery,
        }
    }

    /// What a window offers now, taken from what it offered `before` where that is the same; nothing while it shows
    /// something else.
    pub(super) fn follow(before: Option<Self>, state: &mut State, window: WindowId) -> Option<Self> {
        let Location::Drawings(asked) = state.location(window).clone() else { return None };
        let known = state.gallery.take();
        let gallery = known.unwrap_or_else(|| Arc::new(Gallery::of(state)));
        state.gallery = Some(Arc::clone(&gallery));
        let is_same = |shown: &Self| shown.asked == asked && Arc::ptr_eq(&shown.gallery, &gallery);
        Some(before.filter(is_same).unwrap_or_else(|| Self::of(Arc::clone(&gallery), &asked)))
    }
}

impl Gallery {
    /// A part of a wish in words: `the words “drift”`, `the tool Feast`.
    fn name_of(&self, part: &Part, wish: &Wish) -> String {
        let titles = |facet: Facet, values: &[String]| {
            let choices = self.facets.iter().find(|(of, _)| *of == facet).map(|(_, choices)| choices);
            let title = |value: &String| {
                let known = choices.and_then(|choices| choices.iter().find(|choice| choice.value == *value));
                known.map_or_else(|| value.clone(), |choice| choice.title.clone())
            };
            values.iter().map(title).collect::<Vec<_>>().join(" or ")
        };
        match part {
            Part::Text => format!("the words “{}”", wish.text.trim()),
            Part::Domains => format!("the domain {}", titles(Facet::Domain, &wish.domains)),
            Part::Levels => {
                let levels: Vec<String> = wish.levels.iter().map(u8::to_string).collect();
                format!("the maturity {}", titles(Facet::Level, &levels))
            }
            Part::Kind(kind) => format!("the part {}", titles(Facet::Kind, std::slice::from_ref(kind))),
            Part::Tool(tool) => format!("the tool {}", titles(Facet::Tool, std::slice::from_ref(tool))),
        }
    }
}

fn wish_of(asked: &GalleryLocation) -> Wish {
    let GalleryLocation { text, domains, levels, kinds, tools } = asked.clone();
    Wish { text, domains, levels, kinds, tools }
}

fn location_of(wish: Wish) -> GalleryLocation {
    let Wish { text, domains, levels, kinds, tools } = wish;
    GalleryLocation { text, domains, levels, kinds, tools }
}

impl State {
    /// What a drawing of the gallery holds, without opening it.
    pub fn drawing_at(&self, origin: &Origin) -> Option<Arc<Architecture>> {
        match origin {
            Origin::Template(id) => {
                let template = self.templates.iter().find(|template| template.id == *id)?;
                Some(Arc::clone(&template.architecture))
            }
            Origin::Path(path) => {
                let drawings = &self.workspace.as_ref()?.contents.drawings;
                let (_, drawing) = drawings.iter().find(|(other, _)| other == path)?;
                Some(Arc::clone(drawing))
            }
            _ => None,
        }
    }

    /// The open drawing that a window showed last.
    pub fn last_drawing(&self, window: WindowId) -> Option<(DocumentId, &Document)> {
        let shown = self.window(window).navigation.before().filter_map(|location| match location {
            Location::Drawing(drawing) => self.document_of(&drawing.origin),
            _ => None,
        });
        shown.into_iter().find(|(_, document)| document.state == DocumentState::Ready)
    }
}
