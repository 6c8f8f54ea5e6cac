//! The second process: this test program again, told by an environment variable what to do.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use mlops_atlas::action::{DocumentAction, WindowAction};
use mlops_atlas::address::{DocumentKind, Origin};
use mlops_atlas::store::atlas_db::Profile;

use super::{Atlas, numbered};

const WHAT: &str = "ATLAS_TEST_CHILD";
const DRAWING: &str = "ATLAS_TEST_DRAWING";

/// More edits than any test waits for.
const MOST: i32 = 300;

/// A second process with its lines.
pub struct Second {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Second {
    /// Starts it: it does `what` with the drawing that `origin` names (empty for a new one).
    pub fn start(home: &Path, what: &str, origin: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["drawings::child::child", "--exact", "--nocapture", "--test-threads=1"])
            .env("MLOPS_ATLAS_HOME", home)
            .env(WHAT, what)
            .env(DRAWING, origin)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next thing it says; none when it has ended.
    pub fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if let Some(said) = line.trim_end().strip_prefix("@ ") {
                return Some(said.to_owned());
            }
            line.clear();
        }
        None
    }

    /// Ends it as a crash would, and returns what it had still said.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::iter::from_fn(|| self.hear()).collect()
    }

    /// Lets it end by itself.
    pub fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        // A test that fails must not leave it behind; after `kill` and `end` it is gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn say(text: impl std::fmt::Display) {
    // A line of its own even where the test runner has begun one.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n@ {text}\n").as_bytes()).unwrap();
}

fn wait_for_the_end() {
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

/// Not a test: what the second process does.
#[test]
fn child() {
    let Ok(what) = std::env::var(WHAT) else { return };
    let origin = std::env::var(DRAWING).unwrap();
    let mut atlas = Atlas::start(Profile::platform());
    if origin.is_empty() {
        atlas.act(WindowAction::New(DocumentKind::Drawing));
    } else {
        atlas.open(Origin::parse(&origin));
    }
    match what.as_str() {
        "edit" | "edit and save" => {
            say(&atlas.drawing().origin);
            for number in 1..=MOST {
                atlas.edit(numbered(number));
                say(number);
                if what == "edit and save" && number % 3 == 0 {
                    atlas.drawing_act(DocumentAction::Save);
                }
            }
        }
        "hold" => say(if atlas.drawing().read_only { "read-only" } else { "writable" }),
        "save elsewhere" => {
            say(if atlas.drawing().read_only { "read-only" } else { "writable" });
            atlas.retitle("Not mine");
            say(&atlas.architecture().title);
            say(atlas.told().join(" "));
            let copy = PathBuf::from(&origin).with_file_name("copy.architecture.json");
            atlas.drawing_act(DocumentAction::SaveTo(copy));
            atlas.retitle("Mine");
            say(&atlas.architecture().title);
        }
        other => panic!("nobody asks for {other}"),
    }
    wait_for_the_end();
}
