//! What a column orders tools by.

use jiff::civil::Date;

use super::cells::{judged, stale};
use super::{Basis, Column};
use crate::catalog::words::{LicenseClass, Maturity, Polarity, Status};

/// The rank of a cell: a number first, then a text without regard to case.
pub(in crate::catalog) type Rank = (i64, String);

impl Column {
    /// What a tool's cell is ordered by; `None` where nobody knows, which comes last in both directions.
    pub(in crate::catalog) fn rank(self, basis: &Basis<'_>, row: usize) -> Option<Rank> {
        let tool = basis.tool(row)?;
        let number = |number: usize| Some((number as i64, String::new()));
        let count = |polarity: Polarity| judged(tool).then(|| tool.count(polarity)).and_then(number);
        match self {
            // The tools lie in the order of their names.
            Self::Name => number(row),
            Self::Stage => tool.stages.first().and_then(|stage| number(*stage as usize)),
            Self::License | Self::LicenseClass => {
                let class = tool.license.class;
                let spdx = tool.license.spdx.as_deref().filter(|_| self == Self::License);
                let is_known = class != LicenseClass::Unknown || spdx.is_some();
                is_known.then(|| (class as i64, spdx.unwrap_or_default().to_lowercase()))
            }
            Self::Maturity => {
                let first = tool.foundations.iter().find_map(|host| host.maturity.as_deref())?;
                let place = Maturity::from_id(first).map_or(i64::MAX, |level| level as i64);
                Some((place, first.to_lowercase()))
            }
            Self::AirGap => answer(tool.air_gap),
            Self::Kubernetes => answer(tool.kubernetes),
            Self::Gpu => answer(tool.gpu),
            Self::Status => {
                let status = Some(tool.status.status).filter(|status| *status != Status::Unknown)?;
                Some((status as i64, String::new()))
            }
            Self::Seen => tool.status.seen_on.map(day),
            Self::FirstRelease => tool.first_release_year.map(|year| (i64::from(year), String::new())),
            Self::Claims => judged(tool).then_some(tool.claims.len()).and_then(number),
            Self::Pros => count(Polarity::Pro),
            Self::Cons => count(Polarity::Con),
            Self::Caveats => count(Polarity::Caveat),
            Self::Stale => judged(tool).then(|| stale(tool, basis)).and_then(number),
            Self::Reviewed => tool.claims.iter().filter_map(|claim| claim.reviewed_on).max().map(day),
            Self::Depth => basis.coverage.depth_of(&tool.id).and_then(|depth| number(depth as usize)),
            Self::Relations => Some(basis.relations(tool)).filter(|count| *count > 0).and_then(number),
            Self::Rating => basis.own(row).rating.map(|rating| (i64::from(rating), String::new())),
            Self::Shortlisted => basis.own(row).shortlisted.then_some(0).and_then(number),
            Self::Summary | Self::Category | Self::Foundation | Self::Language | Self::Deploy => {
                self.text(basis, row).map(|text| (0, text.to_lowercase()))
            }
        }
    }
}

/// Yes before no.
fn answer(known: Option<bool>) -> Option<Rank> {
    known.map(|yes| (i64::from(!yes), String::new()))
}

fn day(day: Date) -> Rank {
    (i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day()), String::new())
}
