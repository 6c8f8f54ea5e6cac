//! Every kind of document goes the whole way: new, edited, killed, brought back, saved, opened, discarded.
//!
//! The tests ask a document only what its life cycle asks it, so a further kind brings no more than its edits.

use mlops_atlas::action::{DocumentAction, WindowAction, WindowId};
use mlops_atlas::address::{DocumentKind, Location, Origin};
use mlops_atlas::architecture::test_score::Answer;
use mlops_atlas::architecture::{Constraints, Edit, NodeId, NodeLinks};
use mlops_atlas::document::{Content, DocumentEdit};
use mlops_atlas::history::Editable as _;
use mlops_atlas::store::document_files::{kind_in, open};
use tempfile::tempdir;

use super::{Atlas, numbered};

/// Edits of a new document of this kind that change something each, and one that changes nothing after them.
fn edits(kind: DocumentKind) -> (Vec<DocumentEdit>, DocumentEdit) {
    match kind {
        DocumentKind::Drawing => {
            let title = || Edit::SetTitle("Our own".to_owned()).into();
            let domain = Edit::SetDomain("retail".to_owned()).into();
            let allowed = Constraints { most_tools: Some(9), ..Constraints::default() };
            let answer =
                Edit::SetTestAnswer { test: "data-1".to_owned(), answer: Some(Answer::Manual) }.into();
            let rules = [("STR06", "off"), ("DAT06", "error")];
            let rules = rules.map(|(id, word)| (id.to_owned(), word.to_owned())).into();
            let links = NodeLinks {
                links: vec!["https://example.org/a".to_owned()],
                owners: vec!["Platform team".to_owned()],
                repository: Some("https://example.org/git".to_owned()),
                runs: Some("runs/our store.db".to_owned()),
            };
            let edits = vec![
                numbered(1).into(),
                Edit::SetLinks { node: NodeId::from("walker"), links }.into(),
                domain,
                Edit::SetRules(rules).into(),
                Edit::SetConstraints(allowed).into(),
                answer,
                title(),
            ];
            (edits, title())
        }
    }
}

/// How the journal of profiles that exist already writes edits of this kind: read and written the same.
fn stored(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Drawing => &[
            r#"{"set_title":"Ours"}"#,
            r#"{"set_test_answer":{"test":"infra-2","answer":"automated"}}"#,
            concat!(
                r#"{"set_constraints":{"licenses":["osi"],"air_gapped":true,"without_kubernetes":false,"#,
                r#""languages":[],"foundations":[],"most_tools":null,"extra":{}}}"#
            ),
            r#"{"set_ruleset":["regulated"]}"#,
            concat!(
                r#"{"set_links":{"node":"a","links":{"links":["https://example.org"],"owners":["A"],"#,
                r#""repository":null,"runs":"demo:"}}}"#
            ),
            r#"{"set_rules":{"DAT06":"error","STR06":"off"}}"#,
            r#"{"set_suppressed":[{"rule":"DEP02","at":["repo"],"reason":"A pilot.","extra":{}}]}"#,
            r#"{"move":{"positions":{"a":{"x":1,"y":-2},"b":null}}}"#,
            r#"{"batch":[{"rename":{"node":"a","label":"A"}},{"remove":{"nodes":["a"],"flows":[]}}]}"#,
            concat!(
                r#"{"add_node":[{"id":"a","kind":"training","stage":"","tools":[],"label":"","props":{},"#,
                r#""basis":null,"source":[],"extra":{}},null]}"#
            ),
        ],
    }
}

#[test]
fn a_kind_is_known_by_its_name_its_text_and_where_it_is_shown() {
    for kind in DocumentKind::ALL {
        let empty = Content::empty(kind);
        assert_eq!((empty.kind(), empty.title()), (kind, ""));
        assert_eq!(kind_in(&empty.to_text()), Some(kind), "else a new one that was never saved is lost");
        let path = std::path::PathBuf::from(format!("ours{}", kind.ending()));
        assert_eq!(DocumentKind::of_file(&path), Some(kind));
        let location = Location::of_origin(Origin::Path(path.clone()));
        assert_eq!(location, Location::of_document(kind, Origin::Path(path.clone())));
        assert_eq!(location.document(), Some((kind, &Origin::Path(path))));
        assert_eq!(location.to_string().parse(), Ok(location));
    }
}

#[test]
fn edits_are_taken_back_and_stored_and_lead_back_to_any_text() {
    for kind in DocumentKind::ALL {
        let (edits, nothing) = edits(kind);
        let empty = Content::empty(kind);
        let (mut content, mut inverses) = (empty.clone(), Vec::new());
        for edit in &edits {
            assert!(content.is_changed_by(edit), "{edit:?}");
            inverses.push(content.apply(edit.clone()));
            let (read, problems) = Content::read(kind, &content.to_text()).unwrap();
            assert_eq!((&read, problems.len()), (&content, 0));
        }
        assert!(!content.is_changed_by(&nothing));
        assert!(edits.iter().all(|edit| !edit.label().is_empty()));
        let mut back = content.clone();
        back.apply(content.edit_back_to(&empty.to_text()).unwrap());
        assert_eq!(back, empty);
        assert_eq!(content.edit_back_to("neither this nor that"), None);
        for edit in edits.iter().chain(&inverses) {
            let text = serde_json::to_string(edit).unwrap();
            assert_eq!(DocumentEdit::from_json(kind, &text).unwrap(), *edit, "{text}");
        }
        for inverse in inverses.into_iter().rev() {
            content.apply(inverse);
        }
        assert_eq!(content, empty);
        for text in stored(kind) {
            let edit = DocumentEdit::from_json(kind, text).unwrap();
            assert_eq!(serde_json::to_string(&edit).unwrap(), *text);
        }
    }
}

#[test]
fn a_document_of_every_kind_lives_through_a_kill_a_save_and_a_discard() {
    for kind in DocumentKind::ALL {
        let home = tempdir().unwrap();
        let (edits, nothing) = edits(kind);
        let mut atlas = Atlas::at(home.path());
        atlas.act(WindowAction::New(kind));
        assert_eq!((atlas.drawing().kind(), atlas.drawing().is_dirty()), (kind, false));
        for edit in &edits {
            atlas.drawing_act(DocumentAction::Edit(edit.clone()));
        }
        let revision = atlas.drawing().revision;
        atlas.drawing_act(DocumentAction::Edit(nothing));
        assert_eq!((atlas.steps(), atlas.drawing().revision), (edits.len(), revision));
        let edited = atlas.drawing().content.clone();
        let title = atlas.drawing().title();
        drop(atlas);

        let mut atlas = Atlas::at(home.path());
        let draft = atlas.app.state().drafts.documents[0].clone();
        assert_eq!((draft.kind, &draft.title), (kind, &title));
        atlas.act(WindowAction::Go(Location::of_document(draft.kind, draft.origin)));
        assert_eq!((&atlas.drawing().content, atlas.steps()), (&edited, edits.len()));
        atlas.undo_all();
        assert_eq!(atlas.drawing().content, Content::empty(kind));
        while atlas.drawing().history.can_redo() {
            atlas.drawing_act(DocumentAction::Redo);
        }
        assert_eq!(atlas.drawing().content, edited);

        let path = home.path().join(format!("ours{}", kind.ending()));
        atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
        assert_eq!(open(&path, kind).unwrap().content, edited);
        assert_eq!(
            *atlas.app.state().location(WindowId::MAIN),
            Location::of_document(kind, Origin::Path(path.clone()))
        );
        assert!(!atlas.drawing().is_dirty() && atlas.drafts().is_empty());
        atlas.drawing_act(DocumentAction::Undo);
        assert!(atlas.drawing().is_dirty());
        atlas.act(WindowAction::Close);
        atlas.open_path(&path);
        assert!(atlas.drawing().is_dirty() && atlas.drawing().content != edited, "kept over the closing");
        atlas.drawing_act(DocumentAction::Discard);
        assert_eq!((atlas.drawing().is_dirty(), &atlas.drawing().content), (false, &edited));
        assert!(atlas.drafts().is_empty());
    }
}

#[test]
fn a_document_that_starts_with_something_is_kept_like_any_other() {
    for kind in DocumentKind::ALL {
        let home = tempdir().unwrap();
        let mut content = Content::empty(kind);
        for edit in edits(kind).0 {
            content.apply(edit);
        }
        let mut atlas = Atlas::at(home.path());
        atlas.act(WindowAction::NewFrom(content.clone()));
        assert_eq!(atlas.drawing().content, content);
        assert!(atlas.drawing().is_dirty(), "it stands in no file");
        drop(atlas);

        let mut atlas = Atlas::at(home.path());
        let draft = atlas.app.state().drafts.documents[0].clone();
        atlas.act(WindowAction::Go(Location::of_document(draft.kind, draft.origin)));
        assert_eq!((&atlas.drawing().content, atlas.drawing().is_dirty()), (&content, true));
    }
}
