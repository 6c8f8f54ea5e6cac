//! Tokens as conditions put together. One parser reads both grammars: what only the extended one has is noted where it is met,
//! and refused at the end where MLflow's was asked for.

use std::ops::Range;

use super::Grammar;
use super::clause::{Aggregate, Clause, Expr, Op, Operand, Value};
use super::error::FilterError;
use super::lexer::{Token, TokenKind, is_space, tokens, unescaped};
use super::names::{is_typed, named};
use super::{mlflow, text};
use crate::nearest::nearest;

/// Longer texts are no filters that anybody wrote.
const MOST_BYTES: usize = 65_536;
/// Parentheses and NOT within each other.
const MOST_DEPTH: usize = 100;

/// What reads one text.
pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    /// The place of the next token.
    pub next: usize,
    /// The first thing that MLflow does not have.
    refusal: Option<FilterError>,
    /// The first place that MLflow takes for something else than what it says.
    misread: Option<FilterError>,
}

/// Reads a whole text.
pub(super) fn parse(text: &str, grammar: Grammar) -> Result<Expr, FilterError> {
    let too_long = || {
        let mut from = MOST_BYTES.min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        FilterError::new(from..text.len(), "a filter has at most 65,536 bytes, as it is written in full")
    };
    if text.len() > MOST_BYTES {
        return Err(too_long());
    }
    let mut parser = Parser { text, tokens: tokens(text), next: 0, refusal: None, misread: None };
    if parser.tokens.is_empty() && !text.is_empty() {
        parser.refuse(FilterError::new(0..text.len(), "MLflow does not read a filter of nothing but spaces"));
    }
    let read = parser.either(0).and_then(|expr| match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(FilterError::new(token.at.clone(), "this parenthesis closes nothing")),
    });
    match (grammar, parser.misread.or(parser.refusal)) {
        (Grammar::Mlflow, Some(refusal)) => match read {
            Err(error) if error.at.start < refusal.at.start => Err(error),
            _ => Err(refusal),
        },
        // What is written of a short text is no eight times as long.
        _ => read.and_then(|expr| {
            let is_long = text.len() > MOST_BYTES / 8 && expr.to_string().len() > MOST_BYTES;
            if is_long { Err(too_long()) } else { Ok(expr) }
        }),
    }
}

/// The signs that compare.
const SIGNS: [(&str, Op); 8] = [
    ("=", Op::Eq),
    ("==", Op::Eq),
    ("!=", Op::Ne),
    ("<>", Op::Ne),
    (">", Op::Gt),
    (">=", Op::Ge),
    ("<", Op::Lt),
    ("<=", Op::Le),
];

impl<'a> Parser<'a> {
    pub fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub fn raw(&self, token: &Token) -> &'a str {
        &self.text[token.at.clone()]
    }

    /// Whether a token is this word, in any case.
    pub fn is_word(&self, place: usize, word: &str) -> bool {
        self.tokens
            .get(place)
            .is_some_and(|token| token.kind == TokenKind::Word && self.raw(token).eq_ignore_ascii_case(word))
    }

    pub fn kind(&self, place: usize) -> Option<TokenKind> {
        self.tokens.get(place).map(|token| token.kind)
    }

    /// Notes what MLflow does not have; the first counts.
    pub fn refuse(&mut self, error: FilterError) {
        self.refusal.get_or_insert(error);
    }

    /// Makes two words of the next one.
    pub fn split(&mut self, length: usize) {
        let Some(token) = self.tokens.get_mut(self.next) else { return };
        let at = token.at.start + length;
        let rest = Token { kind: TokenKind::Word, at: at..token.at.end };
        token.at.end = at;
        self.tokens.insert(self.next + 1, rest);
    }

    /// The end of the text behind its last letter that is no space.
    pub fn end(&self) -> Range<usize> {
        let end = self.text.trim_end_matches(is_space).len();
        end..end
    }

    /// The place of the next token, or the end.
    pub fn here(&self) -> Range<usize> {
        self.peek().map_or_else(|| self.end(), |token| token.at.clone())
    }

    fn either(&mut self, depth: usize) -> Result<Expr, FilterError> {
        let mut parts = Vec::new();
        loop {
            let all = self.chain(depth)?;
            let is_or = self.is_word(self.next, "or");
            if (is_or || !parts.is_empty()) && all.is_empty() {
                let message = if is_or { "nothing stands left of OR" } else { "nothing stands right of OR" };
                return Err(FilterError::new(self.here(), message));
            }
            parts.push(Expr::all(all));
            if !is_or {
                return Ok(Expr::any(parts));
            }
            let at = self.here();
            self.refuse(FilterError::new(at, "MLflow has no OR").hint("ask for each part by itself"));
            self.next += 1;
        }
    }

    /// Conditions with AND between them; MLflow takes more of these, and none, as well.
    fn chain(&mut self, depth: usize) -> Result<Vec<Expr>, FilterError> {
        let mut parts = Vec::new();
        let mut is_behind_and = true;
        while self.next < self.tokens.len() {
            if !is_behind_and {
                self.see_misread(parts.last());
            }
            is_behind_and = self.is_word(self.next, "and");
            if is_behind_and {
                self.next += 1;
            } else if self.is_word(self.next, "or") || self.kind(self.next) == Some(TokenKind::Close) {
                break;
            } else {
                parts.push(self.one(depth)?);
            }
        }
        Ok(parts)
    }

    /// Without AND behind a comparison or a list, MLflow takes that for a part of the name that IS or IN asks of.
    fn see_misread(&mut self, before: Option<&Expr>) {
        let is_comparison = |clause: &Clause| clause.value != Value::None;
        let place = self.next + 1 + usize::from(self.is_word(self.next + 1, "not"));
        let is_asked = self.is_word(self.next + 1, "is") || self.is_word(place, "in");
        if is_asked && matches!(before, Some(Expr::Clause(clause)) if is_comparison(clause)) {
            let error = FilterError::new(self.here(), "MLflow misreads two conditions without AND here");
            let error = error.hint("write AND before this one");
            self.misread.get_or_insert(error);
        }
    }

    fn one(&mut self, depth: usize) -> Result<Expr, FilterError> {
        let at = self.here();
        if depth > MOST_DEPTH {
            return Err(FilterError::new(
                at,
                format!("more than {MOST_DEPTH} parentheses stand within each other"),
            ));
        }
        if self.is_word(self.next, "not") {
            self.refuse(
                FilterError::new(at.clone(), "MLflow has no NOT before a condition").hint("it has !="),
            );
            self.next += 1;
            let is_end = self.next >= self.tokens.len()
                || self.kind(self.next) == Some(TokenKind::Close)
                || ["and", "or"].iter().any(|word| self.is_word(self.next, word));
            if is_end {
                return Err(FilterError::new(at, "nothing stands right of NOT"));
            }
            return Ok(Expr::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.kind(self.next) != Some(TokenKind::Open) {
            return self.clause().map(Expr::Clause);
        }
        self.refuse(FilterError::new(at.clone(), "MLflow has no parentheses around conditions"));
        self.next += 1;
        if self.kind(self.next) == Some(TokenKind::Close) {
            return Err(FilterError::new(
                at.start..self.here().end,
                "nothing stands between the parentheses",
            ));
        }
        let inner = self.either(depth + 1)?;
        if self.kind(self.next) != Some(TokenKind::Close) {
            return Err(FilterError::new(at, "this parenthesis is not closed").hint("add )"));
        }
        self.next += 1;
        Ok(inner)
    }

    fn clause(&mut self) -> Result<Clause, FilterError> {
        let Some(token) = self.peek().cloned() else {
            return Err(FilterError::new(self.end(), "a condition is missing"));
        };
        let raw = self.raw(&token);
        match token.kind {
            TokenKind::Unclosed => return Err(unclosed(raw, token.at)),
            TokenKind::Comma => {
                return Err(
                    FilterError::new(token.at, "a comma stands between no conditions").hint("use AND")
                );
            }
            TokenKind::Sign => {
                return Err(FilterError::new(token.at, format!("nothing stands left of {raw}"))
                    .hint("write what is compared, such as metrics.KEY"));
            }
            TokenKind::Word | TokenKind::Quoted | TokenKind::Escaped | TokenKind::Open | TokenKind::Close => {
            }
        }
        let is_adjacent = self
            .tokens
            .get(self.next + 1)
            .is_some_and(|next| next.kind == TokenKind::Open && next.at.start == token.at.end);
        if token.kind == TokenKind::Word && is_adjacent {
            return self.aggregate(&token);
        }
        let is_name = token.kind == TokenKind::Word || raw.starts_with('"');
        if is_name && self.is_compared(self.next + 1, &token) {
            let named = named(raw, &token.at)?;
            if let Some(refused) = named.refused {
                self.refuse(refused);
            }
            self.next += 1;
            return self.comparison(named.operand);
        }
        if self.kind(self.next + 1) == Some(TokenKind::Sign) {
            return Err(FilterError::new(token.at, "the left of a comparison is a name")
                .hint("write it bare, or in backticks behind its point: params.`learning rate`"));
        }
        self.anything(&token)
    }

    /// Whether what follows compares the name before it.
    fn is_compared(&self, place: usize, name: &Token) -> bool {
        let is_known = || named(self.raw(name), &name.at).is_ok();
        let behind = place + usize::from(self.is_word(place, "not"));
        let is_one_of = |words: &[&str]| words.iter().any(|word| self.is_word(behind, word));
        let is_quoted = matches!(
            self.kind(behind + 1),
            Some(TokenKind::Quoted | TokenKind::Escaped | TokenKind::Unclosed)
        );
        if self.kind(place) == Some(TokenKind::Sign) {
            true
        } else if is_one_of(&["like", "ilike", "rlike"]) {
            is_quoted || is_known()
        } else if is_one_of(&["in"]) {
            self.kind(behind + 1) == Some(TokenKind::Open) || is_known()
        } else if is_one_of(&["between"]) {
            is_known()
        } else {
            let is_null = self.is_word(place + 1, "null")
                || (self.is_word(place + 1, "not") && self.is_word(place + 2, "null"));
            self.is_word(place, "is") && (is_null || is_known())
        }
    }

    /// `min(metrics.KEY)` on the left.
    fn aggregate(&mut self, token: &Token) -> Result<Clause, FilterError> {
        let word = self.raw(token);
        let words = Aggregate::ALL.iter().map(|(_, word)| (*word, *word));
        let Some((what, _)) = Aggregate::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(word)) else {
            let error = FilterError::new(token.at.clone(), format!("`{word}` makes no number of a metric"));
            return Err(match nearest(word, words).first() {
                Some(near) => error.hint(format!("did you mean {near}(metrics.KEY)?")),
                None => error.hint("there are min, max, first and last"),
            });
        };
        self.refuse(
            FilterError::new(token.at.clone(), format!("MLflow has no {}() of a metric", what.word()))
                .hint("it compares the latest value: metrics.KEY"),
        );
        self.next += 2;
        let inner = self.peek().cloned();
        let operand = match &inner {
            Some(token) if token.kind == TokenKind::Word => named(self.raw(token), &token.at)?.operand,
            _ => {
                return Err(FilterError::new(self.here(), "a metric is missing between the parentheses")
                    .hint(format!("write {}(metrics.KEY)", what.word())));
            }
        };
        let Operand::Metric(key) = operand else {
            return Err(FilterError::new(self.here(), format!("{} is asked of a metric only", what.word()))
                .hint(format!("write {}(metrics.KEY)", what.word())));
        };
        self.next += 1;
        if self.kind(self.next) != Some(TokenKind::Close) {
            return Err(FilterError::new(self.here(), "this parenthesis is not closed").hint("add )"));
        }
        self.next += 1;
        self.comparison(Operand::Aggregate(*what, key))
    }

    /// A text that is looked for in everything.
    fn anything(&mut self, token: &Token) -> Result<Clause, FilterError> {
        let raw = self.raw(token);
        if token.kind == TokenKind::Word && (is_typed(raw) || raw.contains('`')) {
            return Err(FilterError::new(token.at.clone(), format!("{raw} is compared with nothing"))
                .hint("write what it must be, such as > 0.5 or = 'adam'"));
        }
        self.refuse(
            FilterError::new(token.at.clone(), format!("MLflow does not look for the text {raw}"))
                .hint("it wants a comparison, such as run_name LIKE '%text%'"),
        );
        let wanted = match token.kind {
            TokenKind::Word => raw.to_owned(),
            TokenKind::Escaped => escaped(raw, &token.at)?,
            _ => raw[1..raw.len() - 1].to_owned(),
        };
        let is_seen = |letter: char| letter.is_alphanumeric() || !letter.is_ascii();
        if token.kind == TokenKind::Word && !wanted.chars().any(is_seen) {
            return Err(FilterError::new(
                token.at.clone(),
                format!("{raw} is neither a condition nor a word"),
            )
            .hint("put it in quotes to look for it"));
        }
        if wanted.is_empty() {
            return Err(FilterError::new(token.at.clone(), "the text to look for is empty"));
        }
        self.next += 1;
        let value = Value::One(super::Scalar::Text(wanted));
        Ok(Clause { field: Operand::Anything, op: Op::Contains, value })
    }

    fn comparison(&mut self, field: Operand) -> Result<Clause, FilterError> {
        let from = self.here();
        let op = self.op(&field)?;
        let at = from.start..self.tokens[self.next - 1].at.end;
        if !Op::of(&field).contains(&op) {
            let words: Vec<&str> = Op::of(&field).iter().map(|op| op.word()).collect();
            let name = text::operand(&field);
            return Err(FilterError::new(at, format!("{name} cannot be compared by {}", op.word()))
                .hint(format!("use one of {}", words.join(", "))));
        }
        if !mlflow::takes(&field, op) {
            let name = text::operand(&field);
            self.refuse(
                FilterError::new(at.clone(), format!("MLflow does not compare {name} by {}", op.word()))
                    .hint(format!("it takes {}", mlflow::ops(&field))),
            );
        }
        let value = self.value(&field, op, &at)?;
        Ok(Clause { field, op, value })
    }

    fn op(&mut self, field: &Operand) -> Result<Op, FilterError> {
        let Some(token) = self.peek().cloned() else {
            return Err(FilterError::new(
                self.end(),
                format!("{} is compared with nothing", text::operand(field)),
            ));
        };
        let raw = self.raw(&token);
        if token.kind == TokenKind::Sign {
            let Some((sign, op)) = SIGNS.iter().find(|(sign, _)| *sign == raw) else {
                let near = match raw {
                    "=>" => ">=",
                    "=<" => "<=",
                    "!" | "!==" | "=!" => "!=",
                    _ => "=",
                };
                return Err(FilterError::new(token.at, format!("{raw} compares nothing"))
                    .hint(format!("did you mean {near}?")));
            };
            if matches!(*sign, "==" | "<>") {
                self.refuse(
                    FilterError::new(token.at, format!("MLflow does not take {sign}"))
                        .hint(format!("write {}", op.word())),
                );
            }
            self.next += 1;
            return Ok(*op);
        }
        let is_not = self.is_word(self.next, "not");
        let place = self.next + usize::from(is_not);
        let pairs = [
            ("like", Op::Like, Op::NotLike),
            ("ilike", Op::Ilike, Op::NotIlike),
            ("rlike", Op::Rlike, Op::NotRlike),
            ("in", Op::In, Op::NotIn),
            ("between", Op::Between, Op::NotBetween),
        ];
        if let Some((_, plain, turned)) = pairs.iter().find(|(word, ..)| self.is_word(place, word)) {
            self.next = place + 1;
            return Ok(if is_not { *turned } else { *plain });
        }
        if self.is_word(self.next, "is") {
            let is_not = self.is_word(self.next + 1, "not");
            let null = self.next + 1 + usize::from(is_not);
            if self.is_word(null, "null") {
                let between =
                    is_not.then(|| &self.text[self.tokens[null - 1].at.end..self.tokens[null].at.start]);
                if between.is_some_and(|between| between != " ") {
                    self.refuse(FilterError::new(token.at, "MLflow wants one space between NOT and NULL"));
                }
                self.next = null + 1;
                return Ok(if is_not { Op::IsNotNull } else { Op::IsNull });
            }
            return Err(FilterError::new(token.at, "IS asks only whether something is there")
                .hint("write IS NULL or IS NOT NULL, or = with a value"));
        }
        Err(FilterError::new(token.at, format!("{} is compared with nothing", text::operand(field)))
            .hint("write a comparison such as < 0.1 behind it"))
    }
}

/// What is said of a quote without its end.
pub(super) fn unclosed(raw: &str, at: Range<usize>) -> FilterError {
    let quote = raw.chars().find(|letter| matches!(letter, '\'' | '"' | '`')).unwrap_or('\'');
    FilterError::new(at, "this quote is not closed").hint(format!("add {quote} where the text ends"))
}

/// The text of `E'…'`.
pub(super) fn escaped(raw: &str, at: &Range<usize>) -> Result<String, FilterError> {
    unescaped(&raw[2..raw.len() - 1]).ok_or_else(|| {
        FilterError::new(at.clone(), "a backslash stands before what it cannot")
            .hint("there are \\\\, \\', \\n, \\r and \\t")
    })
}
