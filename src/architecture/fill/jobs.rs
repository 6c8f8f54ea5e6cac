//! Which tools do the job of a kind of box: categories of the catalog, and tools of wider categories, each judged.
//!
//! The table is `data/architecture/kind_categories.json`; tests hold it complete and against the catalog.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::architecture::model::{Architecture, Node};
use crate::catalog::{Catalog, Kind, Stage, Tool};

/// What fills a kind of box.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Job {
    /// The kind of box.
    pub kind: String,
    /// Whether an organisation has this before it looks for tools: its sources and applications.
    pub given: bool,
    /// Ids of categories whose tools do this job.
    pub fills: Vec<String>,
    /// Ids of categories among whose tools some do: those that serve one of `stages` perhaps do.
    pub holds: Vec<String>,
    /// The lifecycle stages of `holds`.
    pub stages: Vec<String>,
    /// Ids of categories that are too wide for that: only those of their tools do it that were judged one by one.
    pub among: Vec<String>,
    /// Ids of the tools of `holds` and `among` that were found to do it, by what their entries say.
    pub tools: Vec<String>,
    /// Ids of tools of any of these categories that can do it in part or beside something else.
    pub perhaps: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Table {
    kinds: Vec<Job>,
    language_models: Vec<Job>,
}

/// An unreadable table would be empty; the tests below fail before that is ever shipped.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/architecture/kind_categories.json")).unwrap_or_default()
});

/// What the models of a drawing are, as far as it decides which tools fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Models {
    /// Nothing in the drawing tells.
    #[default]
    Any,
    /// Language models: a training is of the paradigm `llm`, or documents are embedded or indexed.
    Language,
}

impl Models {
    /// What a drawing shows of its models.
    pub fn of(drawing: &Architecture) -> Self {
        let has = |kind: &str| drawing.nodes.values().any(|node| node.kind == kind);
        let is_tuned = |node: &Node| node.props.get("paradigm").and_then(Value::as_str) == Some("llm");
        let embeds = has("source_documents") && (has("embedding") || has("vector_index"));
        if embeds || drawing.nodes.values().any(is_tuned) { Self::Language } else { Self::Any }
    }
}

/// The job of every kind, in the order of the vocabulary.
pub fn jobs() -> &'static [Job] {
    &TABLE.kinds
}

/// The jobs that other tools do where the models are language models.
pub fn language_model_jobs() -> &'static [Job] {
    &TABLE.language_models
}

/// The job of a kind; none for a kind that this version does not know.
pub fn job(kind: &str, models: Models) -> Option<&'static Job> {
    let own = match models {
        Models::Any => &[][..],
        Models::Language => language_model_jobs(),
    };
    own.iter().chain(jobs()).find(|job| job.kind == kind)
}

/// How surely a tool does the job of a box, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It is what its main category is for, or it was judged to do it.
    Main,
    /// A further category of its entry is for it.
    Also,
    /// It was judged to do it in part or beside something else; or a category of it holds such tools among others, and
    /// it serves such a stage; or it is only a specification.
    Perhaps,
}

impl Fit {
    /// Whether it can be counted on.
    pub fn is_sure(self) -> bool {
        self < Self::Perhaps
    }
}

/// How a tool fits a job, and the name of the category by which it does, if it is by one.
pub fn fit<'t>(job: &Job, tool: &'t Tool, catalog: &Catalog) -> Option<(Fit, Option<&'t str>)> {
    let is_in = |list: &[String], name: &str| {
        !list.is_empty() && catalog.category_of_name(name).is_some_and(|category| list.contains(&category.id))
    };
    let is_judged = |list: &[String]| list.iter().any(|id| id == tool.id.as_str());
    let main = tool.category.as_deref();
    let also = || tool.also_in.iter().map(String::as_str);
    let found = if is_judged(&job.perhaps) {
        (Fit::Perhaps, None)
    } else if let Some(name) = main.filter(|name| is_in(&job.fills, name)) {
        (Fit::Main, Some(name))
    } else if is_judged(&job.tools) {
        (Fit::Main, None)
    } else if let Some(name) = also().find(|name| is_in(&job.fills, name)) {
        (Fit::Also, Some(name))
    } else {
        let name = main.into_iter().chain(also()).find(|name| is_in(&job.holds, name))?;
        let serves = |stage: &Stage| job.stages.iter().any(|id| id == stage.id());
        tool.stages.iter().any(serves).then_some((Fit::Perhaps, Some(name)))?
    };
    // A written agreement runs nowhere.
    Some(if tool.kind == Some(Kind::Spec) { (Fit::Perhaps, found.1) } else { found })
}

/// In how many drawings a tool stands in a box of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    of: BTreeMap<(String, String), Vec<String>>,
}

impl Usage {
    /// Counts in reference designs; each tells of its title or, without one, of its id.
    pub fn of<'a>(drawings: impl IntoIterator<Item = &'a Architecture>) -> Self {
        let mut of: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for drawing in drawings {
            let name = if drawing.title.is_empty() { &drawing.id } else { &drawing.title };
            for node in drawing.nodes.values() {
                for tool in &node.tools {
                    let by = of.entry((node.kind.clone(), tool.clone())).or_default();
                    if by.last() != Some(name) {
                        by.push(name.clone());
                    }
                }
            }
        }
        Self { of }
    }

    /// The designs that put this tool into a box of this kind.
    pub fn designs(&self, kind: &str, tool: &str) -> &[String] {
        self.of.get(&(kind.to_owned(), tool.to_owned())).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::kinds::kinds;
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn every_kind_has_its_job_and_names_stages_that_there_are() {
        let of_table: Vec<_> = jobs().iter().map(|job| job.kind.as_str()).collect();
        let of_kinds: Vec<_> = kinds().iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(of_table, of_kinds);
        let mut of_language_models: Vec<_> = language_model_jobs().iter().map(|job| &job.kind).collect();
        of_language_models.dedup();
        assert_eq!(of_language_models.len(), language_model_jobs().len());
        for job in jobs().iter().chain(language_model_jobs()) {
            assert!(of_kinds.contains(&job.kind.as_str()), "{} is no kind", job.kind);
            let categories = [&job.fills, &job.holds, &job.among];
            assert!(categories.iter().any(|list| !list.is_empty()), "{} has no category", job.kind);
            assert_eq!(job.holds.is_empty(), job.stages.is_empty(), "{}: stages are of `holds`", job.kind);
            for stage in &job.stages {
                assert!(Stage::from_id(stage).is_some(), "{} has the unknown stage {stage}", job.kind);
            }
            let is_brought = job.kind.starts_with("source_") || job.kind == "consumer";
            assert_eq!(job.given, is_brought, "{}", job.kind);
        }
    }

    #[test]
    fn a_tool_fits_by_its_category_its_judgement_or_its_stage() {
        let catalog = catalog(&[
            "id = \"a\"\nname = \"A\"\ncategory = \"Feature store\"\n",
            "id = \"b\"\nname = \"B\"\ncategory = \"Elsewhere\"\nalso_in = [\"Feature store\"]\n",
            "id = \"c\"\nname = \"C\"\ncategory = \"Feature store\"\nkind = \"spec\"\n",
            "id = \"d\"\nname = \"D\"\ncategory = \"Elsewhere\"\nstages = [\"feature\"]\n",
            "id = \"e\"\nname = \"E\"\ncategory = \"Elsewhere\"\nstages = [\"serve\"]\n",
            "id = \"f\"\nname = \"F\"\ncategory = \"Elsewhere\"\nstages = [\"serve\"]\n",
            "id = \"g\"\nname = \"G\"\n",
            "id = \"h\"\nname = \"H\"\ncategory = \"Wide\"\nstages = [\"serve\"]\n",
            "id = \"i\"\nname = \"I\"\ncategory = \"Wide\"\n",
            "id = \"j\"\nname = \"J\"\ncategory = \"Feature store\"\n",
            "id = \"k\"\nname = \"K\"\ncategory = \"Wide\"\nstages = [\"feature\"]\n",
        ]);
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let job = Job {
            kind: "feature_store".to_owned(),
            given: false,
            fills: words(&["feature-store"]),
            holds: words(&["elsewhere"]),
            stages: words(&["feature"]),
            among: words(&["wide"]),
            tools: words(&["f", "h"]),
            perhaps: words(&["i", "j"]),
        };
        let fits: Vec<_> = catalog.tools().iter().map(|tool| fit(&job, tool, &catalog)).collect();
        assert_eq!(
            fits,
            [
                Some((Fit::Main, Some("Feature store"))),
                Some((Fit::Also, Some("Feature store"))),
                Some((Fit::Perhaps, Some("Feature store"))),
                Some((Fit::Perhaps, Some("Elsewhere"))),
                None,
                Some((Fit::Main, None)),
                None,
                Some((Fit::Main, None)),
                Some((Fit::Perhaps, None)),
                Some((Fit::Perhaps, None)),
                None,
            ]
        );
    }

    #[test]
    fn language_models_are_told_by_documents_that_are_embedded_or_by_the_paradigm() {
        for (text, models) in [
            ("d:source_documents e:embedding", Models::Language),
            ("d:source_documents v:vector_index", Models::Language),
            ("d:source_documents t:training", Models::Any),
            ("b:source_batch e:embedding v:vector_index g:guardrails", Models::Any),
            ("", Models::Any),
        ] {
            assert_eq!(Models::of(&sketch(text)), models, "{text}");
        }
        let mut drawing = sketch("t:training");
        drawing.nodes.values_mut().next().unwrap().props.insert("paradigm".to_owned(), "llm".into());
        assert_eq!(Models::of(&drawing), Models::Language);
        let evaluation = |models| job("evaluation", models).unwrap();
        assert_eq!(evaluation(Models::Language).fills, ["llm-evaluation"]);
        assert!(evaluation(Models::Any).fills.is_empty());
        assert_eq!(job("tuning", Models::Language), job("tuning", Models::Any), "one for both");
        assert_eq!(job("teleport", Models::Language), None);
    }

    #[test]
    fn a_design_counts_once_for_a_tool_in_a_kind() {
        let mut one = sketch("a:ci=x b:ci=x+y c:cd=x");
        one.title = "One".to_owned();
        let two = Architecture { id: "two".to_owned(), ..sketch("a:ci=x") };
        let usage = Usage::of(&[one, two]);
        assert_eq!(usage.designs("ci", "x"), ["One", "two"]);
        assert_eq!(usage.designs("cd", "x"), ["One"]);
        assert!(usage.designs("cd", "y").is_empty());
    }
}
