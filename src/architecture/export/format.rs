//! The formats in which a drawing leaves as a text.

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A Mermaid flowchart, lanes as subgraphs.
    Mermaid,
    /// A Mermaid swimlane diagram.
    MermaidSwimlane,
    /// D2, lanes as containers.
    D2,
    /// draw.io, where everything stands as it is drawn.
    Drawio,
    /// A Structurizr workspace, lanes as groups.
    Structurizr,
    /// A report in Markdown.
    Markdown,
    /// A decision record in the shape of MADR.
    Adr,
    /// The bill of materials.
    Csv,
}

impl Format {
    /// All of them, those for drawing programs first.
    pub const ALL: [Self; 8] = [
        Self::Mermaid,
        Self::MermaidSwimlane,
        Self::D2,
        Self::Drawio,
        Self::Structurizr,
        Self::Markdown,
        Self::Adr,
        Self::Csv,
    ];

    /// What the command line calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mermaid => "mermaid",
            Self::MermaidSwimlane => "mermaid-swimlane",
            Self::D2 => "d2",
            Self::Drawio => "drawio",
            Self::Structurizr => "structurizr",
            Self::Markdown => "markdown",
            Self::Adr => "adr",
            Self::Csv => "csv",
        }
    }

    /// The format that the command line calls so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mermaid => "Mermaid flowchart",
            Self::MermaidSwimlane => "Mermaid swimlanes",
            Self::D2 => "D2",
            Self::Drawio => "draw.io",
            Self::Structurizr => "Structurizr DSL",
            Self::Markdown => "Markdown report",
            Self::Adr => "Decision record",
            Self::Csv => "Bill of materials",
        }
    }

    /// What it is good for, in a few words without a full stop.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Mermaid => "For Markdown pages, wikis and pull requests",
            Self::MermaidSwimlane => "The same with lanes, for Mermaid 11.17 or newer",
            Self::D2 => "For diagrams that are kept as code",
            Self::Drawio => "To go on drawing: places, lanes and kinds are kept",
            Self::Structurizr => "One container for each box, for C4 models",
            Self::Markdown => "Tools and licences, findings, maturity, riskiest boxes",
            Self::Adr => "What was chosen, under which constraints, and what follows",
            Self::Csv => "A row for each box and tool, as CSV",
        }
    }

    /// Whether it is for people to read, and not for another drawing program.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Markdown | Self::Adr | Self::Csv)
    }

    /// The ending of a file's name, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Mermaid | Self::MermaidSwimlane => "mmd",
            Self::D2 => "d2",
            Self::Drawio => "drawio",
            Self::Structurizr => "dsl",
            Self::Markdown | Self::Adr => "md",
            Self::Csv => "csv",
        }
    }
}
