//! A small catalog by hand: what is aligned, what counts as equal, and what the three texts say.

use super::{Comparison, Fact, csv, markdown, record, with_alternatives};
use crate::catalog::{Catalog, Evidence, Layer, Polarity, ToolId, read};

/// Two trackers that differ in some facts, and two further tools.
const TOOLS: [&str; 4] = [
    r#"
id = "ant"
name = "Ant"
summary = "Tracks | runs."
category = "Tracking"
stages = ["train", "release"]
languages = ["Python", "Go"]
kubernetes = false
[license]
spdx = "MIT"
class = "osi"
note = "Only the `core`."
source = "https://ant.dev/LICENSE"
checked_on = "2026-11-01"
[status]
state = "alive"
seen_on = "2026-10-30"
[[relation]]
type = "alternative_to"
target = "dove"
[[relation]]
type = "alternative_to"
target = "bee"
how = "Both track."
[[relation.evidence]]
url = "https://ant.dev/why"
title = "Why"
accessed = "2026-11-02"
[[relation]]
type = "exports_to"
target = "bee"
via = { artifact = "runs", interface = "CSV" }
since = "2.0"
[[claim]]
id = "c1"
polarity = "con"
topic = "scale"
text = "Slow above 100 runs <b>."
status = "reviewed"
stale_after = "2026-11-30"
[[claim.evidence]]
url = "https://ant.dev/scale|x"
title = "Scale [notes]"
accessed = "2026-11-03"
[[claim]]
id = "c2"
polarity = "pro"
topic = "scale"
text = "Many users."
status = "reviewed"
[[claim.evidence]]
url = "https://ant.dev/users"
accessed = "2026-11-03"
[[claim.evidence]]
url = "https://ant.dev/users"
accessed = "2026-11-03"
[[claim]]
id = "c3"
polarity = "fact"
topic = "api"
text = "=HYPERLINK(1)"
status = "draft"
"#,
    r#"
id = "bee"
name = "Bee"
category = "Tracking"
stages = ["release", "train"]
languages = ["Go", "Python"]
[license]
spdx = "Apache-2.0"
class = "osi"
[[relation]]
type = "alternative_to"
target = "ant"
how = "Both track."
[[relation.evidence]]
url = "https://bee.dev/why"
accessed = "2026-11-05"
[[claim]]
id = "c1"
polarity = "caveat"
topic = "scale"
text = "Unmeasured."
applies_to = "1.x"
status = "disputed"
"#,
    "id = \"cat\"\nname = \"Cat\"\ncategory = \"Tracking\"\n[[relation]]\ntype = \"alternative_to\"\ntarget = \"ant\"\n",
    "id = \"dove\"\nname = \"Dove\"\ncategory = \"Serving\"\n",
];

fn catalog() -> Catalog {
    let entries = TOOLS.iter().map(|text| read::read_entry(text, "t.toml").unwrap().entry).collect();
    let (catalog, problems) = Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]);
    assert_eq!(problems, []);
    catalog
}

fn ids(list: &[&str]) -> Vec<ToolId> {
    list.iter().map(|id| ToolId::new(id).unwrap()).collect()
}

fn compare(list: &[&str]) -> Comparison {
    Comparison::of(&catalog(), &ids(list), jiff::civil::date(2026, 12, 1))
}

/// A comparison with a source that no reader of files would let through.
fn hostile() -> Comparison {
    let mut both = compare(&["ant", "bee"]);
    let url = "javascript:alert(1)".to_owned();
    both.topics[1].cells[0][0].evidence.push(Evidence { url, title: None, locator: None, accessed: None });
    both
}

#[test]
fn rows_that_differ_come_first_and_unknown_is_a_value() {
    let both = compare(&["ant", "bee"]);
    let row = |fact: Fact| both.rows.iter().find(|row| row.fact == fact).unwrap();
    let texts = |fact: Fact| row(fact).cells.iter().map(super::Cell::text).collect::<Vec<_>>();
    assert_eq!(texts(Fact::License), ["MIT", "Apache-2.0"]);
    assert_eq!(texts(Fact::Status), ["Alive", "unknown"]);
    assert_eq!(texts(Fact::Kubernetes), ["not needed", "unknown"]);
    assert_eq!(texts(Fact::Foundation), ["none known", "none known"]);
    let differing: Vec<Fact> = both.differences().iter().map(|row| row.fact).collect();
    assert_eq!(differing, [Fact::License, Fact::Status, Fact::Kubernetes]);
    assert_eq!(both.rows.len(), Fact::ALL.len(), "each fact is there");
    assert_eq!(both.equalities().len(), Fact::ALL.len() - 3);
    assert!(both.equalities().iter().all(|row| row.is_equal));
    // The same languages in another order, and the same stages.
    assert!(row(Fact::Languages).is_equal && row(Fact::Stages).is_equal && row(Fact::LicenseClass).is_equal);
    assert_eq!(both.category.as_deref(), Some("Tracking"));
    assert_eq!(compare(&["ant", "dove"]).category, None);
}

#[test]
fn a_cell_keeps_its_source_and_its_day() {
    let both = compare(&["ant", "bee"]);
    let license = &both.rows.iter().find(|row| row.fact == Fact::License).unwrap().cells;
    let file = &license[0].sources[0];
    assert_eq!(
        (file.url.as_str(), file.accessed),
        ("https://ant.dev/LICENSE", Some(jiff::civil::date(2026, 11, 1)))
    );
    assert_eq!(license[0].note.as_deref(), Some("Only the `core`."));
    assert!(license[1].sources.is_empty(), "nobody says where it was read");
    let status = &both.rows.iter().find(|row| row.fact == Fact::Status).unwrap().cells;
    assert_eq!(status[0].seen_on, Some(jiff::civil::date(2026, 10, 30)));
}

#[test]
fn claims_stand_side_by_side_on_their_topic() {
    let both = compare(&["bee", "ant"]);
    let topics: Vec<&str> = both.topics.iter().map(|topic| topic.topic.as_str()).collect();
    assert_eq!(topics, ["scale", "api"], "what both have claims on comes first, though a comes before s");
    let polarities: Vec<Vec<Polarity>> =
        both.topics[0].cells.iter().map(|cell| cell.iter().map(|claim| claim.polarity).collect()).collect();
    assert_eq!(polarities, [vec![Polarity::Caveat], vec![Polarity::Pro, Polarity::Con]]);
    assert!(both.topics[1].cells[0].is_empty());
}

#[test]
fn a_relation_that_both_ends_tell_of_is_one() {
    let both = compare(&["ant", "bee", "cat"]);
    let sentences: Vec<String> = both.between.iter().map(super::Between::sentence).collect();
    assert_eq!(
        sentences,
        ["Ant is an alternative to Bee", "Ant exports to Bee", "Cat is an alternative to Ant"],
    );
    let mutual = &both.between[0];
    assert_eq!((mutual.how.as_slice(), mutual.sources.len()), (["Both track.".to_owned()].as_slice(), 2));
    assert_eq!(both.between[1].details(), "runs over CSV · since 2.0");
}

#[test]
fn a_tool_begins_with_its_alternatives_those_of_its_category_first() {
    let catalog = catalog();
    assert_eq!(with_alternatives(&catalog, &ids(&["ant"])[0]), ids(&["ant", "bee", "cat", "dove"]));
    assert_eq!(with_alternatives(&catalog, &ids(&["dove"])[0]), ids(&["dove", "ant"]), "told by the other");
    assert_eq!(with_alternatives(&catalog, &ids(&["nobody"])[0]), ids(&["nobody"]));
    let ant = &compare(&["ant"]).tools[0];
    let sources: Vec<usize> = ant.alternatives.iter().map(|other| other.sources.len()).collect();
    assert_eq!(sources, [2, 0, 0], "bee is told of by both");
}

#[test]
fn odd_lists_are_told_and_harm_nothing() {
    let odd = compare(&["ant", "nobody", "ant", "bee"]);
    assert_eq!((odd.tools.len(), odd.unknown, odd.left_out), (2, ids(&["nobody"]), Vec::new()));
    for list in [&[] as &[&str], &["ant"], &["nobody", "ant"]] {
        assert!(!compare(list).is_enough(), "{list:?}");
    }
    let names = ["a", "b", "c", "d", "e", "f"];
    let entries =
        names.map(|id| read::read_entry(&format!("id = \"{id}\"\nname = \"{id}\"\n"), "t").unwrap().entry);
    let (six, _) = Catalog::new(Vec::new(), &[(Layer::Bundled, entries.to_vec())]);
    let six = Comparison::of(&six, &ids(&names), jiff::civil::date(2026, 12, 1));
    assert_eq!((six.tools.len(), six.left_out), (5, ids(&["f"])));
}

#[test]
fn csv_has_a_line_for_each_value_with_its_source_and_day() {
    let text = csv::table(&hostile());
    for line in [
        "row,tool,value,source,read",
        "Licence,ant,MIT,https://ant.dev/LICENSE,2026-11-01",
        "Licence,bee,Apache-2.0,,",
        "Status,ant,Alive,,2026-10-30",
        "Languages,ant,\"Python, Go\",,",
        "Pro: scale,ant,Many users.,https://ant.dev/users,2026-11-03",
        "Con: scale,ant,Slow above 100 runs <b>.,https://ant.dev/scale|x,2026-11-03",
        "Fact: api,ant,'=HYPERLINK(1),javascript:alert(1),unknown",
        "Claims: api,bee,unknown,,",
        "Between,ant,Ant is an alternative to Bee,https://ant.dev/why https://bee.dev/why,2026-11-02 2026-11-05",
        "Alternative,bee,Ant,https://bee.dev/why https://ant.dev/why,2026-11-05 2026-11-02",
    ] {
        assert_eq!(text.lines().filter(|found| *found == line).count(), 1, "{line} in\n{text}");
    }
}

#[test]
fn markdown_says_everything_and_none_of_it_is_markup() {
    let text = markdown::page(&hostile());
    for part in [
        "# Ant and Bee\n",
        "|  | Ant | Bee |\n| --- | --- | --- |\n| Licence | MIT (Only the \\`core\\`.; [licence file](https://ant.dev/LICENSE), read 2026-11-01) | Apache-2.0 |\n",
        "| Status | Alive (seen 2026-10-30) | unknown |\n",
        "| Languages (equal) | Python, Go | Go, Python |\n",
        "### scale\n\n**Ant**\n\n- Pro: Many users. ([ant.dev](https://ant.dev/users), read 2026-11-03)\n",
        "- Con: Slow above 100 runs \\<b\\>. (stale: past its review date; [Scale \\[notes\\]](https://ant.dev/scale%7Cx), read 2026-11-03)\n",
        "- Caveat: Unmeasured. (applies to 1.x; disputed; no source)\n",
        "- Fact: =HYPERLINK(1) (draft: the source was not read again yet; javascript:alert(1), not read again)\n",
        "### api\n",
        "**Bee**\n\n- nothing written down\n",
        "- Ant is an alternative to Bee: Both track. ([Why](https://ant.dev/why), read 2026-11-02; [bee.dev](https://bee.dev/why), read 2026-11-05)\n",
        "- Ant exports to Bee · runs over CSV · since 2.0\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert!(!text.contains("](javascript"), "{text}");
}

#[test]
fn a_decision_record_has_the_sections_of_madr_and_decides_nothing() {
    let comparison = compare(&["ant", "bee"]);
    let text = record::madr(&comparison);
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        heads,
        [
            "# Choose between Ant and Bee (Tracking)",
            "## Context and Problem Statement",
            "## Decision Drivers",
            "## Considered Options",
            "## Decision Outcome",
            "### Consequences",
            "### Confirmation",
            "## Pros and Cons of the Options",
            "### Ant",
            "### Bee",
            "## More Information",
        ]
    );
    assert!(text.starts_with("---\nstatus: proposed\ndate: 2026-12-01\n---\n\n# "), "{text}");
    for part in [
        "* Licence. Ant: MIT (Only the",
        "* Status. Ant: Alive (seen 2026-10-30); Bee: unknown\n",
        "## Considered Options\n\n* Ant\n* Bee\n",
        "<!-- To be filled in by whoever decides",
        "Chosen option: \"{name one of the options}\", because {say why}.",
        "### Ant\n\nTracks \\| runs.\n\n* Good, because (scale) Many users.",
        "* Bad, because (scale) Slow above",
        "* Neutral, because (api) =HYPERLINK",
        "* Neutral, because with a caveat: (scale) Unmeasured.",
        "The same for all of them: Kind: unknown; Stages: Train, Release;",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert!(!text.contains("* Languages."), "what is the same drives no decision");
}
