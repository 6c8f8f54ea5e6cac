//! Filters as texts, each in one way that is read back as the same.

use std::fmt;

use super::clause::{Clause, Expr, Op, Operand, Scalar, Value};
use super::literal::{number_text, span_text, time_text};
use super::{Filter, mlflow};

/// Whether a text is what stands between two quotes: each quote in it is doubled, or has a backslash before it, as it is.
fn is_held(text: &str, quote: char) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == quote || letter == '\\' {
            let next = letters.next_if_eq(&quote);
            if next.is_none() && (letter == quote || letters.peek().is_none()) {
                return false;
            }
        }
    }
    true
}

/// A text in the plainest quotes that hold it.
pub(super) fn quoted(text: &str) -> String {
    if is_held(text, '\'') {
        format!("'{text}'")
    } else if is_held(text, '"') {
        format!("\"{text}\"")
    } else {
        escaped(text)
    }
}

/// A text of a list: a backslash says something there.
pub(super) fn listed(text: &str) -> String {
    let is_odd = text.contains(['\\', '\n', '\r']) || (text.contains('\'') && text.contains('"'));
    let quote = if text.contains('\'') { '"' } else { '\'' };
    if is_odd { escaped(text) } else { format!("{quote}{text}{quote}") }
}

fn escaped(text: &str) -> String {
    let mut out = "E'".to_owned();
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            letter => out.push(letter),
        }
    }
    out.push('\'');
    out
}

/// A key, in quotes where it needs them.
pub(super) fn key(key: &str) -> String {
    let is_odd = |quote: char| key.contains(quote);
    let is_bare = !key.is_empty() && !key.contains(['`', '"']) && !key.ends_with('.') && mlflow::is_key(key);
    if is_bare {
        key.to_owned()
    } else if !is_odd('`') {
        format!("`{key}`")
    } else if !is_odd('"') && is_held(key, '"') && !(key.starts_with('`') && key.ends_with('`')) {
        format!("\"{key}\"")
    } else {
        escaped(key)
    }
}

/// The left side of a comparison.
pub(super) fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Metric(name) => format!("metrics.{}", key(name)),
        Operand::Aggregate(what, name) => format!("{}(metrics.{})", what.word(), key(name)),
        Operand::Param(name) => format!("params.{}", key(name)),
        Operand::Tag(name) => format!("tags.{}", key(name)),
        Operand::Attribute(attribute) => attribute.word().to_owned(),
        Operand::Dataset(part) => format!("dataset.{}", part.word()),
        Operand::Anything => String::new(),
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&operand(self))
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Text(text) => quoted(text),
            Self::Number(number) => number_text(*number),
            Self::Time(micros, precision) => format!("'{}'", time_text(*micros, *precision)),
            Self::Span(micros) => span_text(*micros),
        })
    }
}

/// Words that say something else where a word is looked for.
const RESERVED: [&str; 10] = ["and", "or", "not", "in", "is", "like", "ilike", "rlike", "between", "null"];

/// A word that is looked for, bare where it cannot be taken for anything else.
fn looked_for(text: &str) -> String {
    let is_bare = text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        && !RESERVED.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_bare { text.to_owned() } else { quoted(text) }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, op, value } = self;
        match value {
            Value::One(Scalar::Text(text)) if *op == Op::Contains => f.write_str(&looked_for(text)),
            Value::None => write!(f, "{field} {}", op.word()),
            Value::One(scalar) => write!(f, "{field} {} {scalar}", op.word()),
            Value::Range(low, high) => write!(f, "{field} {} {low} AND {high}", op.word()),
            Value::Many(list) => {
                write!(f, "{field} {} (", op.word())?;
                for (at, scalar) in list.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    match scalar {
                        Scalar::Text(text) => f.write_str(&listed(text))?,
                        other => write!(f, "{other}")?,
                    }
                }
                f.write_str(")")
            }
        }
    }
}

/// Writes parts with a word between them, those in parentheses that need them.
fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], word: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            write!(f, " {word} ")?;
        }
        if matches!(part, Expr::Or(_) | Expr::And(_)) { write!(f, "({part})") } else { write!(f, "{part}") }?;
    }
    Ok(())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => joined(f, parts, "AND"),
            Self::Or(parts) => joined(f, parts, "OR"),
            Self::Not(part) if matches!(**part, Self::And(_) | Self::Or(_)) => write!(f, "NOT ({part})"),
            Self::Not(part) => write!(f, "NOT {part}"),
            Self::Clause(clause) => write!(f, "{clause}"),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}
