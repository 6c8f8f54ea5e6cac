//! What drawings have in common, as a window asks it: counted when it goes there or the drawings change, derived when
//! the share changes, never in a frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Template, Workspace};
use crate::address::{ConsensusLocation, ConsensusOf, DocumentKind, Location, Origin};
use crate::architecture::consensus::{Counted, takes_part};
use crate::architecture::kinds::{self, Lane};
use crate::architecture::{Architecture, Consensus, Placement, consensus, place};
use crate::catalog::{Catalog, ToolId};
use crate::workspace::Contents;

/// Whose drawings were counted; another one after every change of them.
#[derive(Clone, Debug)]
enum Drawings {
    Templates(Arc<Vec<Template>>),
    Workspace(Arc<Contents>),
}

impl Drawings {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Templates(a), Self::Templates(b)) => Arc::ptr_eq(a, b),
            (Self::Workspace(a), Self::Workspace(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    fn all(&self) -> Vec<&Architecture> {
        match self {
            Self::Templates(templates) => templates.iter().map(|each| &*each.architecture).collect(),
            Self::Workspace(contents) => contents.drawings.iter().map(|(_, drawing)| &**drawing).collect(),
        }
    }

    fn members(&self) -> Vec<Member> {
        match self {
            Self::Templates(templates) => templates
                .iter()
                .map(|each| Member { origin: Origin::Template(each.id.clone()), name: each.id.clone() })
                .collect(),
            Self::Workspace(contents) => contents
                .drawings
                .iter()
                .map(|(path, _)| {
                    let origin = Origin::Path(path.clone());
                    let file = origin.name();
                    let end = file.len().saturating_sub(DocumentKind::Drawing.ending().len());
                    Member { name: file.get(..end).unwrap_or(&file).to_owned(), origin }
                })
                .collect(),
        }
    }
}

/// One of the drawings, in the order of [`Consensus::drawings`].
#[derive(Clone, Debug)]
pub struct Member {
    /// Where it is.
    pub origin: Origin,
    /// A short name: a template's id, a file's name without its ending.
    pub name: String,
}

/// A kind of box, or of flow, ready to be drawn.
#[derive(Clone, Debug)]
pub struct SharedRow {
    /// Its place in [`Consensus::kinds`], or in [`Consensus::flows`].
    pub at: usize,
    /// What people call it.
    pub name: String,
    /// The tools that stand there with how many drawings name each; for a flow what flows.
    pub detail: String,
    /// What a screen reader says.
    pub told: String,
    /// The lane of the box, or of the box that emits; none for what this version does not know.
    pub lane: Option<&'static Lane>,
}

/// What drawings have in common.
#[derive(Debug)]
pub struct CommonPractice {
    counted_in: Drawings,
    counted: Counted,
    catalog: Arc<Catalog>,
    percent: u8,
    /// The drawings.
    pub members: Vec<Member>,
    /// What was counted.
    pub found: Consensus,
    /// The kinds of boxes by lane, in the order of the lanes; in each the most common first. Empty lanes are left out.
    pub boxes: Vec<(Option<&'static Lane>, Vec<SharedRow>)>,
    /// The kinds of flows, the most common first.
    pub flows: Vec<SharedRow>,
    /// What the asked share of the drawings has.
    pub derived: Architecture,
    /// Where it would be drawn.
    pub placement: Placement,
    /// Another number after every counting; views compare it to know whether what they found in it is old.
    pub revision: u64,
}

impl CommonPractice {
    /// How many drawings of the workspace could not be read, and are not counted.
    pub fn unread(&self) -> usize {
        match &self.counted_in {
            Drawings::Templates(_) => 0,
            Drawings::Workspace(contents) => contents.unread.len(),
        }
    }

    fn new(counted_in: Drawings, asked: &ConsensusLocation, catalog: &Arc<Catalog>, revision: u64) -> Self {
        let counted = counted(asked);
        let found = consensus(counted_in.all(), counted);
        let derived = found.derive(share(asked.percent));
        Self {
            members: counted_in.members(),
            boxes: by_lane(&found, catalog),
            flows: flows(&found),
            placement: place(&derived),
            percent: asked.percent,
            catalog: Arc::clone(catalog),
            counted_in,
            counted,
            found,
            derived,
            revision,
        }
    }

    /// The ids of the counted boxes of a kind in one of the drawings.
    pub fn nodes_of(&self, drawing: usize, kind: &str) -> Vec<String> {
        let all = self.counted_in.all();
        let nodes = all.get(drawing).into_iter().flat_map(|drawing| drawing.nodes.values());
        let of_kind = nodes.filter(|node| node.kind == kind && takes_part(node, self.counted));
        of_kind.map(|node| node.id.to_string()).collect()
    }

    /// How many drawings the asked share is at least.
    pub fn least(&self) -> usize {
        (0..=self.members.len())
            .find(|count| *count as f64 / self.members.len().max(1) as f64 >= share(self.percent))
            .unwrap_or(self.members.len())
    }

    /// Brings what a window has in line with its location; what is right still stays.
    pub(super) fn follow(
        known: &mut Option<Self>,
        (templates, workspace): (&Arc<Vec<Template>>, Option<&Workspace>),
        catalog: &Arc<Catalog>,
        location: &Location,
    ) {
        let Location::Consensus(asked) = location else {
            *known = None;
            return;
        };
        let drawings = match (asked.of, workspace) {
            (ConsensusOf::Templates, _) => Drawings::Templates(Arc::clone(templates)),
            (ConsensusOf::Workspace, Some(open)) => Drawings::Workspace(Arc::clone(&open.contents)),
            (ConsensusOf::Workspace, None) => {
                *known = None;
                return;
            }
        };
        let same = known.as_mut().filter(|known| {
            known.counted_in.is_same(&drawings)
                && known.counted == counted(asked)
                && Arc::ptr_eq(&known.catalog, catalog)
        });
        match same {
            Some(known) if known.percent == asked.percent => {}
            Some(known) => {
                known.percent = asked.percent;
                known.derived = known.found.derive(share(asked.percent));
                known.placement = place(&known.derived);
            }
            None => {
                let revision = known.as_ref().map_or(0, |known| known.revision + 1);
                *known = Some(Self::new(drawings, asked, catalog, revision));
            }
        }
    }
}

fn counted(asked: &ConsensusLocation) -> Counted {
    if asked.reported { Counted::Reported } else { Counted::All }
}

fn share(percent: u8) -> f64 {
    f64::from(percent) / 100.0
}

fn lane_of(kind: &str) -> Option<&'static Lane> {
    kinds::lane(&kinds::kind(kind)?.stage)
}

fn by_lane(found: &Consensus, catalog: &Catalog) -> Vec<(Option<&'static Lane>, Vec<SharedRow>)> {
    let all = found.drawings.len();
    // By the place of the lane; what no lane is known of comes last.
    let mut lanes: BTreeMap<usize, (Option<&'static Lane>, Vec<SharedRow>)> = BTreeMap::new();
    for (at, shared) in found.kinds.iter().enumerate() {
        let lane = lane_of(&shared.what);
        let place = lane.and_then(|lane| kinds::lanes().iter().position(|other| other.id == lane.id));
        let name = kinds::label(&shared.what).to_owned();
        let tools: Vec<String> = found
            .tools_of(&shared.what)
            .iter()
            .map(|(tool, count)| format!("{} {count}", tool_name(catalog, tool)))
            .collect();
        let told = format!("{name}, in {} of {all}", shared.with.len());
        let row = SharedRow { at, name, detail: tools.join(" · "), told, lane };
        lanes.entry(place.unwrap_or(usize::MAX)).or_insert_with(|| (lane, Vec::new())).1.push(row);
    }
    lanes.into_values().collect()
}

fn flows(found: &Consensus) -> Vec<SharedRow> {
    let all = found.drawings.len();
    let row = |(at, shared): (usize, &crate::architecture::consensus::Shared<_>)| {
        let crate::architecture::lacks::FlowKind { from, artifact, to } = &shared.what;
        let name = format!("{} → {}", kinds::label(from), kinds::label(to));
        let told = format!("{name}: {artifact}, in {} of {all}", shared.with.len());
        SharedRow { at, name, detail: artifact.replace('_', " "), told, lane: lane_of(from) }
    };
    found.flows.iter().enumerate().map(row).collect()
}

/// What a tool is called; what the catalog does not have is called by what stands in the box.
pub fn tool_name<'a>(catalog: &'a Catalog, tool: &'a str) -> &'a str {
    let known = ToolId::new(tool).ok().and_then(|id| catalog.get(&id));
    known.map_or(tool, |tool| tool.name.as_str())
}
