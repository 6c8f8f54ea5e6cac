//! Folders of artifacts: what is listed, and that nothing leads out of them.

use super::*;

fn paths(root: &Root) -> Vec<String> {
    root.list().0.iter().map(|artifact| artifact.path.to_string()).collect()
}

fn artifact(path: &str, kind: ArtifactKind) -> Artifact {
    Artifact { path: path.into(), kind, step: None, time: None, size: None, place: 0 }
}

#[test]
fn addresses_of_this_machine_become_paths_and_no_others_do() {
    let base = Path::new("/data");
    let local = |address: &str| local(address, base).map(|path| path.display().to_string());
    let here = [
        ("file:///data/a%20b/%C3%BC", "/data/a b/ü"),
        ("file:/x/y", "/x/y"),
        ("FILE://localhost/x", "/x"),
        ("file:///a%zz%2", "/a%zz%2"),
        ("/x/y z", "/x/y z"),
        ("mlruns/0/1/artifacts", "/data/mlruns/0/1/artifacts"),
        ("./a:b", "/data/./a:b"),
    ];
    for (address, path) in here {
        assert_eq!(local(address).as_deref(), Some(path), "{address}");
    }
    for address in
        ["s3://bucket/x", "mlflow-artifacts:/0/1", "file://server/x", "//server/x", "\\\\server\\x", ""]
    {
        assert_eq!(local(address), None, "{address}");
    }
}

#[test]
fn files_are_listed_by_path_with_kind_and_size() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("artifacts");
    fs::create_dir_all(base.join("plots/empty")).unwrap();
    fs::write(base.join("plots/a.png"), [1, 2, 3]).unwrap();
    fs::write(base.join("notes.md"), "hällo").unwrap();
    let root = Root::at(&base).unwrap().unwrap();
    let (found, problems) = root.list();
    let told: Vec<_> = found.iter().map(|found| (&*found.path, found.kind, found.size)).collect();
    assert_eq!(
        told,
        [("notes.md", ArtifactKind::Text, Some(6)), ("plots/a.png", ArtifactKind::Image, Some(3))]
    );
    assert!(problems.is_empty());
    assert_eq!(root.content("r", &found[0]).unwrap(), Content::Text("hällo".to_owned()));
    assert_eq!(root.content("r", &found[1]).unwrap(), Content::Bytes(vec![1, 2, 3]));
    assert!(Root::at(&folder.path().join("none")).unwrap().is_none());
}

#[test]
fn a_text_that_is_none_is_bytes_and_a_large_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), [0xff, 0xfe]).unwrap();
    fs::File::create(folder.path().join("b.txt")).unwrap().set_len(LARGEST + 1).unwrap();
    let root = Root::at(folder.path()).unwrap().unwrap();
    let content = |path| root.content("r", &artifact(path, ArtifactKind::Text));
    assert_eq!(content("a.txt").unwrap(), Content::Bytes(vec![0xff, 0xfe]));
    assert!(matches!(content("b.txt"), Err(Error::TooLarge { bytes: 16_777_217, .. })));
    assert!(matches!(content("c.txt"), Err(Error::Missing(_))));
}

#[cfg(unix)]
#[test]
fn no_link_and_no_path_leads_out_of_the_folder() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("artifacts");
    fs::create_dir_all(base.join("sub")).unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    fs::write(base.join("own.txt"), "own").unwrap();
    symlink("../secret.txt", base.join("out.txt")).unwrap();
    symlink("..", base.join("up")).unwrap();
    symlink("own.txt", base.join("in.txt")).unwrap();
    symlink("..", base.join("sub/loop")).unwrap();
    let root = Root::at(&base).unwrap().unwrap();
    assert_eq!(paths(&root), ["in.txt", "own.txt"]);
    let problems = root.list().1;
    assert!(problems[0].message.starts_with("3 entries are links"), "{problems:?}");
    for path in ["out.txt", "../secret.txt", "up/secret.txt", "/etc/passwd", "sub/../../secret.txt"] {
        let content = root.content("r", &artifact(path, ArtifactKind::Text));
        assert!(matches!(content, Err(Error::NoContent { .. })), "{path}: {content:?}");
    }
    assert_eq!(
        root.content("r", &artifact("in.txt", ArtifactKind::Text)).unwrap(),
        Content::Text("own".to_owned())
    );
}

#[test]
fn a_folder_without_end_is_cut_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let deep: PathBuf = std::iter::repeat_n("d", MOST_LEVELS + 3).collect();
    fs::create_dir_all(folder.path().join(&deep)).unwrap();
    fs::write(folder.path().join(&deep).join("x"), "").unwrap();
    fs::write(folder.path().join("y"), "").unwrap();
    let root = Root::at(folder.path()).unwrap().unwrap();
    assert_eq!(paths(&root), ["y"]);
    assert!(root.list().1[0].message.starts_with("More lies here, or deeper"));
}

#[test]
fn a_key_never_leads_out_of_its_folder() {
    for key in ["", "/etc/passwd", "..", "a/../../b", "./../a", "a\0b"] {
        assert_eq!(below(key), None, "{key:?}");
    }
    assert_eq!(below("val/loss top"), Some(PathBuf::from("val/loss top")));
}
