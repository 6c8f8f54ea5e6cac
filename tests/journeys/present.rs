//! Presenting: bookmarks outlive the program, a clicker's keys step through them, the spotlight dims the rest.

use egui::{Event, pos2};
use mlops_atlas::action::{PresentAction, WindowAction, WindowId};
use mlops_atlas::address::{Location, Place};
use mlops_atlas::app::{App, Start};
use mlops_atlas::store::atlas_db::Profile;
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::image::Image;
use mlops_atlas::ui::theme;

fn app(profile: Profile) -> App {
    App::new(Start { profile, locations: vec![Location::Home(None)], ..Start::default() }).unwrap()
}

fn apply(app: &mut App, headless: &Headless, actions: impl IntoIterator<Item = WindowAction>) {
    for action in actions {
        app.push(action);
        app.logic(headless.context());
    }
}

fn headless() -> Headless {
    Headless::new([800, 600], 1.0, |ctx| theme::install(ctx, true))
}

fn picture(app: &mut App, headless: &mut Headless) -> Image {
    app.logic(&headless.context().clone());
    drop(headless.frame(vec![Event::PointerMoved(pos2(400.0, 300.0))], |ui| app.ui(ui)));
    headless.settle(6, |ui| app.ui(ui));
    headless.picture()
}

#[test]
fn bookmarks_are_there_after_a_restart_and_stepped_through() {
    let folder = tempfile::tempdir().unwrap();
    let places = [Place::Landscape, Place::Studio, Place::Practice].map(Location::start_of);
    let headless = headless();
    let mut first = app(Profile::at(folder.path()));
    for place in &places {
        apply(
            &mut first,
            &headless,
            [WindowAction::Go(place.clone()), WindowAction::Present(PresentAction::Bookmark)],
        );
    }
    drop(first);

    let mut second = app(Profile::at(folder.path()));
    apply(&mut second, &headless, [WindowAction::Present(PresentAction::Start)]);
    assert_eq!(second.state().bookmarks, places);
    // From elsewhere to the first, on to the last, no further, and back again.
    for (forward, wanted) in [(true, 0), (true, 1), (true, 2), (true, 2), (false, 1), (false, 0), (false, 0)]
    {
        apply(&mut second, &headless, [WindowAction::Present(PresentAction::Step(forward))]);
        assert_eq!(*second.state().location(WindowId::MAIN), places[wanted]);
    }
    apply(&mut second, &headless, [WindowAction::Present(PresentAction::Forget(1))]);
    drop(second);
    let third = app(Profile::at(folder.path()));
    assert_eq!(third.state().bookmarks, [places[0].clone(), places[2].clone()]);
}

#[test]
fn the_spotlight_dims_everything_but_the_pointers_surroundings() {
    let mut headless = headless();
    let mut app = app(Profile::empty());
    apply(&mut app, &headless, [WindowAction::Present(PresentAction::Start)]);
    let plain = picture(&mut app, &mut headless);
    apply(&mut app, &headless, [WindowAction::Present(PresentAction::Spotlight)]);
    let lit = picture(&mut app, &mut headless);
    let at = |image: &Image, x: u32, y: u32| image.pixel(x, y).unwrap();
    for corner in [(4, 4), (795, 4), (4, 595), (795, 595), (400, 20), (20, 300)] {
        assert_ne!(at(&plain, corner.0, corner.1), at(&lit, corner.0, corner.1), "{corner:?} stays bright");
    }
    // Everything is 1.35 times as large while presenting, the pointer's place too.
    for near in [(540, 405), (500, 405), (540, 365)] {
        assert_eq!(at(&plain, near.0, near.1), at(&lit, near.0, near.1), "{near:?} is dimmed");
    }
}
