//! Content of the sizes that the budgets name: catalogs, drawings, run sets and series.

use std::sync::Arc;

use mlops_atlas::architecture::{Architecture, Flow, Node, NodeId, Point, kinds};
use mlops_atlas::catalog::{Catalog, Entry, Layer, ToolId};
use mlops_atlas::runs::{Experiment, Run, RunSet, Series, Status};
use mlops_atlas::store::catalog_files;
use serde_json::Map;

/// Numbers that look random and are the same in each run (Knuth's MMIX generator).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one, 0 up to below 1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next whole one below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() * limit as f64) as usize
    }
}

/// The bundled catalog, its entries repeated under further names up to `tools`.
pub fn catalog(tools: usize) -> Catalog {
    let bundled = catalog_files::load_bundled();
    let entries = bundled.entries();
    let many: Vec<Entry> = (0..tools)
        .map(|at| {
            let (turn, mut entry) = (at / entries.len(), entries[at % entries.len()].clone());
            if turn > 0 {
                entry.id = ToolId::new(&format!("{}-{turn}", entry.id)).unwrap();
                entry.name = entry.name.map(|name| format!("{name} {turn}"));
            }
            entry
        })
        .collect();
    Catalog::new(bundled.categories, &[(Layer::Bundled, many)]).0
}

/// A drawing of `nodes` nodes in all lanes, three flows for two nodes, mostly to the next lanes.
pub fn drawing(nodes: usize) -> Architecture {
    let mut numbers = Numbers(7);
    let kinds = kinds::kinds();
    let id = |at: usize| NodeId(format!("n{at}"));
    let mut drawing = Architecture { title: format!("{nodes} nodes"), ..Architecture::default() };
    for at in 0..nodes {
        let kind = &kinds[at * kinds.len() / nodes];
        let node = Node {
            id: id(at),
            kind: kind.id.clone(),
            stage: kind.stage.clone(),
            tools: vec!["mlflow".to_owned(), "feast".to_owned()],
            label: format!("{} {at}", kind.label),
            ..Node::default()
        };
        drawing.nodes.insert(id(at), node);
    }
    for _ in 0..nodes * 3 / 2 {
        let from = numbers.below(nodes);
        let to = (from + 1 + numbers.below(nodes / 4)) % nodes;
        drawing.flows.push(Flow {
            from: id(from),
            to: id(to),
            artifact: "model".to_owned(),
            basis: None,
            source: Vec::new(),
            extra: Map::new(),
        });
    }
    drawing
}

/// The same drawing with every node put somewhere by hand, as a file with positions has it.
pub fn placed(mut drawing: Architecture) -> Architecture {
    let placement = mlops_atlas::architecture::place(&drawing);
    for id in drawing.nodes.keys() {
        if let Some(bounds) = placement.node(id) {
            drawing.layout.insert(id.clone(), Point::new(bounds.x, bounds.y));
        }
    }
    drawing
}

/// Runs with 30 metrics, 20 parameters and 5 tags each, in ten experiments.
pub fn run_set(runs: usize) -> RunSet {
    run_set_of(runs, 30, 20)
}

/// Runs with so many metrics and parameters; every other parameter is a number.
pub fn run_set_of(runs: usize, metrics: u32, params: u32) -> RunSet {
    let mut numbers = Numbers(11);
    let names = |word: &str, count: u32| -> Vec<Arc<str>> {
        (0..count).map(|at| Arc::from(format!("{word}_{at:03}"))).collect()
    };
    let keys = [names("metric", metrics), names("param", params), names("tag", 5)];
    let experiments =
        (0..10).map(|at| Experiment { id: at.to_string(), name: format!("experiment {at}") }).collect();
    let words: Vec<Arc<str>> = (0..50).map(|at| Arc::from(format!("value {at}"))).collect();
    let figures: Vec<Arc<str>> = (1..51).map(|at| Arc::from(format!("{}", 1.0 / f64::from(at)))).collect();
    let mut choices = Numbers(12);
    let mut text = |key: u32| {
        let values = if key.is_multiple_of(2) { &words } else { &figures };
        (key, Arc::clone(&values[choices.below(50)]))
    };
    let runs = (0..runs)
        .map(|at| Run {
            name: Arc::from(format!("clever-run-{at}")),
            experiment: (at % 10) as u32,
            status: Status::Finished,
            start_time: Some(1_700_000_000_000_000 + at as i64 * 1_000_000),
            end_time: Some(1_700_000_060_000_000 + at as i64 * 1_000_000),
            metrics: (0..metrics).map(|key| (key, numbers.next())).collect(),
            params: (0..params).map(&mut text).collect(),
            tags: (0..5).map(&mut text).collect(),
            ..Run::bare(format!("{at:032x}"))
        })
        .collect();
    RunSet::new(experiments, keys, runs)
}

/// A falling, noisy curve of `points` points with a spike in ten thousand.
pub fn series(points: usize, seed: u64) -> Series {
    let mut numbers = Numbers(seed);
    let mut level = 1.0 + numbers.next();
    let mut series = Series::default();
    for step in 0..points {
        level *= 1.0 - 2.0 / points as f64;
        let spike = if numbers.below(10_000) == 0 { 3.0 } else { 0.0 };
        series.steps.push(step as i64);
        series.times.push(1_700_000_000_000_000 + step as i64 * 1_000);
        series.values.push(level + 0.1 * numbers.next() + spike);
    }
    series
}
