//! Holds the tools of a drawing against its constraints. What the catalog does not know is never passed silently.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Constraints;
use crate::architecture::model::{Architecture, NodeId};
use crate::catalog::{Catalog, LicenseClass, Tool, ToolId};

/// One of the things that can be constrained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// [`Constraints::licenses`].
    Licenses,
    /// [`Constraints::air_gapped`].
    AirGapped,
    /// [`Constraints::without_kubernetes`].
    WithoutKubernetes,
    /// [`Constraints::languages`].
    Languages,
    /// [`Constraints::foundations`].
    Foundations,
    /// [`Constraints::most_tools`].
    MostTools,
}

impl Constraint {
    /// The word in answers for programs, as in a file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Licenses => "licenses",
            Self::AirGapped => "air_gapped",
            Self::WithoutKubernetes => "without_kubernetes",
            Self::Languages => "languages",
            Self::Foundations => "foundations",
            Self::MostTools => "most_tools",
        }
    }
}

/// How something stands to a constraint that it does not keep for sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The catalog tells that it does not keep it.
    Broken,
    /// The catalog does not tell.
    Unknown,
}

/// How a tool stands to a constraint that it does not keep for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolBreach {
    /// Which constraint.
    pub constraint: Constraint,
    /// Whether it is broken or not known.
    pub is: Standing,
    /// Why, in a sentence.
    pub message: String,
}

/// A constraint that a drawing does not keep for sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// Which constraint.
    pub constraint: Constraint,
    /// The box; none for what is said of the drawing as a whole.
    pub node: Option<NodeId>,
    /// The tool, as the box names it.
    pub tool: Option<String>,
    /// Whether it is broken or not known.
    pub is: Standing,
    /// Why, in a sentence.
    pub message: String,
}

/// Every constraint of the drawing that is broken, or of which nobody knows, in the order of the boxes, their tools and
/// the constraints; the number of tools comes last.
pub fn check(drawing: &Architecture, catalog: &Catalog) -> Vec<Breach> {
    let constraints = &drawing.constraints;
    let mut found = Vec::new();
    for node in drawing.nodes.values() {
        for name in &node.tools {
            let tool = ToolId::new(name).ok().and_then(|id| catalog.get(&id));
            let judged = tool.map_or_else(|| constraints.of_stranger(name), |tool| constraints.judge(tool));
            found.extend(judged.into_iter().map(|ToolBreach { constraint, is, message }| Breach {
                node: Some(node.id.clone()),
                tool: Some(name.clone()),
                constraint,
                is,
                message,
            }));
        }
    }
    let tools: BTreeSet<_> = drawing.nodes.values().flat_map(|node| &node.tools).collect();
    if let Some(most) = constraints.most_tools.filter(|most| tools.len() as u64 > u64::from(*most)) {
        found.push(Breach {
            node: None,
            tool: None,
            constraint: Constraint::MostTools,
            is: Standing::Broken,
            message: format!("The drawing names {} tools, and {most} are allowed.", tools.len()),
        });
    }
    found
}

impl Constraints {
    /// What of this the tool breaks, and what the catalog does not tell of it.
    pub fn judge(&self, tool: &Tool) -> Vec<ToolBreach> {
        let checks = [
            self.license(tool),
            self.air_gap(tool),
            self.kubernetes(tool),
            self.language(tool),
            self.foundation(tool),
        ];
        checks.into_iter().flatten().collect()
    }

    /// What is not known of a tool that has no entry.
    fn of_stranger(&self, name: &str) -> Vec<ToolBreach> {
        let constraints = [
            (Constraint::Licenses, !self.licenses.is_empty()),
            (Constraint::AirGapped, self.air_gapped),
            (Constraint::WithoutKubernetes, self.without_kubernetes),
            (Constraint::Languages, !self.languages.is_empty()),
            (Constraint::Foundations, !self.foundations.is_empty()),
        ];
        let set = constraints.into_iter().filter(|(_, is_set)| *is_set);
        set.map(|(constraint, _)| unknown(constraint, format!("The catalog has no entry for {name}.")))
            .collect()
    }

    fn license(&self, tool: &Tool) -> Option<ToolBreach> {
        let class = tool.license_class();
        if self.licenses.is_empty() || self.licenses.iter().any(|allowed| allowed == class.id()) {
            return None;
        }
        Some(if class == LicenseClass::Unknown {
            unknown(Constraint::Licenses, format!("Nobody has read the licence of {} yet.", tool.name))
        } else {
            let allowed = self.licenses.join(", ");
            broken(
                Constraint::Licenses,
                format!("The licence of {} is {}, and only {allowed} is allowed.", tool.name, class.id()),
            )
        })
    }

    fn air_gap(&self, tool: &Tool) -> Option<ToolBreach> {
        match tool.air_gap {
            _ if !self.air_gapped => None,
            Some(true) => None,
            Some(false) => {
                Some(broken(Constraint::AirGapped, format!("{} does not work without a network.", tool.name)))
            }
            None => Some(unknown(
                Constraint::AirGapped,
                format!("Whether {} works without a network is not in the catalog.", tool.name),
            )),
        }
    }

    fn kubernetes(&self, tool: &Tool) -> Option<ToolBreach> {
        match tool.kubernetes {
            _ if !self.without_kubernetes => None,
            Some(false) => None,
            Some(true) => {
                Some(broken(Constraint::WithoutKubernetes, format!("{} needs Kubernetes.", tool.name)))
            }
            None => Some(unknown(
                Constraint::WithoutKubernetes,
                format!("Whether {} needs Kubernetes is not in the catalog.", tool.name),
            )),
        }
    }

    fn language(&self, tool: &Tool) -> Option<ToolBreach> {
        if self.languages.is_empty() || share_a_word(&self.languages, tool.languages.iter()) {
            return None;
        }
        Some(if tool.languages.is_empty() {
            unknown(Constraint::Languages, format!("The languages of {} are not in the catalog.", tool.name))
        } else {
            broken(
                Constraint::Languages,
                format!(
                    "The languages of {} are {}, and none of them is allowed.",
                    tool.name,
                    tool.languages.join(", ")
                ),
            )
        })
    }

    fn foundation(&self, tool: &Tool) -> Option<ToolBreach> {
        let hosts = || tool.foundations.iter().map(|foundation| &foundation.org);
        if self.foundations.is_empty() || share_a_word(&self.foundations, hosts()) {
            return None;
        }
        Some(if tool.foundations.is_empty() {
            unknown(Constraint::Foundations, format!("The catalog names no foundation of {}.", tool.name))
        } else {
            let hosts: Vec<_> = hosts().map(String::as_str).collect();
            broken(
                Constraint::Foundations,
                format!("{} is hosted by {}, which is not allowed.", tool.name, hosts.join(", ")),
            )
        })
    }
}

fn share_a_word<'a>(allowed: &[String], mut has: impl Iterator<Item = &'a String>) -> bool {
    has.any(|one| allowed.iter().any(|other| other.to_lowercase() == one.to_lowercase()))
}

fn broken(constraint: Constraint, message: String) -> ToolBreach {
    ToolBreach { constraint, is: Standing::Broken, message }
}

fn unknown(constraint: Constraint, message: String) -> ToolBreach {
    ToolBreach { constraint, is: Standing::Unknown, message }
}
