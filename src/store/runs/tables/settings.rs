//! Parameters that Lightning writes beside its table: `hparams.yaml`. Nested keys are joined by slashes, as Lightning's own
//! loggers do it.

use std::io::Read as _;
use std::path::Path;

use crate::store::runs::python::Python;
use crate::store::runs::sniff;

/// The parameters beside a table, and why they cannot be read; none where there is no such file.
pub(super) fn beside(table: &Path) -> Result<Vec<(String, String)>, String> {
    const MOST: u64 = 1 << 20;
    let path = table.with_file_name("hparams.yaml");
    if table.file_name().is_none_or(|name| name != "metrics.csv") || !sniff::is_ordinary(&path) {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::new();
    let file = sniff::open_file(&path).map_err(|error| error.to_string())?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST {
        return Err("it is longer than 1 MB".to_owned());
    }
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    let options = serde_saphyr::options! {
        // As PyYAML has it: a bare `yes` is true.
        strict_booleans: false,
        budget: serde_saphyr::budget! { max_depth: 32, max_aliases: 1_000, max_anchors: 1_000, max_events: 50_000 },
    };
    let read = serde_saphyr::from_slice_with_options::<serde_json::Value>(bytes, options);
    let value = read.map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())?;
    let mut found = Vec::new();
    match Python::parse(value.to_string().as_bytes()) {
        Some(Python::Dict(entries)) => {
            for (key, value) in entries {
                value.leaves(key, &|key, own| format!("{key}/{own}"), &mut found);
            }
        }
        _ => return Err("it holds no keys with values".to_owned()),
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those that `PyYAML` reads.
    #[test]
    fn what_lightning_writes_is_read() {
        let text = "lr: 0.1\nname: 'it''s'\nmodel:\n  depth: 3\n  kind: cnn\nopts: [1, 2]\nlayers:\n- 1\n- 64\n\
                    warm: 0.1 # so little\ndesc: \"a\\tb\"\nnone: null\nfast: true\nword: yes\n";
        let pairs = parse(text.as_bytes()).unwrap();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("lr", "0.1"),
                ("name", "it's"),
                ("model/depth", "3"),
                ("model/kind", "cnn"),
                ("opts", "[1, 2]"),
                ("layers", "[1, 64]"),
                ("warm", "0.1"),
                ("desc", "a\tb"),
                ("none", "None"),
                ("fast", "True"),
                ("word", "True"),
            ]
        );
        assert_eq!(parse(b" \n"), Ok(Vec::new()));
        assert!(parse(b"open: \"x\n").is_err() && parse(b"- 1\n").is_err());
    }
}
