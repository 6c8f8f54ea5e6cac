//! What the page of a run tells.

use mlops_atlas::runs::Model;
use mlops_atlas::runs::origin::Origin;
use mlops_atlas::runs::page::{Families, Page};

use crate::made_runs::{Made, dataset};

#[test]
fn everything_has_its_place_and_nothing_is_lost() {
    let mut made = Made::default();
    let tags = [
        ("team", "vision"),
        ("mlflow.note.content", "**best** so far"),
        ("mlflow.user", "analyst"),
        ("mlflow.source.name", "train.py"),
        ("mlflow.source.git.commit", "0f3c1a9"),
        ("hostname", "node7"),
        ("cuda_version", "13.1"),
    ];
    let metrics = [("val/loss", 0.5), ("system/cpu", 12.0), ("systems", 1.0)];
    let run = made.run("r", &metrics, &[("lr", "0.1"), ("b", "2")], &tags);
    run.datasets = vec![dataset("mnist", "2981c147", "training")];
    run.parent = Some("p".into());
    made.run("p", &[], &[], &[]);
    let late = made.run("late", &[], &[], &[]);
    (late.parent, late.start_time) = (Some("r".into()), Some(9));
    made.run("untold", &[], &[], &[]).parent = Some("r".into());
    let early = made.run("early", &[], &[], &[]);
    (early.parent, early.start_time) = (Some("r".into()), Some(5));
    made.run("orphan", &[], &[], &[("mlflow.note.content", " \n")]).parent = Some("gone".into());
    let model = |run: &str| Model { name: run.into(), run: Some(run.into()), ..Model::default() };
    let set = made.set().with_models(vec![model("p"), model("r")]);
    let families = Families::of(&set);
    let page = Page::of(&set, &families, set.run("r").unwrap());
    assert_eq!(page.note, Some("**best** so far"));
    assert_eq!(page.params, [("b", "2"), ("lr", "0.1")]);
    assert_eq!(page.metrics, [("systems", 1.0), ("val/loss", 0.5)]);
    assert_eq!(page.system_metrics, [("system/cpu", 12.0)]);
    assert_eq!(page.own_tags, [("cuda_version", "13.1"), ("hostname", "node7"), ("team", "vision")]);
    let system: Vec<&str> = page.system_tags.iter().map(|(tag, _)| *tag).collect();
    assert_eq!(
        system,
        ["mlflow.note.content", "mlflow.source.git.commit", "mlflow.source.name", "mlflow.user"]
    );
    assert_eq!((page.datasets.len(), page.models.len(), &*page.models[0].name), (1, 1, "r"));
    let parent = page.parent.unwrap();
    assert_eq!((parent.id, parent.run.map(|run| &*run.id)), ("p", Some("p")));
    let children: Vec<&str> = page.children.iter().map(|row| &*set.runs[*row as usize].id).collect();
    assert_eq!(children, ["early", "late", "untold"]);
    let told = |list: &[mlops_atlas::runs::page::Told<'_>]| -> Vec<(Origin, String)> {
        list.iter().map(|told| (told.origin, told.text.to_owned())).collect()
    };
    assert_eq!(
        told(&page.code),
        [(Origin::Commit, "0f3c1a9".to_owned()), (Origin::Source, "train.py".to_owned())]
    );
    assert_eq!(
        told(&page.environment),
        [(Origin::Software, "13.1".to_owned()), (Origin::Machine, "node7".to_owned())]
    );
    let orphan = Page::of(&set, &families, set.run("orphan").unwrap());
    assert!(orphan.note.is_none() && orphan.children.is_empty());
    let parent = orphan.parent.unwrap();
    assert_eq!((parent.id, parent.run.is_none()), ("gone", true));
}
