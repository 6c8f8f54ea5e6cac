//! Parameters that Lightning writes beside its table: `hparams.yaml`, of which the plain lines `key: value` are read.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::store::runs::sniff;

/// The parameters beside a table; none where there is no such file. Nested ones, lists and texts of several lines are
/// left out.
pub(super) fn beside(table: &Path) -> Vec<(String, String)> {
    const MOST: u64 = 1 << 20;
    let path = table.with_file_name("hparams.yaml");
    let mut text = String::new();
    if table.file_name().is_none_or(|name| name != "metrics.csv") || !sniff::is_ordinary(&path) {
        return Vec::new();
    }
    match File::open(&path).and_then(|file| file.take(MOST).read_to_string(&mut text)) {
        Ok(_) => plain(&text),
        Err(_) => Vec::new(),
    }
}

fn plain(text: &str) -> Vec<(String, String)> {
    const MOST: usize = 2_000;
    let pair = |line: &str| {
        let (key, value) = line.split_once(": ")?;
        let (key, value) = (unquoted(key)?, value.trim());
        let is_plain = !value.is_empty() && !value.starts_with(['[', '{', '|', '>', '&', '*', '!', '#']);
        Some((key, unquoted(value).filter(|_| is_plain)?))
    };
    text.lines().filter(|line| !line.starts_with([' ', '\t', '-', '#'])).filter_map(pair).take(MOST).collect()
}

/// A text without its quotes; none where they do not end here.
fn unquoted(text: &str) -> Option<String> {
    let inner = |quote: char| text.strip_prefix(quote).map(|rest| rest.strip_suffix(quote));
    match (inner('\''), inner('"')) {
        (Some(inner), _) => inner.map(|text| text.replace("''", "'")),
        (None, Some(inner)) => inner.filter(|text| !text.contains('\\')).map(ToOwned::to_owned),
        (None, None) => Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_are_parameters_and_nothing_else_is() {
        let text = "lr: 0.1\nname: 'it''s'\nnet: \"cnn\"\nnested:\n  depth: 3\nlist: [1, 2]\nlayers:\n- 1\nnone: null\n\
                    open: \"x\n# a: b\n";
        let pairs = plain(text);
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("lr", "0.1"), ("name", "it's"), ("net", "cnn"), ("none", "null")]);
    }
}
