//! The searchable form of a catalog: lower-case texts, and a set of rows for each value of each facet.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::bits::Bits;
use super::facet::{Judged, Value};
use super::facets::{Facets, Vocabulary};
use super::matching::{Hits, Rank, Texts};
use super::{Context, Facet, Query, Wish};
use crate::catalog::collection::Catalog;
use crate::catalog::tool::Tool;

/// The searchable form of a catalog, built once per catalog.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// How many tools there are.
    count: usize,
    texts: Texts,
    vocabulary: Arc<Vocabulary>,
    /// Beside the vocabulary's values: who has each. Empty for what depends on the [`Context`].
    sets: Vec<Bits>,
    /// Each tool's first day on which a claim of it is stale is the one after this one; in order.
    last_fresh: Vec<(Date, usize)>,
}

impl Index {
    /// Prepares a catalog for searching.
    pub fn new(catalog: &Catalog) -> Self {
        let tools = catalog.tools();
        let mut has: BTreeMap<Value, Vec<usize>> = Value::closed().map(|value| (value, Vec::new())).collect();
        let mut last_fresh = Vec::new();
        for (row, tool) in tools.iter().enumerate() {
            for value in values_of(tool) {
                has.entry(value).or_default().push(row);
            }
            let first = tool.claims.iter().filter_map(|claim| claim.stale_after).min();
            last_fresh.extend(first.map(|day| (day, row)));
        }
        last_fresh.sort_unstable();
        let totals = has.iter().map(|(value, rows)| (value.clone(), rows.len())).collect();
        let vocabulary = Vocabulary::new(catalog, &totals);
        let set = |value: &Value| {
            let mut bits = Bits::none(tools.len());
            has.get(value).into_iter().flatten().for_each(|row| bits.add(*row));
            bits
        };
        let sets = vocabulary.values().iter().map(set).collect();
        Self {
            count: tools.len(),
            texts: Texts::new(tools),
            vocabulary: Arc::new(vocabulary),
            sets,
            last_fresh,
        }
    }

    /// Every value of every facet.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The places in [`Catalog::tools`] of the tools that match, best first; in order of name without a text.
    pub fn search(&self, query: &Query, context: &Context<'_>) -> Vec<usize> {
        self.search_with_facets(query, context).0
    }

    /// The live counts beside each facet value; a facet's own counts ignore its own selection.
    pub fn facet_counts(&self, query: &Query, context: &Context<'_>) -> Facets {
        self.search_with_facets(query, context).1
    }

    /// Both at once, with one scan.
    pub fn search_with_facets(&self, query: &Query, context: &Context<'_>) -> (Vec<usize>, Facets) {
        let sets = Sets::new(self, context);
        let narrowed = Narrowed::new(query, &sets);
        let (rows, matching) = match self.texts.ranks(&query.text) {
            None => (narrowed.rows.rows().collect(), narrowed.reach),
            Some(ranks) => {
                let (mut hits, mut matching) = (Hits::default(), Bits::none(self.count));
                for row in narrowed.reach.rows().filter(|row| ranks[*row] != Rank::Nowhere) {
                    matching.add(row);
                    if narrowed.rows.has(row) {
                        hits.add(ranks[row], row);
                    }
                }
                (hits.into_rows(), matching)
            }
        };
        let under = |without: &Bits| {
            let mut bits = without.clone();
            bits.and(&matching);
            bits
        };
        let all = under(&narrowed.rows);
        let others: Vec<(Facet, Bits)> =
            narrowed.others.iter().map(|(facet, others)| (*facet, under(others))).collect();
        let counts = self.vocabulary.values().iter().enumerate().map(|(at, value)| {
            let own = others.iter().find(|(facet, _)| *facet == value.facet());
            sets.at(at, value).common(own.map_or(&all, |(_, bits)| bits))
        });
        (rows, Facets { counts: counts.collect(), vocabulary: Arc::clone(&self.vocabulary) })
    }
}

/// The sets of an index, with those that depend on the day and on the shortlist.
struct Sets<'a> {
    index: &'a Index,
    stale: Bits,
    shortlisted: Bits,
}

impl<'a> Sets<'a> {
    fn new(index: &'a Index, context: &Context<'_>) -> Self {
        let mut stale = Bits::none(index.count);
        let end = index.last_fresh.partition_point(|(last, _)| *last < context.today);
        index.last_fresh[..end].iter().for_each(|(_, row)| stale.add(*row));
        let mut shortlisted = Bits::none(index.count);
        context.shortlist.iter().for_each(|row| shortlisted.add(*row));
        Self { index, stale, shortlisted }
    }

    fn at(&self, place: usize, value: &Value) -> &Bits {
        match value {
            Value::Claims(Judged::Stale) => &self.stale,
            Value::Shortlisted => &self.shortlisted,
            _ => &self.index.sets[place],
        }
    }

    /// Nobody, for a value that the catalog does not have.
    fn of(&self, value: &Value) -> Option<&Bits> {
        self.index.vocabulary.place(value).map(|place| self.at(place, value))
    }
}

/// What the facets leave of the rows.
struct Narrowed {
    /// What all facets let through.
    rows: Bits,
    /// For each facet with a wish: what all the others let through.
    others: Vec<(Facet, Bits)>,
    /// What takes part in any count.
    reach: Bits,
}

impl Narrowed {
    fn new(query: &Query, sets: &Sets<'_>) -> Self {
        let count = sets.index.count;
        let mut passes: Vec<(Facet, Bits)> = Vec::new();
        for facet in Facet::ALL {
            let wishes = || query.of(facet);
            if wishes().next().is_none() {
                continue;
            }
            let wanted = || wishes().filter(|(_, wish)| *wish == Wish::Wanted);
            let mut pass = if wanted().next().is_some() { Bits::none(count) } else { Bits::all(count) };
            wanted().filter_map(|(value, _)| sets.of(value)).for_each(|set| pass.or(set));
            let excluded = wishes().filter(|(_, wish)| *wish == Wish::Excluded);
            excluded.filter_map(|(value, _)| sets.of(value)).for_each(|set| pass.without(set));
            passes.push((facet, pass));
        }
        let mut rows = Bits::all(count);
        for (_, pass) in &passes {
            rows.and(pass);
        }
        let others: Vec<(Facet, Bits)> = passes
            .iter()
            .map(|(facet, _)| {
                let mut bits = Bits::all(count);
                passes.iter().filter(|(other, _)| other != facet).for_each(|(_, pass)| bits.and(pass));
                (*facet, bits)
            })
            .collect();
        let mut reach = rows.clone();
        for (_, bits) in &others {
            reach.or(bits);
        }
        Self { rows, others, reach }
    }
}

/// Every value that a tool has, whatever the day; what nobody said of it is unknown.
fn values_of(tool: &Tool) -> Vec<Value> {
    let mut values: Vec<Value> = tool.stages.iter().map(|stage| Value::Stage(*stage)).collect();
    let mut texts = |list: Vec<&str>, make: fn(String) -> Value, otherwise: Option<&str>| {
        let otherwise = otherwise.filter(|_| list.is_empty());
        let mut list: Vec<Value> =
            list.into_iter().chain(otherwise).map(|text| make(text.to_owned())).collect();
        list.sort_unstable();
        list.dedup();
        values.append(&mut list);
    };
    let foundations = || tool.foundations.iter();
    texts(foundations().map(|f| f.org.as_str()).collect(), Value::Foundation, Some(Value::NONE));
    let maturity = foundations().map(|f| f.maturity.as_deref().unwrap_or(Value::UNKNOWN));
    texts(maturity.collect(), Value::Maturity, None);
    let unknown = Some(Value::UNKNOWN);
    let categories = tool.category.iter().chain(&tool.also_in);
    texts(categories.map(String::as_str).collect(), Value::Category, unknown);
    texts(tool.languages.iter().map(String::as_str).collect(), Value::Language, unknown);
    texts(tool.deploy.iter().map(String::as_str).collect(), Value::Deploy, unknown);
    values.extend([
        Value::License(tool.license_class()),
        Value::Kubernetes(tool.kubernetes.into()),
        Value::Gpu(tool.gpu.into()),
        Value::AirGap(tool.air_gap.into()),
        Value::Status(tool.status.status),
        Value::Claims(if tool.claims.is_empty() { Judged::None } else { Judged::Some }),
    ]);
    values
}
