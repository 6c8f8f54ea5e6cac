//! A small portfolio counted by hand, and what entries tell of criteria.

use super::*;
use crate::catalog::criteria::Reading;
use crate::catalog::entry::{Evidence, ToolId};
use crate::catalog::read::{foundations, read_entry};
use crate::catalog::words::{Layer, ToldBy};

const RULES: &str = "[[foundation]]\norg = \"LF AI & Data\"\nlevel = \"sandbox\"\ndecides = \"A vote.\"\n\
    [[foundation.criterion]]\nid = \"license\"\ntext = \"A licence that OSI approved.\"\ntold_by = \"osi-license\"\n\
    source = { url = \"https://lf.dev\" }\n[[foundation.criterion]]\nid = \"sponsor\"\ntext = \"A sponsor.\"\n\
    told_by = \"nothing\"\nsource = { url = \"https://lf.dev\" }\n\
    [[foundation]]\norg = \"PyTorch Foundation\"\nlevel = \"hosted\"\ndecides = \"A vote.\"\n";

fn hosted(id: &str, stages: &str, org: &str, rest: &str) -> String {
    format!("id = \"{id}\"\nname = \"{id}\"\nstages = [{stages}]\n[[foundation]]\norg = \"{org}\"\n{rest}\n")
}

fn free(id: &str, license: &str) -> String {
    format!("id = \"{id}\"\nname = \"{id}\"\nstages = [\"serve\", \"monitor\"]\n[license]\n{license}\n")
}

fn catalog() -> Catalog {
    let texts = [
        hosted("a", "\"serve\"", "LF AI & Data", "maturity = \"sandbox\""),
        hosted("b", "\"serve\", \"monitor\"", "LF AI & Data", "maturity = \"graduated\""),
        hosted("c", "\"serve\"", "LF AI & Data", "maturity = \"Incubation\"\nraw = \"incubation\""),
        hosted("d", "\"train\"", "LF AI & Data", "maturity = \"archived\""),
        hosted("e", "\"train\"", "CNCF", "maturity = \"level 3\""),
        free("f", "class = \"unknown\""),
        free(
            "g",
            "class = \"osi\"\nspdx = \"MIT\"\nsource = \"https://g.dev/L\"\nchecked_on = \"2026-11-01\"",
        ),
        free("h", "class = \"source-available\"\nspdx = \"BUSL-1.1\""),
        hosted("i", "", "CNCF", ""),
        free("j", "class = \"osi\"\nspdx = \"MIT\"\n[status]\nstate = \"archived\""),
    ];
    let entries = texts.iter().map(|text| read_entry(text, "t.toml").unwrap().entry).collect();
    let (catalog, problems) = Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]);
    assert_eq!(problems, []);
    catalog.with_hosts(foundations(RULES, "f.toml").unwrap().0)
}

const ALL: [usize; 9] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

#[test]
fn projects_stand_by_level_and_archived_ones_fill_no_gap() {
    let portfolio = Portfolio::of(&catalog(), &ALL, Counting::All);
    let orgs: Vec<_> =
        portfolio.rows.iter().map(|r| (r.org.as_str(), r.living, r.archived, r.has_criteria)).collect();
    assert_eq!(
        orgs,
        [("LF AI & Data", 3, 1, true), ("PyTorch Foundation", 0, 0, true), ("CNCF", 2, 0, false)],
        "those with criteria come first, even without a project"
    );
    let lf = portfolio.row("LF AI & Data").unwrap();
    let serve: Vec<_> = lf.at(Stage::Serve).projects.iter().map(|p| (p.row, p.maturity)).collect();
    assert_eq!(serve, [(1, Maturity::Graduated), (2, Maturity::Incubating), (0, Maturity::Sandbox)]);
    let train = lf.at(Stage::Train);
    assert!(train.is_gap() && train.count(Maturity::Archived) == 1);
    assert!(lf.at(Stage::Frame).is_gap() && !lf.at(Stage::Monitor).is_gap());
    assert_eq!(portfolio.unhosted[Stage::Serve as usize], [5, 6, 7]);
    assert_eq!((portfolio.unhosted_all, portfolio.most), (3, 3));
    let total = |stage: Stage| portfolio.totals[stage as usize];
    // Of train only e counts, d is archived; serve is a, b, c and the three without a foundation.
    assert_eq!([Stage::Train, Stage::Serve, Stage::Monitor].map(total), [1, 6, 4]);
}

#[test]
fn levels_are_put_into_common_words_and_the_own_word_is_kept() {
    let portfolio = Portfolio::of(&catalog(), &ALL, Counting::All);
    let project = |org: &str, stage| portfolio.row(org).unwrap().at(stage).projects[0].clone();
    let e = project("CNCF", Stage::Train);
    assert_eq!((e.maturity, e.raw.as_deref()), (Maturity::Hosted, Some("level 3")));
    let c = &portfolio.row("LF AI & Data").unwrap().at(Stage::Serve).projects[1];
    assert_eq!((c.maturity, c.raw.as_deref()), (Maturity::Incubating, Some("incubation")));
    assert_eq!(project("LF AI & Data", Stage::Monitor).raw, None, "graduated is the common word");
}

#[test]
fn counting_the_first_stage_makes_further_gaps() {
    let portfolio = Portfolio::of(&catalog(), &ALL, Counting::First);
    let lf = portfolio.row("LF AI & Data").unwrap();
    assert!(lf.at(Stage::Monitor).is_gap() && !lf.at(Stage::Serve).is_gap());
    assert!(portfolio.unhosted[Stage::Monitor as usize].is_empty());
}

#[test]
fn candidates_have_no_foundation_and_those_that_lack_least_come_first() {
    let catalog = catalog();
    let could_fill = |rows: &[usize], org: &str, stage| {
        candidates(&catalog, rows, Counting::All, &Gap { org: org.to_owned(), stage })
    };
    let found = could_fill(&ALL, "LF AI & Data", Stage::Monitor);
    let told: Vec<_> = found.tools.iter().map(|c| (c.row, c.judgements[0].verdict)).collect();
    assert_eq!(told, [(6, Verdict::Met), (5, Verdict::Unknown), (7, Verdict::Missing)]);
    let with_ended = could_fill(&[7, 9], "LF AI & Data", Stage::Monitor);
    assert_eq!(
        with_ended.tools.iter().map(|c| c.row).collect::<Vec<_>>(),
        [7, 9],
        "what has ended comes last"
    );
    let license = &found.tools[0].judgements[0];
    assert!(license.reason.contains("MIT"));
    let source = &license.sources[0];
    assert_eq!(
        (source.url.as_str(), source.accessed),
        ("https://g.dev/L", Some(jiff::civil::date(2026, 11, 1)))
    );
    assert!(
        found.tools.iter().all(|c| c.judgements[1].verdict == Verdict::Unknown),
        "no entry tells of a sponsor"
    );
    assert_eq!(could_fill(&[6], "LF AI & Data", Stage::Serve).tools.len(), 1);
    assert!(could_fill(&ALL, "LF AI & Data", Stage::Frame).tools.is_empty());
    let unknown = could_fill(&ALL, "CNCF", Stage::Serve);
    assert!(unknown.host.is_none() && unknown.criteria().is_empty() && unknown.tools.len() == 3);
}

fn criterion(told_by: ToldBy) -> Criterion {
    let source = Evidence { url: "https://f.dev".to_owned(), title: None, locator: None, accessed: None };
    let reading =
        Reading { tool: ToolId::new("t").unwrap(), claim: "open".to_owned(), verdict: Verdict::Met, line: 1 };
    Criterion {
        id: "c".to_owned(),
        text: "T.".to_owned(),
        told_by,
        licenses: vec!["Apache-2.0".to_owned(), "MIT".to_owned()],
        examples: false,
        readings: vec![reading],
        source,
    }
}

/// How a tool with these lines in its file comes out.
fn verdict(criterion: &Criterion, text: &str) -> Verdict {
    let pytorch = "id = \"pytorch\"\nname = \"PyTorch\"\n".to_owned();
    let texts = [format!("id = \"t\"\nname = \"T\"\n{text}\n"), pytorch];
    let entries = texts.iter().map(|text| read_entry(text, "t.toml").unwrap().entry).collect();
    let (catalog, _) = Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]);
    judge(&catalog, "F", criterion, catalog.get(&ToolId::new("t").unwrap()).unwrap()).verdict
}

#[test]
fn a_licence_is_held_against_the_list_of_osi_or_of_the_foundation() {
    let license = |class: &str, spdx: &str| format!("[license]\nclass = \"{class}\"\nspdx = \"{spdx}\"");
    let osi = criterion(ToldBy::OsiLicense);
    let own = criterion(ToldBy::Licenses);
    let examples = Criterion { examples: true, ..own.clone() };
    use Verdict::{Met, Missing, Unknown};
    for (text, expected) in [
        (license("osi", "MIT"), [Met, Met, Met]),
        (license("osi", "Apache-2.0 AND MIT"), [Met, Met, Met]),
        (license("osi", "GPL-3.0-only OR MIT"), [Met, Met, Met]),
        (license("osi", "BSD-2-Clause"), [Met, Missing, Unknown]),
        (license("osi", "AGPL-3.0-only"), [Met, Missing, Missing]),
        (license("osi", "CC-BY-4.0"), [Unknown, Missing, Unknown]),
        (license("open-core", "MIT"), [Missing, Missing, Missing]),
        (license("source-available", "BUSL-1.1"), [Missing, Missing, Missing]),
        (license("unknown", "MIT"), [Unknown, Unknown, Unknown]),
        ("[license]\nclass = \"osi\"".to_owned(), [Unknown, Unknown, Unknown]),
        (String::new(), [Unknown, Unknown, Unknown]),
    ] {
        let found = [&osi, &own, &examples].map(|criterion| verdict(criterion, &text));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn only_a_reviewed_claim_that_was_read_for_it_settles_governance() {
    let governance = criterion(ToldBy::Governance);
    let claim = |id: &str, status: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\npolarity = \"pro\"\ntopic = \"governance\"\ntext = \"T.\"\nstatus = \"{status}\""
        )
    };
    assert_eq!(verdict(&governance, &claim("open", "reviewed")), Verdict::Met);
    assert_eq!(verdict(&governance, &claim("open", "draft")), Verdict::Unknown);
    assert_eq!(verdict(&governance, &claim("other", "reviewed")), Verdict::Unknown);
    assert_eq!(verdict(&governance, ""), Verdict::Unknown);
}

#[test]
fn what_an_entry_does_not_tell_is_unknown() {
    use ToldBy::{Activity, Age, Code, Kubernetes, Note, Nothing, Pytorch};
    use Verdict::{Met, Missing, Unknown};
    let seen = |state: &str| format!("[status]\nstate = \"{state}\"\nseen_on = \"2026-08-21\"");
    let released = |year: &str| format!("first_release_year = {year}\n{}", seen("alive"));
    for (told_by, text, expected) in [
        (Activity, seen("alive"), Met),
        (Activity, seen("idle"), Missing),
        (Activity, seen("archived"), Missing),
        (Activity, seen("unknown"), Unknown),
        (Activity, String::new(), Unknown),
        (Age, released("2025"), Met),
        (Age, released("2026"), Unknown),
        (Age, "first_release_year = 2019".to_owned(), Unknown),
        (Age, String::new(), Unknown),
        (Code, "[[repo]]\nurl = \"https://github.com/t/t\"".to_owned(), Met),
        (Code, String::new(), Unknown),
        (Pytorch, "[[relation]]\ntype = \"integrates_with\"\ntarget = \"pytorch\"".to_owned(), Unknown),
        (Kubernetes, "kubernetes = true".to_owned(), Unknown),
        (Note, "note = \"Listed by F.\"".to_owned(), Unknown),
        (Nothing, released("2019"), Unknown),
    ] {
        assert_eq!(verdict(&criterion(told_by), &text), expected, "{told_by:?}: {text}");
    }
}
