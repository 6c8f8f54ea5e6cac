//! `mlruns` folders of three versions: what the own client of each said of it is what is read, exactly; a damaged,
//! hostile or moved store gives what is left of it; and nothing in a store is touched.

use mlops_atlas::cli::runs::{ListArgs, RunsArgs, RunsCommand, run};
use mlops_atlas::runs::{Content, SourceKind, Status};
use mlops_atlas::store::runs::{Error, open};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

use crate::mlruns::answers::{artifacts, exact, models, points, points_of};
use crate::mlruns::{Store, listing, named};

fn list(path: &Path) -> Value {
    let command =
        RunsCommand::List(ListArgs { source: vec![path.to_path_buf()], json: true, ..Default::default() });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap(),
        0,
        "{}",
        String::from_utf8_lossy(&err)
    );
    serde_json::from_slice(&out).unwrap()
}

/// The figures are those of the generator: an empty answer would agree with an empty one.
#[test]
fn every_store_is_read_as_its_own_client_reads_it() {
    let answers: Value =
        serde_json::from_slice(&std::fs::read("tests/fixtures/mlruns/answers.json").unwrap()).unwrap();
    let counts =
        [("mlruns1", [11, 14, 73, 0, 4]), ("mlruns2", [11, 14, 73, 2, 4]), ("mlruns3", [11, 15, 74, 5, 4])];
    for (name, expected) in counts.into_iter().chain([("sample", [4, 4, 154, 0, 3])]) {
        let store = Path::new("tests/fixtures/mlruns").join(name);
        let theirs = &answers[name];
        let by_id = |list: &Value| {
            let list = list.as_array().unwrap().iter();
            list.map(|run| (run["id"].as_str().unwrap().to_owned(), exact(run))).collect::<Vec<_>>()
        };
        let (mut ours, mut wanted) = (by_id(&list(&store)), by_id(&theirs["runs"]));
        ours.sort();
        wanted.sort();
        assert_eq!(ours, wanted, "{name}");
        let mut reader = open(&store).unwrap();
        assert_eq!((reader.kind(), reader.count().unwrap()), (SourceKind::MlflowFiles, wanted.len()));
        let (mut series_compared, mut points_compared, mut artifacts_compared) = (0, 0, 0);
        for (run, all) in theirs["series"].as_object().unwrap() {
            for (metric, history) in all.as_object().unwrap() {
                let series = reader.series(run, metric).unwrap();
                let mut history = history.clone();
                if metric == "on data" {
                    // The client forgets the step of a line that names a dataset; it stands in the file.
                    assert_eq!(history[0]["step"], 0);
                    history[0]["step"] = json!(4);
                }
                assert_eq!(points_of(&series), points(&history), "{name}: {run} {metric}");
                series_compared += 1;
                points_compared += series.len();
            }
        }
        let set = reader.runs(false).unwrap().0;
        let wanted: Vec<String> = theirs["models"].as_array().unwrap().iter().map(exact).collect();
        assert_eq!(models(&set), wanted, "{name}");
        for (run, wanted) in theirs["artifacts"].as_object().unwrap() {
            let (found, problems) = reader.artifacts(run).unwrap();
            let wanted: Vec<String> = wanted.as_array().unwrap().iter().map(exact).collect();
            assert_eq!((artifacts(&found), problems.len()), (wanted, 0), "{name}: {run}");
            artifacts_compared += found.len();
        }
        let counted =
            [set.runs.len(), series_compared, points_compared, set.models.len(), artifacts_compared];
        assert_eq!(counted, expected, "{name}");
    }
}

#[test]
fn deleted_runs_and_experiments_are_there_when_asked_for() {
    for name in ["mlruns1", "mlruns2", "mlruns3"] {
        let mut reader = open(&Path::new("tests/fixtures/mlruns").join(name)).unwrap();
        let names = |deleted: bool, reader: &mut dyn mlops_atlas::store::runs::Reader| {
            let set = reader.runs(deleted).unwrap().0;
            set.runs.iter().map(|run| run.name.to_string()).collect::<Vec<_>>()
        };
        let active = names(false, reader.as_mut());
        assert!(!active.iter().any(|name| name == "deleted" || name == "with its experiment"));
        let all = names(true, reader.as_mut());
        assert_eq!(all.len(), active.len() + 2);
        assert!(["deleted", "with its experiment"].iter().all(|name| all.iter().any(|run| run == name)));
        let set = reader.runs(true).unwrap().0;
        let child = named(&set, "yes");
        assert_eq!(child.parent.as_ref(), Some(&named(&set, "parent: 'quoted' \"twice\" # no comment").id));
        assert_eq!(child.experiment_name(&set).chars().last(), Some('é'));
        assert_eq!(named(&set, "weird").status, Status::Failed);
        assert_eq!(named(&set, "killed").status, Status::Killed);
    }
}

#[test]
fn the_store_its_parent_and_one_experiment_are_opened_and_nothing_is_touched() {
    let store = Store::of("mlruns3");
    let before = listing(store.folder.path());
    let parent = open(store.folder.path()).unwrap().runs(false).unwrap().0;
    assert_eq!(parent.runs.len(), 11);
    let run = named(&parent, "weird").id.clone();
    let experiment = store.run(&run).parent().unwrap().to_path_buf();
    let mut one = open(&experiment).unwrap();
    let set = one.runs(false).unwrap().0;
    assert_eq!((set.experiments.len(), set.runs.len()), (1, 8));
    assert!(set.runs.iter().any(|run| &*run.name == "weird"));
    assert_eq!(one.series(&run, "steps").unwrap().steps, [-6, -5, 2, 3, 3, 3]);
    assert_eq!(one.artifacts(&run).unwrap().0.len(), 4);
    // A run's own folder is none.
    assert!(matches!(open(&store.run(&run)), Err(Error::NoStore(_))));
    assert_eq!(listing(store.folder.path()), before);
}

#[test]
fn artifacts_are_found_in_a_store_that_was_moved() {
    let store = Store::of("mlruns3");
    let mut reader = open(&store.path()).unwrap();
    let run = named(&reader.runs(false).unwrap().0, "weird").id.clone();
    let found = reader.artifacts(&run).unwrap().0;
    let paths: Vec<&str> = found.iter().map(|found| &*found.path).collect();
    assert_eq!(paths, ["conf.json", "deep/er/empty.log", "notes/a.txt", "table.csv"]);
    assert_eq!(reader.content(&run, &found[2]).unwrap(), Content::Text("hällo\n".to_owned()));
    assert_eq!(reader.content(&run, &found[1]).unwrap(), Content::Text(String::new()));
    assert!(matches!(reader.content("none", &found[1]), Err(Error::NoContent { .. })));
    // Where the run's own folder holds nothing, the address says where they lie.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("b.txt"), "b").unwrap();
    let folder = store.run(&run);
    std::fs::remove_dir_all(folder.join("artifacts")).unwrap();
    let meta = std::fs::read_to_string(folder.join("meta.yaml")).unwrap();
    let named_at = |uri: &str| {
        let lines: Vec<&str> = meta.lines().filter(|line| !line.starts_with("artifact_uri")).collect();
        let text = lines.join("\n");
        std::fs::write(folder.join("meta.yaml"), format!("artifact_uri: {uri}\n{text}")).unwrap();
    };
    named_at(&format!("file://{}", elsewhere.path().display()));
    assert_eq!(&*reader.artifacts(&run).unwrap().0[0].path, "b.txt");
    named_at("s3://bucket/0/artifacts");
    let (found, problems) = reader.artifacts(&run).unwrap();
    assert_eq!((found.len(), problems[0].at.as_str()), (0, "s3://bucket/0/artifacts"));
}

/// Every file of a store replaced by rubbish, one after another: never a panic, and the others are read.
#[test]
fn a_damaged_file_costs_what_it_held() {
    let store = Store::of("mlruns3");
    let root = store.path();
    let original = listing(&root);
    let files: Vec<&PathBuf> =
        original.iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path).collect();
    assert!(files.len() > 60);
    for (at, file) in files.into_iter().enumerate() {
        let rubbish: &[u8] = [b"\xff\xfe\0{[".as_slice(), b"", b"a: &a [*a]\n", b"\n\n- x: [\n"][at % 4];
        std::fs::write(file, rubbish).unwrap();
        let mut reader = open(&root).unwrap();
        let (set, _) = reader.runs(true).unwrap();
        assert!(set.runs.len() >= 4, "{}: {}", file.display(), set.runs.len());
        for run in &set.runs {
            reader.artifacts(&run.id).unwrap();
            for key in &set.metric_keys {
                reader.series(&run.id, key).unwrap();
            }
        }
        std::fs::write(file, original[file].as_ref().unwrap()).unwrap();
    }
}

#[test]
fn what_is_odd_is_counted_placed_and_told() {
    let store = Store::of("mlruns3");
    let run = named(&open(&store.path()).unwrap().runs(false).unwrap().0, "weird").id.clone();
    let folder = store.run(&run);
    let experiment = folder.parent().unwrap();
    let write = |path: &str, text: &str| std::fs::write(folder.join(path), text).unwrap();
    write("metrics/tiny", "1 0.5 1\nrubbish\n2 0.25 2\n\n3 x 3\n");
    write("metrics/infinite", "");
    std::fs::File::create(folder.join("params/long")).unwrap().set_len(5_000_000).unwrap();
    // A copy of a run is not the run.
    std::fs::create_dir(experiment.join("copy")).unwrap();
    std::fs::copy(folder.join("meta.yaml"), experiment.join("copy/meta.yaml")).unwrap();
    std::fs::create_dir(store.path().join("9")).unwrap();
    std::fs::write(store.path().join("9/meta.yaml"), "experiment_id: '8'\nartifact_location: x\n").unwrap();
    std::fs::create_dir(store.path().join("7")).unwrap();
    let mut reader = open(&store.path()).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!(set.runs.len(), 11);
    let weird = set.run(&run).unwrap();
    let metric = |name: &str| set.metric_key(name).and_then(|key| weird.metric(key));
    assert_eq!((metric("tiny"), metric("infinite")), (Some(0.25), None));
    assert_eq!(set.param_key("long").and_then(|key| weird.param(key)), None);
    let told: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.message, problem.at)).collect();
    let all = told.join("\n");
    let wanted = [
        format!(
            "3 lines of metrics are no points and are left out; the first of them here: run {run}: metrics/tiny, byte 8"
        ),
        format!("1 metrics have no value yet: run {run}: metrics/infinite"),
        format!(
            "1 parameters or tags cannot be read or are too long, and are left out: run {run}: params/long"
        ),
        format!(
            "1 runs have another id than their folder or experiment, or none, and are left out: {}",
            experiment.join("copy/meta.yaml").display()
        ),
        format!(
            "1 experiments have another id than their folder and are left out: {}",
            store.path().join("9/meta.yaml").display()
        ),
        format!(
            "1 experiments have no meta.yaml and are left out with their runs: {}",
            store.path().join("7").display()
        ),
    ];
    for sentence in &wanted {
        assert!(told.contains(sentence), "{sentence}\nis not in\n{all}");
    }
    assert_eq!(told.len(), wanted.len(), "{all}");
    let (_, left_out) = {
        let (mut all, problems) = reader.series_of(&run, &["tiny"], &|| true).unwrap();
        (problems, all.pop().unwrap().0.left_out.unwrap())
    };
    assert_eq!((left_out.count, left_out.first_step), (3, Some(3)));
}

/// A store from elsewhere must not show what lies outside it.
#[cfg(unix)]
#[test]
fn links_and_keys_lead_nowhere_else() {
    use std::os::unix::fs::symlink;

    let store = Store::of("mlruns3");
    let secret = store.folder.path().join("secret");
    std::fs::write(&secret, "1 2 3\n").unwrap();
    let run = named(&open(&store.path()).unwrap().runs(false).unwrap().0, "weird").id.clone();
    let folder = store.run(&run);
    symlink(&secret, folder.join("params/secret")).unwrap();
    symlink(&secret, folder.join("metrics/secret")).unwrap();
    symlink("..", folder.join("tags/loop")).unwrap();
    symlink(&secret, folder.join("artifacts/secret")).unwrap();
    let mut reader = open(&store.path()).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!((set.param_key("secret"), set.metric_key("secret")), (None, None));
    assert!(problems[0].message.starts_with("3 values are links"), "{problems:?}");
    assert!(reader.artifacts(&run).unwrap().0.iter().all(|found| &*found.path != "secret"));
    assert!(reader.series_of(&run, &["secret"], &|| true).is_ok_and(|(all, _)| all[0].0.is_empty()));
    for key in ["../../../../../secret", "/etc/passwd", "", "../params/long"] {
        assert!(reader.series(&run, key).unwrap().is_empty(), "{key}");
    }
    for id in ["..", "../mlruns", "", "."] {
        assert!(reader.series(id, "loss").unwrap().is_empty(), "{id}");
    }
}

#[test]
fn a_reading_can_be_stopped_and_a_store_that_is_gone_is_told() {
    let store = Store::of("mlruns3");
    let mut reader = open(&store.path()).unwrap();
    assert!(matches!(reader.runs_while(false, &|files| files < 10), Err(Error::Stopped(_))));
    assert_eq!(reader.runs(false).unwrap().0.runs.len(), 11);
    std::fs::remove_dir_all(store.path()).unwrap();
    assert!(reader.changed());
    assert!(matches!(reader.runs(false), Err(Error::Missing(_))));
    assert!(reader.series("a", "loss").unwrap().is_empty());
}
