//! Tables and their mapping: the text form, the guess, and tables of any content read by either.

use std::io::Write as _;
use std::path::Path;

use mlops_atlas::runs::Mapping;
use mlops_atlas::runs::mapping::Values;
use mlops_atlas::store::runs::{Patience, Reader, tables};
use proptest::prelude::*;

use super::told::{Followed, Look, everything};
use super::{Damage, growth, tried};

/// A name of a column: words that mean something, or anything.
fn name() -> impl Strategy<Value = String> {
    let known = ["run", "step", "epoch", "time", "loss", "acc", "metric", "value", "*", "", "lr", "name"];
    prop_oneof![
        3 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "[a-c|,=\"* \n\u{e9}]{0,6}",
        1 => ".{0,6}",
    ]
}

fn mapping() -> impl Strategy<Value = Mapping> {
    let maybe = || proptest::option::of(name());
    let values = prop_oneof![
        (proptest::collection::vec(name(), 0..4), any::<bool>())
            .prop_map(|(metrics, others)| Values::Columns { others: others || metrics.is_empty(), metrics }),
        (name(), name()).prop_map(|(metric, value)| Values::Named { metric, value }),
    ];
    (maybe(), maybe(), maybe(), maybe(), values, proptest::collection::vec(name(), 0..3))
        .prop_map(|(run, name, step, time, values, params)| Mapping { run, name, step, time, values, params })
}

/// What stands in a row.
fn cell() -> impl Strategy<Value = String> {
    let known = [
        "",
        "nan",
        "-inf",
        "1e999",
        "0,5",
        "1.0",
        "2024-01-01T00:00:00Z",
        "a",
        "1e300",
        "9223372036854775808",
        " 3 ",
    ];
    prop_oneof![
        2 => (-3..2_000_i64).prop_map(|number| number.to_string()),
        2 => any::<f64>().prop_map(|number| number.to_string()),
        1 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => ".{0,5}",
    ]
}

#[derive(Clone, Debug)]
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    is_json: bool,
    damage: Vec<Damage>,
}

impl Table {
    fn any() -> impl Strategy<Value = Self> {
        let damage = prop_oneof![1 => Just(Vec::new()), 1 => proptest::collection::vec(Damage::any(), 1..4)];
        // The guess is made of the first hundred rows.
        let height = prop_oneof![3 => 0..40_usize, 1 => 90..130_usize];
        (1..6_usize, height, any::<bool>()).prop_flat_map(move |(width, height, is_json)| {
            let names = proptest::collection::vec(name(), width).prop_map(unlike);
            let row = proptest::collection::vec(cell(), width);
            (names, proptest::collection::vec(row, height), damage.clone())
                .prop_map(move |(names, rows, damage)| Self { names, rows, is_json, damage })
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        if self.is_json {
            for row in &self.rows {
                let entries = self.names.iter().zip(row);
                let object = entries.map(|(name, cell)| {
                    let value =
                        cell.parse::<f64>().map_or_else(|_| cell.as_str().into(), serde_json::Value::from);
                    (name.clone(), value)
                });
                text.push_str(&serde_json::Value::Object(object.collect()).to_string());
                text.push('\n');
            }
        } else {
            for row in std::iter::once(&self.names).chain(&self.rows) {
                let plain = |cell: &String| {
                    if cell.contains([',', '"', '\n', '\r']) { quoted(cell) } else { cell.clone() }
                };
                text.push_str(&row.iter().map(plain).collect::<Vec<_>>().join(","));
                text.push('\n');
            }
        }
        let mut bytes = text.into_bytes();
        for damage in &self.damage {
            damage.on(&mut bytes);
        }
        bytes
    }
}

/// Names of which none comes twice, as a table that was read has them.
fn unlike(names: Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for mut name in names {
        while found.contains(&name) {
            name.push('2');
        }
        found.push(name);
    }
    found
}

#[test]
fn a_mapping_is_written_as_it_is_read() {
    tried("mappings", &mapping(), |mapping| {
        let text = mapping.to_string();
        assert_eq!(text.parse(), Ok(mapping), "{text}");
    });
    let text = (mapping(), proptest::collection::vec(Damage::any(), 0..4));
    tried("texts of mappings", &text, |(mapping, damage)| {
        let mut bytes = mapping.to_string().into_bytes();
        for damage in &damage {
            damage.on(&mut bytes);
        }
        match String::from_utf8_lossy(&bytes).parse::<Mapping>() {
            Ok(mapping) => assert_eq!(mapping.to_string().parse(), Ok(mapping)),
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    });
}

#[test]
fn a_guess_fits_the_table_it_was_made_for() {
    tried("guesses", &(Table::any(), any::<bool>()), |(table, may_grow)| {
        let (guessed, reasons) = Mapping::guess(&table.names, &table.rows, may_grow);
        assert_eq!(guessed.check(&table.names, may_grow), Ok(()), "{guessed}");
        assert!(reasons.iter().all(|reason| !reason.contains('\n')), "{reasons:?}");
        let names = |mapping: &Mapping| match &mapping.values {
            Values::Columns { metrics, others } => !metrics.is_empty() || *others,
            Values::Named { .. } => true,
        };
        if names(&guessed) {
            assert_eq!(guessed.to_string().parse(), Ok(guessed));
        }
    });
}

/// A table that grows from somewhere within a row, or a letter, and a copy of it that is read at once.
fn read(table: &Table, chosen: Option<&Mapping>, growth: &[(usize, Look)]) {
    let bytes = table.bytes();
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let name = if table.is_json { "table.jsonl" } else { "table.csv" };
    let (path, copy) = (folder.path().join(name), other.path().join(name));
    let mut reached = growth[0].0.min(bytes.len());
    std::fs::write(&path, &bytes[..reached]).unwrap();
    std::fs::write(&copy, &bytes).unwrap();
    let open = |path: &Path| {
        let opened = tables::open(path, chosen, Patience::Command);
        opened.map_err(|error| assert!(!error.to_string().contains('\n'), "{error}")).ok()
    };
    let mut fresh = open(&copy);
    let whole = fresh.as_mut().map(|reader| everything(reader.as_mut(), other.path()));
    let Some(mut growing) = open(&path) else { return };
    let besides = [("table", "loss"), ("a", "value"), ("nobody", "nothing")];
    let mut followed = Followed::begin(growing.as_mut(), &besides);
    for (at, (_, look)) in growth.iter().enumerate() {
        let end = growth.get(at + 1).map_or(bytes.len(), |(end, _)| (*end).min(bytes.len()));
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&bytes[reached..end]).unwrap();
        reached = end;
        followed.look(growing.as_mut(), *look);
    }
    let grown = everything(growing.as_mut(), folder.path());
    // A table that is none any more is none for whoever opens it as well.
    let (Some(mut fresh), Some(whole)) = (fresh, whole) else {
        assert!(grown.is_err(), "only the grown table is one, of {growth:?}");
        return;
    };
    let guess = |reader: &dyn Reader| reader.mapping().map(|mapped| mapped.mapping);
    assert_eq!(guess(growing.as_ref()), guess(fresh.as_ref()), "the table grew by {growth:?}");
    match (grown, whole) {
        (Ok(grown), Ok(whole)) => grown.is_like(&whole, &format!("the table grew by {growth:?}")),
        (grown, whole) => assert_eq!(grown.err(), whole.err(), "the table grew by {growth:?}"),
    }
    followed.is_all_of(fresh.as_mut(), "followed");
}

#[test]
fn a_table_of_anything_is_read_the_same_at_once_and_as_it_grows() {
    let strategy = (Table::any(), proptest::option::of(mapping()), growth(2_048));
    tried("tables", &strategy, |(table, chosen, growth)| read(&table, chosen.as_ref(), &growth));
}
