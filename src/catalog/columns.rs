//! The columns of the tool table: what each is called, what it says of a tool, and the order in which it puts tools.

mod cells;
mod order;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::collection::Catalog;
use super::coverage::Coverage;
use super::tool::Tool;

/// Declares the columns in the order in which they are offered.
macro_rules! columns {
    ($($variant:ident = $id:literal, $title:literal;)+) => {
        /// A column of the tool table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $(#[doc = $title] $variant,)+ }

        impl Column {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in addresses and on the command line.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The words of its head.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

columns! {
    Name = "name", "Tool";
    Summary = "summary", "Summary";
    Stage = "stage", "Stages";
    Category = "category", "Category";
    License = "licence", "Licence";
    LicenseClass = "licence-class", "Licence class";
    Foundation = "foundation", "Foundation";
    Maturity = "maturity", "Maturity";
    Language = "language", "Languages";
    Deploy = "deploy", "Deploys as";
    AirGap = "airgap", "Air-gapped";
    Kubernetes = "k8s", "Kubernetes";
    Gpu = "gpu", "GPU";
    Status = "status", "Status";
    Seen = "seen", "Status seen";
    FirstRelease = "first-release", "First release";
    Claims = "claims", "Claims";
    Pros = "pros", "Pros";
    Cons = "cons", "Cons";
    Caveats = "caveats", "Caveats";
    Stale = "stale", "Stale claims";
    Reviewed = "reviewed", "Last reviewed";
    Depth = "depth", "Completeness";
    Relations = "relations", "Relations";
    Rating = "rating", "My rating";
    Shortlisted = "shortlisted", "Shortlisted";
}

impl Column {
    /// The column for a word, or `None` if the word names none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|column| column.id() == id).copied()
    }

    /// Whether its cells are figures or days, which stand below each other digit by digit.
    pub const fn is_figure(self) -> bool {
        self.is_number() || matches!(self, Self::Claims | Self::Seen | Self::Reviewed)
    }

    /// Whether its cells are whole numbers.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::FirstRelease
                | Self::Pros
                | Self::Cons
                | Self::Caveats
                | Self::Stale
                | Self::Relations
                | Self::Rating
        )
    }

    /// Whether it shows what a person keeps for themselves, which stands in nothing that is exported.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Rating | Self::Shortlisted)
    }
}

/// What a person keeps about a tool, as far as columns show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// From 1 to 5.
    pub rating: Option<u8>,
    /// Whether it is on the shortlist.
    pub shortlisted: bool,
}

/// What cells are made of.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The tools.
    pub catalog: &'a Catalog,
    /// How far each of them is.
    pub coverage: &'a Coverage,
    /// The day on which claims are fresh or stale.
    pub today: Date,
    /// What is kept of each tool, beside [`Catalog::tools`]; what is not there says nothing.
    pub own: &'a [Own],
}

impl<'a> Basis<'a> {
    fn tool(&self, row: usize) -> Option<&'a Tool> {
        self.catalog.tools().get(row)
    }

    fn own(&self, row: usize) -> Own {
        self.own.get(row).copied().unwrap_or_default()
    }

    /// The relations of a tool with others, told by either.
    fn relations(&self, tool: &Tool) -> usize {
        tool.relations.len() + self.catalog.pointing_at(&tool.id).count()
    }
}
