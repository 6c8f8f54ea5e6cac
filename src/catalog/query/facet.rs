//! What tools can be filtered by, and the values of each: words of closed lists, or texts of the catalog.

use crate::catalog::words::{LicenseClass, Stage, Status};

/// One property that tools are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Stage of the lifecycle.
    Stage,
    /// How open the licence is.
    License,
    /// Who hosts it.
    Foundation,
    /// How far a foundation says it has come.
    Maturity,
    /// Its category, the main one or a further one.
    Category,
    /// Programming language.
    Language,
    /// Way to run it.
    Deploy,
    /// Whether it needs Kubernetes.
    Kubernetes,
    /// Whether it needs a GPU.
    Gpu,
    /// Whether it works without a network.
    AirGap,
    /// Whether it is worked on.
    Status,
    /// Whether somebody judged it, and how long ago.
    Claims,
    /// Whether it is on the shortlist.
    Shortlist,
}

impl Facet {
    /// All of them, in the order of addresses and panels.
    pub const ALL: [Self; 13] = [
        Self::Stage,
        Self::License,
        Self::Foundation,
        Self::Maturity,
        Self::Category,
        Self::Language,
        Self::Deploy,
        Self::Kubernetes,
        Self::Gpu,
        Self::AirGap,
        Self::Status,
        Self::Claims,
        Self::Shortlist,
    ];

    /// The words that mean it: the one of addresses and tokens, that of people, then other spellings.
    const fn names(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Stage => ("stage", "Stage", &["stages"]),
            Self::License => ("licence", "Licence", &["license"]),
            Self::Foundation => ("foundation", "Foundation", &["org"]),
            Self::Maturity => ("maturity", "Maturity", &[]),
            Self::Category => ("category", "Category", &["cat"]),
            Self::Language => ("language", "Language", &["lang"]),
            Self::Deploy => ("deploy", "Deploy mode", &["deployment", "runs-on"]),
            Self::Kubernetes => ("k8s", "Needs Kubernetes", &["kubernetes"]),
            Self::Gpu => ("gpu", "Needs a GPU", &[]),
            Self::AirGap => ("airgap", "Air-gapped", &["air-gap", "air-gapped", "offline"]),
            Self::Status => ("status", "Status", &[]),
            Self::Claims => ("claims", "Claims", &[]),
            Self::Shortlist => ("shortlist", "Shortlist", &["shortlisted"]),
        }
    }

    /// The key in addresses and tokens.
    pub const fn key(self) -> &'static str {
        self.names().0
    }

    /// The words for people.
    pub const fn title(self) -> &'static str {
        self.names().1
    }

    /// The facet that a key means, in any spelling and case.
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        Self::ALL.into_iter().find(|facet| {
            let (name, _, others) = facet.names();
            name == key || others.contains(&key.as_str())
        })
    }

    /// Whether its values are texts of the catalog instead of a closed list.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Foundation | Self::Maturity | Self::Category | Self::Language | Self::Deploy)
    }
}

/// Whether something holds, as far as anybody knows. Unknown is neither yes nor no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Nobody looked.
    Unknown,
}

impl From<Option<bool>> for Known {
    fn from(known: Option<bool>) -> Self {
        known.map_or(Self::Unknown, |yes| if yes { Self::Yes } else { Self::No })
    }
}

/// What there is of a tool's claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judged {
    /// At least one claim.
    Some,
    /// At least one claim past its day.
    Stale,
    /// No claim yet.
    None,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Of [`Facet::Stage`].
    Stage(Stage),
    /// Of [`Facet::License`].
    License(LicenseClass),
    /// Of [`Facet::Foundation`]; [`Value::NONE`] is a tool that none hosts.
    Foundation(String),
    /// Of [`Facet::Maturity`]; [`Value::UNKNOWN`] is a hosted tool without one.
    Maturity(String),
    /// Of [`Facet::Category`]; [`Value::UNKNOWN`] is a tool without one.
    Category(String),
    /// Of [`Facet::Language`]; [`Value::UNKNOWN`] is a tool without one.
    Language(String),
    /// Of [`Facet::Deploy`]; [`Value::UNKNOWN`] is a tool without one.
    Deploy(String),
    /// Of [`Facet::Kubernetes`].
    Kubernetes(Known),
    /// Of [`Facet::Gpu`].
    Gpu(Known),
    /// Of [`Facet::AirGap`].
    AirGap(Known),
    /// Of [`Facet::Status`].
    Status(Status),
    /// Of [`Facet::Claims`].
    Claims(Judged),
    /// On the shortlist: the only value of [`Facet::Shortlist`].
    Shortlisted,
}

const KNOWN: [(Known, &str, &str); 3] =
    [(Known::Yes, "yes", "Yes"), (Known::No, "no", "No"), (Known::Unknown, Value::UNKNOWN, "Unknown")];

const JUDGED: [(Judged, &str, &str); 3] = [
    (Judged::Some, "some", "Has claims"),
    (Judged::Stale, "stale", "Has stale claims"),
    (Judged::None, "none", "No claims yet"),
];

fn row<T: PartialEq + Copy>(
    table: &[(T, &'static str, &'static str)],
    value: T,
) -> (&'static str, &'static str) {
    table.iter().find(|(entry, ..)| *entry == value).map_or(("", ""), |(_, word, title)| (word, title))
}

fn from_row<T: Copy>(table: &[(T, &'static str, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, entry, _)| *entry == word).map(|(value, ..)| *value)
}

fn open_title(text: &str) -> &str {
    match text {
        Value::UNKNOWN => "Unknown",
        Value::NONE => "None",
        text => text,
    }
}

impl Value {
    /// The word of a value that nobody found out yet.
    pub const UNKNOWN: &'static str = "unknown";
    /// The word of no foundation at all.
    pub const NONE: &'static str = "none";

    /// The facet that it belongs to.
    pub const fn facet(&self) -> Facet {
        match self {
            Self::Stage(_) => Facet::Stage,
            Self::License(_) => Facet::License,
            Self::Foundation(_) => Facet::Foundation,
            Self::Maturity(_) => Facet::Maturity,
            Self::Category(_) => Facet::Category,
            Self::Language(_) => Facet::Language,
            Self::Deploy(_) => Facet::Deploy,
            Self::Kubernetes(_) => Facet::Kubernetes,
            Self::Gpu(_) => Facet::Gpu,
            Self::AirGap(_) => Facet::AirGap,
            Self::Status(_) => Facet::Status,
            Self::Claims(_) => Facet::Claims,
            Self::Shortlisted => Facet::Shortlist,
        }
    }

    /// The word in addresses and tokens, then the words for people.
    fn names(&self) -> (&str, &str) {
        match self {
            Self::Stage(stage) => (stage.id(), stage.title()),
            Self::License(class) => (class.id(), class.title()),
            Self::Foundation(text)
            | Self::Maturity(text)
            | Self::Category(text)
            | Self::Language(text)
            | Self::Deploy(text) => (text, open_title(text)),
            Self::Kubernetes(known) | Self::Gpu(known) | Self::AirGap(known) => row(&KNOWN, *known),
            Self::Status(status) => (status.id(), status.title()),
            Self::Claims(judged) => row(&JUDGED, *judged),
            Self::Shortlisted => ("yes", "Shortlisted"),
        }
    }

    /// The word in addresses and tokens.
    pub fn word(&self) -> &str {
        self.names().0
    }

    /// The words for people.
    pub fn title(&self) -> &str {
        self.names().1
    }

    /// The value with this word; `None` if the facet's list is closed and lacks it, or the word is empty.
    pub fn from_word(facet: Facet, word: &str) -> Option<Self> {
        let text = || (!word.is_empty()).then(|| word.to_owned());
        match facet {
            Facet::Stage => Stage::from_id(word).map(Self::Stage),
            Facet::License => LicenseClass::from_id(word).map(Self::License),
            Facet::Foundation => text().map(Self::Foundation),
            Facet::Maturity => text().map(Self::Maturity),
            Facet::Category => text().map(Self::Category),
            Facet::Language => text().map(Self::Language),
            Facet::Deploy => text().map(Self::Deploy),
            Facet::Kubernetes => from_row(&KNOWN, word).map(Self::Kubernetes),
            Facet::Gpu => from_row(&KNOWN, word).map(Self::Gpu),
            Facet::AirGap => from_row(&KNOWN, word).map(Self::AirGap),
            Facet::Status => Status::from_id(word).map(Self::Status),
            Facet::Claims => from_row(&JUDGED, word).map(Self::Claims),
            Facet::Shortlist => (word == "yes").then_some(Self::Shortlisted),
        }
    }

    /// All values of the closed lists, in their order.
    pub fn closed() -> impl Iterator<Item = Self> {
        let known = |make: fn(Known) -> Self| KNOWN.iter().map(move |(known, ..)| make(*known));
        (Stage::ALL.iter().map(|stage| Self::Stage(*stage)))
            .chain(LicenseClass::ALL.iter().map(|class| Self::License(*class)))
            .chain(known(Self::Kubernetes))
            .chain(known(Self::Gpu))
            .chain(known(Self::AirGap))
            .chain(Status::ALL.iter().map(|status| Self::Status(*status)))
            .chain(JUDGED.iter().map(|(judged, ..)| Self::Claims(*judged)))
            .chain([Self::Shortlisted])
    }
}
