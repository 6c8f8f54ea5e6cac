//! The tables inside an entry: licence, foundations, relations, claims and their evidence.

use super::values::{Reader, Value};
use crate::catalog::entry::{
    Claim, Evidence, Foundation, Interfaces, LandscapeRef, License, Relation, Repo, Seen, ToolId, Via,
};
use crate::catalog::words::{ClaimStatus, Layer, LicenseClass, Polarity, RelationKind, Status};

pub(super) fn license(r: &mut Reader<'_>, item: &Value<'_>) -> Option<License> {
    let mut license = License::UNKNOWN;
    let mut class_seen = false;
    for (key, value) in r.table("license", item)? {
        match key.get_ref().as_ref() {
            "spdx" => license.spdx = spdx_expression(r, value),
            "class" => {
                class_seen = true;
                let list = LicenseClass::ALL.iter().map(|c| c.id());
                license.class =
                    r.word("class", value, LicenseClass::from_id, list).unwrap_or(LicenseClass::Unknown);
            }
            "note" => license.note = r.text("note", value),
            "source" => license.source = r.link("source", value),
            "checked_on" => license.checked_on = r.date("checked_on", value),
            _ => r.unknown_key(key, "a licence"),
        }
    }
    if !class_seen {
        r.missing("class", "a licence", item);
    }
    Some(license)
}

/// An SPDX expression that the strict grammar accepts: `Apache-2.0`, not "Apache 2.0".
fn spdx_expression(r: &mut Reader<'_>, value: &Value<'_>) -> Option<String> {
    let text = r.text("spdx", value)?;
    if let Err(error) = spdx::Expression::parse(&text) {
        r.error("bad-spdx", value, format!("{text:?} is no SPDX expression: {}", error.reason));
        return None;
    }
    Some(text)
}

pub(super) fn status(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Seen> {
    let (mut state, mut seen_on) = (None, None);
    for (key, value) in r.table("status", item)? {
        match key.get_ref().as_ref() {
            "state" => state = r.word("state", value, Status::from_id, Status::ALL.iter().map(|s| s.id())),
            "seen_on" => seen_on = r.date("seen_on", value),
            _ => r.unknown_key(key, "a status"),
        }
    }
    if state.is_none() {
        r.missing("state", "a status", item);
    }
    Some(Seen { status: state?, seen_on })
}

pub(super) fn landscape(r: &mut Reader<'_>, item: &Value<'_>) -> Option<LandscapeRef> {
    let mut file = None;
    let mut found = LandscapeRef::default();
    for (key, value) in r.table("landscape", item)? {
        match key.get_ref().as_ref() {
            "file" => file = r.link("file", value),
            "category" => found.category = r.text("category", value),
            "subcategory" => found.subcategory = r.text("subcategory", value),
            "name" => found.name = r.text("name", value),
            _ => r.unknown_key(key, "a place in a landscape"),
        }
    }
    if file.is_none() {
        r.missing("file", "a place in a landscape", item);
    }
    Some(LandscapeRef { file: file?, ..found })
}

pub(super) fn interfaces(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Interfaces> {
    let mut found = Interfaces::default();
    for (key, value) in r.table("interfaces", item)? {
        match key.get_ref().as_ref() {
            "implements" => found.implements = r.texts("implements", value).unwrap_or_default(),
            "consumes" => found.consumes = r.texts("consumes", value).unwrap_or_default(),
            "produces" => found.produces = r.texts("produces", value).unwrap_or_default(),
            _ => r.unknown_key(key, "the interfaces"),
        }
    }
    Some(found)
}

pub(super) fn repo(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Repo> {
    let (mut url, mut primary, mut branch) = (None, false, None);
    for (key, value) in r.table("repo", item)? {
        match key.get_ref().as_ref() {
            "url" => url = r.link("url", value),
            "primary" => primary = r.flag("primary", value).unwrap_or(false),
            "branch" => branch = r.text("branch", value),
            _ => r.unknown_key(key, "a repository"),
        }
    }
    if url.is_none() {
        r.missing("url", "a repository", item);
    }
    Some(Repo { url: url?, primary, branch })
}

pub(super) fn foundation(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Foundation> {
    let mut org = None;
    let mut found = Foundation::default();
    for (key, value) in r.table("foundation", item)? {
        match key.get_ref().as_ref() {
            "org" => org = r.text("org", value),
            "maturity" => found.maturity = r.text("maturity", value),
            "raw" => found.raw = r.text("raw", value),
            "accepted" => found.accepted = r.date("accepted", value),
            "incubating" => found.incubating = r.date("incubating", value),
            "graduated" => found.graduated = r.date("graduated", value),
            "archived" => found.archived = r.date("archived", value),
            "source" => found.source = r.link("source", value),
            "seen_on" => found.seen_on = r.date("seen_on", value),
            _ => r.unknown_key(key, "a foundation"),
        }
    }
    if org.is_none() {
        r.missing("org", "a foundation", item);
    }
    Some(Foundation { org: org?, ..found })
}

pub(super) fn evidence(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Evidence> {
    let (mut url, mut title, mut locator, mut accessed) = (None, None, None, None);
    for (key, value) in r.table("evidence", item)? {
        match key.get_ref().as_ref() {
            "url" => url = r.link("url", value),
            "title" => title = r.text("title", value),
            "locator" => locator = r.text("locator", value),
            "accessed" => accessed = r.date("accessed", value),
            _ => r.unknown_key(key, "a piece of evidence"),
        }
    }
    if url.is_none() {
        r.missing("url", "a piece of evidence", item);
    }
    Some(Evidence { url: url?, title, locator, accessed })
}

fn via(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Via> {
    let mut found = Via::default();
    for (key, value) in r.table("via", item)? {
        match key.get_ref().as_ref() {
            "artifact" => found.artifact = r.text("artifact", value),
            "interface" => found.interface = r.text("interface", value),
            _ => r.unknown_key(key, "what passes through a relation"),
        }
    }
    Some(found)
}

pub(super) fn relation(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Relation> {
    let (mut kind, mut target, mut passes, mut since, mut how) = (None, None, None, None, None);
    let mut sources = Vec::new();
    for (key, value) in r.table("relation", item)? {
        match key.get_ref().as_ref() {
            "type" => {
                let list = RelationKind::ALL.iter().map(|k| k.id());
                kind = r.word("type", value, RelationKind::from_id, list);
            }
            "target" => target = target_id(r, value),
            "via" => passes = via(r, value),
            "since" => since = r.text("since", value),
            "how" => how = r.text("how", value),
            "evidence" => sources = r.list("evidence", value, evidence).unwrap_or_default(),
            _ => r.unknown_key(key, "a relation"),
        }
    }
    let (Some(kind), Some(target)) = (kind, target) else {
        r.missing("type and target", "a relation", item);
        return None;
    };
    Some(Relation { kind, target, via: passes, since, how, evidence: sources, layer: Layer::Bundled })
}

fn target_id(r: &mut Reader<'_>, value: &Value<'_>) -> Option<ToolId> {
    let text = r.text("target", value)?;
    match ToolId::new(&text) {
        Ok(id) => Some(id),
        Err(error) => {
            r.error("relation-target", value, format!("the target of a relation is an id: {error}"));
            None
        }
    }
}

pub(super) fn claim(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Claim> {
    let (mut id, mut polarity, mut topic, mut text, mut status) = (None, None, None, None, None);
    let (mut applies_to, mut author, mut reviewer) = (None, None, None);
    let (mut reviewed_on, mut stale_after) = (None, None);
    let mut sources = Vec::new();
    let mut named = Vec::new();
    for (key, value) in r.table("claim", item)? {
        let key_text = key.get_ref().as_ref();
        named.push(key_text);
        match key_text {
            "id" => id = r.text("id", value),
            "polarity" => {
                let list = Polarity::ALL.iter().map(|p| p.id());
                polarity = r.word("polarity", value, Polarity::from_id, list);
            }
            "topic" => topic = r.text("topic", value),
            "text" => text = r.text("text", value),
            "applies_to" => applies_to = r.text("applies_to", value),
            "author" => author = r.text("author", value),
            "reviewer" => reviewer = r.text("reviewer", value),
            "reviewed_on" => reviewed_on = r.date("reviewed_on", value),
            "stale_after" => stale_after = r.date("stale_after", value),
            "status" => {
                let list = ClaimStatus::ALL.iter().map(|s| s.id());
                status = r.word("status", value, ClaimStatus::from_id, list);
            }
            "evidence" => sources = r.list("evidence", value, evidence).unwrap_or_default(),
            _ => r.unknown_key(key, "a claim"),
        }
    }
    for key in ["id", "polarity", "topic", "text", "status"] {
        if !named.contains(&key) {
            r.missing(key, "a claim", item);
        }
    }
    Some(Claim {
        id: id?,
        polarity: polarity?,
        topic: topic.unwrap_or_default(),
        text: text?,
        applies_to,
        evidence: sources,
        author,
        reviewer,
        reviewed_on,
        stale_after,
        status: status.unwrap_or(ClaimStatus::Draft),
        layer: Layer::Bundled,
    })
}
