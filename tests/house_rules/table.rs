//! The rules of direction as a table: who may import whom, and which crates belong where, each with its reason.

/// One allowed direction between modules of this crate.
pub struct Edge {
    /// The importing top-level modules.
    pub from: &'static [&'static str],
    /// What they may import: a module, or one inside it (`ui::export`).
    pub to: &'static [&'static str],
    /// Why this edge is right.
    pub why: &'static str,
}

/// The model: no files, no SQL, no drawing, no threads, nothing of the shell.
pub const NOUNS: &[&str] = &[
    "nearest",
    "problem",
    "rows",
    "shown",
    "catalog",
    "landscape",
    "architecture",
    "runs",
    "dashboard",
    "dataset",
    "practice",
    "deck",
    "address",
    "document",
    "history",
    "remarks",
    "settings",
    "shortlist",
    "workspace",
];

/// Everything else that stands at the root.
pub const SHELL: &[&str] =
    &["action", "command", "state", "store", "jobs", "ui", "cli", "app", "main", "lib"];

/// Every allowed edge. What is not here is forbidden.
pub const EDGES: &[Edge] = &[
    Edge {
        from: &["catalog", "landscape", "architecture", "runs", "dashboard", "dataset", "practice", "deck"],
        to: &["problem"],
        why: "odd input becomes a value and its problems",
    },
    Edge {
        from: &["catalog", "architecture", "practice", "runs"],
        to: &["rows"],
        why: "every table is taken away in one form, by one writer of CSV",
    },
    Edge {
        from: &["rows"],
        to: &["shown"],
        why: "a table in Markdown is made of the texts of others, and no letter of them is markup",
    },
    Edge {
        from: &["runs"],
        to: &["shown"],
        why: "a key that nobody can type is found by what is shown of it",
    },
    Edge {
        from: &["runs"],
        to: &["nearest"],
        why: "a filter with a misspelt word names the word that was meant",
    },
    Edge {
        from: &["catalog"],
        to: &["shown"],
        why: "an export shows what cannot be seen in the texts of others",
    },
    Edge { from: &["settings"], to: &["problem"], why: "reading old settings gives defaults and warnings" },
    Edge {
        from: &["settings"],
        to: &["architecture"],
        why: "how pictures of drawings were made last is remembered in the model's own words",
    },
    Edge { from: &["landscape"], to: &["catalog"], why: "landscape items are matched with catalog tools" },
    Edge { from: &["architecture"], to: &["catalog"], why: "boxes name tools by their catalog ids" },
    Edge {
        from: &["architecture"],
        to: &["shown"],
        why: "what is told of a file quotes it, and a reason that nobody can see is none",
    },
    Edge { from: &["practice"], to: &["catalog"], why: "pages name stages and tools by their catalog ids" },
    Edge { from: &["dashboard"], to: &["runs"], why: "a panel says which series it draws" },
    Edge { from: &["deck"], to: &["address"], why: "a slide shows what an address names" },
    Edge {
        from: &["address"],
        to: &["catalog", "runs"],
        why: "an address holds the catalog's filters, stages and ids, and how runs are listed and drawn",
    },
    Edge {
        from: &["document"],
        to: &["address", "architecture", "dashboard", "deck", "history", "problem"],
        why: "a document is one of the models, with a history, of a kind that addresses name",
    },
    Edge {
        from: &["workspace"],
        to: &["address", "architecture", "catalog", "problem"],
        why: "a workspace holds entries laid over the catalog, its drawings, and what is wrong with its files",
    },
    Edge {
        from: &["remarks"],
        to: &["catalog", "history"],
        why: "a remark is about a tool, and can be taken back",
    },
    Edge { from: &["shortlist"], to: &["shown"], why: "what is handed over is counted in words" },
    Edge {
        from: &["shortlist"],
        to: &["catalog", "problem", "remarks"],
        why: "a shortlist is taken out of remarks and into them, names tools, and tells what is odd in its file",
    },
    Edge {
        from: &["action"],
        to: NOUNS,
        why: "an action carries what the model is to become, in the model's own words",
    },
    Edge { from: &["command"], to: &["action", "address"], why: "a command is a named action or place" },
    Edge { from: &["state"], to: NOUNS, why: "the state is made of nouns" },
    Edge { from: &["state"], to: &["action"], why: "the state applies actions" },
    Edge { from: &["ui"], to: NOUNS, why: "views draw nouns" },
    Edge {
        from: &["ui"],
        to: &["state", "action", "command"],
        why: "views read the state, push actions and list commands",
    },
    Edge { from: &["store"], to: NOUNS, why: "files and tables become nouns" },
    Edge { from: &["jobs"], to: &["action"], why: "the last message of a job is an action" },
    Edge { from: &["cli"], to: NOUNS, why: "the command line calls the same nouns as the window" },
    Edge { from: &["cli"], to: &["store"], why: "the command line reads and writes files" },
    Edge { from: &["cli"], to: &["ui::export"], why: "charts and drawings are exported without a window" },
    Edge {
        from: &["cli"],
        to: &["app"],
        why: "views and drawings become pictures without a window, by the program's own drawing",
    },
    Edge { from: &["app"], to: NOUNS, why: "the shell performs effects on nouns" },
    Edge {
        from: &["app"],
        to: &["action", "command", "state", "store", "jobs", "ui"],
        why: "the shell ties model, files, work and drawing together",
    },
    Edge { from: &["main"], to: NOUNS, why: "arguments become addresses and settings" },
    Edge {
        from: &["main"],
        to: &["store", "cli", "app", "ui"],
        why: "arguments, profile and window meet here",
    },
];

/// Paths of other crates that have a place of their own.
pub struct Outside {
    /// The rule's name.
    pub rule: &'static str,
    /// The paths, the crate's name first.
    pub paths: &'static [&'static str],
    /// Where they may be named: files, or folders with a slash.
    pub places: &'static [&'static str],
    /// Why.
    pub why: &'static str,
}

/// Every crate or part of the standard library with a place of its own.
pub const OUTSIDE: &[Outside] = &[
    Outside {
        rule: "egui outside ui",
        paths: EGUI,
        places: &["src/ui.rs", "src/ui/", "src/app.rs", "src/main.rs"],
        why: "the model must be testable without a window",
    },
    Outside {
        rule: "files outside store",
        paths: &["rusqlite", "std::fs", "std::net", "std::os::unix::net", "reqwest", "ureq", "tempfile"],
        places: &["src/store.rs", "src/store/"],
        why: "files, databases and servers are read and written in one place only",
    },
    Outside {
        rule: "table files outside store",
        paths: &["parquet"],
        places: &["src/store.rs", "src/store/"],
        why: "how a table lies in a file is known in one place only",
    },
    Outside {
        rule: "dialogs outside app",
        paths: &["rfd", "opener"],
        places: &["src/app.rs", "src/app/"],
        why: "asking the desktop is an effect, and effects are performed by the shell",
    },
    Outside {
        rule: "drawing formats outside export",
        paths: &["usvg", "resvg", "svg2pdf", "pdf_writer", "ttf_parser"],
        places: &["src/ui/export.rs", "src/ui/export/"],
        why: "there is one way from what is painted to a file of any format",
    },
    Outside {
        rule: "threads outside jobs",
        paths: &["std::thread", "rayon", "crossbeam", "crossbeam_channel", "tokio", "async_std", "smol"],
        places: &["src/jobs.rs", "src/jobs/"],
        why: "all background work can be seen and cancelled",
    },
    Outside {
        rule: "anyhow outside main",
        paths: &["anyhow"],
        places: &["src/main.rs"],
        why: "the library's errors are types with a variant per cause",
    },
    Outside {
        rule: "another process",
        paths: &["std::process::Command", "std::process::Child"],
        places: &[],
        why: "the program starts no other programs; tests may",
    },
    Outside {
        rule: "clock outside app",
        paths: &[
            "std::time::SystemTime",
            "jiff::Zoned::now",
            "jiff::Timestamp::now",
            "chrono",
            "time::OffsetDateTime",
        ],
        places: &[
            "src/app.rs",
            "src/app/",
            "src/cli.rs",
            "src/cli/",
            "src/main.rs",
            "src/store.rs",
            "src/store/",
        ],
        why: "what is drawn depends on `State.now` alone, so that pictures repeat",
    },
];

/// egui and the crates that carry it.
pub const EGUI: &[&str] = &[
    "egui",
    "eframe",
    "epaint",
    "emath",
    "ecolor",
    "egui_plot",
    "egui_extras",
    "egui_glow",
    "egui_winit",
    "egui_system_font_provider",
    "egui_tiles",
    "egui_commonmark",
    "egui_kittest",
    "winit",
];

/// Types of colour. Their constants and constructors are colour literals, save for [`NO_COLORS`].
pub const COLOR_TYPES: &[&str] = &["Color32", "Rgba", "Hsva", "HsvaGamma"];

/// No colour at all, or arithmetic on a colour that came from the theme.
pub const NO_COLORS: &[&str] = &["TRANSPARENT", "PLACEHOLDER", "from", "default"];

/// Where colours are made.
pub const COLOR_PLACES: &[&str] = &["src/ui/theme.rs", "src/ui/theme/"];

/// Where pixels are computed from colours that were already chosen, and meshes are filled.
pub const PIXEL_PLACES: &[&str] = &["src/ui/export.rs", "src/ui/export/"];

/// Shapes that have no vector form.
pub const PIXELS_ONLY: &[&[&str]] = &[
    &["PaintCallback"],
    &["PaintCallbackInfo"],
    &["Shape", "Callback"],
    &["Shape", "mesh"],
    &["Shape", "Mesh"],
    &["Shape", "text"],
    &["Mesh"],
];

/// Questions to the file system that need no `std::fs`.
pub const FILE_METHODS: &[&str] = &[
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "read_dir",
    "read_link",
    "canonicalize",
    "metadata",
    "symlink_metadata",
];

/// Macros that leave work undone or talk to a developer.
pub const UNFINISHED_MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// The life cycle of documents: one for all kinds, so that a further kind changes nothing in it.
pub const LIFE_CYCLE: &[&str] = &[
    "src/action.rs",
    "src/app/documents.rs",
    "src/app/drafts.rs",
    "src/app/effects.rs",
    "src/app/loading.rs",
    "src/app/recovery.rs",
    "src/app/saving.rs",
    "src/history.rs",
    "src/state/documents.rs",
    "src/state/documents/document.rs",
    "src/state/documents/saving.rs",
    "src/store/atlas_db/journal.rs",
    "src/store/locks.rs",
];

/// Modules, types and variants that are of one kind of document.
pub const OF_ONE_KIND: &[&str] = &[
    "architecture",
    "architecture_files",
    "dashboard",
    "deck",
    "Drawing",
    "Drawings",
    "Dashboard",
    "Dashboards",
    "Deck",
    "Decks",
];

/// Longer files are hard to read.
pub const MOST_LINES: usize = 500;
