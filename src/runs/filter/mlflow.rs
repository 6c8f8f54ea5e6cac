//! What MLflow's own search takes, and the part of a filter that a server of it can do.

use super::clause::{Attribute, Clause, Expr, Op, Operand, Precision, Scalar, Value};
use super::literal::time_end;
use super::{Filter, Grammar};

/// Words that MLflow's parser takes for others, wherever they stand.
const TAKEN: [&str; 6] = ["case", "in", "values", "using", "from", "as"];

/// Whether MLflow compares this so.
pub(super) fn takes(operand: &Operand, op: Op) -> bool {
    let is_equal = matches!(op, Op::Eq | Op::Ne);
    let is_like = matches!(op, Op::Like | Op::Ilike);
    let is_order = matches!(op, Op::Gt | Op::Ge | Op::Lt | Op::Le);
    match operand {
        Operand::Metric(_) | Operand::Attribute(Attribute::StartTime | Attribute::EndTime) => {
            is_equal || is_order
        }
        Operand::Param(_) | Operand::Tag(_) => {
            is_equal || is_like || matches!(op, Op::IsNull | Op::IsNotNull)
        }
        Operand::Attribute(Attribute::RunId) | Operand::Dataset(_) => {
            is_equal || is_like || matches!(op, Op::In | Op::NotIn)
        }
        Operand::Attribute(attribute) => attribute.is_mlflow() && (is_equal || is_like),
        Operand::Aggregate(..) | Operand::Anything => false,
    }
}

/// How MLflow compares it, in words.
pub(super) fn ops(operand: &Operand) -> String {
    let words: Vec<&str> =
        Op::of(operand).iter().filter(|op| takes(operand, **op)).map(|op| op.word()).collect();
    words.join(", ")
}

/// Whether MLflow reads this as a number: digits with a point and an exponent, no plus sign, no word.
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let bare = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(bare);
    let mut rest = &bare[whole..];
    let mut part = None;
    if let Some(behind) = rest.strip_prefix('.') {
        let count = digits(behind);
        part = Some(count);
        rest = &behind[count..];
    }
    let has_exponent = rest.starts_with(['e', 'E']);
    if has_exponent {
        let power = &rest[1..];
        let behind = power.strip_prefix('-').unwrap_or(power);
        let count = digits(behind);
        return whole > 0 && part != Some(0) && count > 0 && count == behind.len();
    }
    rest.is_empty() && (whole > 0 || part.is_some_and(|count| count > 0))
}

/// The length of a number with an exponent that a text begins with, and behind which it goes on: MLflow sees its end there,
/// as in `1e3AND`.
pub(super) fn number_before(text: &str) -> Option<usize> {
    let exponent = text.find(['e', 'E'])?;
    let power = exponent + 1 + usize::from(text[exponent + 1..].starts_with('-'));
    let end = text[power..]
        .find(|letter: char| !letter.is_ascii_digit())
        .map_or(text.len(), |length| power + length);
    (end < text.len() && is_number(&text[..end])).then_some(end)
}

/// Whether MLflow takes this number for a time: none beyond 64 bits.
pub(super) fn is_time(text: &str) -> bool {
    is_number(text) && (text.contains(['.', 'e', 'E']) || text.parse::<i64>().is_ok())
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || letter == '_'
        || matches!(letter, '\u{c0}'..='\u{dc}' | '\u{e0}'..='\u{fc}')
}

/// Whether MLflow takes one bare part of a key.
fn is_bare_part(part: &str) -> bool {
    if !part.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return false;
    }
    if TAKEN.iter().any(|word| part.eq_ignore_ascii_case(word)) {
        return false;
    }
    // A point with a digit behind it begins a number, unless a letter is next.
    let mut letters = part.chars();
    match letters.next() {
        Some(first) if first.is_ascii_digit() => {}
        first => return !first.is_some_and(char::is_numeric),
    }
    let lower = part.to_ascii_lowercase();
    let is_hex =
        lower.strip_prefix("0x").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
    let is_float =
        lower[1..].strip_prefix('e').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    letters.next().is_some_and(is_letter) && !is_hex && !is_float
}

/// Whether MLflow takes a key as it is written: its parts bare or in quotes.
pub(super) fn is_key(raw: &str) -> bool {
    let mut rest = raw;
    loop {
        let quote = rest.chars().next().filter(|first| matches!(first, '`' | '"'));
        let part = match quote {
            Some(quote) => match rest[1..].rfind(quote) {
                Some(end) => end + 2,
                None => return false,
            },
            None => rest.find('.').unwrap_or(rest.len()),
        };
        if quote.is_none() && !is_bare_part(&rest[..part]) {
            return false;
        }
        match rest[part..].strip_prefix('.') {
            Some(behind) => rest = behind,
            None => return rest[part..].is_empty(),
        }
    }
}

/// What a server of MLflow can do of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerPart {
    /// A filter in MLflow's grammar that every run of the whole one passes; empty where it can do nothing.
    pub filter: String,
    /// Whether the answer is to be filtered again here.
    pub has_rest: bool,
}

/// A clause as MLflow's clauses; none where it has no such.
fn clauses(clause: &Clause, now: i64) -> Option<Vec<Clause>> {
    let Clause { field, op, value } = clause;
    let field = match field {
        Operand::Aggregate(super::Aggregate::Last, key) => Operand::Metric(key.clone()),
        other => other.clone(),
    };
    let with =
        |op: Op, scalar: &Scalar| Clause { field: field.clone(), op, value: Value::One(scalar.clone()) };
    let simple = match (op, value) {
        (Op::Between, Value::Range(low, high)) => vec![with(Op::Ge, low), with(Op::Le, high)],
        (Op::In, Value::Many(list)) if list.len() == 1 => vec![with(Op::Eq, &list[0])],
        (Op::NotIn, Value::Many(list)) if !takes(&field, *op) => {
            list.iter().map(|one| with(Op::Ne, one)).collect()
        }
        _ => vec![Clause { field: field.clone(), op: *op, value: value.clone() }],
    };
    let mut all = Vec::with_capacity(simple.len());
    for clause in simple {
        let is_time = matches!(&clause.field, Operand::Attribute(Attribute::StartTime | Attribute::EndTime));
        match &clause.value {
            Value::One(scalar @ (Scalar::Time(..) | Scalar::Span(_))) if is_time => {
                all.extend(times(&clause, scalar, now)?);
            }
            _ => all.push(clause),
        }
    }
    let is_taken = |clause: &Clause| {
        let is_sayable = match &clause.value {
            Value::One(Scalar::Text(_)) => !matches!(clause.field, Operand::Metric(_)),
            Value::One(Scalar::Number(_)) => !matches!(clause.field, Operand::Param(_) | Operand::Tag(_)),
            _ => true,
        };
        is_sayable && takes(&clause.field, clause.op)
    };
    all.iter().all(is_taken).then_some(all)
}

/// The bounds of a written time in milliseconds, the second behind its last one.
pub(super) fn bounds(scalar: &Scalar, now: i64) -> Option<(i64, i64)> {
    match scalar {
        Scalar::Time(micros, precision @ Precision::Instant) => {
            let from = micros.div_euclid(1_000);
            Some((from, time_end(from * 1_000, *precision).div_euclid(1_000)))
        }
        Scalar::Time(micros, precision) => {
            Some((micros.div_euclid(1_000), time_end(*micros, *precision).div_euclid(1_000)))
        }
        Scalar::Span(micros) => {
            let from = now.saturating_add(*micros).div_euclid(1_000);
            Some((from, from.saturating_add(1)))
        }
        Scalar::Text(_) | Scalar::Number(_) => None,
    }
}

fn times(clause: &Clause, scalar: &Scalar, now: i64) -> Option<Vec<Clause>> {
    let (from, to) = bounds(scalar, now)?;
    let one = |op: Op, ms: i64| Clause {
        field: clause.field.clone(),
        op,
        value: Value::One(Scalar::Number(ms as f64)),
    };
    Some(match clause.op {
        Op::Lt => vec![one(Op::Lt, from)],
        Op::Le => vec![one(Op::Lt, to)],
        Op::Gt => vec![one(Op::Ge, to)],
        Op::Ge => vec![one(Op::Ge, from)],
        Op::Eq => vec![one(Op::Ge, from), one(Op::Lt, to)],
        _ => return None,
    })
}

impl Filter {
    /// Whether MLflow takes it as it is written by `Display`.
    pub fn is_mlflow(&self) -> bool {
        Self::parse(&self.to_string(), Grammar::Mlflow).is_ok()
    }

    /// What a server of MLflow can do of it: the conditions of a chain of AND that MLflow has, times as milliseconds. `now` is
    /// microseconds since 1970.
    pub fn to_mlflow(&self, now: i64) -> ServerPart {
        let parts = match &self.expr {
            Expr::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let (mut taken, mut has_rest) = (Vec::new(), false);
        for part in parts {
            let Expr::Clause(clause) = part else {
                has_rest = true;
                continue;
            };
            let said = clauses(clause, now).and_then(|all| {
                // Not every text and key can be written in it.
                let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
                let is_same = texts.iter().zip(&all).all(|(text, clause)| {
                    let read = Self::parse(text, Grammar::Mlflow);
                    read.is_ok_and(|read| read.expr == Expr::Clause(clause.clone()))
                });
                is_same.then_some(texts)
            });
            match said {
                Some(texts) => taken.extend(texts),
                None => has_rest = true,
            }
        }
        ServerPart { filter: taken.join(" AND "), has_rest }
    }
}
