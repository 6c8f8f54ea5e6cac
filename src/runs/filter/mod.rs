//! Which runs somebody asks for: MLflow's search grammar exactly, and more than it.
//!
//! A filter is a chain of conditions such as `metrics.loss < 0.1 AND params.model LIKE 'res%'`. [`Grammar::Mlflow`] takes what
//! MLflow's own search takes and refuses what that refuses. [`Grammar::Extended`] takes all of it with the same answers, and
//! besides: `OR`, `NOT`, parentheses, `RLIKE`, `BETWEEN`, `IN` and `IS NULL` of everything, parameters and tags compared as
//! numbers, `min(metrics.loss)`, `duration > 10m`, `start_time > -7d`, and bare words, which are looked for in names, ids,
//! experiments, parameters and tags.
//!
//! Metrics compare by their latest value, an infinity as the greatest number that is none, as MLflow keeps it; only `inf` and
//! numbers beyond all others mean an infinity itself. What a run does not have fits no comparison, not even `!=`, and NaN fits
//! only `!=`. `NOT` turns the answer as a whole, so `NOT params.lr = '1'` is also true of runs without that parameter.

mod bound;
mod clause;
mod complete;
mod error;
mod lexer;
mod like;
mod literal;
mod mlflow;
mod names;
mod order;
mod parser;
mod read;
mod text;
mod value;

pub use bound::{Aggregates, Bound, Context, NoAggregates};
pub use clause::{
    ATTRIBUTES, Aggregate, Attribute, Clause, DatasetPart, Kind, Op, Operand, Precision, Scalar, Value,
};
pub use complete::{Suggestion, SuggestionKind, complete};
pub use error::FilterError;
pub use mlflow::ServerPart;
pub use read::{ReadAggregates, ReadSeries};

use clause::Expr;

use names::nearest_key;

use super::RunSet;

/// What a filter may say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grammar {
    /// What MLflow's search takes, and nothing else.
    Mlflow,
    /// That and more.
    #[default]
    Extended,
}

/// Conditions that runs fit or not. As a text it is written in one way, whatever way it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    expr: Expr,
}

impl Default for Filter {
    /// What every run fits; as a text it is empty.
    fn default() -> Self {
        Self { expr: Expr::And(Vec::new()) }
    }
}

impl std::str::FromStr for Filter {
    type Err = FilterError;

    /// In the extended grammar.
    fn from_str(text: &str) -> Result<Self, FilterError> {
        Self::parse(text, Grammar::Extended)
    }
}

impl Filter {
    /// Reads a filter. The error tells where it begins to make no sense, or what MLflow does not take.
    pub fn parse(text: &str, grammar: Grammar) -> Result<Self, FilterError> {
        parser::parse(text, grammar).map(|expr| Self { expr })
    }

    /// Whether every run fits, since nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.expr == Expr::And(Vec::new())
    }

    /// Its conditions where it is a plain chain of AND; none where it has OR or NOT.
    pub fn clauses(&self) -> Option<Vec<Clause>> {
        let one = |expr: &Expr| match expr {
            Expr::Clause(clause) => Some(clause.clone()),
            _ => None,
        };
        match &self.expr {
            Expr::And(parts) => parts.iter().map(one).collect(),
            other => one(other).map(|clause| vec![clause]),
        }
    }

    /// All of these conditions. An error where one of them makes no sense, such as a metric that is compared with a text; its
    /// place is that in the text of all.
    pub fn from_clauses(clauses: Vec<Clause>) -> Result<Self, FilterError> {
        let filter = Self { expr: Expr::all(clauses.into_iter().map(Expr::Clause).collect()) };
        Self::parse(&filter.to_string(), Grammar::Extended)
    }

    /// The metrics of which it asks more than the latest value, each once.
    pub fn aggregated(&self) -> Vec<(Aggregate, String)> {
        let mut found = Vec::new();
        self.expr.each(&mut |clause| {
            if let Operand::Aggregate(what, key) = &clause.field {
                let one = (*what, key.clone());
                if *what != Aggregate::Last && !found.contains(&one) {
                    found.push(one);
                }
            }
        });
        found
    }

    /// What it names that no run has, each with the most similar names that some run has, at most three.
    pub fn unknown(&self, set: &RunSet) -> Vec<(String, Vec<String>)> {
        let mut unknown: Vec<(String, Vec<String>)> = Vec::new();
        self.expr.each(&mut |clause| {
            let (key, names, found) = match &clause.field {
                Operand::Metric(key) | Operand::Aggregate(_, key) => {
                    (key, &set.metric_keys, set.metric_key(key))
                }
                Operand::Param(key) => (key, &set.param_keys, set.param_key(key)),
                Operand::Tag(key) => (key, &set.tag_keys, set.tag_key(key)),
                Operand::Attribute(_) | Operand::Dataset(_) | Operand::Anything => return,
            };
            let of = |key: &str| text::operand(&clause.field.with_key(key));
            let word = of(key);
            if found.is_none() && !unknown.iter().any(|(known, _)| *known == word) {
                unknown.push((word, nearest_key(key, names).into_iter().map(of).collect()));
            }
        });
        unknown
    }
}
