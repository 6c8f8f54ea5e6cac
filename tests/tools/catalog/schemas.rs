//! The shipped files against their published schemas, and broken ones.

use std::fs;

use serde_json::Value;

use super::{bundled, root};

#[test]
fn every_shipped_file_is_valid_against_the_schema_and_a_broken_one_is_not() {
    let schema = fs::read_to_string(root().join("data/schema/tool.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut files = 0;
    for item in fs::read_dir(root().join("data/catalog/tools")).unwrap() {
        let path = item.unwrap().path();
        let value: Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        files += 1;
    }
    assert_eq!(files, bundled().tools().len(), "each file is a tool");
    for broken in [
        "name = \"No id\"",
        "id = \"Not An Id\"",
        "id = \"a\"\ncolour = \"red\"",
        "id = \"a\"\nstages = [\"deploy\"]",
        "id = \"a\"\nhomepage = \"ftp://example.org\"",
        "id = \"a\"\n[license]\nspdx = \"MIT\"",
        "id = \"a\"\n[[claim]]\nid = \"x\"\npolarity = \"pro\"\ntopic = \"ops\"\ntext = \"T\"\nstatus = \"draft\"",
    ] {
        let value: Value = toml::from_str(broken).unwrap();
        assert!(!schema.is_valid(&value), "must not be valid: {broken}");
    }
}

#[test]
fn the_categories_are_valid_against_their_schema_and_broken_ones_are_not() {
    let schema = fs::read_to_string(root().join("data/schema/categories.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let text = fs::read_to_string(root().join("data/catalog/categories.toml")).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&toml::from_str(&text).unwrap()).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let good = "[[category]]\nid = \"a\"\nname = \"A\"\n";
    for (rest, valid) in [
        ("stage = \"train\"", true),
        ("merged_into = \"b\"", true),
        ("stage = \"deploy\"", false),
        ("stage = \"train\"\nmerged_into = \"b\"", false),
        ("stage = \"train\"\ndefinition = \"No full stop\"", false),
        ("stage = \"train\"\nchoose = []", false),
    ] {
        let value: Value = toml::from_str(&format!("{good}{rest}")).unwrap();
        assert_eq!(schema.is_valid(&value), valid, "{rest}");
    }
}
