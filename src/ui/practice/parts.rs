//! The items of every section as lines of a list.

use super::page::capitalised;
use crate::address::PracticeSection;
use crate::catalog::Stage;
use crate::state::State;

/// One line of the list.
pub(super) struct Entry {
    pub id: String,
    pub title: String,
    pub caption: String,
    /// The head it stands under; empty where the section has none.
    pub group: String,
    /// The stage whose hue marks it.
    pub stage: Option<Stage>,
}

fn entry(id: &str, title: &str, caption: impl Into<String>) -> Entry {
    Entry {
        id: id.to_owned(),
        title: title.to_owned(),
        caption: caption.into(),
        group: String::new(),
        stage: None,
    }
}

fn first_stage(stages: &[String]) -> Option<Stage> {
    stages.first().and_then(|id| Stage::from_id(id))
}

/// The lines of a section, in the order they are shown.
pub(super) fn entries(state: &State, section: PracticeSection) -> Vec<Entry> {
    let practice = &state.practice;
    match section {
        PracticeSection::Lifecycle => practice
            .stages
            .iter()
            .map(|page| {
                let stage = Stage::from_id(&page.id);
                let count = stage.map_or(0, |stage| state.landscape.count_at(stage));
                Entry { stage, ..entry(&page.id, &page.title, format!("{count} tools")) }
            })
            .collect(),
        PracticeSection::UseCases => {
            let mut entries: Vec<Entry> = practice
                .usecases
                .iter()
                .map(|case| Entry {
                    group: capitalised(&case.domain),
                    ..entry(&case.id, &case.title, case.year.map(|year| year.to_string()).unwrap_or_default())
                })
                .collect();
            entries.sort_by(|a, b| a.group.cmp(&b.group).then_with(|| a.title.cmp(&b.title)));
            entries
        }
        PracticeSection::Approaches => practice
            .approaches
            .iter()
            .map(|approach| {
                entry(&approach.id, &approach.organisation, approach.name.clone().unwrap_or_default())
            })
            .collect(),
        PracticeSection::Issues => practice
            .issues
            .iter()
            .map(|issue| Entry {
                stage: first_stage(&issue.stages),
                ..entry(&issue.id, &format!("{}. {}", issue.number, issue.title), "")
            })
            .collect(),
        PracticeSection::Debt => practice
            .debts
            .iter()
            .map(|debt| Entry { stage: first_stage(&debt.stages), ..entry(&debt.id, &debt.title, "") })
            .collect(),
        PracticeSection::DataCentric => practice
            .data_centric
            .iter()
            .map(|topic| Entry { stage: first_stage(&topic.stages), ..entry(&topic.id, &topic.title, "") })
            .collect(),
        PracticeSection::Numbers => practice
            .statistics
            .iter()
            .map(|number| {
                let year = number.year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
                entry(&number.id, &number.title, year)
            })
            .collect(),
        PracticeSection::Communities => {
            practice.communities.iter().map(|community| entry(&community.id, &community.name, "")).collect()
        }
        PracticeSection::Committee => {
            practice.committee.iter().map(|fact| entry(&fact.id, &fact.title, "")).collect()
        }
    }
}
