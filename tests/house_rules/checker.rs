//! Holds a tree of sources against the table; works on texts, so that it can be tested on trees that break rules.

use std::collections::{BTreeMap, BTreeSet};

use super::mentions::{Said, mentions};
use super::table::{
    COLOR_PLACES, COLOR_TYPES, EDGES, EGUI, FILE_METHODS, LIFE_CYCLE, MOST_LINES, NO_COLORS, NOUNS,
    OF_ONE_KIND, OUTSIDE, PIXEL_PLACES, PIXELS_ONLY, SHELL, UNFINISHED_MACROS,
};
use super::tree::{Path, Place, Tree, module_of};

/// Sources by their path from the project's root, with forward slashes.
pub type Sources = BTreeMap<String, String>;

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The file, and the line as far as it can be told.
    pub at: String,
    /// The rule's name.
    pub rule: String,
    /// What breaks it.
    pub what: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.at, self.rule, self.what)
    }
}

/// Every rule that `sources` break, sorted by file.
pub fn check(sources: &Sources) -> Vec<Violation> {
    let mut found = BTreeSet::new();
    let mut parsed = BTreeMap::new();
    for (file, text) in sources {
        shape(file, text, &mut found);
        match syn::parse_file(text) {
            Ok(syntax) => {
                parsed.insert(file.as_str(), syntax);
            }
            Err(error) => add(&mut found, file, "not Rust", &error.to_string()),
        }
    }
    let mut tree = Tree::default();
    for (file, syntax) in &parsed {
        tree.add(file, syntax);
    }
    for (file, syntax) in &parsed {
        let mut judge = Judge { file, text: &sources[*file], tree: &tree, found: &mut found };
        judge.file(syntax);
    }
    found.into_iter().collect()
}

fn add(found: &mut BTreeSet<Violation>, at: &str, rule: &str, what: &str) {
    found.insert(Violation { at: at.to_owned(), rule: rule.to_owned(), what: what.to_owned() });
}

fn shape(file: &str, text: &str, found: &mut BTreeSet<Violation>) {
    if !text.starts_with("//!") {
        add(found, file, "purpose", "the file does not open with //!");
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        add(found, file, "length", &format!("{lines} lines, at most {MOST_LINES}"));
    }
}

fn is_in(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| if place.ends_with('/') { file.starts_with(place) } else { file == *place })
}

/// Whether `path` is `prefix` (`a::b`) or lies in it.
fn starts_with(path: &[String], prefix: &str) -> bool {
    let prefix: Vec<_> = prefix.split("::").collect();
    path.len() >= prefix.len() && path.iter().zip(&prefix).all(|(a, b)| a == b)
}

fn is_allowed(from: &str, target: &[String]) -> bool {
    EDGES
        .iter()
        .filter(|edge| edge.from.contains(&from))
        .flat_map(|edge| edge.to)
        .any(|to| starts_with(target, to))
}

struct Judge<'a> {
    file: &'a str,
    text: &'a str,
    tree: &'a Tree,
    found: &'a mut BTreeSet<Violation>,
}

impl Judge<'_> {
    fn is_source(&self) -> bool {
        self.file.starts_with("src/")
    }

    fn top(&self) -> String {
        module_of(self.file).first().cloned().unwrap_or_else(|| "lib".to_owned())
    }

    fn file(&mut self, syntax: &syn::File) {
        let top = self.top();
        if self.is_source() && !NOUNS.contains(&top.as_str()) && !SHELL.contains(&top.as_str()) {
            add(
                self.found,
                self.file,
                "unknown module",
                "name it in the table, with its edges and their reasons",
            );
        }
        for mention in mentions(&module_of(self.file), syntax) {
            match &mention.said {
                Said::Path { path, import } => self.path(&mention.module, path, *import),
                Said::Macro(name) => self.macro_call(name),
                Said::Attribute(name) => self.attribute(name),
                Said::Method(name) => self.method(name),
                Said::Call { path, last } => self.call(&mention.module, path, last.as_deref()),
            }
        }
    }

    /// Reports with the first line that holds what was written.
    fn report(&mut self, rule: &str, written: &str, what: &str) {
        let last = written.rsplit("::").next().unwrap_or(written);
        let line = [written, last].iter().find_map(|wanted| {
            self.text.lines().position(|line| !is_comment(line) && line.contains(*wanted))
        });
        let at = line.map_or_else(|| self.file.to_owned(), |line| format!("{}:{}", self.file, line + 1));
        add(self.found, &at, rule, what);
    }

    fn path(&mut self, module: &[String], path: &Path, import: bool) {
        let written = path.join("::");
        // A variant that came in by a glob is only known by its name.
        let is_variant = |name: &str| name.starts_with(char::is_uppercase) && OF_ONE_KIND.contains(&name);
        let mut is_of_one_kind = path.iter().any(|name| is_variant(name));
        for place in self.tree.places(module, path, import) {
            if let Place::Inside(target) = &place {
                is_of_one_kind |= target.iter().any(|part| OF_ONE_KIND.contains(&part.as_str()));
            }
            match place {
                Place::Inside(target) if self.is_source() => self.inside(&written, &target),
                Place::Outside(target) => self.outside(&written, &target),
                Place::Inside(_) => {}
            }
        }
        if is_of_one_kind && is_in(self.file, LIFE_CYCLE) {
            self.report("life cycle of one kind", &written, &written);
        }
    }

    fn inside(&mut self, written: &str, target: &[String]) {
        let top = self.top();
        let Some(first) = target.first().filter(|first| **first != top) else { return };
        let is_module = NOUNS.contains(&first.as_str()) || SHELL.contains(&first.as_str());
        if is_module && !is_allowed(&top, target) {
            self.report("direction", written, &format!("{top} -> {first} through {written}"));
        }
    }

    fn outside(&mut self, written: &str, target: &[String]) {
        if target == ["std", "thread", "sleep"] {
            self.report("sleep", written, written);
        }
        if !self.is_source() {
            return;
        }
        for rule in OUTSIDE {
            let hit = rule.paths.iter().find(|path| starts_with(target, path));
            if let Some(path) = hit.filter(|_| !is_in(self.file, rule.places)) {
                self.report(rule.rule, written, &format!("{path} through {written}"));
            }
        }
        let asks = target.last().is_some_and(|last| FILE_METHODS.contains(&last.as_str()));
        if asks && starts_with(target, "std::path") && NOUNS.contains(&self.top().as_str()) {
            self.report("files outside store", written, &target.join("::"));
        }
        if target.first().is_some_and(|first| EGUI.contains(&first.as_str())) {
            self.paint(written, target);
        }
    }

    fn paint(&mut self, written: &str, target: &[String]) {
        let literal = target.windows(2).any(|pair| {
            COLOR_TYPES.contains(&pair[0].as_str())
                && !NO_COLORS.contains(&pair[1].as_str())
                && is_maker(&pair[1])
        });
        if (literal || target.last().is_some_and(|last| last == "hex_color"))
            && !is_in(self.file, COLOR_PLACES)
            && !is_in(self.file, PIXEL_PLACES)
        {
            self.report("colour literal", written, written);
        }
        let pixels = PIXELS_ONLY.iter().any(|shape| target.windows(shape.len()).any(|part| part == *shape));
        if pixels && !is_in(self.file, PIXEL_PLACES) {
            self.report("no vector form", written, written);
        }
        if target.iter().any(|part| part == "from_rgb_additive" || part == "from_additive_luminance") {
            self.report("additive fill", written, written);
        }
    }

    fn call(&mut self, module: &[String], path: &Path, last: Option<&str>) {
        let premultiplied = path.last().is_some_and(|name| name == "from_rgba_premultiplied");
        if self.is_source() && premultiplied && last.is_some_and(is_zero) {
            let egui = self.tree.places(module, path, false).iter().any(|place| match place {
                Place::Outside(target) => target.first().is_some_and(|first| EGUI.contains(&first.as_str())),
                Place::Inside(_) => false,
            });
            if egui && !is_in(self.file, PIXEL_PLACES) {
                self.report("additive fill", &path.join("::"), &path.join("::"));
            }
        }
    }

    fn method(&mut self, name: &str) {
        let top = self.top();
        if !self.is_source() {
            return;
        }
        if FILE_METHODS.contains(&name) && NOUNS.contains(&top.as_str()) {
            self.report("files outside store", &format!(".{name}"), &format!(".{name}()"));
        }
        if name == "additive" && is_in(self.file, OUTSIDE[0].places) {
            self.report("additive fill", ".additive", ".additive()");
        }
    }

    fn macro_call(&mut self, name: &str) {
        if UNFINISHED_MACROS.contains(&name) {
            self.report("unfinished", &format!("{name}!"), &format!("{name}!"));
        }
        if name == "include" && self.is_source() {
            self.report("hidden source", "include!", "include! brings code that no rule reads");
        }
    }

    fn attribute(&mut self, name: &str) {
        if name == "ignore" {
            self.report("silenced test", "ignore", "the attribute `ignore`");
        }
        if name == "path" && self.is_source() {
            self.report("hidden source", "path", "#[path] puts a module where its name does not say");
        }
    }
}

/// A constant (`RED`) or constructor (`from_rgb`, `new`, `gray`) of a colour, not a type or method of one.
fn is_maker(name: &str) -> bool {
    let constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    constant || name.starts_with("from_") || name == "new"
}

fn is_zero(number: &str) -> bool {
    number.trim_end_matches("_u8").trim_end_matches("u8") == "0"
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}
