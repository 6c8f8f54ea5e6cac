//! The address of a view over the filtered tools: `atlas:landscape/board?stage=serve&by=foundation`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::pairs::{Pairs, Written};
use super::{AddressError, tool_id};
use crate::address::{Folds, LandscapeLocation, LandscapeView, ToolColumns};
use crate::catalog::query::{Facet, NotAValue, Query};
use crate::catalog::{Column, Counting, Gap, GroupBy, SortBy, Stage, ToolId};

/// Keys beside those of the query.
const KEYS: [&str; 12] = [
    "sort", "order", "selected", "by", "count", "gap", "columns", "group", "fold", "folded", "unfolded",
    "ticked",
];

pub(super) fn write(tools: &LandscapeLocation, out: &mut Written) {
    out.0.push_str("landscape/");
    out.0.push_str(tools.view.id());
    if tools.by != GroupBy::default() {
        out.add("by", tools.by.id());
    }
    if tools.counting != Counting::default() {
        out.add("count", tools.counting.id());
    }
    if let Some(gap) = &tools.gap {
        out.add("gap", &format!("{}:{}", gap.stage.id(), gap.org));
    }
    for (key, value) in tools.query.pairs() {
        out.add(&key, value);
    }
    if let Some(columns) = &tools.columns {
        out.add_plain("columns", &columns.to_string());
    }
    out.add_list("sort", tools.sort.iter().map(ToString::to_string));
    out.add("group", tools.group.map_or("", GroupBy::id));
    out.add("fold", if tools.folds.all { "all" } else { "" });
    out.add_list(if tools.folds.all { "unfolded" } else { "folded" }, &tools.folds.except);
    let ticked: Vec<&str> = tools.ticked.iter().map(ToolId::as_str).collect();
    out.add_plain("ticked", &ticked.join(","));
    out.add("selected", tools.selected.as_ref().map_or("", ToolId::as_str));
}

/// The view that a path of the Landscape names: the table where it names none, nothing where it is another page.
pub(super) fn view_of(path: &str) -> Option<LandscapeView> {
    let word = path.strip_prefix("landscape")?;
    if word.is_empty() {
        return Some(LandscapeView::default());
    }
    LandscapeView::ALL.into_iter().find(|view| word.strip_prefix('/') == Some(view.id()))
}

pub(super) fn read(view: LandscapeView, pairs: &Pairs<'_>) -> Result<LandscapeLocation, AddressError> {
    let mut query = Query::default();
    for (key, value) in pairs.iter() {
        let taken = query.take_pair(key, value).map_err(|NotAValue| pairs.bad(key, value))?;
        if !taken && !KEYS.contains(&key) {
            let facets = Facet::ALL.into_iter().map(Facet::key);
            let known: Vec<&str> = ["text"].into_iter().chain(facets).chain(KEYS).collect();
            return Err(pairs.unknown(key, &known));
        }
    }
    let counting = |word: &str| Counting::BOTH.into_iter().find(|count| count.id() == word);
    let by = |word: &str| GroupBy::ALL.into_iter().find(|by| by.id() == word);
    Ok(LandscapeLocation {
        view,
        by: pairs.as_a("by", by)?.unwrap_or_default(),
        counting: pairs.as_a("count", counting)?.unwrap_or_default(),
        gap: pairs.as_a("gap", gap)?,
        query,
        sort: sort(pairs)?,
        columns: pairs.as_a("columns", |text| text.parse::<ToolColumns>().ok())?.map(Arc::new),
        group: pairs.as_a("group", by)?,
        folds: folds(pairs)?,
        ticked: Arc::new(ticked(pairs)?),
        selected: pairs.one("selected").map(|value| tool_id(value, pairs)).transpose()?,
    })
}

/// `serve:CNCF`: a stage, then the name of a foundation.
fn gap(value: &str) -> Option<Gap> {
    let (stage, org) = value.split_once(':').filter(|(_, org)| !org.is_empty())?;
    Some(Gap { stage: Stage::from_id(stage)?, org: org.to_owned() })
}

/// `sort=stage&sort=-claims`, or `sort=stage,-claims`; a column that comes again counts once. Addresses of before named
/// one column, `rank` among them, and told its direction by `order`.
fn sort(pairs: &Pairs<'_>) -> Result<Vec<SortBy>, AddressError> {
    let is_descending = |word: &str| match word {
        "asc" => Some(false),
        "desc" => Some(true),
        _ => None,
    };
    let turned = pairs.as_a("order", is_descending)?.unwrap_or_default();
    let mut order: Vec<SortBy> = Vec::new();
    for value in pairs.all("sort") {
        for word in value.split(',').filter(|word| !word.is_empty() && *word != "rank") {
            let by = SortBy::parse(word).ok_or_else(|| pairs.bad("sort", &value))?;
            if order.iter().all(|before| before.column != by.column) {
                order.push(by);
            }
        }
    }
    match order.first_mut() {
        Some(first) => first.descending ^= turned,
        None if turned => order.push(SortBy { column: Column::Name, descending: true }),
        None => {}
    }
    Ok(order)
}

/// `folded=Serve`, or `fold=all&unfolded=Serve`.
fn folds(pairs: &Pairs<'_>) -> Result<Folds, AddressError> {
    let all = pairs.as_a("fold", |word| (word == "all").then_some(true))?.unwrap_or_default();
    let except = pairs.all(if all { "unfolded" } else { "folded" });
    Ok(Folds { all, except: except.into_iter().filter(|title| !title.is_empty()).collect() })
}

/// `ticked=aim,mlflow`.
fn ticked(pairs: &Pairs<'_>) -> Result<BTreeSet<ToolId>, AddressError> {
    let lists = pairs.all("ticked");
    let ids = lists.iter().flat_map(|list| list.split(',')).filter(|id| !id.is_empty());
    ids.map(|id| tool_id(id, pairs)).collect()
}
