//! The facts that are compared, and what is known of each of them: values, their source and its day, or that nobody knows.

use jiff::civil::Date;

use crate::catalog::entry::{Evidence, License};
use crate::catalog::tool::Tool;
use crate::catalog::words::{LicenseClass, Status};

/// Declares the facts in the order in which they are shown.
macro_rules! facts {
    ($($variant:ident = $title:literal;)+) => {
        /// Something that is known or unknown of every tool.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact { $(#[doc = $title] $variant,)+ }

        impl Fact {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What it is called.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

facts! {
    Kind = "Kind";
    Stages = "Stages";
    Category = "Category";
    License = "Licence";
    LicenseClass = "Licence class";
    Foundation = "Foundation";
    Status = "Status";
    FirstRelease = "First release";
    Languages = "Languages";
    Deploy = "Deploys as";
    Kubernetes = "Kubernetes";
    AirGap = "Air-gapped";
    Gpu = "GPU";
    Implements = "Implements";
    Reads = "Reads";
    Writes = "Writes";
}

/// What is known of a fact of one tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The values; none where nobody knows.
    pub values: Vec<String>,
    /// What else is to be known of them.
    pub note: Option<String>,
    /// Where they can be read for oneself; values that only the tool's entry says have none.
    pub sources: Vec<Evidence>,
    /// The day of what was seen, for what was seen and not read.
    pub seen_on: Option<Date>,
    absent: &'static str,
}

impl Cell {
    fn new(values: Vec<String>) -> Self {
        Self { values, note: None, sources: Vec::new(), seen_on: None, absent: "unknown" }
    }

    /// The values in words, or that they are not known; never empty.
    pub fn text(&self) -> String {
        if self.is_known() { self.values.join(", ") } else { self.absent.to_owned() }
    }

    /// Whether anybody knows.
    pub fn is_known(&self) -> bool {
        !self.values.is_empty()
    }

    /// Whether it has the same values, in whichever order; sources and days may differ.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let sorted = |cell: &Self| {
            let mut values = cell.values.clone();
            values.sort_unstable();
            values
        };
        sorted(self) == sorted(other)
    }
}

impl Fact {
    /// What is known of this fact of a tool.
    pub fn of(self, tool: &Tool) -> Cell {
        match self {
            Self::Kind => one(tool.kind.map(|kind| kind.title().to_owned())),
            Self::Stages => Cell::new(tool.stages.iter().map(|stage| stage.title().to_owned()).collect()),
            Self::Category => Cell::new(tool.category.iter().chain(&tool.also_in).cloned().collect()),
            Self::License => {
                Cell { note: tool.license.note.clone(), ..read(&tool.license, tool.license.spdx.clone()) }
            }
            Self::LicenseClass => {
                let class = Some(tool.license.class).filter(|class| *class != LicenseClass::Unknown);
                read(&tool.license, class.map(|class| class.title().to_owned()))
            }
            Self::Foundation => foundations(tool),
            Self::Status => {
                let status = Some(tool.status.status).filter(|status| *status != Status::Unknown);
                Cell { seen_on: tool.status.seen_on, ..one(status.map(|status| status.title().to_owned())) }
            }
            Self::FirstRelease => one(tool.first_release_year.map(|year| year.to_string())),
            Self::Languages => Cell::new(tool.languages.clone()),
            Self::Deploy => Cell::new(tool.deploy.clone()),
            Self::Kubernetes => answer(tool.kubernetes, "needed", "not needed"),
            Self::AirGap => answer(tool.air_gap, "works without a network", "needs a network"),
            Self::Gpu => answer(tool.gpu, "needed", "not needed"),
            Self::Implements => Cell::new(tool.interfaces.implements.clone()),
            Self::Reads => Cell::new(tool.interfaces.consumes.clone()),
            Self::Writes => Cell::new(tool.interfaces.produces.clone()),
        }
    }
}

fn one(value: Option<String>) -> Cell {
    Cell::new(value.into_iter().collect())
}

fn answer(known: Option<bool>, yes: &str, no: &str) -> Cell {
    one(known.map(|known| if known { yes.to_owned() } else { no.to_owned() }))
}

/// A value that was read in the licence file.
fn read(license: &License, value: Option<String>) -> Cell {
    let file = license.source.as_ref().map(|url| Evidence {
        url: url.clone(),
        title: Some("licence file".to_owned()),
        locator: None,
        accessed: license.checked_on,
    });
    Cell { sources: file.into_iter().collect(), ..one(value) }
}

/// Each with its maturity. A tool without one is hosted by none, or was not looked up.
fn foundations(tool: &Tool) -> Cell {
    let name = |foundation: &crate::catalog::Foundation| match &foundation.maturity {
        Some(maturity) => format!("{} · {maturity}", foundation.org),
        None => foundation.org.clone(),
    };
    let source = |foundation: &crate::catalog::Foundation| {
        let title = Some(format!("landscape of {}", foundation.org));
        let url = foundation.source.clone()?;
        Some(Evidence { url, title, locator: None, accessed: foundation.seen_on })
    };
    Cell {
        sources: tool.foundations.iter().filter_map(source).collect(),
        absent: "none known",
        ..Cell::new(tool.foundations.iter().map(name).collect())
    }
}
