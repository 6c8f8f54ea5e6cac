//! Orders in MLflow's own words, with what MLflow refuses.

use super::clause::{Attribute, Operand};
use super::error::FilterError;
use super::lexer::{TokenKind, tokens};
use super::names::named;
use crate::runs::{Field, OrderKey};

fn one(text: &str) -> Result<OrderKey, FilterError> {
    let refused = |message: &str| {
        FilterError::new(0..text.len(), message).hint("write metrics.KEY DESC or start_time ASC")
    };
    let tokens = tokens(text);
    let [name, rest @ ..] = tokens.as_slice() else { return Err(refused("nothing stands here to order by")) };
    if name.at.start > 0 || tokens.last().is_some_and(|last| last.at.end < text.len()) {
        return Err(refused("MLflow takes no spaces around what it orders by"));
    }
    if !matches!(name.kind, TokenKind::Word | TokenKind::Quoted) || text.starts_with('\'') {
        return Err(refused("runs are ordered by a name"));
    }
    let descending = match rest {
        [] => false,
        [word] if text[word.at.clone()].eq_ignore_ascii_case("asc") => false,
        [word] if text[word.at.clone()].eq_ignore_ascii_case("desc") => true,
        [word, ..] => {
            let message = format!("{} is no direction", &text[word.at.clone()]);
            return Err(FilterError::new(word.at.start..text.len(), message)
                .hint("write ASC or DESC, and nothing more"));
        }
    };
    let raw = &text[name.at.clone()];
    let named = named(raw, &name.at)?;
    if let Some(refused) = named.refused {
        return Err(refused);
    }
    let column = match named.operand {
        Operand::Metric(key) => Field::Metric(key),
        Operand::Param(key) => Field::Param(key),
        Operand::Tag(key) => Field::Tag(key),
        // Of a name with a space in it MLflow orders by none.
        Operand::Attribute(Attribute::RunName) if raw.contains(' ') => {
            return Err(refused("MLflow does not order by this spelling").hint("write run_name"));
        }
        Operand::Attribute(attribute) => match Field::parse(attribute.word()) {
            Some(column) => column,
            None => return Err(refused("MLflow does not order by this")),
        },
        Operand::Dataset(_) | Operand::Aggregate(..) | Operand::Anything => {
            return Err(refused("MLflow does not order by datasets"));
        }
    };
    Ok(OrderKey::mlflow(column, descending))
}

impl OrderKey {
    /// Reads MLflow's `order_by`: texts such as `metrics.loss DESC`. An error tells which of them is refused, and where in it.
    pub fn parse_mlflow(texts: &[&str]) -> Result<Vec<Self>, (usize, FilterError)> {
        let mut keys: Vec<Self> = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let key = one(text).map_err(|error| (at, error))?;
            if keys.iter().any(|known| known.is_of_same(&key)) {
                return Err((at, FilterError::new(0..text.len(), "MLflow orders by a thing only once")));
            }
            keys.push(key);
        }
        Ok(keys)
    }
}
