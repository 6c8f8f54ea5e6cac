//! Evidence, addresses and relations.

use super::*;

/// The rules that fire for a reviewed claim with this evidence, without those about the entry as a whole.
fn of(status: &str, evidence: &str) -> Vec<&'static str> {
    let text = format!("{NAME}{}", claim_with("x", &[("status", status)], evidence));
    let found = fires(&text).into_iter().map(|(rule, _)| rule);
    found.filter(|rule| !matches!(*rule, "few-claims" | "no-alternative")).collect()
}

#[test]
fn what_was_read_can_be_found_again() {
    let url = "url = \"https://a.dev/docs\"\n";
    let locator = "locator = \"first … last\"\n";
    let accessed = "accessed = \"2026-11-01\"\n";
    let cases: [(&str, String, &[&str]); 7] = [
        ("reviewed", format!("{url}{locator}{accessed}"), &[]),
        ("reviewed", format!("{url}{accessed}"), &["no-locator"]),
        ("reviewed", format!("{url}{locator}"), &["not-accessed"]),
        ("disputed", url.to_owned(), &["no-locator", "not-accessed"]),
        ("draft", url.to_owned(), &[]),
        ("draft", String::new(), &["claim-without-evidence"]),
        ("draft", format!("{url}locator = \"/srv/docs/a.md:3\"\n"), &["local-path"]),
    ];
    for (status, evidence, expected) in cases {
        assert_eq!(of(status, &evidence), expected, "{status} {evidence}");
    }
    for (locator, is_path) in
        [("/v1/traces", false), ("~/a.md", true), ("C:\\\\a.md", true), ("a.md:3-9", false)]
    {
        let found = of("draft", &format!("{url}locator = \"{locator}\"\n"));
        assert_eq!(found == ["local-path"], is_path, "{locator}: {found:?}");
    }
}

#[test]
fn addresses_lead_to_the_source_itself() {
    let cases: [(&str, &[&str]); 12] = [
        ("https://github.com/a/b/blob/0123/README.md", &[]),
        ("https://developers.google.com/machine-learning", &[]),
        ("http://a.dev/docs", &["plain-http"]),
        ("https://example.org/x", &["unreal-address"]),
        ("https://docs.example.com/x", &["unreal-address"]),
        ("https://localhost:5000/x", &["unreal-address"]),
        ("https://127.0.0.1/x", &["unreal-address"]),
        ("https://192.168.1.2/x", &["unreal-address"]),
        ("https://www.google.com/search?q=a", &["indirect-address"]),
        ("https://duckduckgo.com/?q=a", &["indirect-address"]),
        ("https://bit.ly/3abc", &["indirect-address"]),
        ("https://notbit.ly.dev/3abc", &[]),
    ];
    for (url, expected) in cases {
        assert_eq!(of("draft", &format!("url = \"{url}\"\n")), expected, "{url}");
    }
    // Every place that holds an address is looked at.
    let places = [
        "homepage = \"URL\"",
        "docs = \"URL\"",
        "[license]\nclass = \"unknown\"\nsource = \"URL\"",
        "[landscape]\nfile = \"URL\"",
        "[[repo]]\nurl = \"URL\"",
        "[[foundation]]\norg = \"F\"\nsource = \"URL\"",
    ];
    for place in places {
        let text = format!("{NAME}{}", place.replace("URL", "https://example.net/x"));
        assert_eq!(fires(&text), [("unreal-address", Some(3))], "{text}");
    }
    let evidence = EVIDENCE.replace("a.dev", "example.net");
    let text = format!("{NAME}{}", relation("part_of", "b", &evidence));
    assert_eq!(fires(&text), [("unreal-address", Some(3))]);
    let reason = "note = \"Only http: works there.\"\nhomepage = \"http://a.dev\"";
    assert_eq!(fires(&format!("{NAME}{reason}")), []);
}

#[test]
fn relations_join_two_tools_once() {
    let both =
        |a: &str, b: &str| format!("{NAME}{}{}", relation(a, "b", EVIDENCE), relation(b, "b", EVIDENCE));
    table(&[
        (format!("{NAME}{}", relation("part_of", "b", EVIDENCE)), &[]),
        (format!("{NAME}{}", relation("part_of", "c", EVIDENCE)), &[("relation-target", Some(3))]),
        (format!("{NAME}{}", relation("part_of", "a", EVIDENCE)), &[("self-relation", Some(3))]),
        (both("part_of", "runs_on"), &[]),
        (both("part_of", "part_of"), &[("duplicate-relation", Some(10))]),
        (format!("{NAME}{}", relation("part_of", "b", "")), &[("relation-without-evidence", Some(3))]),
        (
            format!("{NAME}{}", relation("part_of", "b", "url = \"https://a.dev/docs\"\n")),
            &[("no-locator", Some(3)), ("not-accessed", Some(3))],
        ),
    ]);
}

#[test]
fn an_address_that_looks_like_another_is_an_error_and_kept_out() {
    for url in ["https://github.com@evil.dev/x", "https://p\u{430}ypal.com/x", "https://git\u{200b}hub.com/x"]
    {
        for place in
            ["homepage = \"URL\"", "[[repo]]\nurl = \"URL\"", "[[foundation]]\norg = \"F\"\nsource = \"URL\""]
        {
            let text = format!("{NAME}{}", place.replace("URL", url));
            let found: Vec<_> =
                findings(&text).into_iter().filter(|finding| finding.rule == "bad-link").collect();
            assert_eq!(found.len(), 1, "{text}: {:?}", findings(&text));
            assert_eq!(found[0].severity, Severity::Error);
            assert!(!found[0].message.contains('\u{200b}'), "{}", found[0].message);
        }
    }
}

#[test]
fn what_takes_the_place_of_another_is_never_taken_in_turn() {
    let entry = |id: &str, targets: &[&str]| {
        let relations: String =
            targets.iter().map(|target| relation("supersedes", target, EVIDENCE)).collect();
        (format!("tools/{id}.toml"), format!("id = \"{id}\"\n{NAME}{relations}"))
    };
    let circles = |entries: &[(String, String)]| {
        let texts: Vec<(&str, String)> =
            entries.iter().map(|(file, text)| (file.as_str(), text.clone())).collect();
        let found = judged(&texts).into_iter().filter(|finding| finding.rule == "supersedes-cycle");
        found.map(|finding| (finding.at, finding.line, finding.message)).collect::<Vec<_>>()
    };
    let chain = [entry("a", &["b"]), entry("b", &["c"]), entry("c", &[]), entry("d", &["b", "c"])];
    assert_eq!(circles(&chain), []);
    let itself = [entry("a", &["a"])];
    assert_eq!(circles(&itself), [], "that is a rule of its own");
    let ring = [entry("a", &["b"]), entry("b", &["d", "c"]), entry("c", &["a"]), entry("d", &["b"])];
    let found = circles(&ring);
    let told: Vec<(&str, Option<usize>, &str)> = found
        .iter()
        .map(|(at, line, message)| {
            let way = message.split(", ").nth(1).and_then(|rest| rest.split(':').next()).unwrap();
            (at.as_str(), *line, way)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("tools/a.toml", Some(3), "a > b > c > a"),
            ("tools/b.toml", Some(3), "b > d > b"),
            ("tools/b.toml", Some(10), "b > c > a > b"),
            ("tools/c.toml", Some(3), "c > a > b > c"),
            ("tools/d.toml", Some(3), "d > b > d"),
        ]
    );
}
