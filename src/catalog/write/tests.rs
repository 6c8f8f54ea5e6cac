//! Whatever an entry holds, writing it and reading it again changes nothing.

use proptest::prelude::*;

use super::*;
use crate::catalog::entry::{ToolId, Via};
use crate::catalog::read::read_entry;
use crate::catalog::words::{ClaimStatus, Kind, Layer, LicenseClass, Polarity, RelationKind, Stage, Status};

fn one<T: Copy + std::fmt::Debug + 'static>(list: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(list)
}

/// Any text that reading keeps as it is: not empty and without blanks at its ends.
fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|s| s.trim().to_owned()).prop_filter("not empty", |s| !s.is_empty())
}

fn texts() -> impl Strategy<Value = Option<Vec<String>>> {
    prop::option::of(prop::collection::vec(text(), 0..3))
}

fn link() -> impl Strategy<Value = String> {
    "https?://[a-z0-9]{1,6}([.][a-z0-9]{1,5}){0,2}/[!-~]{0,12}"
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((1990_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d)))
}

fn id() -> impl Strategy<Value = ToolId> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}".prop_map(|s| ToolId::new(&s).unwrap())
}

fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let item = (link(), prop::option::of(text()), prop::option::of(text()), day())
        .prop_map(|(url, title, locator, accessed)| Evidence { url, title, locator, accessed });
    prop::collection::vec(item, 0..3)
}

fn claim() -> impl Strategy<Value = Claim> {
    let who = (prop::option::of(text()), prop::option::of(text()), prop::option::of(text()));
    let words = (one(Polarity::ALL), one(ClaimStatus::ALL));
    (text(), text(), text(), words, who, day(), day(), evidence()).prop_map(
        |(
            id,
            topic,
            text,
            (polarity, status),
            (applies_to, author, reviewer),
            reviewed_on,
            stale,
            evidence,
        )| {
            Claim {
                id,
                polarity,
                topic,
                text,
                applies_to,
                evidence,
                author,
                reviewer,
                reviewed_on,
                stale_after: stale,
                status,
                layer: Layer::Bundled,
            }
        },
    )
}

fn relation() -> impl Strategy<Value = Relation> {
    let via = (prop::option::of(text()), prop::option::of(text()))
        .prop_map(|(artifact, interface)| Via { artifact, interface });
    let via = prop::option::of(via);
    (one(RelationKind::ALL), id(), via, prop::option::of(text()), prop::option::of(text()), evidence())
        .prop_map(|(kind, target, via, since, how, evidence)| Relation {
            kind,
            target,
            via,
            since,
            how,
            evidence,
            layer: Layer::Bundled,
        })
}

fn license() -> impl Strategy<Value = License> {
    let spdx = prop::option::of(one(&[
        "MIT",
        "Apache-2.0 OR MIT",
        "BUSL-1.1",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ]));
    (spdx, one(LicenseClass::ALL), prop::option::of(text()), prop::option::of(link()), day()).prop_map(
        |(spdx, class, note, source, checked_on)| License {
            spdx: spdx.map(str::to_owned),
            class,
            note,
            source,
            checked_on,
        },
    )
}

fn foundation() -> impl Strategy<Value = Foundation> {
    (
        text(),
        prop::option::of(text()),
        prop::option::of(text()),
        [day(), day(), day(), day(), day()],
        prop::option::of(link()),
    )
        .prop_map(
            |(org, maturity, raw, [accepted, incubating, graduated, archived, seen_on], source)| Foundation {
                org,
                maturity,
                raw,
                accepted,
                incubating,
                graduated,
                archived,
                source,
                seen_on,
            },
        )
}

prop_compose! {
    fn scalars()(
        id in id(),
        texts in [prop::option::of(text()), prop::option::of(text()), prop::option::of(text()), prop::option::of(text())],
        links in [prop::option::of(link()), prop::option::of(link())],
        lists in [texts(), texts(), texts(), texts(), texts(), texts()],
        kind in prop::option::of(one(Kind::ALL)),
        stages in prop::option::of(prop::collection::vec(one(Stage::ALL), 0..4)),
        tier in prop::option::of(1_u8..=3),
        year in prop::option::of(1950_i16..=2100),
        flags in any::<[Option<bool>; 3]>(),
    ) -> Entry {
        let mut entry = Entry::new(id);
        [entry.name, entry.summary, entry.category, entry.note] = texts;
        [entry.homepage, entry.docs] = links;
        [entry.also_in, entry.tags, entry.aliases, entry.repo_aliases, entry.languages, entry.deploy] = lists;
        (entry.kind, entry.stages, entry.tier, entry.first_release_year) = (kind, stages, tier, year);
        [entry.air_gap, entry.gpu, entry.kubernetes] = flags;
        entry
    }
}

prop_compose! {
    fn entry()(
        entry in scalars(),
        license in prop::option::of(license()),
        status in prop::option::of((one(Status::ALL), day())),
        place in prop::option::of((link(), prop::option::of(text()), prop::option::of(text()))),
        speaks in prop::option::of([texts(), texts(), texts()]),
        repos in prop::option::of(prop::collection::vec((link(), any::<bool>(), prop::option::of(text())), 0..3)),
        foundations in prop::option::of(prop::collection::vec(foundation(), 0..3)),
        relations in prop::collection::vec(relation(), 0..3),
        claims in prop::collection::vec(claim(), 0..4),
    ) -> Entry {
        Entry {
            license,
            status: status.map(|(status, seen_on)| Seen { status, seen_on }),
            landscape: place.map(|(file, category, name)| LandscapeRef { file, category, subcategory: None, name }),
            interfaces: speaks.map(|lists| {
                let [implements, consumes, produces] = lists.map(Option::unwrap_or_default);
                Interfaces { implements, consumes, produces }
            }),
            repos: repos.map(|list| {
                list.into_iter().map(|(url, primary, branch)| Repo { url, primary, branch }).collect()
            }),
            foundations,
            relations,
            claims,
            ..entry
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_reads_back(entry in entry()) {
        let written = to_toml(&entry);
        let read = read_entry(&written, "t.toml").unwrap();
        prop_assert_eq!(&read.findings, &[]);
        prop_assert_eq!(&read.entry, &entry);
        prop_assert_eq!(to_toml(&read.entry), written);
    }
}
