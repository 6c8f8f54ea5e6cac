//! One entry to one TOML text, its keys in a fixed order, so that files differ only where they say something else.

use jiff::civil::Date;

use super::entry::{
    Claim, Entry, Evidence, Foundation, Interfaces, LandscapeRef, License, Relation, Repo, Seen,
};

/// Writes an entry as TOML; [`super::read::read_entry`] reads the same entry back.
pub fn to_toml(entry: &Entry) -> String {
    let mut w = Writer(String::new());
    w.text("id", Some(entry.id.as_str()));
    w.text("name", entry.name.as_deref());
    w.text("summary", entry.summary.as_deref());
    w.text("kind", entry.kind.map(|k| k.id()));
    w.text("category", entry.category.as_deref());
    w.texts("also_in", entry.also_in.as_deref());
    if let Some(stages) = &entry.stages {
        let ids: Vec<String> = stages.iter().map(|s| s.id().to_owned()).collect();
        w.texts("stages", Some(&ids));
    }
    w.texts("tags", entry.tags.as_deref());
    w.bare("tier", entry.tier);
    w.texts("aliases", entry.aliases.as_deref());
    w.text("homepage", entry.homepage.as_deref());
    w.text("docs", entry.docs.as_deref());
    w.texts("repo_aliases", entry.repo_aliases.as_deref());
    w.texts("languages", entry.languages.as_deref());
    w.texts("deploy", entry.deploy.as_deref());
    w.bare("first_release_year", entry.first_release_year);
    w.bare("air_gap", entry.air_gap);
    w.bare("gpu", entry.gpu);
    w.bare("kubernetes", entry.kubernetes);
    w.text("note", entry.note.as_deref());
    w.empty_list("repo", entry.repos.as_ref());
    w.empty_list("foundation", entry.foundations.as_ref());
    if let Some(license) = &entry.license {
        w.license(license);
    }
    if let Some(status) = &entry.status {
        w.status(*status);
    }
    if let Some(landscape) = &entry.landscape {
        w.landscape(landscape);
    }
    if let Some(interfaces) = &entry.interfaces {
        w.interfaces(interfaces);
    }
    for repo in entry.repos.iter().flatten() {
        w.repo(repo);
    }
    for foundation in entry.foundations.iter().flatten() {
        w.foundation(foundation);
    }
    for relation in &entry.relations {
        w.relation(relation);
    }
    for claim in &entry.claims {
        w.claim(claim);
    }
    w.0
}

struct Writer(String);

impl Writer {
    fn line(&mut self, key: &str, value: &str) {
        for part in [key, " = ", value, "\n"] {
            self.0.push_str(part);
        }
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(key, &quoted(value));
        }
    }

    fn texts(&mut self, key: &str, values: Option<&[String]>) {
        if let Some(values) = values {
            let list: Vec<String> = values.iter().map(|v| quoted(v)).collect();
            self.line(key, &format!("[{}]", list.join(", ")));
        }
    }

    fn bare(&mut self, key: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.line(key, &value.to_string());
        }
    }

    fn date(&mut self, key: &str, value: Option<Date>) {
        if let Some(value) = value {
            self.line(key, &quoted(&value.to_string()));
        }
    }

    /// A list of tables that is there and empty has no tables to say so.
    fn empty_list<T>(&mut self, key: &str, list: Option<&Vec<T>>) {
        if list.is_some_and(Vec::is_empty) {
            self.line(key, "[]");
        }
    }

    fn head(&mut self, head: &str) {
        for part in ["\n", head, "\n"] {
            self.0.push_str(part);
        }
    }

    fn license(&mut self, license: &License) {
        self.head("[license]");
        self.text("spdx", license.spdx.as_deref());
        self.text("class", Some(license.class.id()));
        self.text("note", license.note.as_deref());
        self.text("source", license.source.as_deref());
        self.date("checked_on", license.checked_on);
    }

    fn status(&mut self, seen: Seen) {
        self.head("[status]");
        self.text("state", Some(seen.status.id()));
        self.date("seen_on", seen.seen_on);
    }

    fn landscape(&mut self, landscape: &LandscapeRef) {
        self.head("[landscape]");
        self.text("file", Some(&landscape.file));
        self.text("category", landscape.category.as_deref());
        self.text("subcategory", landscape.subcategory.as_deref());
        self.text("name", landscape.name.as_deref());
    }

    fn interfaces(&mut self, interfaces: &Interfaces) {
        self.head("[interfaces]");
        for (key, list) in [
            ("implements", &interfaces.implements),
            ("consumes", &interfaces.consumes),
            ("produces", &interfaces.produces),
        ] {
            self.texts(key, Some(list).filter(|l| !l.is_empty()).map(Vec::as_slice));
        }
    }

    fn repo(&mut self, repo: &Repo) {
        self.head("[[repo]]");
        self.text("url", Some(&repo.url));
        self.bare("primary", Some(repo.primary).filter(|p| *p));
        self.text("branch", repo.branch.as_deref());
    }

    fn foundation(&mut self, foundation: &Foundation) {
        self.head("[[foundation]]");
        self.text("org", Some(&foundation.org));
        self.text("maturity", foundation.maturity.as_deref());
        self.text("raw", foundation.raw.as_deref());
        self.date("accepted", foundation.accepted);
        self.date("incubating", foundation.incubating);
        self.date("graduated", foundation.graduated);
        self.date("archived", foundation.archived);
        self.text("source", foundation.source.as_deref());
        self.date("seen_on", foundation.seen_on);
    }

    fn relation(&mut self, relation: &Relation) {
        self.head("[[relation]]");
        self.text("type", Some(relation.kind.id()));
        self.text("target", Some(relation.target.as_str()));
        if let Some(via) = &relation.via {
            let parts = [("artifact", &via.artifact), ("interface", &via.interface)];
            let parts: Vec<String> = parts
                .iter()
                .filter_map(|(key, value)| value.as_ref().map(|v| format!("{key} = {}", quoted(v))))
                .collect();
            self.line("via", &format!("{{ {} }}", parts.join(", ")));
        }
        self.text("since", relation.since.as_deref());
        self.text("how", relation.how.as_deref());
        self.evidence("[[relation.evidence]]", &relation.evidence);
    }

    fn claim(&mut self, claim: &Claim) {
        self.head("[[claim]]");
        self.text("id", Some(&claim.id));
        self.text("polarity", Some(claim.polarity.id()));
        self.text("topic", Some(&claim.topic));
        self.text("text", Some(&claim.text));
        self.text("applies_to", claim.applies_to.as_deref());
        self.text("author", claim.author.as_deref());
        self.text("reviewer", claim.reviewer.as_deref());
        self.date("reviewed_on", claim.reviewed_on);
        self.date("stale_after", claim.stale_after);
        self.text("status", Some(claim.status.id()));
        self.evidence("[[claim.evidence]]", &claim.evidence);
    }

    fn evidence(&mut self, head: &str, list: &[Evidence]) {
        for evidence in list {
            self.0.push_str(head);
            self.0.push('\n');
            self.text("url", Some(&evidence.url));
            self.text("title", evidence.title.as_deref());
            self.text("locator", evidence.locator.as_deref());
            self.date("accessed", evidence.accessed);
        }
    }
}

/// A basic TOML string on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let code = format!("\\u{:04X}", u32::from(c));
                out.push_str(&code);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
