//! All drawings whose exports are looked at, and what is to be found in them, read from their files alone.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mlops_atlas::architecture::export::{Export, Exported, Format};
use mlops_atlas::architecture::{Architecture, Arrangement, Judged};
use mlops_atlas::catalog::Catalog;
use mlops_atlas::store::catalog_files::bundled_catalog;
use serde_json::Value;

/// A drawing as its file tells it.
pub struct Drawing {
    /// What it is called here: the id of a template, or `torture`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What its file says.
    file: Value,
    /// As the program reads it.
    read: Architecture,
}

impl Drawing {
    fn read(name: &str, path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let read = Architecture::from_json(&text).unwrap().0;
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            file: serde_json::from_str(&text).unwrap(),
            read,
        }
    }

    /// It in a format, with the shipped catalog.
    pub fn export(&self, format: Format) -> Exported {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| bundled_catalog().0);
        let (arrangement, judged) = (Arrangement::of(&self.read), Judged::of(&self.read));
        let export = Export {
            drawing: &self.read,
            placement: arrangement.placement(),
            routes: arrangement.routes(),
            judged: &judged,
            catalog: &CATALOG,
            is_reported: false,
            today: "2026-11-30".parse().unwrap(),
        };
        export.text(format)
    }

    /// The nodes.
    pub fn nodes(&self) -> &[Value] {
        self.file["nodes"].as_array().unwrap()
    }

    /// The flows whose two ends exist; the torture has two others.
    pub fn flows(&self) -> Vec<&Value> {
        let is_node = |id: &Value| self.nodes().iter().any(|node| node["id"] == *id);
        let flows = self.file["edges"].as_array().unwrap().iter();
        flows.filter(|flow| is_node(&flow["from"]) && is_node(&flow["to"])).collect()
    }

    /// How many different lanes have nodes.
    pub fn lanes(&self) -> usize {
        let mut stages: Vec<&str> = self.nodes().iter().map(|node| node["stage"].as_str().unwrap()).collect();
        stages.sort_unstable();
        stages.dedup();
        stages.len()
    }
}

/// A document whose every text means something in some format.
pub fn torture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/drawings/torture.architecture.json")
}

/// The 15 templates, and the torture.
pub fn drawings() -> Vec<Drawing> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/architecture/templates");
    let mut found: Vec<Drawing> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let id = path.file_name()?.to_str()?.strip_suffix(".architecture.json")?.to_owned();
            Some(Drawing::read(&id, &path))
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(found.len(), 15);
    found.push(Drawing::read("torture", &torture()));
    found
}
