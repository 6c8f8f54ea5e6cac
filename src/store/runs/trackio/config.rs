//! A run's configuration as parameters and tags.

use crate::store::runs::python::Python;

/// Keys and what Python prints of their values: parameters, and what Trackio adds by itself. None where the text is no JSON
/// object.
///
/// Nested keys are joined by dots; dots and backslashes within a key are escaped, as in Trackio's own comparison of runs.
pub(super) fn read(json: &[u8]) -> Option<[Vec<(String, String)>; 2]> {
    let Python::Dict(entries) = Python::parse(json)? else { return None };
    let (mut params, mut tags) = (Vec::new(), Vec::new());
    let join = |key: &str, own: &str| format!("{key}.{}", escaped(own));
    for (key, value) in entries {
        if key.starts_with('_') {
            value.leaves(key, &join, &mut tags);
        } else {
            top(value).leaves(escaped(&key), &join, &mut params);
        }
    }
    Some([params, tags])
}

fn escaped(key: &str) -> String {
    key.replace('\\', "\\\\").replace('.', "\\.")
}

/// Trackio writes numbers that JSON does not have as texts, and reads those at the top as numbers again.
fn top(value: Python) -> Python {
    match value {
        Python::Text(text) if text == "NaN" => Python::Number("nan".to_owned()),
        Python::Text(text) if text == "Infinity" => Python::Number("inf".to_owned()),
        Python::Text(text) if text == "-Infinity" => Python::Number("-inf".to_owned()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_keys_are_joined_as_trackio_joins_them() {
        let json = r#"{"lr":1e-05,"a":{"b":{"c":[1,"x"]},"d":{}},"a.b":true,"x":"NaN","_Group":"g","_Username":null}"#;
        let of = |list: &[(&str, &str)]| -> Vec<(String, String)> {
            list.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let params =
            of(&[("lr", "1e-05"), ("a.b.c", r#"[1, "x"]"#), ("a.d", "{}"), (r"a\.b", "True"), ("x", "nan")]);
        assert_eq!(read(json.as_bytes()), Some([params, of(&[("_Group", "g"), ("_Username", "None")])]));
        assert_eq!(read(b"[]"), None);
        assert_eq!(read(b"{"), None);
    }
}
