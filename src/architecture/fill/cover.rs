//! The fewest tools that do the jobs of a drawing under its constraints.

mod fewest;
mod placed;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::candidates::{license_rank, status_rank};
use super::jobs::{Fit, Job, Models, Usage, fit, job};
use crate::architecture::constraints::{Standing, ToolBreach};
use crate::architecture::model::{Architecture, Node, NodeId};
use crate::catalog::{Catalog, Status, Tool, ToolId};
use fewest::{Set, fewest};

pub use placed::{Placed, put_in};

/// Which jobs are looked at. Sources and applications are given and never among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The jobs of the boxes that name no tool; those that the tools of the other boxes do as well cost nothing.
    #[default]
    Open,
    /// The jobs of all boxes, whatever tools they name.
    All,
}

/// The fewest tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The tools: those of the drawing that do an open job first, then the new ones by how many jobs they do.
    pub tools: Vec<Chosen>,
    /// The boxes for whose jobs nobody is known, in the order of the drawing.
    pub unfilled: Vec<NodeId>,
    /// Whether it is certain that fewer tools do not suffice.
    pub is_exact: bool,
    /// How many different tools the drawing would then name.
    pub total: usize,
    /// How many different tools it names now.
    pub now: usize,
}

/// A tool of a [`Cover`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which tool.
    pub tool: ToolId,
    /// Its name.
    pub name: String,
    /// Whether the drawing names it already.
    pub is_kept: bool,
    /// The boxes whose jobs it does.
    pub nodes: Vec<NodeId>,
    /// Who could stand in its place with all else as it is, the best first, at most three.
    pub others: Vec<ToolId>,
    /// Constraints of which the catalog does not tell whether it keeps them.
    pub unknown: Vec<ToolBreach>,
}

/// The fewest tools that surely do the jobs of the drawing's boxes, break no constraint and have not ended.
///
/// Among as few, those with open licences, that are worked on, of which more is known and that reference designs use.
pub fn cover(drawing: &Architecture, catalog: &Catalog, usage: &Usage, scope: Scope) -> Cover {
    let wish = Wish::of(drawing, scope);
    let ables: Vec<Able<'_>> =
        catalog.tools().iter().filter_map(|tool| wish.able(tool, catalog, usage)).collect();
    let named: BTreeSet<&str> =
        drawing.nodes.values().flat_map(|node| &node.tools).map(String::as_str).collect();
    let is_named = |able: &Able<'_>| named.contains(able.tool.id.as_str());

    let reach = ables.iter().fold(0, |all, able| all | able.set.does);
    let mut chosen: Vec<usize> = Vec::new();
    if scope == Scope::Open {
        chosen.extend((0..ables.len()).filter(|at| ables.get(*at).is_some_and(is_named)));
    }
    let wanted = chosen.iter().fold(reach, |open, at| open & !ables[*at].set.does);
    let sets: Vec<Set> = ables.iter().map(|able| able.set).collect();
    let mut solved = fewest(wanted, &sets);
    solved.chosen.sort_by_key(|at| (Reverse((sets[*at].does & wanted).count_ones()), *at));
    chosen.extend(solved.chosen);

    let tool = |at: &usize| {
        let able = &ables[*at];
        Chosen {
            tool: able.tool.id.clone(),
            name: able.tool.name.clone(),
            is_kept: is_named(able),
            nodes: wish.boxes(able.set.does),
            others: others(*at, &chosen, &ables),
            unknown: able.unknown.clone(),
        }
    };
    let tools: Vec<_> = chosen.iter().map(tool).collect();
    let filled = wish.boxes(reach);
    let is_unfilled = |node: &&Node| wish.wants(node) && !filled.contains(&node.id) && !is_given(node);
    Cover {
        unfilled: drawing.nodes.values().filter(is_unfilled).map(|node| node.id.clone()).collect(),
        is_exact: solved.is_exact,
        total: match scope {
            Scope::All => tools.len(),
            Scope::Open => named.len() + tools.iter().filter(|chosen| !chosen.is_kept).count(),
        },
        now: named.len(),
        tools,
    }
}

/// A tool that may be chosen.
struct Able<'c> {
    tool: &'c Tool,
    set: Set,
    unknown: Vec<ToolBreach>,
}

fn is_given(node: &Node) -> bool {
    job(&node.kind, Models::Any).is_some_and(|job| job.given)
}

/// What is asked: a job for each bit of a [`Set`]. The vocabulary has fewer kinds than bits.
struct Wish<'a> {
    drawing: &'a Architecture,
    scope: Scope,
    jobs: Vec<&'static Job>,
}

impl<'a> Wish<'a> {
    fn of(drawing: &'a Architecture, scope: Scope) -> Self {
        let mut wish = Self { drawing, scope, jobs: Vec::new() };
        let kinds: BTreeSet<_> =
            drawing.nodes.values().filter(|node| wish.wants(node)).map(|node| node.kind.as_str()).collect();
        let models = Models::of(drawing);
        wish.jobs = kinds.into_iter().filter_map(|kind| job(kind, models)).filter(|job| !job.given).collect();
        wish
    }

    /// Whether the job of this box is looked at.
    fn wants(&self, node: &Node) -> bool {
        self.scope == Scope::All || node.tools.is_empty()
    }

    /// The tool with the jobs that it surely does, if it does one and may be chosen.
    fn able<'c>(&self, tool: &'c Tool, catalog: &Catalog, usage: &Usage) -> Option<Able<'c>> {
        let (broken, unknown): (Vec<_>, Vec<_>) = self
            .drawing
            .constraints
            .judge(tool)
            .into_iter()
            .partition(|judged| judged.is == Standing::Broken);
        if tool.status.status == Status::Archived || !broken.is_empty() {
            return None;
        }
        let rank = u32::from(license_rank(tool)) + u32::from(status_rank(tool));
        let mut cost = 2 * rank + unknown.len() as u32 + u32::from(tool.tier.unwrap_or(2));
        let mut does = 0;
        for (bit, job) in self.jobs.iter().enumerate() {
            if let Some((fit, _)) = fit(job, tool, catalog).filter(|(fit, _)| fit.is_sure()) {
                let designs = usage.designs(&job.kind, tool.id.as_str()).len() as u32;
                cost += u32::from(fit == Fit::Also) + 3_u32.saturating_sub(designs);
                does |= 1_u64 << bit;
            }
        }
        (does != 0).then_some(Able { tool, set: Set { does, cost }, unknown })
    }

    /// The boxes with one of these jobs that are looked at.
    fn boxes(&self, does: u64) -> Vec<NodeId> {
        let is_done = |kind: &str| {
            self.jobs.iter().enumerate().any(|(bit, job)| does & (1 << bit) != 0 && job.kind == kind)
        };
        let nodes = self.drawing.nodes.values().filter(|node| self.wants(node) && is_done(&node.kind));
        nodes.map(|node| node.id.clone()).collect()
    }
}

/// Those that do all that only this one of the chosen does, the cheapest first.
fn others(at: usize, chosen: &[usize], ables: &[Able<'_>]) -> Vec<ToolId> {
    let done = |by: usize| ables.get(by).map_or(0, |able| able.set.does);
    let by_rest = chosen.iter().filter(|by| **by != at).fold(0, |all, by| all | done(*by));
    let only = done(at) & !by_rest;
    let mut found: Vec<_> = ables
        .iter()
        .enumerate()
        .filter(|(other, able)| only != 0 && able.set.does & only == only && !chosen.contains(other))
        .collect();
    found.sort_by_key(|(other, able)| (able.set.cost, *other));
    found.into_iter().take(3).map(|(_, able)| able.tool.id.clone()).collect()
}
