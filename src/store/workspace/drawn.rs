//! The drawings of a workspace, each read only when its file is another than before.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use crate::architecture::Architecture;
use crate::architecture::gallery::Card;
use crate::document::Content;
use crate::store::document_files;
use crate::store::stamp::stamp;
use crate::workspace::{Contents, DocumentFile};

/// What the documents hold, as many as are read. What is wrong with one that could not be read is told when somebody
/// opens it.
#[derive(Default)]
pub(super) struct Drawn {
    pub drawings: Vec<(PathBuf, Arc<Architecture>)>,
    pub stamps: Vec<u64>,
    pub cards: Vec<Arc<Card>>,
    pub unread: Vec<DocumentFile>,
    /// How many of `unread` were not even tried.
    pub left_out: usize,
}

impl Drawn {
    /// Reads files as long as all that were read together are no longer than `most` bytes; one that would be too much
    /// leaves room for smaller ones after it.
    pub fn of(documents: &[DocumentFile], known: Option<&Contents>, most: u64) -> Self {
        let known = known.into_iter().flat_map(|known| {
            let all = known.drawings.iter().zip(&known.stamps).zip(&known.cards);
            all.map(|(((path, drawing), stamp), card)| ((path, *stamp), (drawing, card)))
        });
        let known: BTreeMap<_, _> = known.collect();
        let (mut drawn, mut left) = (Self::default(), most);
        for file in documents {
            let (length, stamp) =
                (fs::metadata(&file.path).map_or(0, |about| about.len()), stamp(&file.path));
            if length > left {
                drawn.left_out += 1;
                drawn.unread.push(file.clone());
                continue;
            }
            left -= length;
            let (drawing, card) = match known.get(&(&file.path, stamp)) {
                Some((drawing, card)) => (Arc::clone(drawing), Arc::clone(card)),
                None => match document_files::open(&file.path, file.kind).map(|opened| opened.content) {
                    Ok(Content::Drawing(drawing)) => {
                        let card = Arc::new(Card::of(&drawing));
                        (drawing, card)
                    }
                    Err(_) => {
                        drawn.unread.push(file.clone());
                        continue;
                    }
                },
            };
            drawn.drawings.push((file.path.clone(), drawing));
            drawn.stamps.push(stamp);
            drawn.cards.push(card);
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::address::DocumentKind;

    #[test]
    fn a_drawing_that_is_too_much_leaves_room_for_smaller_ones_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let texts = [r#"{"nodes":[]}"#, r#"{"nodes":[],"title":"As long as two of the others"}"#];
        let file = |(title, text): (&str, &str)| {
            let path = folder.path().join(format!("{title}.architecture.json"));
            fs::write(&path, text).unwrap();
            DocumentFile { kind: DocumentKind::Drawing, title: title.to_owned(), path }
        };
        let documents = [("a", texts[0]), ("b", texts[1]), ("c", texts[0]), ("d", texts[0])].map(file);
        let most = 2 * texts[0].len() as u64 + 1;
        let drawn = Drawn::of(&documents, None, most);
        let read: Vec<&Path> = drawn.drawings.iter().map(|(path, _)| path.as_path()).collect();
        assert_eq!(read, [&documents[0].path, &documents[2].path]);
        assert_eq!((drawn.unread, drawn.left_out), (vec![documents[1].clone(), documents[3].clone()], 2));
    }
}
