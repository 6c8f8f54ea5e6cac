//! Finds the line on which each element of a JSON text's top-level values begins, so that a problem can
//! name its place. The text is known to be valid JSON.

use std::collections::BTreeMap;

/// Lines (from 1) by top-level key: of the key itself, and of each element of its array or object.
#[derive(Default)]
pub(super) struct Lines {
    keys: BTreeMap<String, (usize, Vec<usize>)>,
}

impl Lines {
    /// Scans a whole text once.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let (mut line, mut depth, mut at) = (1, 0_usize, 0);
        let mut key = String::new();
        let mut expects_element = false;
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            let starts = !byte.is_ascii_whitespace() && !matches!(byte, b',' | b':' | b']' | b'}');
            if depth == 2 && expects_element && starts {
                if let Some((_, lines)) = found.keys.get_mut(&key) {
                    lines.push(line);
                }
                expects_element = false;
            }
            match byte {
                b'\n' => line += 1,
                b'{' | b'[' => {
                    depth += 1;
                    expects_element |= depth == 2;
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' if depth == 2 => expects_element = true,
                b',' if depth == 1 => key.clear(),
                b'"' => {
                    let end = end_of_string(bytes, at);
                    if depth == 1 && key.is_empty() {
                        text.get(at + 1..end).unwrap_or_default().clone_into(&mut key);
                        found.keys.insert(key.clone(), (line, Vec::new()));
                    }
                    at = end;
                }
                _ => {}
            }
            at += 1;
        }
        found
    }

    /// The line of element `index` of the value of `key`; of the key when there is no such element.
    pub(super) fn element(&self, key: &str, index: usize) -> usize {
        self.keys.get(key).map_or(1, |(own, elements)| elements.get(index).copied().unwrap_or(*own))
    }

    /// The line of a top-level key.
    pub(super) fn key(&self, key: &str) -> usize {
        self.element(key, usize::MAX)
    }
}

/// The index of the quote that ends the string that begins at `start`.
pub(super) fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_an_editor_shows() {
        let text = "{\"id\":\"a,[\\\"{\",\n\"nodes\":[\n{\"x\":[1,\n2]},\n\n{}],\"layout\":{\n\"p\":[1,2],\n\"q\":[3,4]}}";
        let lines = Lines::of(text);
        assert_eq!(lines.key("nodes"), 2);
        assert_eq!((lines.element("nodes", 0), lines.element("nodes", 1)), (3, 6));
        assert_eq!((lines.element("layout", 0), lines.element("layout", 1)), (7, 8));
        assert_eq!(lines.element("nodes", 9), 2);
    }
}
