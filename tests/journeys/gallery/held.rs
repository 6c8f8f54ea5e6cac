//! A drawing held against another: what it follows, what it lists, and what it leaves alone.

use super::*;

#[test]
fn an_address_holds_a_drawing_against_one_of_the_workspace_and_both_ways_are_one_press() {
    let (_folder, root) = team();
    let address = "atlas:studio/drawing?file=ours.architecture.json&panel=compare&against=template:edge";
    let location = address.parse::<Location>().unwrap().resolved_in(&root);
    let mut harness = start(&location.to_string(), Some(&root));
    // The title is no difference; a tool and a box with its flows are.
    let flows = architecture_files::template("edge").unwrap().flows;
    let lost = flows.iter().filter(|flow| flow.touches(&"fb".into())).count();
    assert!(shows(&harness, "Changed · 1") && shows(&harness, "none → Mender"));
    assert!(shows(&harness, &format!("Only in the other · 1 box · {lost} flows")));
    harness.get_by_label("Machine controller, operate, differs");
    reach(&mut harness, "Other way round");
    assert_eq!(drawing(&harness).document.origin, Origin::Template("edge".to_owned()));
    assert!(
        shows(&harness, "Mender → none") && shows(&harness, &format!("Only here · 1 box · {lost} flows"))
    );
    harness.get_by_label("Field outcomes, operate, only in this drawing");
    let state = harness.state().state();
    let compared = state.window(WindowId::MAIN).compared.as_ref().unwrap();
    assert!(matches!(&compared.with, Reference::Ready(held) if held.title == "Our fleet"));
    reach(&mut harness, "Choose another");
    assert!(shows(&harness, "Open drawings"));
    write(&mut harness, "Search what to compare with", "kreuz");
    assert!(!shows(&harness, "Open drawings"));
    reach(&mut harness, "Nine-component reference");
    assert!(here(&harness).ends_with("panel=compare&against=template:kreuzberger"), "{}", here(&harness));
    // What cannot be read is told where the comparison would stand.
    let broken = root.join("broken.architecture.json");
    go(
        &mut harness,
        &format!("atlas:studio/drawing?file=template:edge&panel=compare&against={}", broken.display())
            .replace(' ', "%20"),
    );
    assert!(shows(&harness, "The other drawing cannot be shown"));
    reach(&mut harness, "Compare with another");
    assert!(shows(&harness, "Templates"));
}

/// Frames until the comparison is with a drawing of this title.
fn held_against(harness: &mut Atlas, title: &str) -> bool {
    for _ in 0..5_000 {
        harness.run_steps(1);
        let compared = harness.state().state().window(WindowId::MAIN).compared.as_ref();
        if compared.is_some_and(|shown| matches!(&shown.with, Reference::Ready(held) if held.title == title))
        {
            return true;
        }
    }
    false
}

#[test]
fn what_a_drawing_is_held_against_follows_its_file_and_is_nobodys() {
    let (folder, root) = team();
    let apart = folder.path().join("apart.architecture.json");
    fs::copy(root.join("ours.architecture.json"), &apart).unwrap();
    for (private, path) in [("one", &root.join("ours.architecture.json")), ("two", &apart)] {
        let profile = Profile::at(folder.path().join(private));
        let mut drawing = Architecture { title: "As it was read".to_owned(), ..Architecture::default() };
        fs::write(path, drawing.to_json()).unwrap();
        let against = Origin::Path(path.clone());
        let edge = Origin::Template("edge".to_owned());
        let (panel, held) = (DrawingPanel::Compare, Some(against.clone()));
        let here = DrawingLocation { panel, against: held, ..DrawingLocation::of(edge.clone()) };
        let start = Start {
            profile: profile.clone(),
            workspace: Some(root.clone()),
            locations: vec![Location::Drawing(here)],
            ..Start::default()
        };
        let mut harness = headless::open(start);
        settle(&mut harness);
        assert!(held_against(&mut harness, "As it was read"), "{}", path.display());
        // Somebody else can open it and change it, and nobody has opened it here.
        let key = fs::canonicalize(path).unwrap().display().to_string();
        assert!(locks::lock(&profile, &key).is_ok_and(|lock| lock.is_some()), "{key}");
        let state = harness.state().state();
        let open: Vec<_> = state.documents.values().map(|document| document.origin.clone()).collect();
        assert_eq!(open, [edge]);
        assert!(state.recents.iter().all(|recent| !recent.address.contains("architecture.json")));
        drawing.title = "As somebody wrote it meanwhile".to_owned();
        fs::write(path, drawing.to_json()).unwrap();
        harness.state_mut().push(mlops_atlas::action::WorkspaceAction::Look);
        assert!(held_against(&mut harness, "As somebody wrote it meanwhile"), "{}", path.display());
        // Where a person opens it, it is as it stands there.
        let opened = Location::of_origin(against.clone());
        harness.state_mut().push(WindowAction::Go(opened));
        settle(&mut harness);
        let (id, _) = harness.state().state().document_of(&against).unwrap();
        let title = Edit::SetTitle("As it is being changed".to_owned());
        harness.state_mut().push(Action::Document(id, DocumentAction::Edit(title.into())));
        harness.state_mut().push(WindowAction::Back);
        assert!(held_against(&mut harness, "As it is being changed"), "{}", path.display());
    }
}

#[test]
fn the_list_of_what_to_compare_with_follows_a_drawing_that_is_saved_elsewhere() {
    let (_folder, root) = team();
    let mut harness = start("atlas:home", None);
    let origin = Origin::Path(root.join("ours.architecture.json"));
    harness.state_mut().push(WindowAction::Go(Location::of_origin(origin.clone())));
    settle(&mut harness);
    let (id, _) = harness.state().state().document_of(&origin).unwrap();
    go(&mut harness, "atlas:studio/drawing?file=template:edge&panel=compare");
    assert!(shows(&harness, "Our fleet"));
    // Saving makes no other revision of it.
    let elsewhere = root.join("elsewhere.architecture.json");
    harness.state_mut().push(Action::Document(id, DocumentAction::SaveTo(elsewhere.clone())));
    settle(&mut harness);
    reach(&mut harness, "Our fleet");
    let Location::Drawing(shown) = harness.state().state().location(WindowId::MAIN).clone() else { panic!() };
    assert_eq!(shown.against, Some(Origin::Path(elsewhere)));
}

#[test]
fn what_a_window_offers_and_compares_goes_with_the_view_and_with_the_catalog() {
    let (_folder, root) = team();
    let address = "atlas:studio/drawing?file=template:airbnb&panel=compare&against=template:edge";
    let mut harness = start("atlas:studio", None);
    let window = |harness: &Atlas| {
        let window = harness.state().state().window(WindowId::MAIN);
        (window.gallery.is_some(), window.compared.clone())
    };
    assert!(window(&harness).0);
    go(&mut harness, address);
    let (offers, compared) = window(&harness);
    assert!(!offers && compared.is_some(), "what nobody sees is not kept");
    // Another catalog calls a tool otherwise.
    let told = |compared: Option<Compared>| match compared.unwrap().with {
        Reference::Ready(held) => held.lacks.into_iter().map(|lack| lack.message).collect::<String>(),
        other => panic!("{other:?}"),
    };
    let revision = harness.state().state().catalog_revision;
    assert!(!told(compared).contains("Our own fleet manager"));
    let edge = architecture_files::template("edge").unwrap();
    let airbnb = architecture_files::template("airbnb").unwrap();
    let has = |drawing: &Architecture, kind: &str| drawing.nodes.values().any(|node| node.kind == kind);
    let lacked = edge.nodes.values().filter(|node| !has(&airbnb, &node.kind));
    let tool = lacked.flat_map(|node| &node.tools).next().unwrap();
    fs::create_dir_all(root.join("catalog/tools")).unwrap();
    let entry = format!("id = \"{tool}\"\nname = \"Our own fleet manager\"\n");
    fs::write(root.join(format!("catalog/tools/{tool}.toml")), entry).unwrap();
    harness.state_mut().push(mlops_atlas::action::WorkspaceAction::Open(root));
    settle(&mut harness);
    assert!(told(window(&harness).1).contains("Our own fleet manager"));
    let with_workspace = harness.state().state().catalog_revision;
    harness.state_mut().push(mlops_atlas::action::WorkspaceAction::Close);
    settle(&mut harness);
    assert!(!told(window(&harness).1).contains("Our own fleet manager"));
    // The shipped catalog again, and yet another state: what was found in it before may be gone.
    let again = harness.state().state().catalog_revision;
    assert!(revision < with_workspace && with_workspace < again);
}
