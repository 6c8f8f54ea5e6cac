//! What may stand at the caret of a filter: names and values of the very runs, and the operators that suit them.

mod common;
mod place;

use std::ops::Range;
use std::sync::Arc;

use self::place::{Place, look};
use super::RunSet;
use super::clause::{ATTRIBUTES, Aggregate, Attribute, DatasetPart, Kind, Op, Operand};
use super::like::Wanted;
use super::literal::{number, number_text};
use super::text;

/// As many are offered.
const MOST: usize = 12;

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// What is compared.
    Name,
    /// How.
    Operator,
    /// With what.
    Value,
    /// `AND` and the like.
    Word,
}

/// What may stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to put there, in the quotes that it needs.
    pub text: String,
    /// The bytes that it replaces, on borders of letters.
    pub replace: Range<usize>,
    /// What it is.
    pub kind: SuggestionKind,
    /// How many runs have it, or what it does.
    pub detail: String,
}

/// One that may be offered: what is matched with what is typed, the text, what it is, the detail.
struct Offer {
    matched: String,
    text: String,
    kind: SuggestionKind,
    detail: String,
}

/// Those that fit what is typed: what begins so before what holds it, otherwise in their order.
fn fitting(offers: Vec<Offer>, typed: &str, replace: &Range<usize>) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let (typed_kind, typed_key) = typed.split_once('.').unwrap_or(("", &typed));
    let mut ranked: Vec<(u8, Offer)> = offers
        .into_iter()
        .filter_map(|offer| {
            let matched = offer.matched.to_lowercase();
            let (kind, key) = matched.split_once('.').unwrap_or(("", ""));
            let holds = || matched.contains(&typed) || (kind == typed_kind && key.contains(typed_key));
            if matched.starts_with(&typed) {
                Some((0, offer))
            } else if key.starts_with(&typed) {
                Some((1, offer))
            } else {
                holds().then_some((2, offer))
            }
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let one =
        |(_, Offer { text, kind, detail, .. })| Suggestion { text, replace: replace.clone(), kind, detail };
    ranked.into_iter().take(MOST).map(one).collect()
}

fn offer(matched: &str, text: String, kind: SuggestionKind, detail: impl Into<String>) -> Offer {
    Offer { matched: matched.to_owned(), text, kind, detail: detail.into() }
}

fn of_runs(count: usize) -> String {
    if count == 1 { "1 run".to_owned() } else { format!("{count} runs") }
}

/// Keys of one kind that may be meant by what is typed, the most common first; of very many not the rare ones.
fn keys(names: &[Arc<str>], counts: &[usize], of: fn(String) -> Operand, typed: &str) -> Vec<(usize, Offer)> {
    const MOST_KEYS: usize = 1_000;
    let word = text::operand(&of("a".to_owned()));
    let kind = word.trim_end_matches('a');
    let part = match typed.strip_prefix(kind) {
        Some(key) => key,
        None if kind.starts_with(typed) => "",
        None => typed,
    };
    let wanted = (!part.is_empty()).then(|| Wanted::new(part));
    let mut places: Vec<usize> = (0..names.len())
        .filter(|at| wanted.as_ref().is_none_or(|wanted| wanted.is_in(&names[*at])))
        .collect();
    places.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
    let one = |at: usize| {
        let (name, count) = (&names[at], counts[at]);
        let text = text::operand(&of(name.to_string()));
        (count, offer(&format!("{kind}{name}"), text, SuggestionKind::Name, of_runs(count)))
    };
    places.into_iter().take(MOST_KEYS).map(one).collect()
}

fn names(set: &RunSet, typed: &str) -> Vec<Offer> {
    let [metrics, params, tags] = common::keys(set);
    let of_runs = |attribute: Attribute| match attribute {
        Attribute::RunId | Attribute::RunName | Attribute::Status | Attribute::StartTime => "every run",
        Attribute::Duration => "how long it took",
        Attribute::Parent => "the id of the run it belongs to",
        Attribute::Source => "the program that ran",
        _ => "an attribute",
    };
    let first = [Attribute::Status, Attribute::RunName, Attribute::StartTime, Attribute::Duration];
    let rest = ATTRIBUTES.iter().map(|(attribute, _)| *attribute).filter(|one| !first.contains(one));
    let attribute =
        |one: Attribute| offer(one.word(), one.word().to_owned(), SuggestionKind::Name, of_runs(one));
    let mut offers: Vec<Offer> = first.into_iter().map(attribute).collect();
    let mut keyed = keys(&set.metric_keys, &metrics, Operand::Metric, typed);
    keyed.extend(keys(&set.param_keys, &params, Operand::Param, typed));
    keyed.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    offers.extend(keyed.into_iter().map(|(_, offer)| offer));
    // A tracker's own tags are asked for by name.
    let is_asked = |offer: &Offer| {
        !offer.matched.contains("mlflow.") || typed.contains("ml") || typed.starts_with("tag")
    };
    offers.extend(
        keys(&set.tag_keys, &tags, Operand::Tag, typed).into_iter().map(|(_, offer)| offer).filter(is_asked),
    );
    offers.extend(rest.map(attribute));
    if set.runs.iter().any(|run| !run.datasets.is_empty()) {
        offers.extend(DatasetPart::ALL.iter().map(|(part, _)| {
            let word = text::operand(&Operand::Dataset(*part));
            offer(&word, word.clone(), SuggestionKind::Name, "of a dataset that the run read")
        }));
    }
    if !typed.is_empty() {
        offers.push(offer("not", "NOT".to_owned(), SuggestionKind::Word, "what does not fit"));
        offers.extend(Aggregate::ALL.iter().map(|(_, word)| {
            offer(word, format!("{word}("), SuggestionKind::Name, "of all values of a metric")
        }));
    }
    offers
}

fn operators(operand: &Operand, is_not: bool) -> Vec<Offer> {
    let told = |op: Op| match op {
        Op::Like => "% for any letters, _ for one",
        Op::Ilike => "the same whatever the case",
        Op::Rlike => "a regular expression",
        Op::In => "one of a list",
        Op::Between => "from one to another",
        Op::IsNull => "it is not there",
        Op::IsNotNull => "it is there",
        _ => "",
    };
    let one = |op: &Op| {
        let word = if is_not { op.word().strip_prefix("NOT ")? } else { op.word() };
        Some(offer(word, word.to_owned(), SuggestionKind::Operator, told(*op)))
    };
    Op::of(operand).iter().filter_map(one).collect()
}

fn words(all: &[(&str, &str)]) -> Vec<Offer> {
    all.iter().map(|(word, detail)| offer(word, (*word).to_owned(), SuggestionKind::Word, *detail)).collect()
}

fn values(operand: &Operand, op: Op, set: &RunSet) -> Vec<Offer> {
    let value =
        |matched: &str, text: String, detail: String| offer(matched, text, SuggestionKind::Value, detail);
    let fixed = |all: &[(&str, &str)]| {
        all.iter().map(|(text, told)| value(text, (*text).to_owned(), (*told).to_owned())).collect()
    };
    match operand.kind() {
        Kind::Time => fixed(&[
            ("-1h", "an hour ago"),
            ("-1d", "a day ago"),
            ("-7d", "a week ago"),
            ("-30d", "thirty days ago"),
        ]),
        Kind::Span => {
            fixed(&[("1m", "a minute"), ("10m", "ten minutes"), ("1h", "an hour"), ("1d", "a day")])
        }
        Kind::Number => {
            let (Operand::Metric(key) | Operand::Aggregate(_, key)) = operand else { return Vec::new() };
            let one = |(number, told): (f64, &str)| {
                let text = number_text(number);
                value(&text, text.clone(), told.to_owned())
            };
            common::numbers(key, set).into_iter().map(one).collect()
        }
        Kind::Text | Kind::Label => {
            let one = |(said, count): (&str, usize)| {
                let text = if op.is_order() {
                    number(said.trim()).map(number_text)?
                } else if op == Op::In {
                    text::listed(said)
                } else {
                    text::quoted(said)
                };
                Some(value(said, text, of_runs(count)))
            };
            common::texts(operand, set).into_iter().filter_map(one).collect()
        }
    }
}

/// What is typed of a value, without its quote.
fn bare(typed: &str) -> &str {
    let text = typed.strip_prefix(['E', 'e']).filter(|rest| rest.starts_with('\'')).unwrap_or(typed);
    text.trim_start_matches(['\'', '"', '`'])
}

/// What may stand at a caret, a byte of the text, the best first; at most twelve. Of a large table twenty thousand runs are
/// looked at.
pub fn complete(text: &str, caret: usize, set: &RunSet) -> Vec<Suggestion> {
    let Some(caret) = look(text, caret) else { return Vec::new() };
    let typed = caret.typed;
    let (offers, typed) = match &caret.place {
        Place::Name => {
            // A key in quotes is found by what is in them.
            let plain: String = typed.chars().filter(|letter| !matches!(letter, '`' | '"')).collect();
            let plain = match plain.split_once('.') {
                Some(("metric", key)) => format!("metrics.{key}"),
                Some(("param" | "parameter" | "parameters", key)) => format!("params.{key}"),
                Some(("tag", key)) => format!("tags.{key}"),
                _ => plain,
            };
            (names(set, &plain), plain)
        }
        Place::Metric(_) => {
            let [metrics, ..] = common::keys(set);
            let plain = bare(typed).replace(['`', '"'], "");
            let all = keys(&set.metric_keys, &metrics, Operand::Metric, &plain);
            (all.into_iter().map(|(_, offer)| offer).collect(), plain)
        }
        Place::Operator(operand, is_not) => (operators(operand, *is_not), typed.to_owned()),
        Place::Null => (words(&[("NULL", "it is not there"), ("NOT NULL", "it is there")]), typed.to_owned()),
        Place::Value(operand, op) | Place::Listed(operand, op) => {
            (values(operand, *op, set), bare(typed).to_owned())
        }
        Place::List(..) => (words(&[("(", "the list begins")]), typed.to_owned()),
        Place::Behind(..) => (words(&[(",", "another"), (")", "the list ends")]), typed.to_owned()),
        Place::Between(..) => (words(&[("AND", "the other end")]), typed.to_owned()),
        Place::Closed(_) => (words(&[(")", "")]), typed.to_owned()),
        Place::Done => (words(&[("AND", "and another"), ("OR", "or another")]), typed.to_owned()),
    };
    let mut found = fitting(offers, &typed, &caret.replace);
    // Behind a whole condition another may begin without a word.
    if caret.place == Place::Done && found.is_empty() {
        found = fitting(names(set, &typed), &typed, &caret.replace);
    }
    found
}
