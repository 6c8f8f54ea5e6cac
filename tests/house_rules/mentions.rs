//! Every path that a file writes: imports, expressions, types, patterns, macros' tokens, attributes.

use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};

use super::tree::{Path, use_paths};

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A path; `import` says that it stands in a `use`.
    Path { path: Path, import: bool },
    /// `name!`.
    Macro(String),
    /// `#[name]`.
    Attribute(String),
    /// `.name()`.
    Method(String),
    /// A call of a path with the digits of its last argument, if that is a number.
    Call { path: Path, last: Option<String> },
}

/// Something said, and the module it is said in.
pub struct Mention {
    /// The module, from the crate's root: an inline module of the file included.
    pub module: Path,
    /// What is said there.
    pub said: Said,
}

/// All that `file`, which is `module`, says, in order.
pub fn mentions(module: &[String], file: &syn::File) -> Vec<Mention> {
    let mut listener = Listener { module: module.to_vec(), heard: Vec::new() };
    listener.visit_file(file);
    listener.heard
}

struct Listener {
    module: Path,
    heard: Vec<Mention>,
}

fn segments(path: &syn::Path) -> Path {
    let start = path.leading_colon.map(|_| String::new());
    start.into_iter().chain(path.segments.iter().map(|part| part.ident.to_string())).collect()
}

/// The path of an expression; for `<a::B>::c` it is `a::B::c`.
fn expression_path(expr: &syn::ExprPath) -> Path {
    match &expr.qself {
        Some(qself) if qself.position == 0 => match &*qself.ty {
            syn::Type::Path(ty) => [segments(&ty.path), segments(&expr.path)]
                .concat()
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect(),
            _ => segments(&expr.path),
        },
        _ => segments(&expr.path),
    }
}

/// Digits of a whole number written as a literal.
fn digits(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
            Some(number.base10_digits().to_owned())
        }
        _ => None,
    }
}

impl Listener {
    fn hear(&mut self, said: Said) {
        self.heard.push(Mention { module: self.module.clone(), said });
    }

    /// Tokens that no grammar explains: every `a::b` in them counts as a path, except behind a dot.
    fn hear_tokens(&mut self, mut at: Cursor<'_>) {
        let mut after_dot = false;
        while !at.eof() {
            if let Some((path, next)) = token_path(at) {
                match next.punct() {
                    Some((mark, after)) if mark.as_char() == '!' && !is_equals(after) => {
                        self.hear(Said::Macro(path.last().cloned().unwrap_or_default()));
                        self.hear(Said::Path { path, import: false });
                    }
                    _ if after_dot => self.hear(Said::Method(path.last().cloned().unwrap_or_default())),
                    _ => {
                        if let Some((inside, _, _, _)) = next.any_group() {
                            self.hear(Said::Call { path: path.clone(), last: last_number(inside) });
                        }
                        self.hear(Said::Path { path, import: false });
                    }
                }
                after_dot = false;
                at = next;
            } else if let Some((inside, _, _, next)) = at.any_group() {
                self.hear_tokens(inside);
                after_dot = false;
                at = next;
            } else if let Some((mark, next)) = at.punct() {
                let hash = mark.as_char() == '#';
                after_dot = mark.as_char() == '.';
                if let (true, Some((inside, _, _, _))) = (hash, next.any_group())
                    && let Some((name, _)) = inside.ident()
                {
                    self.hear(Said::Attribute(name.to_string()));
                }
                at = next;
            } else if let Some((_, next)) = at.token_tree() {
                after_dot = false;
                at = next;
            } else {
                return;
            }
        }
    }
}

fn is_equals(at: Cursor<'_>) -> bool {
    at.punct().is_some_and(|(mark, _)| mark.as_char() == '=')
}

/// `a::b::c` at the start of `at`, `$crate` as `crate`, a leading `::` as an empty segment.
fn token_path(mut at: Cursor<'_>) -> Option<(Path, Cursor<'_>)> {
    let mut path = Vec::new();
    if let Some(next) = double_colon(at) {
        path.push(String::new());
        at = next;
    }
    // Generic arguments end a path: `Vec::<a::B>::new` goes on as `a::B` and then `new`.
    while let Some((ident, next)) = at.ident() {
        path.push(ident.to_string());
        at = next;
        match double_colon(at) {
            Some(next) if next.ident().is_some() => at = next,
            _ => break,
        }
    }
    (!path.is_empty() && path != [String::new()]).then_some((path, at))
}

fn double_colon(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (first, next) = at.punct()?;
    let (second, next) = next.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(next)
}

/// The digits of the number that ends a list of arguments.
fn last_number(mut at: Cursor<'_>) -> Option<String> {
    let mut last = None;
    while !at.eof() {
        if let Some((literal, next)) = at.literal() {
            last = Some(literal.to_string());
            at = next;
        } else if let Some((mark, next)) = at.punct() {
            // A trailing comma changes nothing.
            if mark.as_char() != ',' || !next.eof() {
                last = None;
            }
            at = next;
        } else {
            last = None;
            at = at.token_tree()?.1;
        }
    }
    last
}

impl<'ast> Visit<'ast> for Listener {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for (path, _) in use_paths(item) {
            self.hear(Said::Path { path, import: true });
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.hear(Said::Path { path: vec![String::new(), item.ident.to_string()], import: true });
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {
        // `pub(in path)` imports nothing.
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.hear(Said::Path { path: segments(path), import: false });
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, expr: &'ast syn::ExprPath) {
        if expr.qself.is_some() {
            self.hear(Said::Path { path: expression_path(expr), import: false });
        }
        visit::visit_expr_path(self, expr);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            self.hear(Said::Call {
                path: expression_path(function),
                last: call.args.last().and_then(digits),
            });
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.hear(Said::Method(call.method.to_string()));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.hear(Said::Macro(
            call.path.segments.last().map(|part| part.ident.to_string()).unwrap_or_default(),
        ));
        visit::visit_macro(self, call);
        self.hear_tokens(TokenBuffer::new2(call.tokens.clone()).begin());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        // Names are all that an attribute's own path can be; prose is not code.
        let name = segments(attribute.path()).join("::");
        if name == "doc" {
            return;
        }
        self.hear(Said::Attribute(name));
        if let syn::Meta::List(list) = &attribute.meta {
            self.hear_tokens(TokenBuffer::new2(list.tokens.clone()).begin());
            self.hear_quoted(TokenBuffer::new2(list.tokens.clone()).begin());
        }
    }
}

impl Listener {
    /// Paths that serde and others take as text: `#[serde(with = "a::b")]`.
    fn hear_quoted(&mut self, mut at: Cursor<'_>) {
        while !at.eof() {
            if let Some((inside, _, _, next)) = at.any_group() {
                self.hear_quoted(inside);
                at = next;
            } else if let Some((literal, next)) = at.literal() {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && let Ok(path) = text.parse::<syn::Path>()
                {
                    self.visit_path(&path);
                }
                at = next;
            } else if let Some((_, next)) = at.token_tree() {
                at = next;
            } else {
                return;
            }
        }
    }
}
