//! Files that drawings are held against and nobody has opened: read without a lock, read again when they change,
//! forgotten when no window names them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::State;
use crate::action::{Effect, ReferenceFile};
use crate::address::{DocumentKind, Origin};
use crate::architecture::Architecture;
use crate::document::Content;

/// What is known of these files.
#[derive(Debug, Default)]
pub(super) struct References {
    files: BTreeMap<PathBuf, File>,
}

#[derive(Debug)]
struct File {
    request: u64,
    stamp: Option<u64>,
    /// None before it was read for the first time.
    drawing: Option<Result<Arc<Architecture>, String>>,
}

impl References {
    /// What a file holds, or why it cannot be read; none as long as nobody knows.
    pub(super) fn get(&self, path: &Path) -> Option<&Result<Arc<Architecture>, String>> {
        self.files.get(path)?.drawing.as_ref()
    }

    /// Takes what was read, unless it was asked for again meanwhile or nobody wants it any more.
    pub(super) fn take(&mut self, answer: ReferenceFile) {
        let asked = self.files.get_mut(&answer.path).filter(|file| file.request == answer.request);
        if let Some(file) = asked {
            let drawing = answer.content.map(|Content::Drawing(drawing)| drawing);
            (file.stamp, file.drawing) = (Some(answer.stamp), Some(drawing));
        }
    }
}

/// Reads what windows hold their drawings against from now on, and forgets the rest.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let against = state.windows().filter_map(|(_, window)| window.location().compared());
    let files = against.filter_map(|(_, origin)| match origin {
        Origin::Path(path) if !state.has_drawing(origin) => Some(path.clone()),
        _ => None,
    });
    let wanted: BTreeSet<PathBuf> = files.collect();
    state.references.files.retain(|path, _| wanted.contains(path));
    for path in wanted {
        if !state.references.files.contains_key(&path) {
            let request = state.new_id();
            state.references.files.insert(path.clone(), File { request, stamp: None, drawing: None });
            let kind = DocumentKind::Drawing;
            effects.push(Effect::ReadReference { path, kind, request, known: None });
        }
    }
}

/// Looks whether the files have changed meanwhile.
pub(super) fn look(state: &mut State, effects: &mut Vec<Effect>) {
    let mut next_id = state.next_id;
    for (path, file) in &mut state.references.files {
        next_id += 1;
        file.request = next_id;
        let (path, kind, known) = (path.clone(), DocumentKind::Drawing, file.stamp);
        effects.push(Effect::ReadReference { path, kind, request: next_id, known });
    }
    state.next_id = next_id;
}
