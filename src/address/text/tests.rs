//! Addresses that go there and back, as people type them, and wrong ones.

use proptest::prelude::*;

use super::*;
use crate::address::{ChartLook, RunComparison, SPREADS};
use crate::address::{
    DocumentKind, DrawingLocation, DrawingPanel, RunColumns, SortKey, StoreLocation, StoreView, ToolSwap,
};
use crate::runs::{Look, Smoothing, XAxis};

fn read(address: &str) -> Result<Location, String> {
    address.parse().map_err(|error: AddressError| error.to_string())
}

#[test]
fn what_people_type_is_understood() {
    for (typed, means) in [
        (" atlas:home ", "atlas:home"),
        ("atlas:landscape", "atlas:landscape/table"),
        ("atlas:landscape/", "atlas:landscape/table"),
        ("atlas:landscape/board?by=stage&stage=serve", "atlas:landscape/board?by=stage&stage=serve"),
        ("atlas:landscape/table?order=asc", "atlas:landscape/table"),
        ("atlas:landscape/compare?tools=mlflow,%20aim", "atlas:landscape/compare?tools=mlflow,aim"),
        ("atlas:practice", "atlas:practice/lifecycle"),
        ("atlas:studio?level=1&domain=finance", "atlas:studio?domain=finance&level=1"),
        ("atlas:studio/consensus?percent=50&reported=yes", "atlas:studio/consensus"),
        (
            "atlas:studio/drawing?file=template:edge&node=b&node=a",
            "atlas:studio/drawing?file=template:edge&node=b&node=a",
        ),
    ] {
        assert_eq!(read(typed).unwrap().to_string(), means, "{typed}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (typed, told) in [
        ("home", "an address starts with atlas:"),
        ("atlas:landscapes", "no place called landscapes"),
        ("atlas:practice/lifecycles", "no place called practice/lifecycles"),
        ("atlas:practicelifecycle", "no place called practicelifecycle"),
        ("atlas:home?stage=cook", "stage=cook is not understood"),
        ("atlas:home?stages=serve", "this view takes no stages"),
        ("atlas:landscape/board?order=up", "order=up is not understood"),
        ("atlas:landscape/table?colour=red", "this view takes no colour, but text, stage, "),
        ("atlas:studio?q=x", "this view takes no q, but text, domain, level, kind, tool"),
        ("atlas:landscape/coverage?stage=serve", "this view takes no stage, but nothing at all"),
        ("atlas:landscape/tool?name=mlflow", "this address needs id="),
        ("atlas:landscape/tool?id=a&b", "this view takes no b, but id"),
        ("atlas:studio/drawing?file=%00", "file=%00 is not understood"),
        ("atlas:studio/drawing?file=%zz", "file=%zz is not understood"),
        ("atlas:studio?level=3", "level=3 is not understood"),
        ("atlas:studio/consensus?percent=0", "percent=0 is not understood"),
        ("atlas:runs/store?source=demo:&metrics=loss", "this view takes no metrics"),
    ] {
        let error = read(typed).unwrap_err();
        assert!(error.contains(told), "{typed}: {error}");
        assert!(error.ends_with(typed), "{error} says where");
    }
}

proptest! {
    #[test]
    fn any_name_of_a_store_goes_there_and_back(
        run in prop::collection::vec("\\PC{1,12}|[\u{0}-\u{1f}&=%#?+ ]{1,6}", 0..4),
        metric in prop::collection::vec("\\PC{1,12}", 0..3),
        experiment in prop::option::of("\\PC{1,12}"),
        filter in "\\PC{0,12}",
        view in prop::sample::select(&StoreView::ALL[..]),
        descending in any::<bool>(),
        axis in prop::sample::select(vec![XAxis::Step, XAxis::Relative, XAxis::Wall]),
        smoothing in prop_oneof![
            Just(Smoothing::None),
            (0.0..0.999).prop_map(Smoothing::Ema),
            (0.0..1e6).prop_map(Smoothing::Gaussian),
            (0_usize..99).prop_map(Smoothing::RunningMean),
        ],
        spread in prop::sample::select(SPREADS.map(|(_, spread, _)| spread).to_vec()),
    ) {
        let store = Location::Store(Box::new(StoreLocation {
            origin: Origin::Demo,
            view,
            experiment,
            filter,
            order: metric.iter().map(|key| SortKey { key: key.clone(), descending }).collect(),
            columns: {
                let mut columns = RunColumns { chosen: metric.clone(), hidden: run.clone(), ..RunColumns::default() };
                columns.only_chosen = descending;
                columns.without_constant = !descending;
                for word in &metric {
                    columns.set_width(word, Some(90));
                }
                columns
            },
            charts: ChartLook {
                look: Look { x: metric.first().map_or(axis, |key| XAxis::Metric(key.clone())), smoothing },
                log_x: descending,
                log_y: run.len() > 1,
                without_outliers: run.len() > 2,
                group: metric.clone(),
                spread,
                alone: metric.last().cloned(),
            },
            compare: RunComparison {
                baseline: run.last().cloned(),
                only_different: descending,
                higher: metric.clone(),
                lower: run.clone(),
            },
            selected: run.first().cloned(),
            ticked: run,
            metrics: metric,
        }));
        prop_assert_eq!(store.to_string().parse::<Location>(), Ok(store));
    }

    #[test]
    fn any_file_goes_there_and_back(path in "/[^\\x00]{1,30}", node in prop::collection::vec("\\PC{1,12}", 0..4), panel in prop::sample::select(&DrawingPanel::ALL[..])) {
        let Location::Drawing(drawing) =
            Location::of_document(DocumentKind::Drawing, Origin::Path(PathBuf::from(path))) else { unreachable!() };
        let (without, reported) = (node.first().cloned(), node.len() > 2);
        let (artifact, ring) = (node.get(1).cloned(), Some(node.len()).filter(|ring| *ring > 0));
        let swap = node.get(2).cloned().map(|from| ToolSwap { from, to: String::new() });
        let against = artifact.clone().map(Origin::Template);
        let drawing = Location::Drawing(DrawingLocation {
            selected: node, panel, artifact, swap, without, ring, against, reported, ..drawing
        });
        prop_assert_eq!(drawing.to_string().parse::<Location>(), Ok(drawing));
    }
}
