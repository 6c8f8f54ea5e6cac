//! What may stand at the caret, told from the tokens before it.

use std::ops::Range;

use crate::runs::filter::clause::{Aggregate, Op, Operand};
use crate::runs::filter::lexer::{Token, TokenKind, is_space, tokens};
use crate::runs::filter::names::named;

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// A name, a word that is looked for, or NOT.
    Name,
    /// A metric, between the parentheses behind `min`.
    Metric(Aggregate),
    /// An operator; true behind NOT.
    Operator(Operand, bool),
    /// NULL or NOT NULL.
    Null,
    /// A value.
    Value(Operand, Op),
    /// `(`
    List(Operand, Op),
    /// A value of a list.
    Listed(Operand, Op),
    /// A comma or the end of a list.
    Behind(Operand, Op),
    /// The AND of BETWEEN.
    Between(Operand, Op),
    /// `)`
    Closed(Operand),
    /// AND or OR.
    Done,
}

/// What is expected at a caret, how much of it is there, and which bytes that is.
pub(super) struct Caret<'a> {
    pub place: Place,
    /// What is typed already, with its quotes.
    pub typed: &'a str,
    pub replace: Range<usize>,
}

const SIGNS: [&str; 8] = ["=", "==", "!=", "<>", ">", ">=", "<", "<="];

impl Place {
    fn after_name(text: &str, all: &[Token], at: usize) -> Self {
        let token = &all[at];
        let raw = &text[token.at.clone()];
        let is_call =
            all.get(at + 1).is_some_and(|next| next.kind == TokenKind::Open && next.at.start == token.at.end);
        let aggregate = Aggregate::ALL.iter().find(|(_, word)| word.eq_ignore_ascii_case(raw));
        match (token.kind, aggregate) {
            (TokenKind::Open, _) => Self::Name,
            (TokenKind::Word, _)
                if ["and", "or", "not"].iter().any(|word| raw.eq_ignore_ascii_case(word)) =>
            {
                Self::Name
            }
            (TokenKind::Word, Some((what, _))) if is_call => Self::Metric(*what),
            (TokenKind::Word, _) => {
                named(raw, &token.at).map_or(Self::Done, |named| Self::Operator(named.operand, false))
            }
            _ => Self::Done,
        }
    }

    fn after(self, text: &str, all: &[Token], at: usize) -> Self {
        let token = &all[at];
        let raw = &text[token.at.clone()];
        let is = |word: &str| token.kind == TokenKind::Word && raw.eq_ignore_ascii_case(word);
        let is_value = matches!(token.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::Escaped);
        match self {
            Self::Metric(what) => match named(raw, &token.at).map(|named| named.operand) {
                Ok(Operand::Metric(key)) => Self::Closed(Operand::Aggregate(what, key)),
                _ => Self::Metric(what),
            },
            Self::Closed(operand) => Self::Operator(operand, false),
            Self::Operator(operand, is_not) => {
                let words = [Op::Like, Op::Ilike, Op::Rlike, Op::In, Op::Between];
                if let Some(op) = words.into_iter().find(|op| is(op.word())) {
                    return if op == Op::In { Self::List(operand, op) } else { Self::Value(operand, op) };
                }
                match token.kind {
                    TokenKind::Sign => {
                        let op = if operand.kind() == crate::runs::filter::Kind::Text
                            && raw.contains(['<', '>'])
                            && raw != "<>"
                        {
                            Op::Lt
                        } else {
                            Op::Eq
                        };
                        Self::Value(operand, op)
                    }
                    _ if is("not") => Self::Operator(operand, true),
                    _ if is("is") && !is_not => Self::Null,
                    // The name was a word that is looked for.
                    _ => Self::after_name(text, all, at),
                }
            }
            Self::Null => {
                if is("not") {
                    Self::Null
                } else {
                    Self::Done
                }
            }
            Self::Value(operand, Op::Between) if is_value => Self::Between(operand, Op::Between),
            Self::Between(operand, _) if is("and") => Self::Value(operand, Op::Eq),
            Self::List(operand, op) if token.kind == TokenKind::Open => Self::Listed(operand, op),
            Self::Listed(operand, op) if is_value => Self::Behind(operand, op),
            Self::Behind(operand, op) if token.kind == TokenKind::Comma => Self::Listed(operand, op),
            Self::Value(..) | Self::Between(..) | Self::List(..) | Self::Listed(..) | Self::Behind(..) => {
                Self::Done
            }
            Self::Done if is("and") || is("or") => Self::Name,
            Self::Done if token.kind == TokenKind::Close => Self::Done,
            Self::Name | Self::Done => Self::after_name(text, all, at),
        }
    }
}

/// Looks at the text before a caret; none where nothing may be put, as behind a closed quote.
pub(super) fn look(text: &str, caret: usize) -> Option<Caret<'_>> {
    let mut caret = caret.min(text.len());
    while !text.is_char_boundary(caret) {
        caret -= 1;
    }
    let before = &text[..caret];
    let mut all = tokens(before);
    let mut typed = caret..caret;
    if let Some(last) = all.last().filter(|last| last.at.end == caret) {
        let is_partial = match last.kind {
            TokenKind::Word | TokenKind::Unclosed => true,
            TokenKind::Sign => !SIGNS.contains(&&before[last.at.clone()]),
            TokenKind::Quoted | TokenKind::Escaped => return None,
            TokenKind::Open | TokenKind::Close | TokenKind::Comma => false,
        };
        if is_partial {
            typed = last.at.clone();
            all.pop();
        }
    }
    let place = (0..all.len()).fold(Place::Name, |place, at| match (&place, all[at].kind) {
        // The parenthesis of `min(`.
        (Place::Metric(_), TokenKind::Open) => place,
        _ => place.after(text, &all, at),
    });
    // What is typed goes on behind the caret.
    let rest = &text[caret..];
    let quote = text[typed.clone()].chars().find(|letter| matches!(letter, '\'' | '"' | '`'));
    let more = match quote {
        Some(quote) => usize::from(rest.starts_with(quote)),
        None if typed.is_empty() => 0,
        None => rest
            .find(|letter: char| is_space(letter) || "()'\"`,<>=!~".contains(letter))
            .unwrap_or(rest.len()),
    };
    Some(Caret { place, typed: &text[typed.clone()], replace: typed.start..caret + more })
}
