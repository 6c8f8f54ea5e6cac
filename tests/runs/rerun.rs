//! Whether a run could be made again: what is found, what is missing, what nobody can say.

use mlops_atlas::runs::rerun::{Answer, Need, Rerun, Verdict};
use mlops_atlas::runs::{Artifact, ArtifactKind, Model, SourceKind};

use crate::made_runs::{Made, dataset};

const HASH: &str = "0f3c1a9d5e7b2468ace013579bdf02468ace0135";

fn artifacts(paths: &[&str]) -> Vec<Artifact> {
    let of = |path: &&str| Artifact {
        path: (*path).into(),
        kind: ArtifactKind::File,
        step: None,
        time: None,
        size: None,
        place: 0,
    };
    paths.iter().map(of).collect()
}

fn of(
    kind: SourceKind,
    params: &[(&str, &str)],
    tags: &[(&str, &str)],
    files: Option<&[&str]>,
    digests: &[(&str, &str)],
) -> Rerun {
    let mut made = Made::default();
    let datasets = digests.iter().map(|(name, digest)| dataset(name, digest, "training")).collect();
    made.run("r", &[], params, tags).datasets = datasets;
    let set = made.set();
    let files = files.map(artifacts);
    Rerun::of(&set, &set.runs[0], kind, files.as_deref())
}

fn answer(need: Need, params: &[(&str, &str)], tags: &[(&str, &str)], files: Option<&[&str]>) -> Answer {
    let found = of(SourceKind::MlflowSqlite, params, tags, files, &[]);
    found.answer(need).unwrap().clone()
}

fn found(what: &str, place: &str) -> Answer {
    Answer::Found { what: what.to_owned(), place: place.to_owned() }
}

const COMPLETE: [(&str, &str); 4] = [
    ("mlflow.source.git.commit", HASH),
    ("mlflow.source.git.dirty", "false"),
    ("mlflow.source.name", "train.py"),
    ("mlflow.source.type", "LOCAL"),
];

#[test]
fn a_run_with_everything_can_be_made_again() {
    let rerun = of(
        SourceKind::MlflowFiles,
        &[("model/random_state", "7")],
        &COMPLETE,
        Some(&["plots/loss.png", "model/MLmodel", "model/conda.yaml", "uv.lock"]),
        &[("mnist", "2981c147")],
    );
    assert_eq!(
        rerun.answers,
        [
            (Need::Code, found(HASH, "tag mlflow.source.git.commit")),
            (Need::Changes, found("none", "tag mlflow.source.git.dirty")),
            (Need::Environment, found("uv.lock", "artifact uv.lock")),
            (Need::Command, found("train.py", "tag mlflow.source.name")),
            (Need::Data, found("mnist 2981c147", "datasets")),
            (Need::Seed, found("7", "parameter model/random_state")),
        ]
    );
    assert_eq!(rerun.verdict, Verdict::Yes);
}

#[test]
fn the_verdict_follows_its_rules() {
    let verdict =
        |params: &[(&str, &str)], tags: &[(&str, &str)], files: Option<&[&str]>, data: &[(&str, &str)]| {
            let rerun = of(SourceKind::MlflowSqlite, params, tags, files, data);
            (rerun.verdict, rerun.sentence)
        };
    let (seed, lock, data) = (&[("seed", "1")][..], Some(&["uv.lock"][..]), &[("d", "1")][..]);
    assert_eq!(verdict(seed, &COMPLETE, lock, data).0, Verdict::Yes);
    let without =
        |left: &str| -> Vec<(&str, &str)> { COMPLETE.into_iter().filter(|(tag, _)| *tag != left).collect() };
    assert_eq!(
        verdict(seed, &without("mlflow.source.git.commit"), lock, data),
        (Verdict::No, "No: the store lacks code version".to_owned())
    );
    assert_eq!(
        verdict(seed, &without("mlflow.source.git.commit"), Some(&[]), data).1,
        "No: the store lacks code version and environment"
    );
    assert_eq!(
        verdict(seed, &without("mlflow.source.git.dirty"), lock, data),
        (Verdict::Unknown, "Not known: the store does not tell uncommitted changes".to_owned())
    );
    assert_eq!(verdict(seed, &without("mlflow.source.name"), lock, data).0, Verdict::No);
    assert_eq!(verdict(seed, &COMPLETE, None, data).0, Verdict::Unknown);
    assert_eq!(
        verdict(&[], &COMPLETE, lock, &[]),
        (
            Verdict::Unknown,
            "It can be started again, but its numbers may differ: nothing tells data version and seed"
                .to_owned()
        )
    );
    assert_eq!(verdict(seed, &COMPLETE, lock, &[("d", "")]).0, Verdict::Unknown);
}

#[test]
fn uncommitted_changes_are_no_harm_where_they_are_kept() {
    let changes = |more: &[(&str, &str)], files: Option<&[&str]>| {
        let mut tags = vec![("mlflow.source.git.commit", HASH)];
        tags.extend(more);
        answer(Need::Changes, &[], &tags, files)
    };
    let dirty = ("mlflow.source.git.dirty", "true");
    assert!(matches!(changes(&[dirty], Some(&[])), Answer::Missing(_)));
    assert_eq!(
        changes(&[dirty, ("mlflow.source.git.diff", "diff --git a b")], None),
        found("the diff", "tag mlflow.source.git.diff")
    );
    for file in ["code/uncommitted.diff", "changes.patch", "git_diff.txt"] {
        assert_eq!(changes(&[dirty], Some(&["a.txt", file])), found("the diff", &format!("artifact {file}")));
    }
    assert!(matches!(changes(&[], None), Answer::Unknown(_)));
    assert!(matches!(changes(&[("mlflow.source.git.dirty", "perhaps")], None), Answer::Unknown(_)));
    let described = [("git_commit", "v1.2-3-g0f3c1a9-dirty")];
    assert!(matches!(answer(Need::Changes, &[], &described, None), Answer::Missing(_)));
    assert!(matches!(answer(Need::Changes, &[], &[], None), Answer::Unknown(_)));
}

#[test]
fn a_commit_is_what_git_prints_wherever_people_put_it() {
    for tag in ["git_commit", "_commit", "git-sha", "mlflow.databricks.gitRepoCommit", "vcs.commit"] {
        assert_eq!(
            answer(Need::Code, &[], &[(tag, "0f3c1a9")], None),
            found("0f3c1a9", &format!("tag {tag}"))
        );
    }
    let param = [("git_hash", HASH)];
    assert_eq!(answer(Need::Code, &param, &[], None), found(HASH, "parameter git_hash"));
    for text in ["main", "unknown", "123", "v1.2", "", "None"] {
        assert!(
            matches!(answer(Need::Code, &[], &[("git_commit", text)], None), Answer::Missing(_)),
            "{text}"
        );
    }
    for tag in ["commit_message", "data_commit", "model_commit"] {
        assert!(matches!(answer(Need::Code, &[], &[(tag, HASH)], None), Answer::Missing(_)), "{tag}");
    }
}

#[test]
fn the_most_exact_environment_counts_and_a_models_is_told() {
    let environment = |files: Option<&[&str]>| answer(Need::Environment, &[], &[], files);
    assert_eq!(
        environment(Some(&["requirements.txt", "env/poetry.lock"])),
        found("poetry.lock", "artifact env/poetry.lock")
    );
    assert_eq!(environment(Some(&["build/Dockerfile"])), found("Dockerfile", "artifact build/Dockerfile"));
    assert_eq!(
        environment(Some(&["model/MLmodel", "model/conda.yaml"])),
        found(
            "conda.yaml (what the model needs; training may have needed more)",
            "artifact model/conda.yaml"
        )
    );
    assert!(matches!(environment(Some(&["notes/requirements.md"])), Answer::Missing(_)));
    assert!(matches!(environment(None), Answer::Unknown(_)));
    let image = [("mlflow.docker.image.uri", "reg/x@sha256:1")];
    assert_eq!(
        answer(Need::Environment, &[], &image, None),
        found("reg/x@sha256:1", "tag mlflow.docker.image.uri")
    );
    let mut made = Made::default();
    made.run("r", &[], &[], &[]);
    let model = Model { run: Some("r".into()), ..Model::default() };
    let set = made.set().with_models(vec![model]);
    let rerun = Rerun::of(&set, &set.runs[0], SourceKind::MlflowSqlite, Some(&[]));
    assert!(matches!(rerun.answer(Need::Environment), Some(Answer::Unknown(_))));
}

#[test]
fn what_was_typed_or_run_in_a_notebook_has_no_command() {
    let command = |tags: &[(&str, &str)]| answer(Need::Command, &[], tags, None);
    for source in ["<console>", "/usr/lib/python3/site-packages/ipykernel_launcher.py"] {
        assert!(matches!(command(&[("mlflow.source.name", source)]), Answer::Missing(_)), "{source}");
    }
    assert_eq!(
        command(&[("mlflow.source.name", "https://example.org/p"), ("mlflow.project.entryPoint", "main")]),
        found("https://example.org/p, entry point main", "tag mlflow.source.name")
    );
    assert_eq!(
        command(&[("command", "python train.py --lr 1")]),
        found("python train.py --lr 1", "tag command")
    );
}

#[test]
fn a_seed_that_is_none_is_none() {
    assert!(matches!(answer(Need::Seed, &[("random_state", "None")], &[], None), Answer::Missing(_)));
    assert_eq!(answer(Need::Seed, &[("lr", "1")], &[("data_seed", "0")], None), found("0", "tag data_seed"));
    assert!(matches!(answer(Need::Seed, &[("n_seeds", "5")], &[], None), Answer::Missing(_)));
}

#[test]
fn a_store_that_has_no_place_for_it_cannot_say() {
    for kind in [SourceKind::Tensorboard, SourceKind::Csv, SourceKind::Jsonl, SourceKind::Several] {
        let rerun = of(kind, &[], &[], Some(&[]), &[]);
        assert_eq!(rerun.verdict, Verdict::Unknown, "{kind:?}");
        assert!(rerun.answers.iter().all(|(_, answer)| matches!(answer, Answer::Unknown(_))), "{rerun:?}");
        // What is there counts all the same.
        let rerun = of(kind, &[("seed", "1"), ("git_commit", HASH)], &[], Some(&[]), &[]);
        assert_eq!(rerun.answer(Need::Seed), Some(&found("1", "parameter seed")));
        assert_eq!(rerun.answer(Need::Code), Some(&found(HASH, "parameter git_commit")));
    }
    for kind in [SourceKind::Optuna, SourceKind::Trackio, SourceKind::OptunaJournal, SourceKind::Aim] {
        assert_eq!(of(kind, &[], &[], Some(&[]), &[]).verdict, Verdict::No, "{kind:?}");
    }
}

/// What MLflow's own client wrote: scripts outside any Git repository.
#[test]
fn runs_of_a_real_store_are_judged_by_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let (set, _) = mlops_atlas::store::runs::open(&file).unwrap().runs(false).unwrap();
    let source = set.tag_key("mlflow.source.name").unwrap();
    let mut counts = [0; 3];
    for run in &set.runs {
        let rerun = Rerun::of(&set, run, SourceKind::MlflowSqlite, None);
        assert_eq!(rerun.verdict, Verdict::No);
        assert!(matches!(rerun.answer(Need::Code), Some(Answer::Missing(_))));
        let has_command =
            rerun.answer(Need::Command) == Some(&found("gen_mlflow3.py", "tag mlflow.source.name"));
        assert_eq!(has_command, run.tag(source).is_some());
        let has_data = matches!(rerun.answer(Need::Data), Some(Answer::Found { .. }));
        assert_eq!(has_data, !run.datasets.is_empty());
        counts[0] += 1;
        counts[1] += usize::from(has_command);
        counts[2] += usize::from(has_data);
    }
    assert_eq!(counts, [28, 22, 13]);
}
