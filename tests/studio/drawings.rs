//! Drawings through the whole program without a window: what is journaled, brought back, saved, refused, locked.
//!
//! Some tests start this test program again as a second process (`child`) and wait for the lines it prints.

mod child;
mod closing;
mod copies;
mod kill;
mod kinds;
mod saving;
mod windows;

use std::path::Path;

use mlops_atlas::action::{Action, DocumentAction, DocumentId, WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{App, Start};
use mlops_atlas::architecture::{Architecture, Edit, Node, NodeId, Point};
use mlops_atlas::state::Document;
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;

/// The program behind a window that nobody sees.
struct Atlas {
    app: App,
    ctx: egui::Context,
}

impl Atlas {
    fn start(profile: Profile) -> Self {
        let app = App::new(Start { profile, ..Start::default() }).unwrap();
        let mut atlas = Self { app, ctx: egui::Context::default() };
        atlas.settle();
        atlas
    }

    fn at(home: &Path) -> Self {
        Self::start(Profile::at(home))
    }

    /// Applies what waits until no job is waited for; one that never ends fails instead of hanging.
    fn settle(&mut self) {
        for _ in 0..1_000_000 {
            self.app.logic(&self.ctx);
            if !self.app.is_loading() {
                return;
            }
            std::thread::yield_now();
        }
        panic!("still loading: {}", self.app.state().location(WindowId::MAIN));
    }

    fn act(&mut self, action: impl Into<Action>) {
        self.app.push(action);
        self.settle();
    }

    fn open(&mut self, origin: Origin) {
        self.act(WindowAction::Go(Location::drawing(origin)));
    }

    fn open_path(&mut self, path: &Path) {
        self.act(WindowAction::Open(vec![path.to_owned()]));
    }

    fn id(&self) -> DocumentId {
        self.app.state().focused_document(WindowId::MAIN).unwrap().0
    }

    fn drawing(&self) -> &Document {
        self.app.state().focused_document(WindowId::MAIN).unwrap().1
    }

    fn architecture(&self) -> &Architecture {
        self.drawing().drawing().unwrap().architecture
    }

    fn drawing_act(&mut self, action: DocumentAction) {
        self.act(Action::Document(self.id(), action));
    }

    fn edit(&mut self, edit: Edit) {
        self.drawing_act(DocumentAction::Edit(edit.into()));
    }

    fn retitle(&mut self, title: &str) {
        self.edit(Edit::SetTitle(title.to_owned()));
    }

    fn undo_all(&mut self) {
        while self.drawing().history.can_undo() {
            self.drawing_act(DocumentAction::Undo);
        }
    }

    fn steps(&self) -> usize {
        self.drawing().history.labels().count()
    }

    /// Whether one of the unread messages holds these words.
    fn says(&self, words: &str) -> bool {
        self.app.state().notices.iter().any(|notice| notice.problem.message.contains(words))
    }

    fn told(&self) -> Vec<String> {
        self.app.state().notices.iter().map(|notice| notice.problem.message.clone()).collect()
    }

    /// Titles of what is not saved, as Home lists them.
    fn drafts(&self) -> Vec<String> {
        self.app.state().drafts.documents.iter().map(|draft| draft.title.clone()).collect()
    }

    fn draft_origin(&self, title: &str) -> Origin {
        let drafts = &self.app.state().drafts.documents;
        drafts.iter().find(|draft| draft.title == title).unwrap().origin.clone()
    }
}

/// The `number`-th edit of a long session: the title tells it, and one node is there and moves.
fn numbered(number: i32) -> Edit {
    let id = NodeId::from("walker");
    let title = Edit::SetTitle(format!("Edit {number}"));
    let second = if number == 1 {
        let node = Node { id, kind: "training".to_owned(), stage: "train".to_owned(), ..Node::default() };
        Edit::AddNode(node, Some(Point::new(0, 0)))
    } else {
        Edit::Move { positions: [(id, Some(Point::new(number, 2 * number)))].into() }
    };
    Edit::Batch(vec![title, second])
}

/// What `base` is after the first `count` numbered edits.
fn after(base: &Architecture, count: i32) -> Architecture {
    let mut drawing = base.clone();
    for number in 1..=count {
        drawing.apply(numbered(number));
    }
    drawing
}

/// A drawing file to work on: small, since routing a large one at every edit takes its time.
fn file_in(folder: &Path) -> (std::path::PathBuf, Architecture) {
    let path = folder.join("ours.architecture.json");
    let mut drawing = architecture_files::template("edge").unwrap();
    let kept: Vec<_> = drawing.nodes.keys().take(3).cloned().collect();
    drawing.nodes.retain(|id, _| kept.contains(id));
    let nodes = drawing.clone();
    drawing.flows.retain(|flow| nodes.has_ends(flow));
    drawing.layout.retain(|id, _| kept.contains(id));
    architecture_files::save(&path, &drawing).unwrap();
    (path, drawing)
}
