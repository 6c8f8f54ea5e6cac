//! What a column says of a tool, in words.

use super::{Basis, Column};
use crate::catalog::collection::is_stale;
use crate::catalog::compare::Fact;
use crate::catalog::tool::Tool;
use crate::catalog::words::{LicenseClass, Polarity, Status};

impl Column {
    /// What it says of the tool at this place of [`Catalog::tools`](crate::catalog::Catalog::tools), on one line;
    /// `None` where nobody knows.
    pub fn text(self, basis: &Basis<'_>, row: usize) -> Option<String> {
        let tool = basis.tool(row)?;
        let fact = |fact: Fact| {
            let cell = fact.of(tool);
            cell.is_known().then(|| cell.text())
        };
        let count = |polarities: &[Polarity]| {
            let counted = tool.claims.iter().filter(|claim| polarities.contains(&claim.polarity)).count();
            judged(tool).then(|| counted.to_string())
        };
        match self {
            Self::Name => Some(tool.name.clone()),
            Self::Summary => tool.summary.clone(),
            Self::Stage => fact(Fact::Stages),
            Self::Category => tool.category.clone(),
            Self::License => tool.license.spdx.clone(),
            Self::LicenseClass => {
                let class = tool.license.class;
                (class != LicenseClass::Unknown).then(|| class.title().to_owned())
            }
            Self::Foundation => words(tool.foundations.iter().map(|host| host.org.as_str())),
            Self::Maturity => words(tool.foundations.iter().filter_map(|host| host.maturity.as_deref())),
            Self::Language => fact(Fact::Languages),
            Self::Deploy => fact(Fact::Deploy),
            Self::AirGap => yes_or_no(tool.air_gap),
            Self::Kubernetes => needed_or_not(tool.kubernetes),
            Self::Gpu => needed_or_not(tool.gpu),
            Self::Status => {
                let status = Some(tool.status.status).filter(|status| *status != Status::Unknown)?;
                Some(match tool.status.seen_on {
                    Some(day) => format!("{} · {day}", status.title()),
                    None => status.title().to_owned(),
                })
            }
            Self::Seen => tool.status.seen_on.map(|day| day.to_string()),
            Self::FirstRelease => tool.first_release_year.map(|year| year.to_string()),
            Self::Claims => judged(tool).then(|| claims(tool)),
            Self::Pros => count(&[Polarity::Pro]),
            Self::Cons => count(&[Polarity::Con]),
            Self::Caveats => count(&[Polarity::Caveat]),
            Self::Stale => judged(tool).then(|| stale(tool, basis).to_string()),
            Self::Reviewed => {
                tool.claims.iter().filter_map(|claim| claim.reviewed_on).max().map(|day| day.to_string())
            }
            Self::Depth => basis.coverage.depth_of(&tool.id).map(|depth| depth.title().to_owned()),
            Self::Relations => Some(basis.relations(tool)).filter(|count| *count > 0).map(|n| n.to_string()),
            Self::Rating => basis.own(row).rating.map(|rating| rating.to_string()),
            Self::Shortlisted => basis.own(row).shortlisted.then(|| "yes".to_owned()),
        }
    }
}

/// Whether anybody wrote down a claim: before that, none is no number.
pub(super) fn judged(tool: &Tool) -> bool {
    !tool.claims.is_empty()
}

/// How many claims are past their day.
pub(super) fn stale(tool: &Tool, basis: &Basis<'_>) -> usize {
    tool.claims.iter().filter(|claim| is_stale(claim, basis.today)).count()
}

/// `4 pros, 1 con`: what there is of each.
fn claims(tool: &Tool) -> String {
    let kinds = [
        (Polarity::Pro, "pro"),
        (Polarity::Con, "con"),
        (Polarity::Caveat, "caveat"),
        (Polarity::Fact, "fact"),
    ];
    let told = kinds.iter().filter_map(|(polarity, word)| match tool.count(*polarity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {word}s")),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let joined = words.collect::<Vec<_>>().join(", ");
    (!joined.is_empty()).then_some(joined)
}

fn yes_or_no(known: Option<bool>) -> Option<String> {
    known.map(|yes| if yes { "yes" } else { "no" }.to_owned())
}

fn needed_or_not(known: Option<bool>) -> Option<String> {
    known.map(|needed| if needed { "needed" } else { "not needed" }.to_owned())
}
