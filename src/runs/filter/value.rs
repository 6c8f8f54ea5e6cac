//! The right side of a comparison: numbers, texts in quotes, times, lists.

use std::ops::Range;

use super::clause::{Attribute, Kind, Op, Operand, Scalar, Value};
use super::error::FilterError;
use super::lexer::{Token, TokenKind};
use super::names::named;
use super::parser::{Parser, escaped, unclosed};
use super::{like, literal, mlflow, text};

/// A text that MLflow reads as one of a list: as Python does.
fn listed(inner: &str, quote: char) -> Option<String> {
    if inner.contains(['\n', '\r']) {
        return None;
    }
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next()? {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                same @ ('\\' | '\'' | '"') => out.push(same),
                other => out.extend(['\\', other]),
            },
            // Two texts beside each other are one text.
            letter if letter == quote => {}
            letter => out.push(letter),
        }
    }
    Some(out)
}

/// What a value looks like, for a hint.
fn example(field: &Operand, op: Op) -> &'static str {
    match field.kind() {
        _ if op.is_pattern() => "'a%'",
        Kind::Number => "0.5",
        Kind::Text if op.is_order() => "0.5",
        Kind::Text | Kind::Label => "'text'",
        Kind::Time => "'2026-11-01' or -7d",
        Kind::Span => "10m",
    }
}

impl Parser<'_> {
    /// What stands right of an operator whose place is `at`.
    pub(super) fn value(&mut self, field: &Operand, op: Op, at: &Range<usize>) -> Result<Value, FilterError> {
        Ok(match op {
            Op::IsNull | Op::IsNotNull => Value::None,
            Op::In | Op::NotIn => Value::Many(self.list(field, op, at)?),
            Op::Between | Op::NotBetween => {
                let low = self.scalar(field, op, at)?;
                if !self.is_word(self.next, "and") {
                    return Err(FilterError::new(self.here(), "the second value of BETWEEN is missing")
                        .hint("write BETWEEN 0 AND 1"));
                }
                let between = self.here();
                self.next += 1;
                Value::Range(low, self.scalar(field, op, &between)?)
            }
            _ => Value::One(self.scalar(field, op, at)?),
        })
    }

    fn list(&mut self, field: &Operand, op: Op, at: &Range<usize>) -> Result<Vec<Scalar>, FilterError> {
        let open = self.here();
        if self.kind(self.next) != Some(TokenKind::Open) {
            return Err(FilterError::new(open, format!("{} wants a list", op.word())).hint(format!(
                "write {} ({})",
                op.word(),
                example(field, op)
            )));
        }
        self.next += 1;
        let mut list = Vec::new();
        loop {
            match self.kind(self.next) {
                Some(TokenKind::Close) if list.is_empty() => {
                    return Err(FilterError::new(open.start..self.here().end, "this list is empty"));
                }
                Some(TokenKind::Close) => break,
                None => return Err(FilterError::new(open, "this list is not closed").hint("add )")),
                _ => list.push(self.listed(field, op, at)?),
            }
            match self.kind(self.next) {
                Some(TokenKind::Comma) => self.next += 1,
                Some(TokenKind::Close) => {}
                None => return Err(FilterError::new(open, "this list is not closed").hint("add )")),
                _ => {
                    return Err(FilterError::new(self.here(), "a comma is missing before this")
                        .hint("write ('a', 'b')"));
                }
            }
        }
        self.next += 1;
        Ok(list)
    }

    /// One of a list; texts beside each other are one, as MLflow has it.
    fn listed(&mut self, field: &Operand, op: Op, at: &Range<usize>) -> Result<Scalar, FilterError> {
        let is_text = matches!(field.kind(), Kind::Text | Kind::Label);
        if !is_text || self.kind(self.next) != Some(TokenKind::Quoted) {
            return self.scalar(field, op, at);
        }
        let mut all = String::new();
        while let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Quoted).cloned() {
            let raw = self.raw(&token);
            let quote = if raw.starts_with('"') { '"' } else { '\'' };
            let Some(part) = listed(&raw[1..raw.len() - 1], quote) else {
                return Err(FilterError::new(token.at, "a text in a list stands on one line")
                    .hint("write a line break as \\n"));
            };
            all.push_str(&part);
            self.next += 1;
        }
        Ok(Scalar::Text(all))
    }

    fn scalar(&mut self, field: &Operand, op: Op, at: &Range<usize>) -> Result<Scalar, FilterError> {
        let behind = self.text[at.clone()].to_owned();
        let Some(token) = self.peek().cloned() else {
            return Err(FilterError::new(self.end(), format!("a value is missing behind {behind}"))
                .hint(format!("write {behind} {}", example(field, op))));
        };
        let raw = self.raw(&token);
        let quoted = match token.kind {
            TokenKind::Unclosed => return Err(unclosed(raw, token.at)),
            TokenKind::Word => None,
            TokenKind::Quoted => Some(raw[1..raw.len() - 1].to_owned()),
            TokenKind::Escaped => {
                self.refuse(
                    FilterError::new(token.at.clone(), "MLflow has no texts with escapes")
                        .hint("it wants 'text' or \"text\""),
                );
                Some(escaped(raw, &token.at)?)
            }
            TokenKind::Sign | TokenKind::Open | TokenKind::Close | TokenKind::Comma => {
                return Err(FilterError::new(token.at, format!("a value is missing behind {behind}"))
                    .hint(format!("write {behind} {}", example(field, op))));
            }
        };
        let scalar = match field.kind() {
            Kind::Number => self.number(field, raw, quoted.as_deref(), &token),
            Kind::Text | Kind::Label => self.text(field, op, raw, quoted, &token),
            Kind::Time => self.time(field, raw, quoted.as_deref(), &token),
            Kind::Span => span(raw, quoted.as_deref(), &token),
        }?;
        self.next += 1;
        Ok(scalar)
    }

    /// Whether a text may stand behind a whole condition in either grammar.
    fn begins_condition(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case("and") || named(text, &self.here()).is_ok()
    }

    fn number(
        &mut self,
        field: &Operand,
        raw: &str,
        quoted: Option<&str>,
        token: &Token,
    ) -> Result<Scalar, FilterError> {
        let name = text::operand(field);
        if let Some(quoted) = quoted {
            let error =
                FilterError::new(token.at.clone(), format!("{name} is a number, and {raw} is a text"));
            return Err(match literal::number(quoted) {
                Some(_) => error.hint(format!("write {quoted} without quotes")),
                None => error.hint("write a number without quotes"),
            });
        }
        let Some(value) = literal::number(raw) else {
            if let Some(length) =
                mlflow::number_before(raw).filter(|length| self.begins_condition(&raw[*length..]))
            {
                let value = literal::number(&raw[..length]).unwrap_or(f64::NAN);
                self.split(length);
                return Ok(Scalar::Number(value));
            }
            return Err(FilterError::new(token.at.clone(), format!("{name} is a number, and {raw} is none"))
                .hint("write a number such as 0.5 or 1e-3"));
        };
        if !mlflow::is_number(raw) {
            self.refuse(
                FilterError::new(token.at.clone(), format!("MLflow does not read {raw} as a number"))
                    .hint("it wants digits such as 0.5 or 1e-3"),
            );
        }
        Ok(Scalar::Number(value))
    }

    fn text(
        &mut self,
        field: &Operand,
        op: Op,
        raw: &str,
        quoted: Option<String>,
        token: &Token,
    ) -> Result<Scalar, FilterError> {
        let name = text::operand(field);
        let at = token.at.clone();
        let Some(quoted) = quoted else {
            let number = literal::number(raw).filter(|_| field.kind() == Kind::Text && !op.is_pattern());
            let Some(number) = number else {
                return Err(FilterError::new(at, format!("{name} is a text, and {raw} has no quotes"))
                    .hint(format!("write {}", text::quoted(raw))));
            };
            self.refuse(
                FilterError::new(at, format!("MLflow compares {name} with texts only"))
                    .hint(format!("it wants quotes: '{raw}'")),
            );
            return Ok(Scalar::Number(number));
        };
        if op.is_order() {
            let error =
                FilterError::new(at, format!("{name} is above or below a number only, and {raw} is a text"));
            return Err(match literal::number(&quoted) {
                Some(_) => error.hint(format!("write {quoted} without quotes")),
                None => error.hint("write a number without quotes"),
            });
        }
        if matches!(op, Op::Rlike | Op::NotRlike) {
            like::regex(&quoted)
                .map_err(|why| FilterError::new(at, format!("this is no regular expression: {why}")))?;
        }
        Ok(Scalar::Text(quoted))
    }

    fn time(
        &mut self,
        field: &Operand,
        raw: &str,
        quoted: Option<&str>,
        token: &Token,
    ) -> Result<Scalar, FilterError> {
        let name = text::operand(field);
        let at = token.at.clone();
        if quoted.is_none()
            && let Some(number) = literal::number(raw).filter(|number| number.is_finite())
        {
            if !mlflow::is_time(raw) {
                self.refuse(
                    FilterError::new(at, format!("MLflow does not read {raw} as a time"))
                        .hint("it wants milliseconds since 1970"),
                );
            }
            return Ok(Scalar::Number(number));
        }
        let said = quoted.unwrap_or(raw).trim();
        let Some(time) = literal::time(said).or_else(|| literal::span(said).map(Scalar::Span)) else {
            let attribute =
                if *field == Operand::Attribute(Attribute::EndTime) { "ended" } else { "started" };
            return Err(FilterError::new(at, format!("{raw} is no time at which a run {attribute}"))
                .hint("write '2026-11-01', '2026-11-01T08:30', -7d or milliseconds since 1970"));
        };
        self.refuse(
            FilterError::new(at, format!("MLflow compares {name} with milliseconds since 1970 only"))
                .hint(format!("{raw} is no such number")),
        );
        Ok(time)
    }
}

fn span(raw: &str, quoted: Option<&str>, token: &Token) -> Result<Scalar, FilterError> {
    let said = quoted.unwrap_or(raw).trim();
    let seconds = literal::number(said).filter(|number| number.is_finite()).map(Scalar::Number);
    seconds.or_else(|| literal::span(said).map(Scalar::Span)).ok_or_else(|| {
        FilterError::new(token.at.clone(), format!("{raw} is no length of time"))
            .hint("write seconds, or 90s, 10m, 1h30m or 2d")
    })
}
