//! Three drawings that differ in all that is asked, and every answer counted by hand.

use super::*;
use crate::architecture::layout::Bounds;
use crate::architecture::sketch::{catalog, sketch};

/// Titles, domains, boxes.
const DRAWINGS: [(&str, &str, &str); 3] = [
    ("Night scoring", "retail", "t:training=feast r:model_registry=aim"),
    ("Fraud stream", "finance", "t:training=feast m:monitoring"),
    ("Night rules", "finance", "g:guardrails=own"),
];

fn exhibits() -> Vec<Exhibit> {
    let known = catalog(&[
        "id = \"feast\"\nname = \"Feature Shop\"\n[license]\nspdx = \"Apache-2.0\"\nclass = \"osi\"\n",
        "id = \"aim\"\nname = \"Aim\"\n",
    ]);
    let exhibit = |(title, domain, text): (&str, &str, &str)| {
        let mut drawing = sketch(text);
        (drawing.title, drawing.domain) = (title.to_owned(), domain.to_owned());
        Exhibit::of(Arc::new(Card::of(&drawing)), &known)
    };
    DRAWINGS.into_iter().map(exhibit).collect()
}

fn wish(text: &str, domains: &[&str], levels: &[u8], kinds: &[&str], tools: &[&str]) -> Wish {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Wish {
        text: text.to_owned(),
        domains: owned(domains),
        levels: levels.to_vec(),
        kinds: owned(kinds),
        tools: owned(tools),
    }
}

#[test]
fn words_domains_and_levels_widen_and_kinds_and_tools_narrow() {
    let all = exhibits();
    let none: &[&str] = &[];
    for (asked, rows) in [
        (Wish::default(), vec![0, 1, 2]),
        (wish("  NIGHT ", none, &[], none, none), vec![0, 2]),
        // The name that the catalog gives, and the id that the box has.
        (wish("feature shop", none, &[], none, none), vec![0, 1]),
        (wish("own", none, &[], none, none), vec![2]),
        (wish("finance stream", none, &[], none, none), vec![1]),
        (wish("", &["retail", "finance"], &[], none, none), vec![0, 1, 2]),
        (wish("", &["finance"], &[], none, none), vec![1, 2]),
        (wish("", none, &[0], none, none), vec![0, 1, 2]),
        (wish("", none, &[1, 2], none, none), vec![]),
        (wish("", none, &[], &["training"], none), vec![0, 1]),
        (wish("", none, &[], &["training", "monitoring"], none), vec![1]),
        (wish("", none, &[], none, &["feast", "aim"]), vec![0]),
        (wish("night", &["finance"], &[], none, &["feast"]), vec![]),
    ] {
        assert_eq!(find(&all, &asked).rows, rows, "{asked:?}");
    }
}

#[test]
fn a_count_says_how_many_there_would_be() {
    let found = find(&exhibits(), &wish("", &["finance"], &[], &["training"], &[]));
    let counted: Vec<(Value, usize)> = found.counts.into_iter().collect();
    let expected = [
        // Of domains another could be asked in its place.
        (Value::Domain("finance".to_owned()), 1),
        (Value::Domain("retail".to_owned()), 1),
        (Value::Level(0), 1),
        // Of kinds one more.
        (Value::Kind("monitoring".to_owned()), 1),
        (Value::Kind("training".to_owned()), 1),
        (Value::Tool("feast".to_owned()), 1),
    ];
    assert_eq!(counted, expected);
}

#[test]
fn where_nothing_fits_the_parts_whose_loss_helps_are_named_the_best_first() {
    let asked = wish("night", &["finance"], &[], &["monitoring"], &["feast"]);
    let looser = find(&exhibits(), &asked).looser;
    // Without "night" the fraud stream is left; nothing else helps alone.
    assert_eq!(looser, [(Part::Text, 1)]);
    let asked = wish("", &[], &[2], &["training"], &[]);
    assert_eq!(find(&exhibits(), &asked).looser, [(Part::Levels, 2)]);
    assert_eq!(find(&exhibits(), &Wish::default()).looser, []);
}

#[test]
fn a_card_counts_tools_by_licence_and_strangers_apart() {
    let all = exhibits();
    let of = |at: usize, class: LicenseClass| {
        let place = LicenseClass::ALL.iter().position(|other| *other == class).unwrap();
        all[at].classes[place]
    };
    assert_eq!((of(0, LicenseClass::Osi), of(0, LicenseClass::Unknown), all[0].strangers), (1, 1, 0));
    assert_eq!((of(2, LicenseClass::Osi), all[2].strangers), (0, 1));
    assert_eq!((all[0].card.nodes, all[0].card.flows, all[0].card.reported()), (2, 0, None));
}

#[test]
fn a_miniature_holds_every_box_and_no_room_around() {
    let picture = Miniature::of(&sketch("a:ci b:training c:training; a->b:trigger"));
    assert_eq!((picture.boxes.len(), picture.lines.len()), (3, 1));
    let tops = picture.boxes.iter().map(|(at, _)| at.y).min();
    assert_eq!(tops, Some(picture.bounds.y));
    let inside = |(at, _): &(Bounds, String)| {
        at.x >= picture.bounds.x
            && at.right() <= picture.bounds.right()
            && at.bottom() <= picture.bounds.bottom()
    };
    assert!(picture.boxes.iter().all(inside));
    assert_eq!(Miniature::of(&Architecture::default()).boxes, []);
}

#[test]
fn what_is_too_large_to_be_made_out_is_told_without_a_picture() {
    for (boxes, is_left_out) in [(500, false), (501, true)] {
        let text: Vec<String> = (0..boxes).map(|at| format!("n{at}:training")).collect();
        let card = Card::of(&sketch(&text.join(" ")));
        assert_eq!((card.nodes, card.picture.is_left_out), (boxes, is_left_out));
        assert_eq!(card.picture.boxes.len(), if is_left_out { 0 } else { boxes });
    }
}
