//! What opening and closing windows does to everything that windows share.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::action::{
    Action, DocumentAction, DocumentId, PresentAction, SeriesKey, SourceAction, WindowAction,
};
use crate::address::{DocumentKind, Origin, Place};
use crate::catalog::Catalog;
use crate::document;
use crate::practice::Practice;
use crate::runs::{Run, RunSet, Status, Table};
use crate::settings::Settings;
use crate::state::Content;

const MAIN: WindowId = WindowId::MAIN;

fn state() -> State {
    let content =
        Content { catalog: Catalog::default(), practice: Practice::default(), templates: Vec::new() };
    State::new(content, Settings::default(), date(2026, 11, 30))
}

fn act(state: &mut State, window: WindowId, action: WindowAction) -> Vec<Effect> {
    state.apply(Action::Window(window, action))
}

fn present(state: &mut State, window: WindowId, action: PresentAction) -> Vec<Effect> {
    act(state, window, WindowAction::Present(action))
}

fn ids(state: &State) -> Vec<WindowId> {
    state.windows().map(|(id, _)| id).collect()
}

/// Opens a window and says which.
fn opened(state: &mut State, location: Location) -> WindowId {
    let before = ids(state);
    act(state, MAIN, WindowAction::OpenWindow(location));
    let new: Vec<_> = ids(state).into_iter().filter(|id| !before.contains(id)).collect();
    assert_eq!(new.len(), 1, "{before:?} {new:?}");
    new[0]
}

fn place(place: Place) -> Location {
    Location::start_of(place)
}

fn told(state: &State) -> Vec<&str> {
    state.notices.iter().map(|notice| notice.problem.message.as_str()).collect()
}

/// The demo store with runs ticked.
fn store(ticked: &[&str]) -> Location {
    let Location::Store(mut store) = Location::store(Origin::Demo) else { unreachable!() };
    store.ticked = ticked.iter().map(|run| (*run).to_owned()).collect();
    store.metrics = vec!["loss".to_owned()];
    Location::Store(store)
}

/// Answers the reading of the demo store with two runs.
fn load(state: &mut State, effects: &[Effect]) -> Vec<Effect> {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::LoadSource { source, request, .. } => Some((*source, *request)),
        _ => None,
    });
    let (source, request) = asked.unwrap();
    let run = |id: &str| Run { status: Status::Finished, metrics: vec![(0, 1.0)], ..Run::bare(id) };
    let runs = RunSet::new(Vec::new(), [vec!["loss".into()], vec![], vec![]], vec![run("a"), run("b")]);
    let loaded = SourceAction::Loaded { request, runs: Arc::new(runs), problems: Vec::new() };
    state.apply(Action::Source(source, loaded))
}

/// What is followed by the last effect that says so, and whether the source is in sight.
fn followed(effects: &[Effect]) -> Option<(Vec<&str>, bool)> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Follow { keys, in_sight, .. } => Some((runs_of(keys), *in_sight)),
        _ => None,
    })
}

fn runs_of(keys: &BTreeSet<SeriesKey>) -> Vec<&str> {
    keys.iter().map(|key| key.run.as_str()).collect()
}

#[test]
fn each_window_is_somewhere_of_its_own_and_no_id_comes_twice() {
    let mut state = state();
    let second = opened(&mut state, place(Place::Studio));
    act(&mut state, second, WindowAction::Go(place(Place::Data)));
    act(&mut state, MAIN, WindowAction::Go(place(Place::Practice)));
    assert_eq!(*state.location(second), place(Place::Data));
    assert_eq!(*state.location(MAIN), place(Place::Practice));
    act(&mut state, second, WindowAction::Back);
    assert_eq!(*state.location(second), place(Place::Studio), "its history begins where it was opened");
    assert!(!state.window(second).navigation.can_go_back());
    assert_eq!(*state.location(MAIN), place(Place::Practice));
    let effects = act(&mut state, second, WindowAction::CloseWindow);
    assert!(matches!(effects[..], [Effect::CloseWindow(closed)] if closed == second), "{effects:?}");
    let third = opened(&mut state, place(Place::Home));
    assert_ne!(third, second);
    assert_eq!(ids(&state), [MAIN, third]);
}

#[test]
fn the_first_window_stays_and_says_why_and_there_are_not_too_many() {
    let mut state = state();
    assert!(act(&mut state, MAIN, WindowAction::CloseWindow).is_empty());
    assert_eq!(told(&state), ["This window closes with the program only: Ctrl+Q quits."]);
    for _ in 1..MOST_WINDOWS {
        opened(&mut state, place(Place::Home));
    }
    act(&mut state, MAIN, WindowAction::OpenWindow(place(Place::Home)));
    present(&mut state, MAIN, PresentAction::Elsewhere);
    assert_eq!(ids(&state).len(), MOST_WINDOWS);
    assert_eq!(told(&state)[1], "8 windows are open: close one of them first.");
    assert!(state.windows().all(|(_, window)| !window.presenting.on));
}

#[test]
fn what_is_asked_or_answered_for_a_closed_window_is_dropped() {
    let mut state = state();
    let effects = act(&mut state, MAIN, WindowAction::Go(store(&[])));
    let effects = load(&mut state, &effects);
    let second = opened(&mut state, Location::Home(None));
    let mut orders: Vec<Effect> = effects;
    orders.extend(act(&mut state, second, WindowAction::Go(store(&["a"]))));
    act(&mut state, second, WindowAction::CloseWindow);
    let here = state.location(MAIN).clone();
    for late in [
        WindowAction::Go(place(Place::Data)),
        WindowAction::Back,
        WindowAction::Open(vec!["x.architecture.json".into()]),
        WindowAction::New(DocumentKind::Drawing),
        WindowAction::Close,
        WindowAction::OpenWindow(place(Place::Data)),
        WindowAction::CloseWindow,
        WindowAction::Present(PresentAction::Start),
        WindowAction::Present(PresentAction::Elsewhere),
    ] {
        let effects = act(&mut state, second, late.clone());
        assert!(effects.is_empty(), "{late:?} {effects:?}");
        assert_eq!((ids(&state), state.location(MAIN)), (vec![MAIN], &here), "{late:?}");
    }
    // Both windows had asked for rows; only the first one's answer is taken.
    let (source, _) = state.focused_source(MAIN).unwrap();
    let mut answered = Vec::new();
    for order in orders {
        let Effect::OrderRuns { window, request, runs, .. } = order else { continue };
        let rows = if window == second { vec![1, 0] } else { vec![0, 1] };
        let table = Arc::new(Table { rows, ..Table::default() });
        let ordered = SourceAction::Ordered { window, request, runs, table };
        state.apply(Action::Source(source, ordered));
        answered.push(window);
    }
    assert_eq!(answered, [MAIN, second]);
    assert_eq!(state.window(MAIN).runs.of(source).unwrap().1.rows, [0, 1]);
}

#[test]
fn a_source_is_followed_as_long_as_some_window_shows_it() {
    let mut state = state();
    let effects = act(&mut state, MAIN, WindowAction::Go(store(&["a"])));
    let effects = load(&mut state, &effects);
    assert_eq!(followed(&effects), Some((vec!["a"], true)));
    let effects = act(&mut state, MAIN, WindowAction::OpenWindow(store(&["b"])));
    assert_eq!(followed(&effects), Some((vec!["a", "b"], true)));
    let second = ids(&state)[1];
    let effects = act(&mut state, MAIN, WindowAction::Go(Location::Home(None)));
    assert_eq!(followed(&effects), Some((vec!["b"], true)));
    let effects = act(&mut state, second, WindowAction::CloseWindow);
    assert_eq!(followed(&effects), Some((vec![], false)));
    assert_eq!(state.sources.len(), 1, "it stays open, as when one goes elsewhere");
}

/// Goes to a new drawing in the first window, and has it read.
fn drawing(state: &mut State) -> (DocumentId, Location) {
    let location = Location::of_document(DocumentKind::Drawing, Origin::Untitled(1));
    act(state, MAIN, WindowAction::Go(location.clone()));
    let (id, _) = state.focused_document(MAIN).unwrap();
    let content = document::Content::empty(DocumentKind::Drawing);
    let text: Arc<str> = content.to_text().into();
    let opened =
        DocumentAction::Opened { content, text, problems: vec![], journal: vec![], read_only: false };
    state.apply(Action::Document(id, opened));
    (id, location)
}

#[test]
fn a_document_is_closed_by_the_last_window_that_shows_it() {
    for closer in [0, 1] {
        let mut state = state();
        let (id, location) = drawing(&mut state);
        let second = opened(&mut state, location.clone());
        assert_eq!(state.focused_document(second).unwrap().0, id, "it is not opened twice");
        let (first, last) = if closer == 0 { (MAIN, second) } else { (second, MAIN) };
        let effects = act(&mut state, first, WindowAction::Close);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::CloseDocument(_))), "{effects:?}");
        assert_eq!(
            (state.location(first), state.location(last)),
            (&Location::start_of(Place::Studio), &location)
        );
        let effects = act(&mut state, last, WindowAction::Close);
        assert!(matches!(effects[..], [Effect::CloseDocument(closed)] if closed == id), "{effects:?}");
        assert!(state.documents.is_empty());
    }
}

#[test]
fn an_edit_is_in_every_window_and_stays_when_the_one_it_was_made_in_closes() {
    let mut state = state();
    let (id, location) = drawing(&mut state);
    let second = opened(&mut state, location);
    let title = crate::architecture::Edit::SetTitle("Ours".to_owned());
    let effects = state.apply(Action::Document(id, DocumentAction::Edit(title.into())));
    assert!(matches!(effects[..], [Effect::Journal { .. }]), "journaled once: {effects:?}");
    act(&mut state, second, WindowAction::CloseWindow);
    assert_eq!(state.focused_document(MAIN).unwrap().1.title(), "Ours");
    assert!(state.focused_document(MAIN).unwrap().1.is_dirty());
}

#[test]
fn the_speakers_window_steps_what_the_audience_sees() {
    let mut state = state();
    let views = [Place::Landscape, Place::Studio, Place::Practice].map(place);
    state.bookmarks = views.to_vec();
    act(&mut state, MAIN, WindowAction::Go(place(Place::Runs)));
    let effects = present(&mut state, MAIN, PresentAction::Elsewhere);
    let led = ids(&state)[1];
    assert!(matches!(effects[..], [Effect::Fullscreen(window, true)] if window == led), "{effects:?}");
    assert_eq!(state.led_from(MAIN), Some(led));
    assert_eq!(*state.location(led), place(Place::Runs));
    // What the first does for itself is not seen.
    act(&mut state, MAIN, WindowAction::Go(place(Place::Data)));
    assert_eq!(*state.location(led), place(Place::Runs));
    for (from, action, seen) in [
        (MAIN, PresentAction::Step(true), 0),
        (MAIN, PresentAction::Step(true), 1),
        (led, PresentAction::Step(true), 2),
        (MAIN, PresentAction::Jump(0), 0),
        (led, PresentAction::Step(false), 0),
    ] {
        present(&mut state, from, action);
        assert_eq!(*state.location(led), views[seen], "{action:?} from {from:?}");
        assert_eq!(*state.location(MAIN), place(Place::Data), "{action:?} from {from:?}");
    }
    present(&mut state, MAIN, PresentAction::Blank);
    assert!(state.window(led).presenting.blank && !state.window(MAIN).presenting.blank);
    // Once more shows the present view to the audience, in the same window.
    present(&mut state, MAIN, PresentAction::Elsewhere);
    assert_eq!(ids(&state), [MAIN, led]);
    assert_eq!(*state.location(led), place(Place::Data));
    assert!(!state.window(led).presenting.blank);
}

#[test]
fn the_end_closes_a_window_that_was_opened_for_presenting_and_no_other() {
    for ended_from_leader in [true, false] {
        let mut state = state();
        present(&mut state, MAIN, PresentAction::Elsewhere);
        let led = ids(&state)[1];
        let from = if ended_from_leader { MAIN } else { led };
        let effects = present(&mut state, from, PresentAction::End);
        assert!(matches!(effects[..], [Effect::CloseWindow(closed)] if closed == led), "{effects:?}");
        assert_eq!(ids(&state), [MAIN]);
    }
    let mut state = state();
    let second = opened(&mut state, Location::Home(None));
    let effects = present(&mut state, second, PresentAction::Start);
    assert!(matches!(effects[..], [Effect::Fullscreen(window, true)] if window == second), "{effects:?}");
    assert!(!state.window(MAIN).presenting.on);
    present(&mut state, second, PresentAction::End);
    assert_eq!(ids(&state), [MAIN, second]);
    assert!(!state.window(second).presenting.on);
}

#[test]
fn a_presentation_goes_on_without_the_window_that_led_it() {
    let mut state = state();
    let second = opened(&mut state, Location::Home(None));
    present(&mut state, second, PresentAction::Elsewhere);
    let led = *ids(&state).last().unwrap();
    assert_eq!((state.led_from(second), state.led_from(MAIN)), (Some(led), None));
    act(&mut state, second, WindowAction::CloseWindow);
    assert!(state.window(led).presenting.on);
    let effects = present(&mut state, led, PresentAction::End);
    assert!(matches!(effects[..], [Effect::Fullscreen(window, false)] if window == led), "{effects:?}");
    assert_eq!(ids(&state), [MAIN, led], "nobody else would show its view");
}

#[test]
fn a_window_that_presents_itself_steps_itself() {
    let mut state = state();
    state.bookmarks = vec![place(Place::Landscape)];
    present(&mut state, MAIN, PresentAction::Elsewhere);
    let led = ids(&state)[1];
    present(&mut state, MAIN, PresentAction::Start);
    present(&mut state, MAIN, PresentAction::Step(true));
    assert_eq!(*state.location(MAIN), place(Place::Landscape));
    assert_eq!(*state.location(led), Location::Home(None));
    present(&mut state, MAIN, PresentAction::End);
    assert_eq!(ids(&state), [MAIN, led], "the other one still presents");
    assert_eq!(state.led_from(MAIN), Some(led));
}
