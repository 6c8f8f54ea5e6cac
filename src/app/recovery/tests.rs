//! Unsaved edits against files that are, or are not, what they were made on.

use std::sync::Arc;

use super::*;
use crate::architecture::{Architecture, Edit};

fn unsaved(base: Option<&Content>, titles: &[&str]) -> Unsaved {
    let edits = titles.iter().map(|title| format!("{{\"set_title\":\"{title}\"}}")).collect();
    Unsaved::read(Journal { base: base.map(Content::to_text), edits }, DocumentKind::Drawing)
}

fn titled(title: &str) -> Content {
    Content::Drawing(Arc::new(Architecture { title: title.to_owned(), ..Architecture::default() }))
}

#[test]
fn edits_follow_their_file_only_while_it_is_what_they_were_made_on() {
    let (a, b, c) = (titled("a"), titled("b"), titled("c"));
    let replay = Fate::Replay(vec![Edit::SetTitle("b".to_owned()).into()]);
    assert_eq!(unsaved(Some(&a), &["b"]).fate(&a.to_text(), &a), replay);
    assert_eq!(unsaved(None, &["b"]).fate(&c.to_text(), &c), replay, "version 1 knew no text");
    assert_eq!(unsaved(Some(&a), &["b"]).fate(&c.to_text(), &c), Fate::Apart);
    assert_eq!(unsaved(Some(&a), &["b"]).fate(&b.to_text(), &b), Fate::Saved);
}

#[test]
fn nothing_after_an_unreadable_edit_is_used() {
    let edits = ["{\"set_title\":\"b\"}", "{\"from_the_future\":1}", "{\"set_title\":\"c\"}"];
    let journal = Journal { base: None, edits: edits.map(str::to_owned).to_vec() };
    let unsaved = Unsaved::read(journal, DocumentKind::Drawing);
    assert_eq!((unsaved.readable(), unsaved.unreadable), (1, 2));
    assert_eq!(unsaved.edits, [Edit::SetTitle("b".to_owned()).into()]);
}
