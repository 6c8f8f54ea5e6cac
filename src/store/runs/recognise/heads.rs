//! Kinds of stores that are told by the first bytes of a file: event files, tables, JSON lines.

use crate::runs::SourceKind;
use crate::runs::mapping::is_step_name;
use crate::store::runs::tables::csv::{COMMAS, first_rows};
use crate::store::runs::tables::{Form, json};

/// What no database begins like, and whether it counts steps.
pub(super) fn kind_of_head(head: &[u8]) -> Option<(SourceKind, bool)> {
    if is_event_record(head) {
        return Some((SourceKind::Tensorboard, true));
    }
    let (form, names) = table(head)?;
    Some((form.kind(), names.iter().any(|name| is_step_name(name))))
}

/// The form of a table that begins so; none where it is no table.
pub(in crate::store::runs) fn table_form(head: &[u8]) -> Option<Form> {
    table(head).map(|(form, _)| form)
}

/// The form of a table and the names in its head.
fn table(head: &[u8]) -> Option<(Form, Vec<String>)> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end in the midst of a letter, and a row may be damaged: what stands before tells enough.
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let text = text.trim_start_matches('\u{feff}');
    if let Some(keys) = json_keys(text) {
        return Some((Form::Jsonl, keys));
    }
    let (comma, names) = csv_names(text)?;
    Some((Form::Csv(comma), names))
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

/// The keys of the first line, where the first two lines are JSON objects; the second may be cut off.
fn json_keys(text: &str) -> Option<Vec<String>> {
    let mut lines = text.split_inclusive('\n').filter(|line| !line.trim().is_empty());
    let (first, second) = (lines.next()?, lines.next()?);
    let keys = json::object(first.trim())?;
    let is_cut = second.starts_with('{') && !second.ends_with('\n');
    (is_cut || json::object(second.trim()).is_some()).then(|| keys.into_iter().map(|(key, _)| key).collect())
}

/// The comma of a table and the names in its head: several, none of them a number, and a row of as many fields below, one
/// of them a number.
fn csv_names(text: &str) -> Option<(u8, Vec<String>)> {
    let is_number = |text: &String| text.trim().parse::<f64>().is_ok();
    COMMAS.into_iter().find_map(|comma| {
        let (rows, _) = first_rows(text.as_bytes(), comma, 2);
        let [names, values] = rows.as_slice() else { return None };
        // The first name may be empty: an index without one.
        let is_table = names.len() > 1
            && names.len() == values.len()
            && names.iter().skip(1).all(|name| !name.trim().is_empty())
            && !names.iter().any(is_number)
            && values.iter().any(is_number);
        is_table.then(|| (comma, names.clone()))
    })
}
