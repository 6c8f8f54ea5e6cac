//! The lists of Practice as rows: a row for each page, with all that stands on it.
//!
//! Lists inside a page stand in one cell, commas or semicolons between; what is advised says on what it rests. Of the
//! sources there are the titles and, beside them, the addresses that are known, a blank between.

use super::{HitKind, Practice, Solution, Source};
use crate::rows::Rows;

impl Practice {
    /// The stages of the lifecycle.
    pub fn stage_rows(&self) -> Rows {
        rows(
            ["stage", "title", "definition", "leaves behind", "roles"],
            self.stages.iter().map(|page| {
                let (artefacts, roles) = (page.artefacts.join(", "), page.roles.join(", "));
                (
                    [page.id.clone(), page.title.clone(), page.definition.clone(), artefacts, roles],
                    &page.sources,
                )
            }),
        )
    }

    /// What organisations did, by domain and then by title.
    pub fn usecase_rows(&self) -> Rows {
        let mut cases: Vec<_> = self.usecases.iter().collect();
        cases.sort_by_cached_key(|case| (case.domain.to_lowercase(), case.title.clone()));
        rows(
            [
                "domain",
                "organisation",
                "title",
                "year",
                "problem",
                "approach",
                "stages",
                "tools",
                "practices",
                "gaps reported",
                "solutions",
                "evidence",
            ],
            cases.into_iter().map(|case| {
                let cells = [
                    case.domain.clone(),
                    case.organisation.clone(),
                    case.title.clone(),
                    case.year.map(|year| year.to_string()).unwrap_or_default(),
                    case.problem.clone(),
                    case.approach.clone(),
                    case.stages.join(", "),
                    tools(&case.tools, &case.other_tools),
                    sentences(&case.practices),
                    sentences(&case.gaps_reported),
                    advice(&case.solutions),
                    case.evidence.title().to_owned(),
                ];
                (cells, &case.sources)
            }),
        )
    }

    /// How organisations built their platforms.
    pub fn approach_rows(&self) -> Rows {
        rows(
            ["organisation", "platform", "since", "told", "tools"],
            self.approaches.iter().map(|approach| {
                let cells = [
                    approach.organisation.clone(),
                    approach.name.clone().unwrap_or_default(),
                    approach.since.clone().unwrap_or_default(),
                    sentences(&approach.points),
                    tools(&approach.open_tools, &approach.other_tools),
                ];
                (cells, &approach.sources)
            }),
        )
    }

    /// Difficulties met again and again.
    pub fn issue_rows(&self) -> Rows {
        rows(
            ["number", "title", "stages", "text", "what helps", "tools"],
            self.issues.iter().map(|issue| {
                let cells = [
                    issue.number.to_string(),
                    issue.title.clone(),
                    issue.stages.join(", "),
                    issue.text.clone(),
                    advice(&issue.help),
                    tools(&issue.tools, &issue.other_tools),
                ];
                (cells, &issue.sources)
            }),
        )
    }

    /// Kinds of hidden technical debt, with the rules that look for each.
    pub fn debt_rows(&self) -> Rows {
        rows(
            ["title", "stages", "text", "rules"],
            self.debts.iter().map(|debt| {
                let (stages, rules) = (debt.stages.join(", "), debt.rules.join(", "));
                ([debt.title.clone(), stages, debt.text.clone(), rules], &debt.sources)
            }),
        )
    }

    /// The data-centric view.
    pub fn topic_rows(&self) -> Rows {
        rows(
            ["title", "stages", "text", "steps", "what to do", "tools"],
            self.data_centric.iter().map(|topic| {
                let cells = [
                    topic.title.clone(),
                    topic.stages.join(", "),
                    topic.text.clone(),
                    sentences(&topic.steps),
                    advice(&topic.points),
                    tools(&topic.tools, &topic.other_tools),
                ];
                (cells, &topic.sources)
            }),
        )
    }

    /// Where people who do this work meet and write.
    pub fn community_rows(&self) -> Rows {
        let communities = self.communities.iter();
        rows(
            ["name", "text"],
            communities
                .map(|community| ([community.name.clone(), community.text.clone()], &community.sources)),
        )
    }

    /// Facts about LF AI & Data and its neighbours.
    pub fn committee_rows(&self) -> Rows {
        rows(
            ["title", "text", "tools"],
            self.committee.iter().map(|fact| {
                let tools = tools(&fact.tools, &fact.other_tools);
                ([fact.title.clone(), fact.text.clone(), tools], &fact.sources)
            }),
        )
    }

    /// The pages that [`search`](Self::search) finds, in its order.
    pub fn hits(&self, text: &str) -> Rows {
        let hits = self.search(text).into_iter();
        Rows {
            head: ["section", "title", "id"].map(str::to_owned).to_vec(),
            rows: hits.map(|hit| vec![section(hit.kind).to_owned(), hit.title, hit.id]).collect(),
        }
    }
}

const fn section(kind: HitKind) -> &'static str {
    match kind {
        HitKind::Stage => "stage",
        HitKind::UseCase => "use case",
        HitKind::Approach => "approach",
        HitKind::Issue => "issue",
        HitKind::Debt => "debt",
        HitKind::DataCentric => "data-centric",
        HitKind::Statistic => "number",
        HitKind::Community => "community",
        HitKind::Committee => "committee",
    }
}

/// Rows with the sources as the last two columns.
fn rows<'a, const N: usize>(
    head: [&str; N],
    pages: impl Iterator<Item = ([String; N], &'a Vec<Source>)>,
) -> Rows {
    let of_page = |(cells, sources): ([String; N], &'a Vec<Source>)| {
        let titles: Vec<&str> = sources.iter().map(|source| source.title.as_str()).collect();
        let urls: Vec<&str> = sources.iter().filter_map(|source| source.url.as_deref()).collect();
        cells.into_iter().chain([titles.join("; "), urls.join(" ")]).collect()
    };
    Rows {
        head: head.into_iter().chain(["source", "address"]).map(str::to_owned).collect(),
        rows: pages.map(of_page).collect(),
    }
}

/// Tools by their ids, then those that the catalog lacks by their names.
fn tools(known: &[String], others: &[String]) -> String {
    known.iter().chain(others).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Sentences in one cell: what ends each is between them.
fn sentences(all: &[String]) -> String {
    all.iter().map(|one| one.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
}

/// What to do, each with what it rests on.
fn advice(all: &[Solution]) -> String {
    let one = |advice: &Solution| format!("{} ({})", advice.text.trim_end_matches('.'), advice.basis.title());
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Basis, Community, Issue, StagePage, UseCase};

    fn source(title: &str, url: Option<&str>) -> Source {
        Source { title: title.to_owned(), url: url.map(str::to_owned), ..Source::default() }
    }

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn pages_become_rows_with_their_advice_and_sources() {
        let issue = Issue {
            number: 3,
            id: "skew".to_owned(),
            title: "Skew, at serving".to_owned(),
            stages: texts(&["feature", "serve"]),
            text: "=Two paths.".to_owned(),
            help: vec![
                Solution { text: "Log them.".to_owned(), basis: Basis::Reported, ..Solution::default() },
                Solution { text: "Share code".to_owned(), basis: Basis::Suggested, ..Solution::default() },
            ],
            tools: texts(&["feast"]),
            other_tools: texts(&["Ours"]),
            sources: vec![source("A paper", Some("https://a.dev")), source("A talk", None)],
        };
        let practice = Practice { issues: vec![issue], ..Practice::default() };
        assert_eq!(
            practice.issue_rows().csv(),
            "number,title,stages,text,what helps,tools,source,address\n\
             3,\"Skew, at serving\",\"feature, serve\",'=Two paths.,\
             Log them (reported); Share code (our suggestion),\"feast, Ours\",A paper; A talk,https://a.dev\n"
        );
        let hits = practice.hits("skew two").rows;
        assert_eq!(hits, [texts(&["issue", "Skew, at serving", "skew"])]);
    }

    #[test]
    fn use_cases_stand_by_domain_and_title() {
        let case = |domain: &str, title: &str, year| UseCase {
            domain: domain.to_owned(),
            title: title.to_owned(),
            year,
            ..UseCase::default()
        };
        let usecases = vec![
            case("retail", "B", None),
            case("Energy", "C", Some(2021)),
            case("B2B", "D", None),
            case("retail", "A", None),
        ];
        let practice = Practice { usecases, ..Practice::default() };
        let rows = practice.usecase_rows();
        let told: Vec<String> =
            rows.rows.iter().map(|row| [&*row[0], &*row[2], &*row[3]].join("/")).collect();
        assert_eq!(told, ["B2B/D/", "Energy/C/2021", "retail/A/", "retail/B/"]);
    }

    #[test]
    fn every_list_has_as_many_cells_as_its_head() {
        let practice = Practice {
            stages: vec![StagePage::default()],
            usecases: vec![UseCase::default()],
            approaches: vec![Default::default()],
            debts: vec![Default::default()],
            data_centric: vec![Default::default()],
            communities: vec![Community { name: "A list".to_owned(), ..Community::default() }],
            committee: vec![Default::default()],
            ..Practice::default()
        };
        for rows in [
            practice.stage_rows(),
            practice.usecase_rows(),
            practice.approach_rows(),
            practice.debt_rows(),
            practice.topic_rows(),
            practice.community_rows(),
            practice.committee_rows(),
        ] {
            assert_eq!(rows.rows.len(), 1, "{:?}", rows.head);
            assert_eq!(rows.rows[0].len(), rows.head.len(), "{:?}", rows.head);
        }
        assert_eq!(practice.community_rows().csv(), "name,text,source,address\nA list,,,\n");
    }
}
