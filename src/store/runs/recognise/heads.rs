//! Kinds of stores that are told by the first bytes of a file: event files, tables, JSON lines.

use crate::runs::mapping::is_step_name;
use crate::runs::{SourceKind, cell};
use crate::store::runs::tables::csv::{COMMAS, first_rows};
use crate::store::runs::tables::{Form, json};

/// What no database begins like, and whether it is worth a look where nobody named it: a table that counts steps and has
/// begun to.
pub(super) fn kind_of_head(head: &[u8]) -> Option<(SourceKind, bool)> {
    if is_event_record(head) {
        return Some((SourceKind::Tensorboard, true));
    }
    if is_optuna_journal(head) {
        return Some((SourceKind::OptunaJournal, true));
    }
    let Head { form, names, has_begun } = table(head)?;
    Some((form.kind(), has_begun && names.iter().any(|name| is_step_name(name))))
}

/// The form of a table that begins so; none where it is no table.
pub(in crate::store::runs) fn table_form(head: &[u8]) -> Option<Form> {
    table(head).map(|head| head.form)
}

/// A journal that Optuna keeps in the place of a database: each line is an operation of a worker.
fn is_optuna_journal(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let keys = std::str::from_utf8(line).ok().and_then(|line| json::object(line.trim()));
    keys.is_some_and(|keys| keys.contains_key("op_code") && keys.contains_key("worker_id"))
}

/// The head of a table.
struct Head {
    form: Form,
    names: Vec<String>,
    /// Whether a row, or a second object, tells that it is one.
    has_begun: bool,
}

fn table(head: &[u8]) -> Option<Head> {
    if is_optuna_journal(head) {
        return None;
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end in the midst of a letter, and a row may be damaged: what stands before tells enough.
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let text = text.trim_start_matches('\u{feff}');
    json_lines(text).or_else(|| csv(text))
}

/// A record of an event file (`TFRecord`: length as 8 bytes, its checksum as 4, then the data) whose event names
/// the format's version, as the first one does.
pub(in crate::store::runs) fn is_event_record(head: &[u8]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<8>() else { return false };
    let length = u64::from_le_bytes(*length);
    // The first event holds a time and the version only.
    let data = rest.get(4..).unwrap_or_default();
    length < 256
        && data.len() as u64 >= length
        && data[..length as usize].windows(12).any(|part| part == b"brain.Event:")
}

/// So many rows are looked at; one of them may be damaged or not all there.
const ROWS: usize = 5;

/// JSON objects, one a line: several, or a single whole one that counts steps and says more. The last line may be cut off.
fn json_lines(text: &str) -> Option<Head> {
    let lines = text.split_inclusive('\n').filter(|line| !line.trim().is_empty()).take(ROWS);
    let (mut names, mut count) = (None, 0);
    for line in lines {
        let is_cut = line.starts_with('{') && !line.ends_with('\n') && names.is_some();
        let object = json::object(line.trim());
        count += usize::from(object.is_some() || is_cut);
        let keys = |object: serde_json::Map<_, _>| object.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        names = names.or_else(|| object.map(keys));
        // Prose that quotes an object somewhere is no table.
        names.as_ref()?;
    }
    let (names, has_begun) = (names?, count > 1);
    let is_one = text.ends_with('\n') && names.len() > 1 && names.iter().any(|name| is_step_name(name));
    (has_begun || is_one).then_some(Head { form: Form::Jsonl, names, has_begun })
}

/// A head of several names, none of them a number, and a row of as many fields below, one of them a number; or no row yet,
/// where a name counts steps.
fn csv(text: &str) -> Option<Head> {
    let is_number = |text: &String| cell::number(text).is_some() || cell::has_decimal_comma(text);
    COMMAS.into_iter().find_map(|comma| {
        let (mut rows, _) = first_rows(text.as_bytes(), comma, ROWS);
        if rows.is_empty() {
            return None;
        }
        let names = rows.remove(0);
        let is_row = |values: &Vec<String>| values.len() == names.len() && values.iter().any(is_number);
        let has_begun = rows.iter().any(is_row);
        let is_one = rows.is_empty() && names.iter().any(|name| is_step_name(name));
        // The first name may be empty: an index without one.
        let is_table = names.len() > 1
            && names.iter().skip(1).all(|name| !name.trim().is_empty())
            && !names.iter().any(is_number);
        (is_table && (has_begun || is_one)).then_some(Head { form: Form::Csv(comma), names, has_begun })
    })
}
