//! How mature a drawing is, and what is missing for the next level.
//!
//! The scales are those of Google (0 to 2) and Microsoft (0 to 4), and the nine components of an MLOps system. All of it
//! is an estimate from the drawing: nobody looked at the system.

mod rows;

use super::graph::{Artifacts, Graph, Kinds, artifacts, kinds};
use super::lint::checks::{SERVING, STARTS, TRAINING};
use super::lint::{Finding, Rule, rule};
use super::model::{Architecture, NodeId};

/// What the drawing reaches, and what the next level asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maturity {
    /// Google's levels: 0 by hand, 1 an automated pipeline, 2 automated delivery of the pipeline.
    pub google: u8,
    /// Microsoft's levels, 0 to 4.
    pub microsoft: u8,
    /// What is missing for Google's next level; nothing at the highest.
    pub google_missing: Vec<Missing>,
    /// What is missing for Microsoft's next level; nothing at the highest.
    pub microsoft_missing: Vec<Missing>,
    /// The components C1 to C9 of Kreuzberger, Kühl and Hirschl (2023).
    pub components: Vec<Component>,
}

impl Maturity {
    /// How many of the nine components are there.
    pub fn covered(&self) -> usize {
        self.components.iter().filter(|component| !component.nodes.is_empty()).count()
    }
}

/// One of the nine components of an MLOps system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// `C1` to `C9`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Kinds of which any one covers it.
    pub kinds: Vec<&'static str>,
    /// The nodes that cover it; none when it is missing.
    pub nodes: Vec<NodeId>,
}

/// One condition of a level that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A node of any one of these kinds.
    Kind(Vec<&'static str>),
    /// A rule that fires, with the nodes where it does.
    Rule(&'static Rule, Vec<NodeId>),
    /// A path or flow that no rule looks at: what it is, and the nodes from which it would begin.
    Path(&'static str, Vec<NodeId>),
}

/// A condition of a level.
enum Condition {
    Has(Kinds),
    Passes(&'static str),
    /// Holds when any of the nodes of the kinds does it.
    Leads(&'static str, Kinds, fn(&Graph<'_>, usize) -> bool),
}

const ORCHESTRATOR: Kinds = kinds(&["orchestrator"]);
const CI: Kinds = kinds(&["ci"]);
const CD: Kinds = kinds(&["cd"]);
const REPOSITORY: Kinds = kinds(&["code_repo"]);
const REGISTRY: Kinds = kinds(&["model_registry"]);
const MONITORING: Kinds = kinds(&["monitoring"]);
const RECORD: Kinds = kinds(&["metadata_store", "experiment_tracking"]);

/// What each of Google's levels asks for beyond the one before.
const GOOGLE: [&[Condition]; 2] = [
    &[
        Condition::Has(TRAINING),
        Condition::Has(ORCHESTRATOR),
        Condition::Has(kinds(&["data_validation"])),
        Condition::Has(kinds(&["evaluation"])),
        Condition::Has(RECORD),
        Condition::Passes("TRN03"),
        Condition::Passes("TRN04"),
        Condition::Passes("EVA01"),
    ],
    &[
        Condition::Has(REPOSITORY),
        Condition::Has(CI),
        Condition::Has(REGISTRY),
        Condition::Leads(
            "Let delivery or continuous integration bring pipelines to the orchestrator",
            CI.or(CD),
            |g, node| g.is(node, CD) || g.sends(node, Artifacts::ANY, ORCHESTRATOR),
        ),
        Condition::Passes("DEP02"),
        Condition::Passes("EVA02"),
    ],
];

/// What each of Microsoft's levels asks for. The second does not ask for the first.
const MICROSOFT: [&[Condition]; 4] = [
    &[Condition::Has(REPOSITORY), Condition::Has(CI)],
    &[
        Condition::Has(TRAINING),
        Condition::Has(REGISTRY),
        Condition::Passes("TRN03"),
        Condition::Passes("TRN01"),
    ],
    &[Condition::Has(CD), Condition::Passes("EVA01"), Condition::Passes("EVA02")],
    &[
        Condition::Passes("MON01"),
        Condition::Passes("MON03"),
        Condition::Passes("TRN04"),
        Condition::Leads(
            "Let monitoring start training again by an alert or a trigger",
            MONITORING,
            |g, node| {
                let start = (0..g.len()).map(|other| other == node).collect();
                let told = g.reach(&start, STARTS.or(artifacts(&["alert"])));
                g.of(TRAINING).any(|training| told[training])
            },
        ),
    ],
];

/// The components, each with the kinds of which any one covers it.
const COMPONENTS: [(&str, &str, Kinds); 9] = [
    ("C1", "CI/CD component", CI.or(CD)),
    ("C2", "Source code repository", REPOSITORY),
    ("C3", "Workflow orchestration", ORCHESTRATOR),
    ("C4", "Feature store", kinds(&["feature_store"])),
    ("C5", "Model training infrastructure", kinds(&["training", "federated_coordinator"])),
    ("C6", "Model registry", REGISTRY),
    ("C7", "ML metadata store", RECORD),
    ("C8", "Model serving", SERVING),
    ("C9", "Monitoring", MONITORING),
];

/// Whether a level of either scale asks that a rule finds nothing.
pub(super) fn reads(rule: &str) -> bool {
    let all = GOOGLE.iter().chain(&MICROSOFT).flat_map(|conditions| conditions.iter());
    all.into_iter().any(|condition| matches!(condition, Condition::Passes(id) if *id == rule))
}

/// How far a drawing is; `findings` are those that [`lint`](super::lint()) gives for it.
pub fn maturity(drawing: &Architecture, findings: &[Finding]) -> Maturity {
    let g = Graph::new(drawing);
    let missing = |conditions: &[Condition]| -> Vec<Missing> {
        conditions.iter().filter_map(|condition| unmet(&g, findings, condition)).collect()
    };
    let [first, second] = GOOGLE.map(missing);
    let (google, google_missing) = match (first.is_empty(), second.is_empty()) {
        (false, _) => (0, first),
        (true, false) => (1, second),
        (true, true) => (2, Vec::new()),
    };
    let [first, second, third, fourth] = MICROSOFT.map(missing);
    let (microsoft, microsoft_missing) = if second.is_empty() {
        match (third.is_empty(), fourth.is_empty()) {
            (false, _) => (2, third),
            (true, false) => (3, fourth),
            (true, true) => (4, Vec::new()),
        }
    } else if first.is_empty() {
        (1, second)
    } else {
        (0, first)
    };
    let components = COMPONENTS
        .into_iter()
        .map(|(id, name, kinds)| Component {
            id,
            name,
            kinds: kinds.names().collect(),
            nodes: g.of(kinds).map(|node| g.nodes[node].id.clone()).collect(),
        })
        .collect();
    Maturity { google, microsoft, google_missing, microsoft_missing, components }
}

fn unmet(g: &Graph<'_>, findings: &[Finding], condition: &Condition) -> Option<Missing> {
    match condition {
        Condition::Has(kinds) => (!g.has(*kinds)).then(|| Missing::Kind(kinds.names().collect())),
        Condition::Passes(id) => {
            let fired: Vec<&Finding> = findings.iter().filter(|finding| finding.rule.id == *id).collect();
            let nodes = fired.iter().flat_map(|finding| finding.place.nodes()).cloned().collect();
            if fired.is_empty() { None } else { Some(Missing::Rule(rule(id)?, nodes)) }
        }
        Condition::Leads(what, kinds, leads) => {
            let nodes: Vec<usize> = g.of(*kinds).collect();
            (!nodes.iter().any(|node| leads(g, *node)))
                .then(|| Missing::Path(what, nodes.iter().map(|node| g.nodes[*node].id.clone()).collect()))
        }
    }
}

impl Missing {
    /// What to do, in one line without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Kind(kinds) => {
                let named = |kind: &&'static str| super::kinds::kind(kind).map_or(*kind, |kind| &kind.label);
                let labels: Vec<&str> = kinds.iter().map(named).collect();
                format!("Add {}", labels.join(" or "))
            }
            Self::Rule(rule, _) => format!("{}: {}", rule.name, rule.suggestion),
            Self::Path(what, _) => (*what).to_owned(),
        }
    }

    /// Where to go for it: the nodes it is about, none for what is not there yet.
    pub fn nodes(&self) -> &[NodeId] {
        match self {
            Self::Kind(_) => &[],
            Self::Rule(_, nodes) | Self::Path(_, nodes) => nodes,
        }
    }
}
