//! The text of a shortlist: TOML with one `[[tool]]` for each, in the order of ids, keys in a fixed order.
//!
//! ```toml
//! format = "mlops-atlas/shortlist@1"
//! title = "For the serving working group"
//! date = "2026-11-30"
//!
//! [[tool]]
//! id = "kserve"
//! rating = 4
//! note = "Ask the platform team."
//! ```

use std::collections::btree_map::Entry;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Listed, Shortlist};
use crate::catalog::ToolId;
use crate::catalog::write::quoted;
use crate::problem::Problem;
use crate::remarks::BEST;

/// What the file says it is.
pub const FORMAT: &str = "mlops-atlas/shortlist@1";

/// A text of which nothing can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not TOML.
    #[error("nothing was imported, as this is not TOML ({message}): mend the line and import it again")]
    Syntax {
        /// What the parser says.
        message: String,
        /// The line, from 1.
        line: usize,
    },
    /// It does not say what it is.
    #[error(
        "nothing was imported, as this does not say that it is a shortlist: add the line format = \"{FORMAT}\""
    )]
    NoFormat,
    /// It says that it is something else, or of another version.
    #[error(
        "nothing was imported, as this is {given:?} and this program reads {FORMAT:?}: is it another file, or of a newer version?"
    )]
    OtherFormat {
        /// What it says.
        given: String,
        /// The line, from 1.
        line: usize,
    },
}

impl ReadError {
    /// The line to mend, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Syntax { line, .. } | Self::OtherFormat { line, .. } => *line,
            Self::NoFormat => 1,
        }
    }
}

/// Writes a shortlist; [`read`] reads the same back.
pub fn write(list: &Shortlist) -> String {
    let mut out = format!("format = {}\n", quoted(FORMAT));
    let mut line = |key: &str, value: &str| {
        for part in [key, " = ", value, "\n"] {
            out.push_str(part);
        }
    };
    if let Some(title) = &list.title {
        line("title", &quoted(title));
    }
    if let Some(date) = list.date {
        line("date", &quoted(&date.to_string()));
    }
    for (tool, listed) in &list.tools {
        line("\n[[tool]]\nid", &quoted(tool.as_str()));
        if let Some(rating) = listed.rating {
            line("rating", &rating.to_string());
        }
        if let Some(note) = &listed.note {
            line("note", &if note.contains('\n') { paragraph(note) } else { quoted(note) });
        }
    }
    out
}

/// A TOML string over several lines, so that a changed line of a note is one changed line of the file.
fn paragraph(text: &str) -> String {
    let mut out = "\"\"\"\n".to_owned();
    let mut quotes = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            '\n' => out.push('\n'),
            // Three in a row would end the string; TOML before 1.0 takes no quote right before its end either.
            '"' if quotes % 3 == 0 || rest.peek().is_none() => out.push_str("\\\""),
            '"' => out.push('"'),
            c => out.push_str(quoted(c.encode_utf8(&mut [0; 4])).trim_matches('"')),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// Reads a shortlist. What cannot be used in it costs itself only and is told with its line, in the order of lines.
///
/// # Errors
/// When the text is not TOML or does not say that it is a shortlist of this version.
pub fn read(text: &str) -> Result<(Shortlist, Vec<Problem>), ReadError> {
    let mut reader = Reader::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    // Of several errors the first is the one to mend: the others may follow from it.
    if let Some(error) = errors.iter().min_by_key(|error| start(error)) {
        let message = error.message().trim().replace('\n', ", ");
        return Err(ReadError::Syntax { message, line: reader.line(start(error)) });
    }
    let table = table.get_ref();
    let format = table.iter().find(|(key, _)| key.get_ref() == "format").map(|(_, value)| value);
    let format = format.ok_or(ReadError::NoFormat)?;
    let given = format.get_ref().as_str().unwrap_or_default();
    if given != FORMAT {
        let line = reader.line(format.span().start);
        return Err(ReadError::OtherFormat { given: given.to_owned(), line });
    }
    let mut list = Shortlist::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "format" => {}
            "title" => list.title = reader.text("title", value),
            "date" => list.date = reader.date(value),
            "tool" => reader.tools(value, &mut list),
            other => reader.unknown(other, key.span().start, "a shortlist"),
        }
    }
    reader.problems.sort_by_key(|(line, _)| *line);
    Ok((list, reader.problems.into_iter().map(|(_, problem)| problem).collect()))
}

/// Knows where lines begin and gathers what is wrong.
struct Reader {
    /// The offset of each line's first byte.
    starts: Vec<usize>,
    problems: Vec<(usize, Problem)>,
}

impl Reader {
    fn new(text: &str) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_newline).collect(), problems: Vec::new() }
    }

    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn wrong(&mut self, offset: usize, message: impl Into<String>) {
        let line = self.line(offset);
        self.problems.push((line, Problem::error(message, format!("line {line}"))));
    }

    fn unknown(&mut self, key: &str, offset: usize, of: &str) {
        let line = self.line(offset);
        let message = format!("`{key}` is no key of {of} and was left out: is it misspelt?");
        self.problems.push((line, Problem::warning(message, format!("line {line}"))));
    }

    fn text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(
                value.span().start,
                format!("the {key} was left out: write a text that is not empty, in quotes"),
            );
        }
        text.map(str::to_owned)
    }

    fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Date> {
        let date = match value.get_ref() {
            DeValue::String(text) => text.parse().ok(),
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            _ => None,
        };
        if date.is_none() {
            let message = "the date was left out: write a day that exists, such as \"2026-08-14\"";
            self.wrong(value.span().start, message);
        }
        date
    }

    fn rating(&mut self, value: &Spanned<DeValue<'_>>) -> Option<u8> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u8::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let rating = number.filter(|number| (1..=BEST).contains(number));
        if rating.is_none() {
            let message = format!("the rating was left out: write a whole number from 1 to {BEST}");
            self.wrong(value.span().start, message);
        }
        rating
    }

    fn tools(&mut self, value: &Spanned<DeValue<'_>>, list: &mut Shortlist) {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(value.span().start, "no tool was read: write each under a [[tool]] of its own");
            return;
        };
        for item in items {
            self.tool(item, list);
        }
    }

    fn tool(&mut self, item: &Spanned<DeValue<'_>>, list: &mut Shortlist) {
        let start = item.span().start;
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong(start, "a tool was left out: write it under a [[tool]] of its own");
            return;
        };
        let Some((_, id)) = table.iter().find(|(key, _)| key.get_ref() == "id") else {
            self.wrong(start, "a tool was left out: add its id, as `tools list` prints it");
            return;
        };
        let id_start = id.span().start;
        let id = match ToolId::new(id.get_ref().as_str().unwrap_or_default()) {
            Ok(id) => id,
            Err(error) => {
                self.wrong(id_start, format!("a tool was left out: {error}"));
                return;
            }
        };
        let mut listed = Listed::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "id" => {}
                "rating" => listed.rating = self.rating(value),
                "note" => listed.note = self.text("note", value),
                other => self.unknown(other, key.span().start, "a tool"),
            }
        }
        let line = self.line(id_start);
        match list.tools.entry(id.clone()) {
            Entry::Vacant(place) => {
                place.insert(listed);
                list.lines.insert(id, line);
            }
            Entry::Occupied(_) => {
                let first = list.lines.get(&id).copied().unwrap_or_default();
                let message =
                    format!("{id} is here twice, and only line {first} was read: keep one of the two");
                self.wrong(id_start, message);
            }
        }
    }
}
