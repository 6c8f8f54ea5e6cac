//! What a table of runs shows: which rows, in which order, and which columns, with what is the same in all of them.

mod scan;

use std::ops::Range;

use scan::Scan;

use super::filter::Context;
use super::group::{Statistics, statistics};
use super::{Field, Filter, Grouping, Key, NamedGroup, OrderKey, Run, RunSet, cell};

/// Which columns a table has. Those that nobody chose follow by themselves, the most common first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnWish {
    /// Columns that were chosen; they come first, in this order.
    pub chosen: Vec<Field>,
    /// Columns that were put away.
    pub hidden: Vec<Field>,
    /// Whether only the chosen ones are there.
    pub only_chosen: bool,
    /// Whether parameters and metrics that are the same in all rows are left out, unless they were chosen.
    pub without_constant: bool,
}

/// Which runs a table shows, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableWish {
    /// Only runs of this experiment.
    pub experiment: Option<String>,
    /// Only runs that fit.
    pub filter: Filter,
    /// The most significant key first.
    pub order: Vec<OrderKey>,
    /// By what they are put together.
    pub grouping: Grouping,
    /// The columns.
    pub columns: ColumnWish,
}

/// A column of a table of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// What it shows.
    pub field: Field,
    /// The word for it, see [`Field::word`].
    pub word: String,
    /// Its key where it is a metric, a parameter or a tag that some run has.
    pub key: Option<Key>,
    /// Least and greatest finite number in its cells; none where they hold other texts or fewer than two numbers, and where
    /// nothing asks for it: a column is chosen, or rows are put together.
    pub range: Option<(f64, f64)>,
    /// Whether it was chosen.
    pub is_chosen: bool,
}

impl TableColumn {
    /// The number in a run's cell, where it holds one.
    pub fn number(&self, run: &Run) -> Option<f64> {
        match &self.field {
            Field::Metric(_) => run.metric(self.key?),
            Field::Param(_) => cell::number(run.param(self.key?)?),
            _ => None,
        }
    }

    /// The text in a run's cell, where it is a parameter, a tag or an attribute of text.
    pub fn text<'a>(&self, set: &'a RunSet, run: &'a Run) -> Option<&'a str> {
        match &self.field {
            Field::Param(_) => run.param(self.key?).map(|text| &**text),
            Field::Tag(_) => run.tag(self.key?).map(|text| &**text),
            Field::Id => Some(&run.id),
            Field::Name => Some(&run.name),
            Field::Experiment => Some(run.experiment_name(set)),
            Field::Parent => run.parent.as_deref(),
            Field::ArtifactUri => run.artifact_uri.as_deref(),
            Field::UserId => run.user.as_deref(),
            _ => None,
        }
    }
}

/// Rows that were put together.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGroup {
    /// What they are called.
    pub label: String,
    /// Where they stand in [`Table::rows`].
    pub rows: Range<usize>,
    /// What the numbers of each column are like in it, in the order of [`Table::columns`]; none where no row has one.
    pub numbers: Vec<Option<Statistics>>,
}

/// A table of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Places in [`RunSet::runs`], in its order; group after group where there are some.
    pub rows: Vec<u32>,
    /// The groups; none where each run stands for itself.
    pub groups: Vec<TableGroup>,
    /// Its columns behind the name.
    pub columns: Vec<TableColumn>,
    /// How many columns are left out since they are the same in all rows.
    pub constant: usize,
}

impl Table {
    /// The rows and columns of a set; its cost grows with both. `context` is what the filter needs to know besides.
    pub fn of(set: &RunSet, wish: &TableWish, context: &Context<'_>) -> Self {
        let mut rows: Vec<u32> = (0..set.runs.len() as u32).collect();
        if let Some(experiment) = &wish.experiment {
            rows.retain(|row| set.runs[*row as usize].experiment_name(set) == experiment);
        }
        if !wish.filter.is_empty() {
            let bound = wish.filter.bind(set, context);
            rows.retain(|row| bound.matches(*row));
        }
        let rows = set.sorted(&rows, &wish.order);
        let named = named(set, &wish.grouping, &rows);
        let mut table = Self { rows, ..Self::default() };
        table.add_columns(set, &wish.columns, !named.is_empty());
        if !named.is_empty() {
            table.rows.clear();
        }
        for (label, rows) in named {
            let start = table.rows.len();
            let numbers = table.columns.iter().map(|column| numbers(set, column, &rows)).collect();
            table.rows.extend(rows);
            table.groups.push(TableGroup { label, rows: start..table.rows.len(), numbers });
        }
        table
    }

    fn add_columns(&mut self, set: &RunSet, wish: &ColumnWish, is_grouped: bool) {
        let is_chosen = |field: &Field| wish.chosen.contains(field);
        // Of others nobody looks at the range.
        let reads_numbers =
            |key: Key| is_grouped || is_chosen(&Field::Param(set.param_keys[key as usize].to_string()));
        // Without a wish for ranges or for what is the same nobody looks at all values.
        let is_needed = is_grouped || wish.without_constant || !wish.chosen.is_empty();
        let scan = Scan::of(set, if is_needed { &self.rows } else { &[] }, reads_numbers);
        for field in &wish.chosen {
            self.add(set, &scan, field.clone(), true);
        }
        if wish.only_chosen {
            return;
        }
        let filled = [
            (set.filled.status, Field::Status),
            (set.filled.duration, Field::Duration),
            (set.filled.start_time, Field::StartTime),
        ];
        let filled = filled.into_iter().filter(|(is_filled, _)| *is_filled).map(|(_, field)| (field, false));
        let values = set.columns.iter().map(|column| {
            let name = column.name.to_string();
            if column.is_metric {
                (Field::Metric(name), scan.has_constant_metric(column.key))
            } else {
                (Field::Param(name), scan.has_constant_param(column.key))
            }
        });
        for (field, is_constant) in filled.chain(values) {
            if wish.hidden.contains(&field) || is_chosen(&field) {
                continue;
            }
            if wish.without_constant && is_constant {
                self.constant += 1;
            } else {
                self.add(set, &scan, field, false);
            }
        }
    }

    fn add(&mut self, set: &RunSet, scan: &Scan<'_>, field: Field, is_chosen: bool) {
        if field == Field::Name {
            return;
        }
        let key = field.key(set);
        let range = match field {
            Field::Metric(_) => key.and_then(|key| scan.metric_range(key)),
            Field::Param(_) => key.and_then(|key| scan.param_range(key)),
            _ => None,
        };
        self.columns.push(TableColumn { word: field.word(), field, key, range, is_chosen });
    }
}

/// The groups; of seeds, those of a single run are one.
fn named(set: &RunSet, grouping: &Grouping, rows: &[u32]) -> Vec<NamedGroup> {
    let groups = grouping.groups(set, rows);
    if *grouping != Grouping::Seeds {
        return groups;
    }
    let (alone, mut groups): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, rows)| rows.len() == 1);
    let alone: Vec<u32> = alone.into_iter().flat_map(|(_, rows)| rows).collect();
    if !alone.is_empty() {
        groups.push(("parameters of their own".to_owned(), alone));
    }
    groups
}

/// What the numbers of a column are like in some rows; none where no row has one.
fn numbers(set: &RunSet, column: &TableColumn, rows: &[u32]) -> Option<Statistics> {
    // Of parameters only those that are numbers throughout; and what is the same everywhere needs no figures.
    let is_number = matches!(column.field, Field::Metric(_) | Field::Duration) || column.range.is_some();
    let runs = rows.iter().map(|row| set.runs.get(*row as usize));
    let values = runs.map(|run| match column.field {
        Field::Duration => run?.duration().map(|micros| micros as f64),
        _ => column.number(run?),
    });
    let found = is_number.then(|| statistics(values))?;
    (found.count > 0).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Keys;

    /// Three runs: `acc` 0.1, 0.5, NaN; `epochs` 3 in all; `lr` 0.1, 1e-3, none; `opt` adam, sgd, 7; `seed` 1 in all.
    fn set() -> RunSet {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let metrics = ["acc", "epochs"].map(|key| keys[0].place(key));
        let params = ["lr", "opt", "seed"].map(|key| keys[1].place(key));
        let run = |id: &str, acc: f64, lr: Option<&str>, opt: &str| {
            let mut own = vec![(params[1], opt.into()), (params[2], "1".into())];
            own.extend(lr.map(|lr| (params[0], lr.into())));
            let metrics = vec![(metrics[0], acc), (metrics[1], 3.0)];
            Run { metrics, params: own, ..Run::bare(id) }
        };
        let runs = vec![
            run("a", 0.1, Some("0.1"), "adam"),
            run("b", 0.5, Some("1e-3"), "sgd"),
            run("c", f64::NAN, None, "7"),
        ];
        RunSet::collected(Vec::new(), keys, runs)
    }

    fn words(table: &Table) -> Vec<String> {
        table.columns.iter().map(|column| column.field.word()).collect()
    }

    #[test]
    fn chosen_columns_come_first_and_hidden_ones_not_at_all() {
        let set = set();
        let wish = |chosen: &[&str], hidden: &[&str]| {
            let fields = |words: &[&str]| words.iter().filter_map(|word| Field::parse(word)).collect();
            TableWish {
                columns: ColumnWish {
                    chosen: fields(chosen),
                    hidden: fields(hidden),
                    ..ColumnWish::default()
                },
                ..TableWish::default()
            }
        };
        let all = ["status", "metrics.acc", "metrics.epochs", "params.opt", "params.seed", "params.lr"];
        assert_eq!(words(&Table::of(&set, &wish(&[], &[]), &Context::at(0))), all);
        let table = Table::of(
            &set,
            &wish(&["params.lr", "name", "tags.team", "id"], &["status", "params.opt"]),
            &Context::at(0),
        );
        let expected = ["params.lr", "tags.team", "id", "metrics.acc", "metrics.epochs", "params.seed"];
        assert_eq!(words(&table), expected);
        assert!(table.columns[2].is_chosen && !table.columns[3].is_chosen);
        let mut only = wish(&["params.lr"], &[]);
        only.columns.only_chosen = true;
        assert_eq!(words(&Table::of(&set, &only, &Context::at(0))), ["params.lr"]);
    }

    #[test]
    fn what_is_the_same_in_all_rows_can_be_left_out_but_not_what_was_chosen() {
        let set = set();
        let mut wish = TableWish::default();
        wish.columns.without_constant = true;
        let table = Table::of(&set, &wish, &Context::at(0));
        assert_eq!(words(&table), ["status", "metrics.acc", "params.opt", "params.lr"]);
        assert_eq!(table.constant, 2);
        wish.columns.chosen = vec![Field::Param("seed".to_owned())];
        assert_eq!(words(&Table::of(&set, &wish, &Context::at(0)))[0], "params.seed");
    }

    #[test]
    fn a_range_is_that_of_the_numbers_of_a_column_of_numbers() {
        let chosen = ["params.lr", "params.opt"].iter().filter_map(|word| Field::parse(word)).collect();
        let columns = ColumnWish { chosen, ..ColumnWish::default() };
        let table = Table::of(&set(), &TableWish { columns, ..TableWish::default() }, &Context::at(0));
        let range = |word: &str| {
            table.columns.iter().find(|column| column.field.word() == word).and_then(|column| column.range)
        };
        assert_eq!(range("metrics.acc"), Some((0.1, 0.5)), "NaN has no place in it");
        assert_eq!(range("metrics.epochs"), None, "there is nothing between equal numbers");
        assert_eq!(range("params.lr"), Some((0.001, 0.1)), "a missing one does not matter");
        assert_eq!(range("params.opt"), None, "two of them are words");
        assert_eq!(range("status"), None);
    }

    /// By hand: of 0.1 and 0.5 the mean is 0.3 and the deviation 0.4 / √2.
    #[test]
    fn rows_are_put_together_with_figures_for_each_column() {
        let set = set();
        let grouping = Grouping::parse(&["params.seed"]);
        let wish = TableWish { grouping, ..TableWish::default() };
        let table = Table::of(&set, &wish, &Context::at(0));
        assert_eq!((table.groups.len(), &table.groups[0].label[..]), (1, "seed 1"));
        assert_eq!(table.groups[0].rows, 0..3);
        let at = table.columns.iter().position(|column| column.word == "metrics.acc").unwrap();
        let found = table.groups[0].numbers[at].unwrap();
        assert_eq!((found.count, found.nan, found.min, found.max), (2, 1, Some(0.1), Some(0.5)));
        assert!((found.mean.unwrap() - 0.3).abs() < 1e-12);
        assert!((found.std.unwrap() - 0.4 / 2.0_f64.sqrt()).abs() < 1e-12);
        let by_opt = TableWish { grouping: Grouping::parse(&["params.opt"]), ..TableWish::default() };
        let table = Table::of(&set, &by_opt, &Context::at(0));
        let labels: Vec<&str> = table.groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(labels, ["opt 7", "opt adam", "opt sgd"]);
        assert_eq!(table.rows, [2, 0, 1]);
    }
}
