//! The bundled pages of Practice are whole and honest, and are found by their words.

mod files;
mod view;

use std::collections::BTreeSet;

use mlops_atlas::catalog::{Stage, ToolId};
use mlops_atlas::practice::{Basis, Evidence, HitKind, Practice, Provenance, Solution, Source, SourceKind};
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
    all.extend(practice.data_centric.iter().map(|p| (p.id.as_str(), p.sources.as_slice())));
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
    assert_eq!(practice.debts.len(), 10);
    assert_eq!(practice.data_centric.len(), 6);
    assert!(!practice.statistics.is_empty());
    assert!(!practice.communities.is_empty());
    assert!(!practice.committee.is_empty());
}

#[test]
fn ids_are_unique_in_their_section() {
    let practice = bundled();
    let sections: [Vec<&str>; 9] = [
        practice.stages.iter().map(|p| p.id.as_str()).collect(),
        practice.usecases.iter().map(|p| p.id.as_str()).collect(),
        practice.approaches.iter().map(|p| p.id.as_str()).collect(),
        practice.issues.iter().map(|p| p.id.as_str()).collect(),
        practice.statistics.iter().map(|p| p.id.as_str()).collect(),
        practice.debts.iter().map(|p| p.id.as_str()).collect(),
        practice.data_centric.iter().map(|p| p.id.as_str()).collect(),
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
fn stages_are_named_by_ids() {
    let practice = bundled();
    let cases = practice.usecases.iter().map(|p| (&p.id, &p.stages));
    let issues = practice.issues.iter().map(|p| (&p.id, &p.stages));
    let debts = practice.debts.iter().map(|p| (&p.id, &p.stages));
    let topics = practice.data_centric.iter().map(|p| (&p.id, &p.stages));
    for (id, stages) in cases.chain(issues).chain(debts).chain(topics) {
        assert!(!stages.is_empty(), "{id} belongs to no stage");
        assert!(stages.iter().all(|stage| Stage::from_id(stage).is_some()), "{id}: {stages:?}");
    }
}

/// Lines of advice with the ids of their pages and their pages' sources.
fn all_advice(practice: &Practice) -> Vec<(&str, &Solution, &[Source])> {
    let mut all: Vec<(&str, &Solution, &[Source])> = Vec::new();
    for page in &practice.usecases {
        all.extend(page.solutions.iter().map(|line| (page.id.as_str(), line, page.sources.as_slice())));
    }
    for page in &practice.issues {
        all.extend(page.help.iter().map(|line| (page.id.as_str(), line, page.sources.as_slice())));
    }
    for page in &practice.data_centric {
        all.extend(page.points.iter().map(|line| (page.id.as_str(), line, page.sources.as_slice())));
    }
    all
}

#[test]
fn tools_named_by_id_are_in_the_catalog() {
    let practice = bundled();
    let lists = practice.usecases.iter().map(|p| (p.id.as_str(), &p.tools));
    let lists = lists.chain(practice.issues.iter().map(|p| (p.id.as_str(), &p.tools)));
    let lists = lists.chain(practice.approaches.iter().map(|p| (p.id.as_str(), &p.open_tools)));
    let lists = lists.chain(practice.data_centric.iter().map(|p| (p.id.as_str(), &p.tools)));
    let lists = lists.chain(practice.committee.iter().map(|p| (p.id.as_str(), &p.tools)));
    let advice = all_advice(&practice);
    let lists = lists.chain(advice.iter().map(|(id, line, _)| (*id, &line.tools)));
    let lists = lists.chain(advice.iter().map(|(id, line, _)| (*id, &line.suggested_tools)));
    let loaded = mlops_atlas::store::catalog_files::load_bundled();
    let known: BTreeSet<&str> = loaded.files.iter().map(|file| file.entry.id.as_str()).collect();
    let mut named = 0;
    for (id, tools) in lists {
        for tool in tools {
            assert!(known.contains(tool.as_str()), "{id} names {tool}, which has no entry");
            named += 1;
        }
    }
    assert!(named > 200, "{named}");
}

#[test]
fn solutions_name_their_tools_by_id_and_tell_whose_they_are() {
    let practice = bundled();
    let energy = &practice.usecase("energy-ocf-nged").unwrap().solutions[0];
    assert_eq!(energy.basis, Basis::Reported);
    assert_eq!(energy.suggested_tools, ["pandera", "great-expectations"]);
    assert_eq!(energy.other_tools, ["Patito"], "in use there, but not in the catalog");
    let lyft = &practice.usecase("mobility-lyft").unwrap().solutions[0];
    assert_eq!(
        (&lyft.tools[..], &lyft.suggested_tools[..]),
        (&["flyte".to_owned()][..], &["kserve".to_owned()][..])
    );
    let sepsis = &practice.usecase("health-epic-sepsis").unwrap().solutions[0];
    assert_eq!((sepsis.basis, sepsis.tools.len()), (Basis::Need, 0));
    for (id, line, _) in all_advice(&practice) {
        let doubled = line.basis == Basis::Suggested && !line.suggested_tools.is_empty();
        assert!(!doubled, "{id}: all of it is our suggestion: {}", line.text);
    }
}

#[test]
fn every_case_tells_what_it_rests_on() {
    let practice = bundled();
    let rests = |id: &str| practice.usecase(id).unwrap().evidence;
    // As the research notes judge them.
    assert_eq!(rests("public-govuk-chat"), Evidence::Primary);
    assert_eq!(rests("finance-monzo"), Evidence::Secondary);
    assert_eq!(rests("mobility-lyft"), Evidence::PrimaryAndSecondary);
    assert_eq!(rests("manufacturing-industry40"), Evidence::Abstract);
    assert_eq!(rests("travel-booking"), Evidence::AbstractAndDigest);
    for case in &practice.usecases {
        let originals = case.sources.iter().any(|source| source.kind == SourceKind::Primary);
        let summaries_only = case.evidence == Evidence::Secondary;
        assert!(!(originals && summaries_only), "{} lists an original that was read", case.id);
    }
}

#[test]
fn issues_are_numbered_from_one_to_fifteen() {
    let numbers: Vec<u8> = bundled().issues.iter().map(|issue| issue.number).collect();
    assert_eq!(numbers, (1..=15).collect::<Vec<u8>>());
}

#[test]
fn what_is_reported_names_a_source_of_its_page_and_a_suggestion_names_none() {
    let practice = bundled();
    let cases: BTreeSet<&str> = practice.usecases.iter().map(|case| case.id.as_str()).collect();
    for (id, line, sources) in all_advice(&practice) {
        match &line.source {
            Some(title) => {
                assert_ne!(line.basis, Basis::Suggested, "{id}: {}", line.text);
                let source = sources.iter().find(|source| source.title == *title);
                assert!(
                    source.is_some_and(|s| s.kind != SourceKind::Unverified),
                    "{id} has no source {title}"
                );
            }
            None => assert!(line.basis == Basis::Suggested || cases.contains(id), "{id}: {}", line.text),
        }
    }
}

#[test]
fn debts_name_rules_that_exist_and_every_rule_is_named() {
    let practice = bundled();
    let known: BTreeSet<&str> = practice.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(known.len(), practice.rules.len());
    assert!(practice.debts.iter().all(|debt| !debt.rules.is_empty()));
    let named: BTreeSet<&str> =
        practice.debts.iter().flat_map(|debt| debt.rules.iter().map(String::as_str)).collect();
    assert_eq!(named, known);
    assert_eq!(practice.rule("DEB03").unwrap().title, "Correction cascade");
    assert_eq!(practice.debt("correction-cascades").unwrap().rules, ["DEB03"]);
}

#[test]
fn the_data_centric_view_states_conventions_with_their_terms() {
    let practice = bundled();
    let psi = practice.topic("psi").unwrap();
    assert_eq!(
        psi.table_rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["below 0.10", "0.10 to 0.25", "above 0.25"]
    );
    assert!(psi.text.contains("convention"));
    assert_eq!(practice.topic("loop").unwrap().steps.len(), 4);
    for topic in &practice.data_centric {
        assert!(topic.table_rows.iter().all(|row| row.len() == topic.table_head.len()), "{}", topic.id);
    }
    assert_eq!(found(&practice, "bonferroni"), ["other-defaults"]);
}

#[test]
fn every_source_that_was_read_tells_when() {
    for (id, sources) in all_sources(&bundled()) {
        for source in sources {
            assert_eq!(
                source.read.is_some(),
                source.kind != SourceKind::Unverified,
                "{id}: {}",
                source.title
            );
            for date in source.published.iter().chain(&source.read) {
                let parts: Vec<&str> = date.split('-').collect();
                let numbers: Vec<u32> = parts.iter().map(|part| part.parse().unwrap()).collect();
                let lengths = [4, 2, 2].iter().zip(&parts).all(|(length, part)| part.len() == *length);
                assert!(lengths && parts.len() <= 3, "{id}: {date}");
                assert!((2000..=2026).contains(&numbers[0]), "{id}: {date}");
                assert!(numbers.get(1).is_none_or(|month| (1..=12).contains(month)), "{id}: {date}");
                assert!(numbers.get(2).is_none_or(|day| (1..=31).contains(day)), "{id}: {date}");
            }
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
fn percentages_are_percentages_and_predictions_are_marked() {
    let practice = bundled();
    let view = practice.statistic("deck-2021-view").unwrap();
    let marked: Vec<bool> = view.values.iter().map(|value| value.prediction).collect();
    assert_eq!(marked, [false, false, true]);
    assert!(practice.statistic("gartner-genai-2024").unwrap().values[0].prediction);
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
    let issues = "[[issue]]\nnumber = 1\nid = \"a\"\ntitle = \"Labels\"\ntext = \"Few; and skew.\"\ntools = [\"feast\"]\n\n\
                  [[issue]]\nnumber = 2\nid = \"b\"\ntitle = \"Training SKEW\"\ntext = \"Two sides differ.\"\n";
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
