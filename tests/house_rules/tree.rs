//! The crate as a tree of modules with their imports, and where a path written in one of them leads.
//!
//! Names are followed as the compiler follows them, through `use`, renames, groups, globs, type aliases and
//! re-exports. Where the compiler would know more (types of values, names made by macros), the answer errs on
//! the side of reporting: imports inside functions count for the whole module.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

/// Segments of a path.
pub type Path = Vec<String>;

/// The name under which the binary sees the library.
const LIBRARY: &str = "mlops_atlas";

/// Deeper chains of imports than this are cycles.
const DEPTH: usize = 24;

/// Something that a written path touches on its way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A module or item of this crate, from its root.
    Inside(Path),
    /// An item of another crate, the crate's name first.
    Outside(Path),
}

#[derive(Default)]
struct Module {
    items: BTreeSet<String>,
    /// Imports, renames and type aliases: the name here, what it stands for.
    bindings: BTreeMap<String, BTreeSet<Path>>,
    globs: BTreeSet<Path>,
}

/// All modules of the library; under `main` those of the binary, under `tests`, `benches`, `examples` theirs.
#[derive(Default)]
pub struct Tree {
    modules: BTreeMap<Path, Module>,
}

/// The module that a file is: below `src/` from the crate's root, elsewhere from the folder on.
pub fn module_of(file: &str) -> Path {
    let inner = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").or_else(|| inner.strip_suffix("/main")).unwrap_or(inner);
    if inner == "lib" { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

/// What `crate` means in a module: the library, the binary, or one of the tests.
fn root_of(module: &[String]) -> &[String] {
    let own = match module.first().map(String::as_str) {
        Some("main") => 1,
        Some("tests" | "benches" | "examples") => 2,
        _ => 0,
    };
    &module[..own.min(module.len())]
}

/// The paths that a `use` names, each with the name it gets here (`*` for a glob).
pub fn use_paths(item: &syn::ItemUse) -> Vec<(Path, String)> {
    let start = if item.leading_colon.is_some() { vec![String::new()] } else { Vec::new() };
    let mut found = Vec::new();
    flatten(&item.tree, &start, &mut found);
    found
}

fn flatten(tree: &syn::UseTree, before: &[String], found: &mut Vec<(Path, String)>) {
    let with = |ident: &syn::Ident| {
        let mut path = before.to_vec();
        // `use a::{self}` names `a` itself.
        if ident != "self" || before.is_empty() {
            path.push(ident.to_string());
        }
        path
    };
    match tree {
        syn::UseTree::Path(part) => flatten(&part.tree, &with(&part.ident), found),
        syn::UseTree::Name(part) => {
            let path = with(&part.ident);
            let name = path.last().cloned().unwrap_or_default();
            found.push((path, name));
        }
        syn::UseTree::Rename(part) => found.push((with(&part.ident), part.rename.to_string())),
        syn::UseTree::Glob(_) => found.push((before.to_vec(), "*".to_owned())),
        syn::UseTree::Group(group) => {
            for part in &group.items {
                flatten(part, before, found);
            }
        }
    }
}

impl Tree {
    /// Adds one parsed file.
    pub fn add(&mut self, file: &str, parsed: &syn::File) {
        let at = module_of(file);
        for depth in 0..=at.len() {
            self.modules.entry(at[..depth].to_vec()).or_default();
        }
        Collector { tree: self, at }.visit_file(parsed);
    }

    /// Every place that `path`, written in module `from`, touches: each re-export on the way and the end.
    /// With `as_import` the path is that of a `use` in `from`, which does not explain itself.
    pub fn places(&self, from: &[String], path: &[String], as_import: bool) -> BTreeSet<Place> {
        let mut walk = Walk { tree: self, own: as_import.then_some(path), places: BTreeSet::new() };
        walk.resolve(from, path, 0);
        walk.places
    }
}

struct Walk<'a> {
    tree: &'a Tree,
    own: Option<&'a [String]>,
    places: BTreeSet<Place>,
}

impl Walk<'_> {
    fn resolve(&mut self, from: &[String], path: &[String], depth: usize) {
        let Some((first, rest)) = path.split_first() else { return };
        match first.as_str() {
            "" => self.outside(rest, depth),
            "crate" => self.enter(root_of(from), rest, depth),
            "self" => self.enter(from, rest, depth),
            "super" => self.enter(&from[..from.len().saturating_sub(1)], rest, depth),
            _ if depth > DEPTH || !self.named(from, path, depth) => self.outside(path, depth),
            _ => {}
        }
    }

    fn outside(&mut self, path: &[String], depth: usize) {
        match path.split_first() {
            Some((first, rest)) if first == LIBRARY => self.enter(&[], rest, depth + 1),
            Some((first, rest)) if first == "core" || first == "alloc" => {
                let path = std::iter::once("std".to_owned()).chain(rest.iter().cloned()).collect();
                self.places.insert(Place::Outside(path));
            }
            _ => {
                self.places.insert(Place::Outside(path.to_vec()));
            }
        }
    }

    /// Follows `path` inside `module`, which exists for certain.
    fn enter(&mut self, module: &[String], path: &[String], depth: usize) {
        match path.split_first() {
            Some((first, rest)) if first == "super" => {
                self.enter(&module[..module.len().saturating_sub(1)], rest, depth);
            }
            Some((first, rest)) if first == "self" => self.enter(module, rest, depth),
            Some(_) if depth <= DEPTH && self.named(module, path, depth) => {}
            _ => {
                self.places.insert(Place::Inside([module, path].concat()));
            }
        }
    }

    /// Follows `path`, whose first segment is a name that `module` declares or imports; false if it does not.
    fn named(&mut self, module: &[String], path: &[String], depth: usize) -> bool {
        let (Some(scope), Some((first, rest))) = (self.tree.modules.get(module), path.split_first()) else {
            return false;
        };
        let child = [module, &path[..1]].concat();
        let mut found = false;
        if self.tree.modules.contains_key(&child) {
            self.enter(&child, rest, depth + 1);
            found = true;
        }
        for target in scope.bindings.get(first).into_iter().flatten() {
            if self.own == Some(target.as_slice()) {
                continue;
            }
            // The place of the re-export itself is an edge too.
            self.places.insert(Place::Inside(child.clone()));
            self.resolve(module, &[target.as_slice(), rest].concat(), depth + 1);
            found = true;
        }
        if !found && scope.items.contains(first) {
            self.places.insert(Place::Inside([module, path].concat()));
            found = true;
        }
        if !found && depth < DEPTH {
            found = self.through_globs(module, path, depth);
        }
        found
    }

    /// Looks for `path` behind the globs of `module`. What another crate's glob holds is unknown, so it counts.
    fn through_globs(&mut self, module: &[String], path: &[String], depth: usize) -> bool {
        let mut found = false;
        for glob in &self.tree.modules[module].globs {
            let mut target = Walk { tree: self.tree, own: Some(glob), places: BTreeSet::new() };
            target.resolve(module, glob, depth + 1);
            for place in target.places {
                match place {
                    Place::Outside(outer) => {
                        self.places.insert(Place::Outside([outer.as_slice(), path].concat()));
                        found = true;
                    }
                    Place::Inside(inner) => found |= self.named(&inner, path, depth + 1),
                }
            }
        }
        found
    }
}

struct Collector<'a> {
    tree: &'a mut Tree,
    at: Path,
}

impl Collector<'_> {
    fn module(&mut self) -> &mut Module {
        self.tree.modules.entry(self.at.clone()).or_default()
    }

    fn bind(&mut self, name: String, path: Path) {
        self.module().bindings.entry(name).or_default().insert(path);
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let ident = match item {
            syn::Item::Const(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Fn(item) => Some(&item.sig.ident),
            syn::Item::Macro(item) => item.ident.as_ref(),
            syn::Item::Static(item) => Some(&item.ident),
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::Union(item) => Some(&item.ident),
            _ => None,
        };
        if let Some(ident) = ident {
            let name = ident.to_string();
            self.module().items.insert(name);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.at.push(item.ident.to_string());
        self.module();
        visit::visit_item_mod(self, item);
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for (path, name) in use_paths(item) {
            match name.as_str() {
                "*" => {
                    self.module().globs.insert(path);
                }
                "_" => {}
                _ => self.bind(name, path),
            }
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name).to_string();
        let path = if item.ident == "self" { "crate".to_owned() } else { item.ident.to_string() };
        if name != path {
            self.bind(name, vec![path]);
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        match &*item.ty {
            syn::Type::Path(target) if target.qself.is_none() => {
                let path = target.path.segments.iter().map(|part| part.ident.to_string()).collect();
                self.bind(item.ident.to_string(), path);
            }
            _ => {
                let name = item.ident.to_string();
                self.module().items.insert(name);
            }
        }
        visit::visit_item_type(self, item);
    }
}
