//! Who speaks which standard: what the entries list as interfaces, and what relations go through.
//!
//! Nothing here is written down as a relation of its own: two tools that name the same standard can be joined through
//! it, and whoever shows that says from which two statements it follows.

use std::collections::BTreeMap;

use super::collection::Catalog;
use super::entry::Relation;
use super::tool::Tool;

/// A standard whose spellings differ between entries: its name, what an entry's list may call it, and the phrases by
/// which the interface or artifact of a relation names it. All but the name in lower case.
const SPELLINGS: &[(&str, &[&str], &[&str])] = &[
    // OTLP is the wire protocol of OpenTelemetry.
    ("OpenTelemetry", &["opentelemetry", "otlp"], &["opentelemetry", "otlp"]),
    ("OpenLineage", &["openlineage"], &["openlineage"]),
    (
        "Prometheus",
        &["prometheus", "prometheus metrics"],
        &["prometheus metrics", "prometheus endpoint", "prometheus format", "prometheus or otlp metrics"],
    ),
    ("S3", &["s3", "amazon s3", "amazon s3 api"], &["s3"]),
    ("Open Inference Protocol", &["open inference protocol"], &["open inference protocol"]),
    ("OpenAI-compatible API", &["openai-compatible api"], &["openai compatible api"]),
    ("ONNX", &["onnx"], &["onnx"]),
    ("Kafka protocol", &["kafka protocol", "kafka"], &["kafka"]),
    ("Apache Iceberg", &["apache iceberg", "iceberg table spec"], &["iceberg rest catalog"]),
    ("Delta Lake", &["delta lake", "delta transaction log protocol"], &["delta tables"]),
    ("Apache Arrow", &["apache arrow", "arrow"], &["apache arrow"]),
    ("MLflow tracking API", &["mlflow tracking api"], &["mlflow tracking api"]),
];

/// So common that naming one says nothing of working together.
const TOO_COMMON: &[&str] =
    &["csv", "git", "graphql", "grpc", "json", "openapi", "openapi 3.0", "sql", "ssh"];

/// What a tool does with a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Offers it to others.
    Implements,
    /// Takes it in.
    Reads,
    /// Puts it out.
    Writes,
}

impl Role {
    /// In a sentence: `Feast reads OpenLineage`.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Implements => "implements",
            Self::Reads => "reads",
            Self::Writes => "writes",
        }
    }
}

/// A statement of the catalog by which a tool speaks a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Its entry lists it among its interfaces.
    Listed(Role),
    /// A relation in its entry goes through the standard: the tool's place in [`Catalog::tools`], and the relation's
    /// among its relations.
    Related(usize, usize),
}

impl Says {
    /// The relation that says so, with the tool whose entry holds it.
    pub fn relation(self, catalog: &Catalog) -> Option<(&Tool, &Relation)> {
        let Self::Related(row, at) = self else { return None };
        let tool = catalog.tools().get(row)?;
        Some((tool, tool.relations.get(at)?))
    }
}

/// Who speaks one standard: the places of the tools in [`Catalog::tools`] with the statements that say so.
pub type Speakers = BTreeMap<usize, Vec<Says>>;

/// Every standard that at least two tools speak, by name.
pub fn standards(catalog: &Catalog) -> BTreeMap<String, Speakers> {
    let mut all: BTreeMap<String, (String, Speakers)> = BTreeMap::new();
    let mut note = |name: &str, row: usize, says: Says| {
        let (_, speakers) =
            all.entry(name.to_lowercase()).or_insert_with(|| (name.to_owned(), Speakers::new()));
        let said = speakers.entry(row).or_default();
        if !said.contains(&says) {
            said.push(says);
        }
    };
    for (row, tool) in catalog.tools().iter().enumerate() {
        let speaks = &tool.interfaces;
        let lists = [
            (Role::Implements, &speaks.implements),
            (Role::Reads, &speaks.consumes),
            (Role::Writes, &speaks.produces),
        ];
        for (role, list) in lists {
            for name in list.iter().filter_map(|text| listed(text)) {
                note(name, row, Says::Listed(role));
            }
        }
        for (at, relation) in tool.relations.iter().enumerate() {
            // The other end is not asked: that a message passes through a broker does not make it speak the message.
            for name in passed(relation) {
                note(name, row, Says::Related(row, at));
            }
        }
    }
    all.into_values().filter(|(_, speakers)| speakers.len() > 1).collect()
}

/// The name of the standard that an entry's list means; none for what is too common to say anything.
fn listed(text: &str) -> Option<&str> {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() || TOO_COMMON.contains(&lower.as_str()) {
        return None;
    }
    let known = SPELLINGS.iter().find(|(_, spellings, _)| spellings.contains(&lower.as_str()));
    Some(known.map_or_else(|| text.trim(), |(name, _, _)| name))
}

/// The standards that a relation goes through.
fn passed(relation: &Relation) -> impl Iterator<Item = &'static str> {
    let via = relation.via.as_ref();
    let texts = via.into_iter().flat_map(|via| [&via.artifact, &via.interface]).flatten();
    let words: Vec<String> = texts.map(|text| padded(text)).collect();
    SPELLINGS.iter().filter_map(move |(name, _, phrases)| {
        let is_there = |phrase: &&str| words.iter().any(|text| text.contains(&padded(phrase)));
        phrases.iter().any(is_there).then_some(*name)
    })
}

/// The words of a text in lower case between single blanks, with one at either end: whole words are found in it.
fn padded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_standard_are_one_and_common_ones_none() {
        for (text, name) in [
            ("Amazon S3", Some("S3")),
            ("S3", Some("S3")),
            ("OTLP", Some("OpenTelemetry")),
            ("Prometheus metrics", Some("Prometheus")),
            ("Kafka", Some("Kafka protocol")),
            (" Gateway API ", Some("Gateway API")),
            ("JSON", None),
            ("", None),
        ] {
            assert_eq!(listed(text), name, "{text:?}");
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        let via = |interface: &str| Relation {
            via: Some(crate::catalog::Via { artifact: None, interface: Some(interface.to_owned()) }),
            ..crate::catalog::neighbourhood::tests::relation("integrates_with", "x")
        };
        for (text, names) in [
            ("OpenLineage over HTTP", vec!["OpenLineage"]),
            ("OTLP/HTTP traces", vec!["OpenTelemetry"]),
            ("lakeFS FileSystem, S3-compatible API or Iceberg REST catalog", vec!["S3", "Apache Iceberg"]),
            ("ONNXMLTools", vec![]),
            ("Prometheus data source", vec![]),
            ("OpenAI-compatible API (hosted_vllm)", vec!["OpenAI-compatible API"]),
        ] {
            assert_eq!(passed(&via(text)).collect::<Vec<_>>(), names, "{text:?}");
        }
    }
}
