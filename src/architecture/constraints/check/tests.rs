//! What tools break and what is not known of them.

use super::*;
use crate::architecture::sketch::{catalog, sketch};

fn some() -> Catalog {
    catalog(&[
        "id = \"free\"\nname = \"Free\"\nlanguages = [\"Python\", \"Go\"]\nair_gap = true\nkubernetes = false\n\
         [license]\nclass = \"osi\"\n[[foundation]]\norg = \"CNCF\"\n",
        "id = \"closed\"\nname = \"Closed\"\nlanguages = [\"Java\"]\nair_gap = false\nkubernetes = true\n\
         [license]\nclass = \"source-available\"\n[[foundation]]\norg = \"Elsewhere\"\n",
        "id = \"blank\"\nname = \"Blank\"\n",
    ])
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// What is found of one tool under each constraint alone.
#[test]
fn a_tool_keeps_breaks_or_leaves_open_each_constraint() {
    use Standing::{Broken, Unknown};
    let none = Constraints::default;
    for (constraints, closed, other) in [
        (
            Constraints { licenses: words(&["osi", "open-core"]), ..none() },
            "The licence of Closed is source-available, and only osi, open-core is allowed.",
            "Nobody has read the licence of Blank yet.",
        ),
        (
            Constraints { air_gapped: true, ..none() },
            "Closed does not work without a network.",
            "Whether Blank works without a network is not in the catalog.",
        ),
        (
            Constraints { without_kubernetes: true, ..none() },
            "Closed needs Kubernetes.",
            "Whether Blank needs Kubernetes is not in the catalog.",
        ),
        (
            Constraints { languages: words(&["rust", "PYTHON"]), ..none() },
            "The languages of Closed are Java, and none of them is allowed.",
            "The languages of Blank are not in the catalog.",
        ),
        (
            Constraints { foundations: words(&["cncf"]), ..none() },
            "Closed is hosted by Elsewhere, which is not allowed.",
            "The catalog names no foundation of Blank.",
        ),
    ] {
        let drawing = sketch("a:training=free b:ci=closed c:cd=blank d:cd=stranger e:ci");
        let drawing = Architecture { constraints, ..drawing };
        let found = check(&drawing, &some());
        let told: Vec<_> = found
            .iter()
            .map(|breach| (breach.node.as_ref().unwrap().as_str(), breach.is, breach.message.as_str()))
            .collect();
        let stranger = "The catalog has no entry for stranger.";
        assert_eq!(told, [("b", Broken, closed), ("c", Unknown, other), ("d", Unknown, stranger)]);
    }
}

#[test]
fn tools_are_counted_once_each_and_nothing_said_constrains_nothing() {
    let mut drawing = sketch("a:training=free b:ci=free+closed c:cd=blank");
    assert_eq!(check(&drawing, &some()), []);
    for (most, message) in [(3, None), (2, Some("The drawing names 3 tools, and 2 are allowed."))] {
        drawing.constraints.most_tools = Some(most);
        let found = check(&drawing, &some());
        assert_eq!(found.first().map(|breach| breach.message.as_str()), message);
    }
    let value = serde_json::to_value(check(&drawing, &some())).unwrap();
    let expected = serde_json::json!([{
        "node": null,
        "tool": null,
        "constraint": "most_tools",
        "is": "broken",
        "message": "The drawing names 3 tools, and 2 are allowed.",
    }]);
    assert_eq!(value, expected);
}

#[test]
fn an_unknown_licence_passes_only_where_it_is_allowed_by_its_word() {
    let mut drawing = sketch("c:cd=blank");
    drawing.constraints.licenses = words(&["osi", "unknown"]);
    assert_eq!(check(&drawing, &some()), []);
}
