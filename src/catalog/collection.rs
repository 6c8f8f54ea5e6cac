//! All tools that are known, seen through the layers.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::category::Category;
use super::criteria::Host;
use super::entry::{Claim, Entry, Relation, ToolId};
use super::tool::Tool;
use super::words::{Layer, Stage};
use crate::problem::Problem;

/// All tools that are known, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    tools: Vec<Tool>,
    categories: Vec<Category>,
    hosts: Vec<Host>,
    by_id: BTreeMap<ToolId, usize>,
    /// Lower-case names, ids and aliases.
    by_name: BTreeMap<String, usize>,
    /// For each tool that relations point at, where they come from: the tool's place, then the relation's.
    pointing_at: BTreeMap<ToolId, Vec<(usize, usize)>>,
    newest_date: Option<Date>,
}

impl Catalog {
    /// Looks through the layers; their order in the list does not matter, that of [`Layer`] does.
    ///
    /// A tool that no layer names is left out and becomes a problem. Categories that were merged into another
    /// one are called by the name of that one.
    pub fn new(categories: Vec<Category>, layers: &[(Layer, Vec<Entry>)]) -> (Self, Vec<Problem>) {
        let mut per_tool: BTreeMap<&ToolId, Vec<(Layer, &Entry)>> = BTreeMap::new();
        for (layer, entry) in layers.iter().flat_map(|(layer, entries)| entries.iter().map(|e| (*layer, e))) {
            per_tool.entry(&entry.id).or_default().push((layer, entry));
        }
        let mut problems = Vec::new();
        let mut tools = Vec::with_capacity(per_tool.len());
        for (id, mut entries) in per_tool {
            entries.sort_by_key(|(layer, _)| *layer);
            match Tool::through(&entries) {
                Some(mut tool) => {
                    tool.call_categories_by(&categories);
                    tools.push(tool);
                }
                None => problems.push(Problem::error(
                    "a tool without a name cannot be shown: add `name = \"…\"`",
                    nameless_place(id, &entries),
                )),
            }
        }
        tools.sort_by_cached_key(|t| (t.name.to_lowercase(), t.id.clone()));
        let by_id = tools.iter().enumerate().map(|(i, t)| (t.id.clone(), i)).collect();
        let mut by_name = BTreeMap::new();
        // A name wins over an id and an id over an alias, whichever tool has them.
        for (i, tool) in tools.iter().enumerate() {
            by_name.entry(tool.name.to_lowercase()).or_insert(i);
        }
        for (i, tool) in tools.iter().enumerate() {
            by_name.entry(tool.id.to_string()).or_insert(i);
        }
        for (i, tool) in tools.iter().enumerate() {
            for alias in &tool.aliases {
                by_name.entry(alias.to_lowercase()).or_insert(i);
            }
        }
        let newest_date = tools.iter().flat_map(Tool::dates).max();
        let mut pointing_at: BTreeMap<ToolId, Vec<(usize, usize)>> = BTreeMap::new();
        for (i, tool) in tools.iter().enumerate() {
            for (at, relation) in tool.relations.iter().enumerate() {
                pointing_at.entry(relation.target.clone()).or_default().push((i, at));
            }
        }
        (Self { tools, categories, hosts: Vec::new(), by_id, by_name, pointing_at, newest_date }, problems)
    }

    /// The same catalog, with what foundations ask of a project.
    pub fn with_hosts(self, hosts: Vec<Host>) -> Self {
        Self { hosts, ..self }
    }

    /// The foundations that a project can enter, in the order of their file.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// All tools by name, ignoring case.
    pub fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// The tool with this id.
    pub fn get(&self, id: &ToolId) -> Option<&Tool> {
        self.position(id).and_then(|i| self.tools.get(i))
    }

    /// The place of this tool in [`Catalog::tools`].
    pub fn position(&self, id: &ToolId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The tool with this name, id or alias (former names are aliases), ignoring case.
    pub fn find_by_name(&self, name: &str) -> Option<&Tool> {
        self.by_name.get(&name.trim().to_lowercase()).and_then(|i| self.tools.get(*i))
    }

    /// The relations of others that point at this tool, in the order of the others' names.
    pub fn pointing_at(&self, id: &ToolId) -> impl Iterator<Item = (&Tool, &Relation)> {
        self.pointing_at.get(id).into_iter().flatten().filter_map(|(i, at)| {
            let tool = self.tools.get(*i)?;
            Some((tool, tool.relations.get(*at)?))
        })
    }

    /// The categories, in the order of their file.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The category with this name, former name or id, as addresses give it.
    pub fn category(&self, name: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == name || c.is_called(name))
    }

    /// The category that the files of tools mean by this name, which may be that of a merged one.
    pub fn category_of_name(&self, name: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.is_called(name))
    }

    /// The tools of a category, those that are in it as well among them, in the order of their names.
    pub fn in_category<'a>(&'a self, category: &'a Category) -> impl Iterator<Item = &'a Tool> {
        self.tools.iter().filter(|t| t.is_in(&category.name))
    }

    /// How many tools serve each stage; every stage is there.
    pub fn stage_counts(&self) -> BTreeMap<Stage, usize> {
        let mut counts: BTreeMap<Stage, usize> = Stage::ALL.iter().map(|s| (*s, 0)).collect();
        for stage in self.tools.iter().flat_map(|t| &t.stages) {
            *counts.entry(*stage).or_default() += 1;
        }
        counts
    }

    /// The newest day on which anything in here was read, reviewed or seen.
    pub fn newest_date(&self) -> Option<Date> {
        self.newest_date
    }
}

/// Where the name is to be added: the file of the uppermost layer that has the tool.
fn nameless_place(id: &ToolId, entries: &[(Layer, &Entry)]) -> String {
    let folder = match entries.last() {
        Some((Layer::Workspace, _)) => "catalog/tools",
        _ => "tools",
    };
    format!("{folder}/{id}.toml:1")
}

/// Whether a claim is past the day until which it may be shown as fresh.
///
/// A claim without such a day is never stale: it is a draft, and shown as one.
pub fn is_stale(claim: &Claim, today: Date) -> bool {
    claim.stale_after.is_some_and(|last| last < today)
}
