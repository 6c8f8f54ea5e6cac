//! Tools in groups, as a board or a grouped table shows them.

use std::collections::BTreeMap;

use super::collection::Catalog;
use super::tool::Tool;
use super::words::{LicenseClass, Stage, Status};

/// What tools are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// Category; a tool stands in its further ones as well.
    #[default]
    Category,
    /// Lifecycle stage; a tool stands in all of its stages.
    Stage,
    /// Foundation; a tool stands with each that hosts it.
    Foundation,
    /// Licence class.
    License,
    /// Programming language; a tool stands in all of its own.
    Language,
    /// Whether it is worked on.
    Status,
}

impl GroupBy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Category, Self::Stage, Self::Foundation, Self::License, Self::Language, Self::Status];

    /// The word in addresses and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Stage => "stage",
            Self::Foundation => "foundation",
            Self::License => "licence",
            Self::Language => "language",
            Self::Status => "status",
        }
    }

    /// The word for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Category => "Category",
            Self::Stage => "Stage",
            Self::Foundation => "Foundation",
            Self::License => "Licence",
            Self::Language => "Language",
            Self::Status => "Status",
        }
    }
}

/// Tools that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common: a name, or that it is not known.
    pub title: String,
    /// The stage whose hue the group has.
    pub stage: Option<Stage>,
    /// Places in [`Catalog::tools`], the best known first: judged ones, then the core ones, then by name.
    pub rows: Vec<usize>,
}

/// Where a group stands among the others: known before unknown, then by order, then by title.
type Key = (bool, usize, String);

/// Groups the tools at `rows`. A tool may stand in several groups; none stands in no group.
///
/// Categories come in the order of their stages, stages and licence classes in their own, foundations and languages by
/// how many tools they have.
pub fn groups(catalog: &Catalog, rows: &[usize], by: GroupBy) -> Vec<Group> {
    let mut found: BTreeMap<Key, (Option<Stage>, Vec<usize>)> = BTreeMap::new();
    for row in rows {
        let Some(tool) = catalog.tools().get(*row) else { continue };
        for (key, stage) in keys(catalog, tool, by) {
            found.entry(key).or_insert_with(|| (stage, Vec::new())).1.push(*row);
        }
    }
    let rank = |row: &usize| {
        let tool = &catalog.tools()[*row];
        (tool.claims.is_empty(), tool.tier.unwrap_or(u8::MAX), *row)
    };
    let mut groups: Vec<(bool, Group)> = found
        .into_iter()
        .map(|((is_unknown, _, title), (stage, mut rows))| {
            rows.sort_by_key(rank);
            (is_unknown, Group { title, stage, rows })
        })
        .collect();
    if matches!(by, GroupBy::Foundation | GroupBy::Language) {
        groups.sort_by_key(|(is_unknown, group)| (*is_unknown, std::cmp::Reverse(group.rows.len())));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The same groups, each with its tools in the order of `rows`.
pub fn groups_in_order(catalog: &Catalog, rows: &[usize], by: GroupBy) -> Vec<Group> {
    let mut places = vec![0; catalog.tools().len()];
    for (place, row) in rows.iter().enumerate() {
        if let Some(own) = places.get_mut(*row) {
            *own = place;
        }
    }
    let mut groups = groups(catalog, rows, by);
    for group in &mut groups {
        group.rows.sort_unstable_by_key(|row| places[*row]);
    }
    groups
}

fn keys(catalog: &Catalog, tool: &Tool, by: GroupBy) -> Vec<(Key, Option<Stage>)> {
    let known = |order: usize, title: &str| (false, order, title.to_owned());
    let mut keys: Vec<(Key, Option<Stage>)> = match by {
        GroupBy::Category => {
            let names = tool.category.iter().chain(&tool.also_in);
            names
                .map(|name| {
                    let category = catalog.category_of_name(name);
                    let stage = category.map(|category| category.stage);
                    let title = category.map_or(name.as_str(), |category| category.name.as_str());
                    (known(stage.map_or(usize::MAX, |stage| stage as usize), title), stage)
                })
                .collect()
        }
        GroupBy::Stage => {
            tool.stages.iter().map(|stage| (known(*stage as usize, stage.title()), Some(*stage))).collect()
        }
        GroupBy::Foundation => tool.foundations.iter().map(|host| (known(0, &host.org), None)).collect(),
        GroupBy::License => {
            let order = LicenseClass::ALL.iter().position(|class| *class == tool.license.class);
            vec![(known(order.unwrap_or(usize::MAX), tool.license.class.title()), None)]
        }
        GroupBy::Language => tool.languages.iter().map(|language| (known(0, language), None)).collect(),
        GroupBy::Status => {
            let status = tool.status.status;
            let is_known = status != Status::Unknown;
            is_known.then(|| (known(status as usize, status.title()), None)).into_iter().collect()
        }
    };
    keys.sort();
    keys.dedup();
    if keys.is_empty() {
        let title = match by {
            GroupBy::Category => "No category",
            GroupBy::Stage => "No stage",
            GroupBy::Foundation => "No foundation",
            GroupBy::License | GroupBy::Language | GroupBy::Status => "Not known",
        };
        keys.push(((true, 0, title.to_owned()), None));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Layer;
    use crate::catalog::entry::{Entry, Foundation, ToolId};

    fn catalog() -> Catalog {
        let tool = |id: &str, stages: &[Stage], org: &[&str], languages: &[&str]| {
            let mut entry = Entry::new(ToolId::new(id).unwrap());
            entry.name = Some(id.to_owned());
            entry.stages = Some(stages.to_vec());
            entry.languages = Some(languages.iter().map(|name| (*name).to_owned()).collect());
            let host = |org: &&str| Foundation { org: (*org).to_owned(), ..Foundation::default() };
            entry.foundations = Some(org.iter().map(host).collect());
            entry
        };
        let mut core = tool("z-core", &[Stage::Serve], &["LF AI & Data"], &["Go", "Python"]);
        core.tier = Some(1);
        let other = tool("a-other", &[Stage::Serve, Stage::Monitor], &[], &["Python"]);
        let third = tool("b-third", &[], &["CNCF", "LF AI & Data"], &[]);
        Catalog::new(Vec::new(), &[(Layer::Bundled, vec![core, other, third])]).0
    }

    fn told(by: GroupBy) -> Vec<String> {
        let catalog = catalog();
        let rows: Vec<usize> = (0..catalog.tools().len()).collect();
        let names = |group: Group| {
            let names: Vec<&str> = group.rows.iter().map(|row| catalog.tools()[*row].name.as_str()).collect();
            format!("{}: {}", group.title, names.join(" "))
        };
        groups(&catalog, &rows, by).into_iter().map(names).collect()
    }

    #[test]
    fn every_tool_stands_in_each_of_its_groups_and_in_at_least_one() {
        assert_eq!(told(GroupBy::Stage), ["Serve: z-core a-other", "Monitor: a-other", "No stage: b-third"]);
        assert_eq!(
            told(GroupBy::Foundation),
            ["LF AI & Data: z-core b-third", "CNCF: b-third", "No foundation: a-other"]
        );
        assert_eq!(told(GroupBy::Language), ["Python: z-core a-other", "Go: z-core", "Not known: b-third"]);
        assert_eq!(told(GroupBy::License), ["Unknown: z-core a-other b-third"]);
        assert_eq!(told(GroupBy::Status), ["Not known: z-core a-other b-third"]);
        assert_eq!(told(GroupBy::Category), ["No category: z-core a-other b-third"]);
    }

    #[test]
    fn a_group_can_keep_the_order_of_the_rows() {
        let catalog = catalog();
        for rows in [[0, 1, 2], [2, 1, 0]] {
            let groups = groups_in_order(&catalog, &rows, GroupBy::License);
            assert_eq!(groups.iter().map(|group| group.rows.clone()).collect::<Vec<_>>(), [rows.to_vec()]);
        }
    }
}
