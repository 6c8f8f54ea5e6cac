//! Everything a person can ask for by name: menus, palette, shortcut sheet and tooltips come from this list.

mod exports;
mod shortcut;

pub use shortcut::Shortcut;

use crate::address::{GraphItem, LandscapeView, Location, Place};

/// Where a command can be used; the shortcut sheet is grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everywhere.
    General,
    /// Going places.
    Go,
    /// Drawings and stores.
    Files,
    /// On the canvas.
    Canvas,
    /// In front of others.
    Present,
    /// Theme and size.
    Look,
}

impl Group {
    /// All groups, in the order of the sheet.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Go, Self::Files, Self::Canvas, Self::Present, Self::Look];

    /// The group's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::General => "Everywhere",
            Self::Go => "Go to",
            Self::Files => "Files",
            Self::Canvas => "On the canvas",
            Self::Present => "Presenting",
            Self::Look => "Look",
        }
    }
}

/// A named thing to do. Listed in the order of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant's title() says what it does")]
pub enum Command {
    Palette,
    Find,
    Back,
    Forward,
    Shortcuts,
    ToggleInspector,
    CopyLink,
    Export,
    ExportWhole,
    Settings,
    NewWindow,
    CloseWindow,
    Quit,
    Go(Place),
    CompareTools,
    Relations,
    Recentre,
    DecisionRecord,
    ExportMarkdown,
    ExportCsv,
    CopyPicture,
    CopySvg,
    ExportPoints,
    CopyMermaid,
    ExportShortlist,
    ImportShortlist,
    ChooseColumns,
    FoldGroups,
    Open,
    OpenFolder,
    OpenWorkspace,
    ReadWorkspace,
    CloseWorkspace,
    OpenDemo,
    NewDrawing,
    StartFrom,
    Save,
    SaveAs,
    Discard,
    CloseDocument,
    Undo,
    Redo,
    SelectAll,
    Delete,
    Rename,
    NextFinding,
    PreviousFinding,
    Tidy,
    TidySelection,
    Fit,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Present,
    PresentElsewhere,
    Blank,
    Spotlight,
    Bookmark,
    ToggleTheme,
    ThemeSystem,
    Projector,
}

impl Command {
    /// Every command, in the order of the palette.
    pub fn all() -> impl Iterator<Item = Self> {
        use Command as C;
        let go = Place::ALL.into_iter().map(C::Go);
        [
            Self::Palette,
            Self::Find,
            Self::Back,
            Self::Forward,
            Self::Shortcuts,
            Self::ToggleInspector,
            Self::CopyLink,
            Self::Export,
            Self::ExportWhole,
            Self::NewWindow,
            Self::CloseWindow,
            Self::Settings,
        ]
        .into_iter()
        .chain(go)
        .chain([
            Self::CompareTools,
            Self::Relations,
            Self::Recentre,
            Self::DecisionRecord,
            Self::ExportMarkdown,
            Self::ExportCsv,
            Self::CopyPicture,
            Self::CopySvg,
            Self::ExportPoints,
            Self::CopyMermaid,
            Self::ExportShortlist,
            Self::ImportShortlist,
            Self::ChooseColumns,
            Self::FoldGroups,
            Self::Open,
            Self::OpenFolder,
            Self::OpenWorkspace,
            Self::ReadWorkspace,
            Self::CloseWorkspace,
            Self::OpenDemo,
            Self::NewDrawing,
            Self::StartFrom,
            Self::Save,
            Self::SaveAs,
            Self::Discard,
            Self::CloseDocument,
            Self::Undo,
            Self::Redo,
            Self::SelectAll,
            Self::Delete,
            Self::Rename,
            Self::NextFinding,
            Self::PreviousFinding,
            Self::Tidy,
            Self::TidySelection,
            Self::Fit,
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ZoomReset,
            Self::Present,
            Self::PresentElsewhere,
            Self::Blank,
            Self::Spotlight,
            Self::Bookmark,
            Self::ToggleTheme,
            Self::ThemeSystem,
            Self::Projector,
            Self::Quit,
        ])
    }

    /// What it is called everywhere.
    pub fn title(self) -> &'static str {
        match self {
            Self::Palette => "Search everything",
            Self::Find => "Filter this place",
            Self::Back => "Back",
            Self::Forward => "Forward",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::ToggleInspector => "Show or hide the inspector",
            Self::CopyLink => "Copy a link to this view",
            Self::Export => "Export…",
            Self::ExportWhole => "Export the whole board…",
            Self::Settings => "Settings",
            Self::NewWindow => "New window",
            Self::CloseWindow => "Close window",
            Self::Quit => "Quit",
            Self::Go(place) => place.title(),
            Self::CompareTools => "Compare tools",
            Self::Relations => "Show relations as a graph",
            Self::Recentre => "Put the selected tool in the middle",
            Self::DecisionRecord => "Save a decision record…",
            Self::ExportMarkdown => "Export this table as Markdown…",
            Self::ExportCsv => "Export this table as CSV…",
            Self::CopyPicture => "Copy drawing as a picture",
            Self::CopySvg => "Copy drawing as SVG",
            Self::CopyMermaid => "Copy drawing as Mermaid",
            Self::ExportPoints => "Export the drawn points as CSV…",
            Self::ExportShortlist => "Export the shortlist…",
            Self::ImportShortlist => "Import a shortlist…",
            Self::ChooseColumns => "Choose the columns of the table",
            Self::FoldGroups => "Fold or unfold all groups",
            Self::Open => "Open a drawing or a run store…",
            Self::OpenFolder => "Open a folder…",
            Self::OpenWorkspace => "Open a folder as workspace…",
            Self::ReadWorkspace => "Read the workspace again",
            Self::CloseWorkspace => "Close the workspace",
            Self::OpenDemo => "Open the demo store",
            Self::NewDrawing => "New drawing",
            Self::StartFrom => "Start from this drawing",
            Self::Save => "Save the drawing",
            Self::SaveAs => "Save the drawing as…",
            Self::Discard => "Discard the changes that are not saved",
            Self::CloseDocument => "Close the drawing or store",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::SelectAll => "Select all",
            Self::Delete => "Delete the selection",
            Self::Rename => "Rename the node",
            Self::NextFinding => "Go to the next finding",
            Self::PreviousFinding => "Go to the finding before",
            Self::Tidy => "Tidy the whole drawing",
            Self::TidySelection => "Tidy the selection",
            Self::Fit => "Fit into the window",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Zoom to 100 %",
            Self::Present => "Present this view",
            Self::PresentElsewhere => "Present in a second window",
            Self::Blank => "Blank the screen",
            Self::Spotlight => "Pointer spotlight",
            Self::Bookmark => "Bookmark this view",
            Self::ToggleTheme => "Switch between light and dark",
            Self::ThemeSystem => "Follow the system's theme",
            Self::Projector => "Projector mode",
        }
    }

    /// Its keys; the first one is shown.
    pub fn shortcuts(self) -> &'static [Shortcut] {
        use Shortcut as S;
        const GO: [[Shortcut; 1]; 7] = [
            [S::ctrl("1")],
            [S::ctrl("2")],
            [S::ctrl("3")],
            [S::ctrl("4")],
            [S::ctrl("5")],
            [S::ctrl("6")],
            [S::ctrl("7")],
        ];
        match self {
            Self::Palette => &const { [S::ctrl("K")] },
            Self::Find => &const { [S::ctrl("F")] },
            Self::Back => &const { [S::alt("ArrowLeft")] },
            Self::Forward => &const { [S::alt("ArrowRight")] },
            Self::Shortcuts => &const { [S::plain("Questionmark"), S::plain("F1")] },
            Self::ToggleInspector => &const { [S::ctrl("I")] },
            Self::CopyLink => &const { [S::ctrl_shift("L")] },
            Self::Export => &const { [S::ctrl("E")] },
            Self::Settings => &const { [S::ctrl("Comma")] },
            Self::Relations => &const { [S::ctrl("G")] },
            Self::Recentre => &const { [S::plain("C")] },
            Self::NewWindow => &const { [S::ctrl_shift("N")] },
            Self::CloseWindow => &const { [S::ctrl_shift("W")] },
            Self::Quit => &const { [S::ctrl("Q")] },
            Self::Go(place) => GO.get(place as usize).map_or(&[], |keys| keys.as_slice()),
            Self::Open => &const { [S::ctrl("O")] },
            Self::OpenFolder => &const { [S::ctrl_shift("O")] },
            Self::NewDrawing => &const { [S::ctrl("N")] },
            Self::Save => &const { [S::ctrl("S")] },
            Self::SaveAs => &const { [S::ctrl_shift("S")] },
            Self::CloseDocument => &const { [S::ctrl("W")] },
            Self::Undo => &const { [S::ctrl("Z")] },
            Self::Redo => &const { [S::ctrl_shift("Z"), S::ctrl("Y")] },
            Self::SelectAll => &const { [S::ctrl("A")] },
            Self::Delete => &const { [S::plain("Delete"), S::plain("Backspace")] },
            Self::Rename => &const { [S::plain("F2"), S::plain("Enter")] },
            Self::NextFinding => &const { [S::plain("F8")] },
            Self::PreviousFinding => &const { [S::shift("F8")] },
            Self::Tidy => &const { [S::shift("T")] },
            Self::TidySelection => &const { [S::plain("T")] },
            Self::Fit => &const { [S::shift("1")] },
            Self::ZoomIn => &const { [S::ctrl("Plus"), S::ctrl("Equals")] },
            Self::ZoomOut => &const { [S::ctrl("Minus")] },
            Self::ZoomReset => &const { [S::ctrl("0")] },
            Self::Present => &const { [S::plain("F5")] },
            Self::PresentElsewhere => &const { [S::shift("F5")] },
            Self::Blank => &const { [S::plain("B")] },
            Self::Spotlight => &const { [S::plain("L")] },
            Self::Bookmark => &const { [S::ctrl("D")] },
            Self::ToggleTheme => &const { [S::ctrl_shift("T")] },
            Self::CompareTools
            | Self::ExportWhole
            | Self::DecisionRecord
            | Self::ExportMarkdown
            | Self::ExportCsv
            | Self::CopyPicture
            | Self::CopySvg
            | Self::ExportPoints
            | Self::CopyMermaid
            | Self::ExportShortlist
            | Self::ImportShortlist
            | Self::ChooseColumns
            | Self::FoldGroups
            | Self::OpenWorkspace
            | Self::ReadWorkspace
            | Self::CloseWorkspace
            | Self::OpenDemo
            | Self::StartFrom
            | Self::Discard
            | Self::ThemeSystem
            | Self::Projector => &[],
        }
    }

    /// The group on the shortcut sheet.
    pub fn group(self) -> Group {
        match self {
            Self::Go(_) | Self::CompareTools | Self::Relations => Group::Go,
            Self::DecisionRecord
            | Self::ExportMarkdown
            | Self::ExportCsv
            | Self::CopyPicture
            | Self::CopySvg
            | Self::ExportPoints
            | Self::CopyMermaid
            | Self::ExportShortlist
            | Self::ImportShortlist
            | Self::Open
            | Self::OpenFolder
            | Self::OpenWorkspace
            | Self::ReadWorkspace
            | Self::CloseWorkspace
            | Self::OpenDemo
            | Self::NewDrawing
            | Self::StartFrom
            | Self::Save
            | Self::SaveAs
            | Self::Discard
            | Self::CloseDocument
            | Self::Undo
            | Self::Redo => Group::Files,
            Self::Delete
            | Self::Rename
            | Self::NextFinding
            | Self::PreviousFinding
            | Self::Tidy
            | Self::TidySelection
            | Self::Fit
            | Self::Recentre => Group::Canvas,
            Self::Present | Self::PresentElsewhere | Self::Blank | Self::Spotlight | Self::Bookmark => {
                Group::Present
            }
            Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::ToggleTheme
            | Self::ThemeSystem
            | Self::Projector => Group::Look,
            _ => Group::General,
        }
    }

    /// Whether its keys do nothing outside of a full-screen presentation.
    pub fn only_presenting(self) -> bool {
        matches!(self, Self::Blank | Self::Spotlight)
    }

    /// Whether it means nothing in the first window, which closes with the program.
    pub fn needs_further_window(self) -> bool {
        self == Self::CloseWindow
    }

    /// Whether it acts on a document of any kind and means nothing elsewhere.
    pub fn needs_document(self) -> bool {
        matches!(self, Self::StartFrom | Self::Save | Self::SaveAs | Self::Discard | Self::Undo | Self::Redo)
    }

    /// Whether it acts on the workspace and means nothing without one.
    pub fn needs_workspace(self) -> bool {
        matches!(self, Self::ReadWorkspace | Self::CloseWorkspace)
    }

    /// Whether it acts on a drawing and means nothing elsewhere.
    pub fn needs_drawing(self) -> bool {
        matches!(
            self,
            Self::CopyPicture
                | Self::CopySvg
                | Self::CopyMermaid
                | Self::Delete
                | Self::Rename
                | Self::NextFinding
                | Self::PreviousFinding
                | Self::Tidy
                | Self::TidySelection
        )
    }

    /// Whether it acts on the tool table and means nothing elsewhere.
    pub fn needs_table(self) -> bool {
        matches!(self, Self::ChooseColumns | Self::FoldGroups)
    }

    /// Whether it can be used at this location.
    pub fn is_available(self, location: &Location) -> bool {
        let is_table = matches!(location, Location::Landscape(table) if table.view == LandscapeView::Table);
        if let Some(form) = self.text_form() {
            return location.text_forms().contains(&form);
        }
        match self {
            Self::SelectAll => is_table || matches!(location, Location::Drawing(_)),
            command if command.needs_table() => is_table,
            Self::CloseDocument => location.origin().is_some(),
            // Notes and ratings can be taken back where they are made.
            Self::Undo | Self::Redo => {
                location.document().is_some() || location.place() == Some(Place::Landscape)
            }
            Self::CompareTools => !matches!(location, Location::Compare(_)),
            Self::Relations => !matches!(location, Location::Graph(_)),
            Self::Fit => matches!(location, Location::Drawing(_) | Location::Graph(_)),
            Self::Recentre => {
                matches!(location, Location::Graph(graph) if matches!(graph.selected, Some(GraphItem::Tool(_))))
            }
            Self::ExportWhole => {
                matches!(location, Location::Landscape(table) if table.view == LandscapeView::Board)
            }
            command if command.needs_document() => location.document().is_some(),
            command => !command.needs_drawing() || matches!(location, Location::Drawing(_)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_keys_where_both_can_be_used() {
        let keys: Vec<_> = Command::all()
            .flat_map(|command| command.shortcuts().iter().map(move |keys| (command, keys)))
            .collect();
        for (index, (command, shortcut)) in keys.iter().enumerate() {
            for (other, same) in &keys[index + 1..] {
                assert_ne!(shortcut, same, "{command:?} and {other:?}");
            }
        }
    }

    #[test]
    fn every_command_has_its_own_title() {
        let mut titles: Vec<_> = Command::all().map(Command::title).collect();
        let count = titles.len();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), count);
    }
}
