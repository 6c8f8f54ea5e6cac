//! What a filter asks of a run: one thing of it, how it is compared, and with what.

/// What every run has of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// Its id.
    RunId,
    /// Its name.
    RunName,
    /// What it says of itself, in the store's own word.
    Status,
    /// Who started it.
    UserId,
    /// Where its files lie.
    ArtifactUri,
    /// When it started.
    StartTime,
    /// When it ended.
    EndTime,
    /// How long it took.
    Duration,
    /// The name of its experiment.
    Experiment,
    /// The id of its experiment.
    ExperimentId,
    /// The id of the run that it belongs to.
    Parent,
    /// The program that ran: MLflow's tag `mlflow.source.name`.
    Source,
}

/// All attributes with the words that a filter writes, MLflow's own first.
pub const ATTRIBUTES: [(Attribute, &str); 12] = [
    (Attribute::RunId, "run_id"),
    (Attribute::RunName, "run_name"),
    (Attribute::Status, "status"),
    (Attribute::UserId, "user_id"),
    (Attribute::ArtifactUri, "artifact_uri"),
    (Attribute::StartTime, "start_time"),
    (Attribute::EndTime, "end_time"),
    (Attribute::Duration, "duration"),
    (Attribute::Experiment, "experiment"),
    (Attribute::ExperimentId, "experiment_id"),
    (Attribute::Parent, "parent"),
    (Attribute::Source, "source"),
];

impl Attribute {
    /// The word that a filter writes.
    pub fn word(self) -> &'static str {
        ATTRIBUTES.iter().find(|(attribute, _)| *attribute == self).map_or("", |(_, word)| word)
    }

    /// Whether MLflow searches it.
    pub fn is_mlflow(self) -> bool {
        self <= Self::EndTime
    }

    /// How it compares.
    pub fn kind(self) -> Kind {
        match self {
            Self::StartTime | Self::EndTime => Kind::Time,
            Self::Duration => Kind::Span,
            _ => Kind::Label,
        }
    }
}

/// One number of all values of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregate {
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The one of the first step.
    First,
    /// The one of the last step.
    Last,
}

impl Aggregate {
    /// All, by their words.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Min, "min"), (Self::Max, "max"), (Self::First, "first"), (Self::Last, "last")];

    /// The word that a filter writes.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, word)| word)
    }

    /// Of values in the order of their steps. NaN is neither the least nor the greatest; none where there is no value.
    pub fn of(self, values: &[f64]) -> Option<f64> {
        let numbers = || values.iter().copied().filter(|value| !value.is_nan());
        match self {
            Self::Min => numbers().reduce(f64::min),
            Self::Max => numbers().reduce(f64::max),
            Self::First => values.first().copied(),
            Self::Last => values.last().copied(),
        }
    }
}

/// What is told of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatasetPart {
    /// Its name.
    Name,
    /// What tells one state of its content from another.
    Digest,
    /// What it was used for.
    Context,
}

impl DatasetPart {
    /// All, by their words.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Name, "name"), (Self::Digest, "digest"), (Self::Context, "context")];

    /// The word that a filter writes.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, word)| word)
    }
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// The latest value of a metric.
    Metric(String),
    /// A number of all values of a metric.
    Aggregate(Aggregate, String),
    /// A parameter.
    Param(String),
    /// A tag.
    Tag(String),
    /// What every run has.
    Attribute(Attribute),
    /// Of any dataset that the run read.
    Dataset(DatasetPart),
    /// The name, the id, the experiment, and the values of all parameters and tags.
    Anything,
}

/// How something compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As a number.
    Number,
    /// As a text, or as a number where it is compared with one.
    Text,
    /// As a text only.
    Label,
    /// As a time.
    Time,
    /// As a length of time.
    Span,
}

impl Operand {
    /// How it compares.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Metric(_) | Self::Aggregate(..) => Kind::Number,
            Self::Param(_) | Self::Tag(_) => Kind::Text,
            Self::Attribute(attribute) => attribute.kind(),
            Self::Dataset(_) | Self::Anything => Kind::Label,
        }
    }
}

/// How it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Is equal.
    Eq,
    /// Is there, and is not equal.
    Ne,
    /// Is greater, or later.
    Gt,
    /// Is at least.
    Ge,
    /// Is less, or earlier.
    Lt,
    /// Is at most.
    Le,
    /// Fits a pattern in which `%` stands for any letters and `_` for one.
    Like,
    /// Is there and does not fit.
    NotLike,
    /// The same whatever the case of A to Z.
    Ilike,
    /// Is there and does not fit.
    NotIlike,
    /// Has a part that fits a regular expression.
    Rlike,
    /// Is there and has none.
    NotRlike,
    /// Is one of several.
    In,
    /// Is there and none of them.
    NotIn,
    /// Lies between two, or is one of them.
    Between,
    /// Lies below or above them.
    NotBetween,
    /// Is not there.
    IsNull,
    /// Is there.
    IsNotNull,
    /// Holds a text, whatever the case; of [`Operand::Anything`] only.
    Contains,
}

impl Op {
    /// How a filter writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Like => "LIKE",
            Self::NotLike => "NOT LIKE",
            Self::Ilike => "ILIKE",
            Self::NotIlike => "NOT ILIKE",
            Self::Rlike => "RLIKE",
            Self::NotRlike => "NOT RLIKE",
            Self::In => "IN",
            Self::NotIn => "NOT IN",
            Self::Between => "BETWEEN",
            Self::NotBetween => "NOT BETWEEN",
            Self::IsNull => "IS NULL",
            Self::IsNotNull => "IS NOT NULL",
            Self::Contains => "",
        }
    }

    /// Those that suit what is compared, the most used first.
    pub fn of(operand: &Operand) -> &'static [Self] {
        const ORDERED: &[Op] = &[
            Op::Lt,
            Op::Gt,
            Op::Le,
            Op::Ge,
            Op::Eq,
            Op::Ne,
            Op::Between,
            Op::NotBetween,
            Op::In,
            Op::NotIn,
            Op::IsNotNull,
            Op::IsNull,
        ];
        const TEXTS: &[Op] = &[
            Op::Eq,
            Op::Ne,
            Op::Like,
            Op::Ilike,
            Op::In,
            Op::NotIn,
            Op::Lt,
            Op::Gt,
            Op::Le,
            Op::Ge,
            Op::Between,
            Op::NotBetween,
            Op::Rlike,
            Op::NotLike,
            Op::NotIlike,
            Op::NotRlike,
            Op::IsNotNull,
            Op::IsNull,
        ];
        const LABELS: &[Op] = &[
            Op::Eq,
            Op::Ne,
            Op::Like,
            Op::Ilike,
            Op::In,
            Op::NotIn,
            Op::Rlike,
            Op::NotLike,
            Op::NotIlike,
            Op::NotRlike,
            Op::IsNotNull,
            Op::IsNull,
        ];
        match (operand, operand.kind()) {
            (Operand::Anything, _) => &[Self::Contains],
            (_, Kind::Number | Kind::Time | Kind::Span) => ORDERED,
            (_, Kind::Text) => TEXTS,
            (_, Kind::Label) => LABELS,
        }
    }

    /// Whether one value is above, below or beside another.
    pub(super) fn is_order(self) -> bool {
        matches!(self, Self::Gt | Self::Ge | Self::Lt | Self::Le | Self::Between | Self::NotBetween)
    }

    /// Whether what follows is a pattern.
    pub(super) fn is_pattern(self) -> bool {
        matches!(
            self,
            Self::Like | Self::NotLike | Self::Ilike | Self::NotIlike | Self::Rlike | Self::NotRlike
        )
    }
}

/// How much time a written time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// A month: `2026-11`.
    Month,
    /// A day: `2026-11-01`.
    Day,
    /// A second or less, to the millisecond: `2026-11-01T08:30:00Z`.
    Instant,
}

/// One value.
#[derive(Clone, Debug)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number. Of a time it is milliseconds since 1970, of a duration seconds.
    Number(f64),
    /// A time in UTC: microseconds since 1970 at which it begins.
    Time(i64, Precision),
    /// A length of time in microseconds; of a time it is counted from now, and mostly negative.
    Span(i64),
}

impl PartialEq for Scalar {
    /// As they are written: NaN is NaN.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b).is_eq() || (a.is_nan() && b.is_nan()),
            (Self::Time(a, of_a), Self::Time(b, of_b)) => (a, of_a) == (b, of_b),
            (Self::Span(a), Self::Span(b)) => a == b,
            _ => false,
        }
    }
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `IS NULL` and `IS NOT NULL`.
    None,
    /// One value.
    One(Scalar),
    /// One of several: `IN`, at least one.
    Many(Vec<Scalar>),
    /// Two: `BETWEEN`.
    Range(Scalar, Scalar),
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What is compared.
    pub field: Operand,
    /// How.
    pub op: Op,
    /// With what.
    pub value: Value,
}

/// Conditions put together.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// All of them; of none it is always so. Never one alone, and none that is one of these itself.
    And(Vec<Self>),
    /// One of them at least; never one alone, and none that is one of these itself.
    Or(Vec<Self>),
    /// Not this one.
    Not(Box<Self>),
    /// One condition.
    Clause(Clause),
}

impl Expr {
    /// All of these.
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::And(flat) }
    }

    /// One of these at least.
    pub fn any(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::Or(flat) }
    }

    /// Every condition, from left to right.
    pub fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Clause)) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.each(see)),
            Self::Not(part) => part.each(see),
            Self::Clause(clause) => see(clause),
        }
    }
}
