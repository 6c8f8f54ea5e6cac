//! The bundled pages of Practice are whole and honest, and are found by their words.

use std::collections::BTreeSet;

use mlops_atlas::catalog::{Stage, ToolId};
use mlops_atlas::practice::{HitKind, Practice, Provenance, Source};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::practice_files::{load, load_bundled};

fn bundled() -> Practice {
    let (practice, problems) = load_bundled();
    assert_eq!(problems, []);
    practice
}

fn all_sources(practice: &Practice) -> Vec<(&str, &[Source])> {
    let mut all: Vec<(&str, &[Source])> = Vec::new();
    all.extend(practice.stages.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.usecases.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.approaches.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.issues.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.statistics.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.debts.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.communities.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all.extend(practice.committee.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
    all
}

#[test]
fn every_section_has_its_pages() {
    let practice = bundled();
    assert_eq!(practice.stages.len(), 10);
    assert_eq!(practice.usecases.len(), 23);
    assert_eq!(practice.approaches.len(), 17);
    assert_eq!(practice.issues.len(), 15);
    assert!((8..=10).contains(&practice.debts.len()), "{}", practice.debts.len());
    assert!(!practice.statistics.is_empty());
    assert!(!practice.communities.is_empty());
    assert!(!practice.committee.is_empty());
}

#[test]
fn ids_are_unique_in_their_section() {
    let practice = bundled();
    let sections: [Vec<&str>; 8] = [
        practice.stages.iter().map(|p| p.id.as_str()).collect(),
        practice.usecases.iter().map(|p| p.id.as_str()).collect(),
        practice.approaches.iter().map(|p| p.id.as_str()).collect(),
        practice.issues.iter().map(|p| p.id.as_str()).collect(),
        practice.statistics.iter().map(|p| p.id.as_str()).collect(),
        practice.debts.iter().map(|p| p.id.as_str()).collect(),
        practice.communities.iter().map(|p| p.id.as_str()).collect(),
        practice.committee.iter().map(|p| p.id.as_str()).collect(),
    ];
    for ids in sections {
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        assert!(ids.iter().all(|id| ToolId::new(id).is_ok()), "fit for an address: {ids:?}");
    }
}

#[test]
fn the_lifecycle_has_each_stage_once_in_order() {
    let order = [
        "frame", "collect", "prepare", "feature", "train", "evaluate", "release", "serve", "monitor",
        "govern",
    ];
    let practice = bundled();
    let ids: Vec<&str> = practice.stages.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(ids, order);
    for page in &practice.stages {
        let stage = Stage::from_id(&page.id).unwrap();
        assert_eq!(page.title, stage.title(), "the page and the catalog use one word");
    }
}

#[test]
fn stages_and_tools_are_named_by_ids() {
    let practice = bundled();
    let cases = practice.usecases.iter().map(|p| (&p.id, &p.stages, &p.tools));
    let issues = practice.issues.iter().map(|p| (&p.id, &p.stages, &p.tools));
    for (id, stages, tools) in cases.chain(issues) {
        assert!(!stages.is_empty(), "{id} belongs to no stage");
        assert!(stages.iter().all(|stage| Stage::from_id(stage).is_some()), "{id}: {stages:?}");
        assert!(tools.iter().all(|tool| ToolId::new(tool).is_ok()), "{id}: {tools:?}");
    }
    for approach in &practice.approaches {
        let tools = &approach.open_tools;
        assert!(tools.iter().all(|tool| ToolId::new(tool).is_ok()), "{}: {tools:?}", approach.id);
    }
}

#[test]
fn tools_named_by_id_are_in_the_catalog() {
    let practice = bundled();
    let lists = practice.usecases.iter().map(|p| (&p.id, &p.tools));
    let lists = lists.chain(practice.issues.iter().map(|p| (&p.id, &p.tools)));
    let lists = lists.chain(practice.approaches.iter().map(|p| (&p.id, &p.open_tools)));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/catalog/tools");
    for (id, tools) in lists {
        for tool in tools {
            assert!(folder.join(format!("{tool}.toml")).is_file(), "{id} names {tool}, which has no entry");
        }
    }
}

#[test]
fn every_page_tells_its_sources_and_their_addresses_are_of_the_web() {
    let practice = bundled();
    for (id, sources) in all_sources(&practice) {
        assert!(!sources.is_empty(), "{id} has no source");
        for source in sources {
            assert!(!source.title.trim().is_empty(), "{id}");
            let Some(url) = &source.url else { continue };
            let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            assert!(rest.is_some_and(|rest| rest.contains('.') && !rest.contains(' ')), "{id}: {url}");
        }
    }
}

#[test]
fn the_slide_of_2020_is_as_the_deck_states_it() {
    let practice = bundled();
    let slide = practice.statistic("deck-2020").unwrap();
    let values: Vec<f64> = slide.values.iter().map(|value| value.percent).collect();
    assert_eq!(values, [36.0, 36.0, 20.0, 7.0, 1.0]);
    assert_eq!(values.iter().sum::<f64>(), 100.0);
    assert_eq!(slide.sample_size, Some(582));
    assert_eq!(slide.provenance, Provenance::Deck);
    let note = slide.note.as_deref().unwrap();
    assert!(note.contains("Algorithmia") && note.contains("unverified") && note.contains("0-25%"), "{note}");
}

#[test]
fn the_slide_of_2019_has_no_invented_numbers() {
    let practice = bundled();
    let slide = practice.statistic("deck-2019").unwrap();
    assert_eq!(slide.values, []);
    assert_eq!(slide.sample_size, None);
    assert!(slide.note.as_deref().unwrap().contains("without readable numbers"));
}

#[test]
fn percentages_are_percentages() {
    for number in bundled().statistics {
        for value in &number.values {
            assert!((0.0..=100.0).contains(&value.percent), "{}: {}", number.id, value.label);
        }
    }
}

#[test]
fn each_provenance_has_its_own_words() {
    let all = [Provenance::Deck, Provenance::Primary, Provenance::Secondary, Provenance::Unverified];
    let titles: BTreeSet<&str> = all.into_iter().map(Provenance::title).collect();
    assert_eq!(titles.len(), 4);
    assert_eq!(Provenance::Deck.title(), "as stated in the deck of 2021");
}

/// Three pages: the word "skew" is in a title of the last and in texts of the others.
fn three() -> Practice {
    let stages =
        "[[stage]]\nid = \"feature\"\ntitle = \"Feature\"\ndefinition = \"Avoid Skew by one definition.\"\n";
    let issues = "[[issue]]\nid = \"a\"\ntitle = \"Labels\"\ntext = \"Few; and skew.\"\ntools = [\"feast\"]\n\n\
                  [[issue]]\nid = \"b\"\ntitle = \"Training SKEW\"\ntext = \"Two sides differ.\"\n";
    let (practice, problems) = load(&[("issues.toml", issues), ("stages.toml", stages)]);
    assert_eq!(problems, []);
    practice
}

fn found(practice: &Practice, text: &str) -> Vec<String> {
    practice.search(text).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn hits_in_titles_come_first_then_the_order_of_sections() {
    assert_eq!(found(&three(), "skew"), ["b", "feature", "a"]);
    assert_eq!(three().search("skew")[0].kind, HitKind::Issue);
    assert_eq!(three().search("skew")[0].title, "Training SKEW");
}

#[test]
fn case_does_not_matter() {
    assert_eq!(found(&three(), "sKeW"), found(&three(), "skew"));
    assert_eq!(found(&three(), "TRAINING"), ["b"]);
}

#[test]
fn all_words_must_be_there_in_title_and_text_together() {
    assert_eq!(found(&three(), "skew labels"), ["a"]);
    assert_eq!(found(&three(), "  differ   training "), ["b"]);
    assert_eq!(found(&three(), "skew nowhere"), [""; 0]);
}

#[test]
fn no_words_find_nothing() {
    assert_eq!(found(&bundled(), ""), [""; 0]);
    assert_eq!(found(&bundled(), " \t "), [""; 0]);
}

#[test]
fn lists_are_searched_as_well() {
    assert_eq!(found(&three(), "feast"), ["a"]);
    let hits = bundled().search("michelangelo");
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Approach && hit.id == "uber"), "{hits:?}");
}

#[test]
fn pages_are_looked_up_by_stage_and_tool() {
    let practice = bundled();
    let at: Vec<&str> = practice.usecases_at("monitor").map(|case| case.id.as_str()).collect();
    assert!(!at.is_empty() && at.len() < practice.usecases.len(), "{at:?}");
    assert!(practice.usecases_of_tool("apache-airflow").any(|case| case.id == "finance-monzo"));
    assert_eq!(practice.usecases_of_tool("no-such-tool").count(), 0);
    assert!(practice.usecase("no-such-case").is_none());
}

#[test]
fn a_broken_file_is_told_with_its_line_and_the_others_load() {
    let broken = "[[issue]]\nid = \"a\"\ntitle = \"Labels\ntext = \"x\"\n";
    let stages = "[[stage]]\nid = \"frame\"\ntitle = \"Frame\"\ndefinition = \"Decide.\"\n";
    let (practice, problems) = load(&[("issues.toml", broken), ("stages.toml", stages)]);
    assert_eq!(practice.issues, []);
    assert_eq!(practice.stages.len(), 1);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].at, "data/practice/issues.toml:3");
    assert_eq!(problems[0].severity, Severity::Error);
}

#[test]
fn a_misspelt_key_is_told_with_its_line() {
    let text = "# Debt.\n\n[[debt]]\nid = \"a\"\ntitle = \"A\"\ntekst = \"x\"\n";
    let (practice, problems) = load(&[("debt.toml", text)]);
    assert_eq!(practice.debts, []);
    assert_eq!(problems[0].at, "data/practice/debt.toml:6");
    assert!(problems[0].message.contains("tekst"), "{}", problems[0].message);
}

#[test]
fn a_file_that_stands_for_no_section_is_told() {
    let (practice, problems) = load(&[("isues.toml", "")]);
    assert_eq!(practice, Practice::default());
    assert_eq!(problems[0].at, "data/practice/isues.toml");
}
