//! A filter bound to a set of runs: keys are looked up and patterns made once, then each run costs a few comparisons.

use std::sync::Arc;

use regex::Regex;

use super::Filter;
use super::clause::{Aggregate, Attribute, Clause, DatasetPart, Expr, Op, Operand, Scalar, Value};
use super::like::{Like, Wanted, regex};
use super::mlflow::bounds;
use crate::runs::{Key, Run, RunSet};

/// The tags in which MLflow keeps names and programs.
const NAME_TAG: &str = "mlflow.runName";
const SOURCE_TAG: &str = "mlflow.source.name";

/// Numbers of all values of metrics, which a table of runs does not hold.
pub trait Aggregates {
    /// A number of a metric of the run at this place in [`RunSet::runs`]; none where it is not known.
    fn of(&self, row: u32, what: Aggregate, metric: &str) -> Option<f64>;
}

/// Nothing is known: `min(metrics.loss)` fits no run.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoAggregates;

impl Aggregates for NoAggregates {
    fn of(&self, _: u32, _: Aggregate, _: &str) -> Option<f64> {
        None
    }
}

/// What a filter needs to know besides the runs.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Microseconds since 1970, from which `-7d` is counted.
    pub now: i64,
    /// Where numbers of all values come from.
    pub aggregates: &'a dyn Aggregates,
}

impl Context<'_> {
    /// A time, and no numbers of all values.
    pub fn at(now: i64) -> Self {
        Self { now, aggregates: &NoAggregates }
    }
}

/// A comparison of numbers.
#[derive(Debug)]
enum Numbers {
    One(Op, f64),
    Range(f64, f64, bool),
    List(Vec<f64>, bool),
    /// Whether it is there.
    There(bool),
}

fn is_equal(value: f64, wanted: f64) -> bool {
    value == wanted || (value.is_nan() && wanted.is_nan())
}

impl Numbers {
    fn new(op: Op, value: &Value, number: impl Fn(&Scalar) -> f64) -> Self {
        match value {
            Value::None => Self::There(op == Op::IsNotNull),
            Value::One(one) => Self::One(op, number(one)),
            Value::Range(low, high) => Self::Range(number(low), number(high), op == Op::Between),
            Value::Many(list) => Self::List(list.iter().map(number).collect(), op == Op::In),
        }
    }

    fn fits(&self, value: Option<f64>) -> bool {
        let Some(value) = value else { return matches!(self, Self::There(false)) };
        // MLflow keeps an infinity as the number next to it, and compares that.
        let near = |wanted: f64| if wanted.is_finite() { value.clamp(f64::MIN, f64::MAX) } else { value };
        match self {
            Self::One(Op::Eq, wanted) => is_equal(near(*wanted), *wanted),
            Self::One(Op::Ne, wanted) => !is_equal(near(*wanted), *wanted),
            Self::One(Op::Lt, wanted) => near(*wanted) < *wanted,
            Self::One(Op::Le, wanted) => near(*wanted) <= *wanted,
            Self::One(Op::Gt, wanted) => near(*wanted) > *wanted,
            Self::One(Op::Ge, wanted) => near(*wanted) >= *wanted,
            Self::One(..) => false,
            Self::Range(low, high, true) => near(*low) >= *low && near(*high) <= *high,
            Self::Range(low, high, false) => near(*low) < *low || near(*high) > *high,
            Self::List(list, is_in) => list.iter().any(|wanted| is_equal(near(*wanted), *wanted)) == *is_in,
            Self::There(is_there) => *is_there,
        }
    }
}

/// A comparison of texts.
enum Texts {
    Equal(String, bool),
    Like(Like, bool),
    Regex(Option<Regex>, bool),
    List(Vec<Scalar>, bool),
    There(bool),
    /// Compared as numbers; a text that is none fits nothing.
    Numbers(Numbers),
}

fn number_of(scalar: &Scalar) -> f64 {
    match scalar {
        Scalar::Number(number) => *number,
        _ => f64::NAN,
    }
}

fn read_number(text: &str) -> Option<f64> {
    super::literal::number(text.trim())
}

impl Texts {
    fn new(op: Op, value: &Value) -> Self {
        match (op, value) {
            (_, Value::None) => Self::There(op == Op::IsNotNull),
            (Op::Eq | Op::Ne, Value::One(Scalar::Text(text))) => Self::Equal(text.clone(), op == Op::Eq),
            (Op::Like | Op::NotLike, Value::One(Scalar::Text(text))) => {
                Self::Like(Like::new(text, false), op == Op::Like)
            }
            (Op::Ilike | Op::NotIlike, Value::One(Scalar::Text(text))) => {
                Self::Like(Like::new(text, true), op == Op::Ilike)
            }
            (Op::Rlike | Op::NotRlike, Value::One(Scalar::Text(text))) => {
                Self::Regex(regex(text).ok(), op == Op::Rlike)
            }
            (_, Value::Many(list)) => Self::List(list.clone(), op == Op::In),
            _ => Self::Numbers(Numbers::new(op, value, number_of)),
        }
    }

    fn fits(&self, text: Option<&str>) -> bool {
        let Some(text) = text else { return matches!(self, Self::There(false)) };
        match self {
            Self::Equal(wanted, is_equal) => (text == wanted) == *is_equal,
            Self::Like(like, fits) => like.fits(text) == *fits,
            Self::Regex(Some(regex), fits) => regex.is_match(text) == *fits,
            Self::Regex(None, _) => false,
            Self::List(list, is_in) => {
                let is_one = |scalar: &Scalar| match scalar {
                    Scalar::Text(wanted) => text == wanted,
                    Scalar::Number(wanted) => read_number(text).is_some_and(|value| is_equal(value, *wanted)),
                    Scalar::Time(..) | Scalar::Span(_) => false,
                };
                list.iter().any(is_one) == *is_in
            }
            Self::There(is_there) => *is_there,
            Self::Numbers(numbers) => read_number(text).is_some_and(|value| numbers.fits(Some(value))),
        }
    }
}

/// A comparison of times, which count in milliseconds as MLflow's do.
enum Times {
    /// From the first on, until before the second; the operator says on which side.
    One(Op, i64, i64),
    Range([i64; 2], bool),
    List(Vec<(i64, i64)>, bool),
    Numbers(Numbers),
}

impl Times {
    fn new(op: Op, value: &Value, now: i64) -> Self {
        let is_number = |scalar: &Scalar| matches!(scalar, Scalar::Number(_));
        let of = |scalar: &Scalar| match scalar {
            Scalar::Number(ms) => Some((ms.ceil() as i64, ms.floor() as i64 + 1)),
            other => bounds(other, now),
        };
        match value {
            Value::One(one) if !is_number(one) => {
                let (from, to) = of(one).unwrap_or_default();
                Self::One(op, from, to)
            }
            Value::Range(low, high) if !(is_number(low) && is_number(high)) => {
                let [low, high] = [low, high].map(|one| of(one).unwrap_or_default());
                Self::Range([low.0, high.1], op == Op::Between)
            }
            Value::Many(list) => Self::List(list.iter().filter_map(of).collect(), op == Op::In),
            _ => Self::Numbers(Numbers::new(op, value, number_of)),
        }
    }

    fn fits(&self, ms: Option<i64>) -> bool {
        let Some(ms) = ms else { return matches!(self, Self::Numbers(Numbers::There(false))) };
        match self {
            Self::One(Op::Eq, from, to) => (*from..*to).contains(&ms),
            Self::One(Op::Ne, from, to) => !(*from..*to).contains(&ms),
            Self::One(Op::Lt, from, _) => ms < *from,
            Self::One(Op::Le, _, to) => ms < *to,
            Self::One(Op::Gt, _, to) => ms >= *to,
            Self::One(Op::Ge, from, _) => ms >= *from,
            Self::One(..) => false,
            Self::Range([from, to], is_between) => (*from..*to).contains(&ms) == *is_between,
            Self::List(list, is_in) => list.iter().any(|(from, to)| (*from..*to).contains(&ms)) == *is_in,
            Self::Numbers(numbers) => numbers.fits(Some(ms as f64)),
        }
    }
}

enum Test {
    Metric(Option<Key>, Numbers),
    Aggregate(Aggregate, String, Numbers),
    Param(Option<Key>, Texts),
    Tag(Option<Key>, Texts),
    /// The key is of the tag that holds it, where one does.
    Label(Attribute, Option<Key>, Texts),
    Start(Times),
    End(Times),
    Duration(Numbers),
    Dataset(DatasetPart, Texts),
    Anything(Wanted),
}

enum Node {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(Test),
}

/// A filter bound to a set.
pub struct Bound<'a> {
    set: &'a RunSet,
    aggregates: &'a dyn Aggregates,
    node: Node,
}

fn seconds(scalar: &Scalar) -> f64 {
    match scalar {
        Scalar::Span(micros) => *micros as f64 / 1e6,
        other => number_of(other),
    }
}

fn test(clause: &Clause, set: &RunSet, now: i64) -> Test {
    let Clause { field, op, value } = clause;
    let texts = || Texts::new(*op, value);
    match field {
        Operand::Metric(key) => Test::Metric(set.metric_key(key), Numbers::new(*op, value, number_of)),
        Operand::Aggregate(Aggregate::Last, key) => {
            Test::Metric(set.metric_key(key), Numbers::new(*op, value, number_of))
        }
        Operand::Aggregate(what, key) => {
            let key = set
                .metric_key(key)
                .and_then(|at| set.metric_keys.get(at as usize))
                .map_or(key.as_str(), |key| &**key);
            Test::Aggregate(*what, key.to_owned(), Numbers::new(*op, value, number_of))
        }
        Operand::Param(key) => Test::Param(set.param_key(key), texts()),
        Operand::Tag(key) => Test::Tag(set.tag_key(key), texts()),
        Operand::Attribute(Attribute::StartTime) => Test::Start(Times::new(*op, value, now)),
        Operand::Attribute(Attribute::EndTime) => Test::End(Times::new(*op, value, now)),
        Operand::Attribute(Attribute::Duration) => Test::Duration(Numbers::new(*op, value, seconds)),
        Operand::Attribute(attribute) => {
            let tag = match attribute {
                Attribute::RunName => set.tag_key(NAME_TAG),
                Attribute::Source => set.tag_key(SOURCE_TAG),
                _ => None,
            };
            Test::Label(*attribute, tag, texts())
        }
        Operand::Dataset(part) => Test::Dataset(*part, texts()),
        Operand::Anything => {
            let Value::One(Scalar::Text(text)) = value else { return Test::Anything(Wanted::new("")) };
            Test::Anything(Wanted::new(text))
        }
    }
}

impl Node {
    /// Whether it asks for what may have to be read first.
    fn is_dear(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_dear),
            Self::Not(part) => part.is_dear(),
            Self::Test(test) => matches!(test, Test::Aggregate(..)),
        }
    }
}

fn node(expr: &Expr, set: &RunSet, now: i64) -> Node {
    let each = |parts: &[Expr]| {
        let mut all: Vec<Node> = parts.iter().map(|part| node(part, set, now)).collect();
        all.sort_by_cached_key(Node::is_dear);
        all
    };
    match expr {
        Expr::And(parts) => Node::All(each(parts)),
        Expr::Or(parts) => Node::Any(each(parts)),
        Expr::Not(part) => Node::Not(Box::new(node(part, set, now))),
        Expr::Clause(clause) => Node::Test(test(clause, set, now)),
    }
}

fn told(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// A text that every run may have; `tag` holds it where a tracker says it so.
pub(super) fn label<'a>(
    attribute: Attribute,
    tag: Option<Key>,
    set: &'a RunSet,
    run: &'a Run,
) -> Option<&'a str> {
    let tag = || tag.and_then(|key| run.tag(key)).map(|text| &**text);
    let experiment = || set.experiments.get(run.experiment as usize);
    match attribute {
        Attribute::RunId => Some(&*run.id),
        Attribute::RunName => tag().or_else(|| told(&run.name)),
        Attribute::Status => Some(run.status.word()),
        Attribute::UserId => run.user.as_deref(),
        Attribute::ArtifactUri => run.artifact_uri.as_deref(),
        Attribute::Experiment => experiment().and_then(|one| told(&one.name)),
        Attribute::ExperimentId => experiment().and_then(|one| told(&one.id)),
        Attribute::Parent => run.parent.as_deref(),
        Attribute::Source => tag(),
        Attribute::StartTime | Attribute::EndTime | Attribute::Duration => None,
    }
}

impl Test {
    fn fits(&self, bound: &Bound<'_>, row: u32, run: &Run) -> bool {
        let set = bound.set;
        let text = |found: Option<&'_ Arc<str>>, texts: &Texts| texts.fits(found.map(|text| &**text));
        match self {
            Self::Metric(key, numbers) => numbers.fits(key.and_then(|key| run.metric(key))),
            Self::Aggregate(what, key, numbers) => numbers.fits(bound.aggregates.of(row, *what, key)),
            Self::Param(key, texts) => text(key.and_then(|key| run.param(key)), texts),
            Self::Tag(key, texts) => text(key.and_then(|key| run.tag(key)), texts),
            Self::Label(attribute, tag, texts) => texts.fits(label(*attribute, *tag, set, run)),
            Self::Start(times) => times.fits(set.start_ms(run)),
            Self::End(times) => times.fits(set.end_ms(run)),
            Self::Duration(numbers) => numbers.fits(run.duration().map(|micros| micros as f64 / 1e6)),
            Self::Dataset(part, texts) => {
                let mut found = run.datasets.iter().filter_map(|dataset| match part {
                    DatasetPart::Name => told(&dataset.name),
                    DatasetPart::Digest => told(&dataset.digest),
                    DatasetPart::Context => told(&dataset.context),
                });
                match texts {
                    Texts::There(false) => found.next().is_none(),
                    texts => found.any(|text| texts.fits(Some(text))),
                }
            }
            Self::Anything(wanted) => {
                let values = run.params.iter().chain(&run.tags);
                wanted.is_in(&run.name)
                    || wanted.is_in(&run.id)
                    || wanted.is_in(run.experiment_name(set))
                    || values.map(|(_, text)| text).any(|text| wanted.is_in(text))
            }
        }
    }
}

impl Bound<'_> {
    /// Whether the run at this place in [`RunSet::runs`] fits; false where there is none.
    pub fn matches(&self, row: u32) -> bool {
        self.set.runs.get(row as usize).is_some_and(|run| self.fits(&self.node, row, run))
    }

    fn fits(&self, node: &Node, row: u32, run: &Run) -> bool {
        match node {
            Node::All(parts) => parts.iter().all(|part| self.fits(part, row, run)),
            Node::Any(parts) => parts.iter().any(|part| self.fits(part, row, run)),
            Node::Not(part) => !self.fits(part, row, run),
            Node::Test(test) => test.fits(self, row, run),
        }
    }

    /// The places of all runs that fit, in their order.
    pub fn rows(&self) -> Vec<u32> {
        (0..self.set.runs.len() as u32).filter(|row| self.matches(*row)).collect()
    }
}

impl Filter {
    /// Makes it ready for a set.
    pub fn bind<'a>(&self, set: &'a RunSet, context: &Context<'a>) -> Bound<'a> {
        Bound { set, aggregates: context.aggregates, node: node(&self.expr, set, context.now) }
    }

    /// The places in [`RunSet::runs`] of all runs that fit, in their order.
    pub fn rows(&self, set: &RunSet, context: &Context<'_>) -> Vec<u32> {
        self.bind(set, context).rows()
    }
}
