//! Finds pages by words, in any section.

use super::{Practice, Solution, Source};

/// The section a [`Hit`] is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    /// A stage of the lifecycle.
    Stage,
    /// A use case.
    UseCase,
    /// An industrial approach.
    Approach,
    /// An issue.
    Issue,
    /// A kind of technical debt.
    Debt,
    /// A page of the data-centric view.
    DataCentric,
    /// A statistic.
    Statistic,
    /// A community.
    Community,
    /// A fact of the committee.
    Committee,
}

/// A page that has all the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its section.
    pub kind: HitKind,
    /// Its id, unique in the section.
    pub id: String,
    /// Its title for people.
    pub title: String,
}

/// A page as the search sees it.
struct Page<'a> {
    kind: HitKind,
    id: &'a str,
    title: &'a str,
    text: Vec<&'a str>,
}

impl Practice {
    /// The pages in which every word of `text` occurs, in any case and also inside longer words.
    ///
    /// Pages with all the words in their title come first; within that, sections stand in the order of
    /// [`HitKind`] and pages in the order of their section. No words find nothing.
    pub fn search(&self, text: &str) -> Vec<Hit> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let (mut by_title, mut by_text) = (Vec::new(), Vec::new());
        for page in self.pages() {
            let title = page.title.to_lowercase();
            let hit = || Hit { kind: page.kind, id: page.id.to_owned(), title: page.title.to_owned() };
            if words.iter().all(|word| title.contains(word)) {
                by_title.push(hit());
                continue;
            }
            let body = page.text.join("\n").to_lowercase();
            if words.iter().all(|word| title.contains(word) || body.contains(word)) {
                by_text.push(hit());
            }
        }
        by_title.append(&mut by_text);
        by_title
    }

    fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        let mut pages = Vec::new();
        let mut add = |kind, id, title, text| pages.push(Page { kind, id, title, text });
        for page in &self.stages {
            let text = all(&[&page.artefacts, &page.roles], [page.definition.as_str()], &page.sources);
            add(HitKind::Stage, page.id.as_str(), page.title.as_str(), text);
        }
        for case in &self.usecases {
            let lists = [&case.tools, &case.other_tools, &case.practices, &case.gaps_reported];
            let own = [&case.domain, &case.organisation, &case.problem, &case.approach].map(String::as_str);
            let mut text = all(&lists, own, &case.sources);
            text.push(case.evidence.title());
            text.extend(words_of(&case.solutions));
            add(HitKind::UseCase, &case.id, &case.title, text);
        }
        for approach in &self.approaches {
            let lists = [&approach.points, &approach.open_tools, &approach.other_tools];
            let own = [&approach.name, &approach.since].map(|text| text.as_deref().unwrap_or_default());
            let text = all(&lists, own, &approach.sources);
            add(HitKind::Approach, &approach.id, &approach.organisation, text);
        }
        for issue in &self.issues {
            let mut text = all(&[&issue.tools, &issue.other_tools], [issue.text.as_str()], &issue.sources);
            text.extend(words_of(&issue.help));
            add(HitKind::Issue, &issue.id, &issue.title, text);
        }
        for debt in &self.debts {
            let mut text = all(&[&debt.rules], [debt.text.as_str()], &debt.sources);
            text.extend(debt.rules.iter().filter_map(|id| self.rule(id)).map(|rule| rule.title.as_str()));
            add(HitKind::Debt, &debt.id, &debt.title, text);
        }
        for topic in &self.data_centric {
            let lists = [&topic.steps, &topic.tools, &topic.other_tools, &topic.table_head];
            let mut text = all(&lists, [topic.text.as_str()], &topic.sources);
            text.extend(topic.table_rows.iter().flatten().map(String::as_str));
            text.extend(words_of(&topic.points));
            add(HitKind::DataCentric, &topic.id, &topic.title, text);
        }
        for number in &self.statistics {
            let optional = [&number.sample, &number.note].map(|text| text.as_deref().unwrap_or_default());
            let mut text = all(&[], optional, &number.sources);
            text.push(&number.source);
            text.extend(number.values.iter().map(|value| value.label.as_str()));
            add(HitKind::Statistic, &number.id, &number.title, text);
        }
        for community in &self.communities {
            let text = all(&[], [community.text.as_str()], &community.sources);
            add(HitKind::Community, &community.id, &community.name, text);
        }
        for fact in &self.committee {
            let text = all(&[&fact.tools, &fact.other_tools], [fact.text.as_str()], &fact.sources);
            add(HitKind::Committee, &fact.id, &fact.title, text);
        }
        pages.into_iter()
    }
}

/// The texts of lines of advice with the tools they name.
fn words_of(lines: &[Solution]) -> impl Iterator<Item = &str> {
    lines.iter().flat_map(|line| {
        let tools = line.tools.iter().chain(&line.suggested_tools).chain(&line.other_tools);
        [line.text.as_str(), line.basis.title()].into_iter().chain(tools.map(String::as_str))
    })
}

/// A page's own texts, its lists and the titles of its sources. Addresses are left out: their words are noise.
fn all<'a, const N: usize>(
    lists: &[&'a Vec<String>],
    own: [&'a str; N],
    sources: &'a [Source],
) -> Vec<&'a str> {
    let listed = lists.iter().flat_map(|list| list.iter()).map(String::as_str);
    own.into_iter().chain(listed).chain(sources.iter().map(|source| source.title.as_str())).collect()
}
