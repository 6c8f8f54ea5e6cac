//! What a person keeps about tools: changes of it, and the shortlist that goes out to a file and comes in from one.

use std::path::Path;

use super::State;
use crate::action::{Effect, RemarkAction, WindowAction, WindowId};
use crate::address::{LandscapeLocation, Location};
use crate::catalog::ToolId;
use crate::catalog::query::{Query, Value};
use crate::problem::{Problem, Severity};
use crate::shortlist::{Merge, Shortlist, merge};
use crate::shown::counted;

/// More tools than this are counted, not named: a notice is read at a glance.
const MOST_NAMED: usize = 6;

pub(super) fn apply(state: &mut State, action: RemarkAction, effects: &mut Vec<Effect>) {
    let edits = match action {
        RemarkAction::Note(tool, note) => vec![state.remarks.note(&tool, note)],
        RemarkAction::Rate(tool, rating) => vec![state.remarks.rate(&tool, rating)],
        RemarkAction::Shortlist(tool, on) => vec![state.remarks.shortlist_tool(&tool, on)],
        RemarkAction::ShortlistAll(tools, on) => state.remarks.shortlist_all(&tools, on),
        RemarkAction::Undo => state.remarks.step(false),
        RemarkAction::Redo => state.remarks.step(true),
        RemarkAction::PickExport => return pick_export(state, effects),
        RemarkAction::Export(path) => {
            let list = Shortlist::of(&state.remarks, state.today);
            return effects.push(Effect::WriteShortlist { path, list });
        }
        RemarkAction::Import(window, path) => return effects.push(Effect::ReadShortlist { window, path }),
        RemarkAction::Imported { window, path, list, problems } => {
            return import(state, window, (&path, &list, &problems), effects);
        }
    };
    keep(state, edits, effects);
}

fn keep(state: &mut State, edits: Vec<crate::remarks::RemarkEdit>, effects: &mut Vec<Effect>) {
    if !edits.is_empty() {
        effects.push(Effect::KeepRemarks(edits));
        state.refilter(effects);
    }
}

/// Asks for a place, and says before anything is written what would leave this machine.
fn pick_export(state: &mut State, effects: &mut Vec<Effect>) {
    let list = Shortlist::of(&state.remarks, state.today);
    if list.tools.is_empty() {
        let message = "Nothing is on the shortlist yet: put tools on it, then export it.".to_owned();
        state.notice(Problem { severity: Severity::Info, message, at: "shortlist".to_owned() });
    } else {
        effects.push(Effect::PickShortlist(list.summary()));
    }
}

/// Takes a file in as one step, says what of it was left out, and shows the shortlist.
fn import(
    state: &mut State,
    window: WindowId,
    (path, list, odd): (&Path, &Shortlist, &[Problem]),
    effects: &mut Vec<Effect>,
) {
    let merged = merge(&state.remarks, list, |tool| state.catalog.get(tool).is_some());
    let at = path.display().to_string();
    state.notice_all(odd, "The shortlist");
    if let Some(message) = unknown(&merged, list) {
        state.notice(Problem { severity: Severity::Warning, message, at: at.clone() });
    }
    if let Some(message) = own(&merged, list) {
        state.notice(Problem { severity: Severity::Info, message, at: at.clone() });
    }
    state.notice(Problem { severity: Severity::Info, message: done(&merged), at });
    let edits = state.remarks.change_all("Import of a shortlist", merged.edits);
    keep(state, edits, effects);
    if merged.added + merged.present > 0 && state.has_window(window) {
        let query = Query::wanting([Value::Shortlisted]);
        let shortlist = Location::Landscape(LandscapeLocation { query, ..LandscapeLocation::default() });
        state.apply_in(window, WindowAction::Go(shortlist), effects);
    }
}

fn done(merged: &Merge) -> String {
    let (added, present) = (counted(merged.added, "tool", "tools"), merged.present);
    match (merged.added, present) {
        (0, 0) => "Nothing was imported: the file names no tool of the catalog.".to_owned(),
        (0, _) if merged.edits.is_empty() => {
            "Nothing has changed: all that is in the file is on the shortlist already.".to_owned()
        }
        (0, _) => format!(
            "{} on the shortlist got a rating or note from the file. Undo takes them back.",
            counted(merged.edits.len(), "tool", "tools")
        ),
        (_, 0) => format!("{added} came onto the shortlist. Undo takes all of it back."),
        _ => format!("{added} came onto the shortlist, {present} were on it. Undo takes all of it back."),
    }
}

fn unknown(merged: &Merge, list: &Shortlist) -> Option<String> {
    let named = named(list, merged.unknown.iter().map(|tool| (tool, tool.to_string())))?;
    let (is, them) = if merged.unknown.len() == 1 { ("is no tool", "it") } else { ("are no tools", "them") };
    Some(format!(
        "{named} {is} of the catalog and kept out: mend the id, or open the workspace that has {them}."
    ))
}

fn own(merged: &Merge, list: &Shortlist) -> Option<String> {
    let words = merged.own.iter().map(|(tool, own)| (tool, format!("{} of {tool}", own.words())));
    let named = named(list, words)?;
    Some(format!("Your own word was kept where the file says another: {named}."))
}

/// `feast (line 4), aim (line 8) and 3 more`; none of nothing.
fn named<'t>(list: &Shortlist, tools: impl Iterator<Item = (&'t ToolId, String)>) -> Option<String> {
    let texts: Vec<String> = tools
        .map(|(tool, text)| format!("{text} (line {})", list.line_of(tool).unwrap_or_default()))
        .collect();
    let shown = texts.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match texts.len() {
        0 => None,
        count if count > MOST_NAMED => Some(format!("{shown} and {} more", count - MOST_NAMED)),
        _ => Some(shown),
    }
}
