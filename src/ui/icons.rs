//! The icons the interface uses, as characters of the shipped Phosphor fonts (`assets/fonts/Phosphor.ttf` and
//! `Phosphor-Fill.ttf`, version 2.1).
//!
//! Both fonts use the same code points, so one name serves the outline and the filled icon; the font family
//! decides. Names are Phosphor's own.

/// Phosphor's `archive`.
pub const ARCHIVE: &str = "\u{e00c}";
/// Phosphor's `arrow-square-out`.
pub const ARROW_SQUARE_OUT: &str = "\u{e5de}";
/// Phosphor's `arrow-u-up-left`.
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
/// Phosphor's `arrow-u-up-right`.
pub const ARROW_U_UP_RIGHT: &str = "\u{e08c}";
/// Phosphor's `arrows-clockwise`.
pub const ARROWS_CLOCKWISE: &str = "\u{e094}";
/// Phosphor's `arrows-out`.
pub const ARROWS_OUT: &str = "\u{e0a2}";
/// Phosphor's `article`.
pub const ARTICLE: &str = "\u{e0a8}";
/// Phosphor's `bell`.
pub const BELL: &str = "\u{e0ce}";
/// Phosphor's `book-open`.
pub const BOOK_OPEN: &str = "\u{e0e6}";
/// Phosphor's `bookmark-simple`.
pub const BOOKMARK_SIMPLE: &str = "\u{e0ea}";
/// Phosphor's `brain`.
pub const BRAIN: &str = "\u{e74e}";
/// Phosphor's `broadcast`.
pub const BROADCAST: &str = "\u{e0f2}";
/// Phosphor's `bug`.
pub const BUG: &str = "\u{e5f4}";
/// Phosphor's `buildings`.
pub const BUILDINGS: &str = "\u{e102}";
/// Phosphor's `caret-down`.
pub const CARET_DOWN: &str = "\u{e136}";
/// Phosphor's `caret-left`.
pub const CARET_LEFT: &str = "\u{e138}";
/// Phosphor's `caret-right`.
pub const CARET_RIGHT: &str = "\u{e13a}";
/// Phosphor's `caret-up`.
pub const CARET_UP: &str = "\u{e13c}";
/// Phosphor's `chart-bar`.
pub const CHART_BAR: &str = "\u{e150}";
/// Phosphor's `chart-line`.
pub const CHART_LINE: &str = "\u{e154}";
/// Phosphor's `chats-circle`.
pub const CHATS_CIRCLE: &str = "\u{e17e}";
/// Phosphor's `check`.
pub const CHECK: &str = "\u{e182}";
/// Phosphor's `check-circle`.
pub const CHECK_CIRCLE: &str = "\u{e184}";
/// Phosphor's `check-square`.
pub const CHECK_SQUARE: &str = "\u{e186}";
/// Phosphor's `circle`.
pub const CIRCLE: &str = "\u{e18a}";
/// Phosphor's `circle-notch`.
pub const CIRCLE_NOTCH: &str = "\u{eb44}";
/// Phosphor's `clock`.
pub const CLOCK: &str = "\u{e19a}";
/// Phosphor's `cloud`.
pub const CLOUD: &str = "\u{e1aa}";
/// Phosphor's `columns`.
pub const COLUMNS: &str = "\u{e546}";
/// Phosphor's `command`.
pub const COMMAND: &str = "\u{e1c4}";
/// Phosphor's `compass`.
pub const COMPASS: &str = "\u{e1c8}";
/// Phosphor's `copy`.
pub const COPY: &str = "\u{e1ca}";
/// Phosphor's `corners-out`.
pub const CORNERS_OUT: &str = "\u{e1d0}";
/// Phosphor's `cpu`.
pub const CPU: &str = "\u{e610}";
/// Phosphor's `crosshair`.
pub const CROSSHAIR: &str = "\u{e1d6}";
/// Phosphor's `cursor`.
pub const CURSOR: &str = "\u{e1dc}";
/// Phosphor's `database`.
pub const DATABASE: &str = "\u{e1de}";
/// Phosphor's `desktop`.
pub const DESKTOP: &str = "\u{e560}";
/// Phosphor's `device-mobile-camera`.
pub const DEVICE_MOBILE_CAMERA: &str = "\u{e1e2}";
/// Phosphor's `dots-three`.
pub const DOTS_THREE: &str = "\u{e1fe}";
/// Phosphor's `download-simple`.
pub const DOWNLOAD_SIMPLE: &str = "\u{e20c}";
/// Phosphor's `export`.
pub const EXPORT: &str = "\u{eaf0}";
/// Phosphor's `eye`.
pub const EYE: &str = "\u{e220}";
/// Phosphor's `eye-slash`.
pub const EYE_SLASH: &str = "\u{e224}";
/// Phosphor's `file`.
pub const FILE: &str = "\u{e230}";
/// Phosphor's `files`.
pub const FILES: &str = "\u{e710}";
/// Phosphor's `fingerprint`.
pub const FINGERPRINT: &str = "\u{e23e}";
/// Phosphor's `flask`.
pub const FLASK: &str = "\u{e79e}";
/// Phosphor's `floppy-disk`.
pub const FLOPPY_DISK: &str = "\u{e248}";
/// Phosphor's `flow-arrow`.
pub const FLOW_ARROW: &str = "\u{e6ec}";
/// Phosphor's `folder`.
pub const FOLDER: &str = "\u{e24a}";
/// Phosphor's `folder-open`.
pub const FOLDER_OPEN: &str = "\u{e256}";
/// Phosphor's `funnel`.
pub const FUNNEL: &str = "\u{e266}";
/// Phosphor's `gauge`.
pub const GAUGE: &str = "\u{e628}";
/// Phosphor's `gear`.
pub const GEAR: &str = "\u{e270}";
/// Phosphor's `git-branch`.
pub const GIT_BRANCH: &str = "\u{e278}";
/// Phosphor's `git-diff`.
pub const GIT_DIFF: &str = "\u{e27c}";
/// Phosphor's `git-fork`.
pub const GIT_FORK: &str = "\u{e27e}";
/// Phosphor's `git-merge`.
pub const GIT_MERGE: &str = "\u{e280}";
/// Phosphor's `git-pull-request`.
pub const GIT_PULL_REQUEST: &str = "\u{e282}";
/// Phosphor's `graph`.
pub const GRAPH: &str = "\u{eb58}";
/// Phosphor's `grid-nine`.
pub const GRID_NINE: &str = "\u{ec8c}";
/// Phosphor's `hand`.
pub const HAND: &str = "\u{e298}";
/// Phosphor's `hard-drives`.
pub const HARD_DRIVES: &str = "\u{e2a0}";
/// Phosphor's `image`.
pub const IMAGE: &str = "\u{e2ca}";
/// Phosphor's `info`.
pub const INFO: &str = "\u{e2ce}";
/// Phosphor's `keyboard`.
pub const KEYBOARD: &str = "\u{e2d8}";
/// Phosphor's `lightbulb`.
pub const LIGHTBULB: &str = "\u{e2dc}";
/// Phosphor's `link-simple`.
pub const LINK_SIMPLE: &str = "\u{e2e6}";
/// Phosphor's `list`.
pub const LIST: &str = "\u{e2f0}";
/// Phosphor's `lock-simple`.
pub const LOCK_SIMPLE: &str = "\u{e308}";
/// Phosphor's `magic-wand`.
pub const MAGIC_WAND: &str = "\u{e6b6}";
/// Phosphor's `magnifying-glass`.
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
/// Phosphor's `magnifying-glass-minus`.
pub const MAGNIFYING_GLASS_MINUS: &str = "\u{e30e}";
/// Phosphor's `magnifying-glass-plus`.
pub const MAGNIFYING_GLASS_PLUS: &str = "\u{e310}";
/// Phosphor's `minus`.
pub const MINUS: &str = "\u{e32a}";
/// Phosphor's `monitor`.
pub const MONITOR: &str = "\u{e32e}";
/// Phosphor's `moon`.
pub const MOON: &str = "\u{e330}";
/// Phosphor's `note-pencil`.
pub const NOTE_PENCIL: &str = "\u{e34c}";
/// Phosphor's `package`.
pub const PACKAGE: &str = "\u{e390}";
/// Phosphor's `pause`.
pub const PAUSE: &str = "\u{e39e}";
/// Phosphor's `pencil-line`.
pub const PENCIL_LINE: &str = "\u{e3b2}";
/// Phosphor's `play`.
pub const PLAY: &str = "\u{e3d0}";
/// Phosphor's `plugs-connected`.
pub const PLUGS_CONNECTED: &str = "\u{eb5a}";
/// Phosphor's `plus`.
pub const PLUS: &str = "\u{e3d4}";
/// Phosphor's `presentation-chart`.
pub const PRESENTATION_CHART: &str = "\u{e656}";
/// Phosphor's `push-pin`.
pub const PUSH_PIN: &str = "\u{e3e2}";
/// Phosphor's `question`.
pub const QUESTION: &str = "\u{e3e8}";
/// Phosphor's `robot`.
pub const ROBOT: &str = "\u{e762}";
/// Phosphor's `rocket-launch`.
pub const ROCKET_LAUNCH: &str = "\u{e3fe}";
/// Phosphor's `scales`.
pub const SCALES: &str = "\u{e750}";
/// Phosphor's `seal-check`.
pub const SEAL_CHECK: &str = "\u{e606}";
/// Phosphor's `shield-check`.
pub const SHIELD_CHECK: &str = "\u{e40c}";
/// Phosphor's `shuffle`.
pub const SHUFFLE: &str = "\u{e422}";
/// Phosphor's `sliders`.
pub const SLIDERS: &str = "\u{e432}";
/// Phosphor's `sort-ascending`.
pub const SORT_ASCENDING: &str = "\u{e444}";
/// Phosphor's `sort-descending`.
pub const SORT_DESCENDING: &str = "\u{e446}";
/// Phosphor's `square`.
pub const SQUARE: &str = "\u{e45e}";
/// Phosphor's `squares-four`.
pub const SQUARES_FOUR: &str = "\u{e464}";
/// Phosphor's `stack`.
pub const STACK: &str = "\u{e466}";
/// Phosphor's `star`.
pub const STAR: &str = "\u{e46a}";
/// Phosphor's `stethoscope`.
pub const STETHOSCOPE: &str = "\u{e7ea}";
/// Phosphor's `stop`.
pub const STOP: &str = "\u{e46c}";
/// Phosphor's `sun`.
pub const SUN: &str = "\u{e472}";
/// Phosphor's `table`.
pub const TABLE: &str = "\u{e476}";
/// Phosphor's `tag`.
pub const TAG: &str = "\u{e478}";
/// Phosphor's `text-aa`.
pub const TEXT_AA: &str = "\u{e6ee}";
/// Phosphor's `trash`.
pub const TRASH: &str = "\u{e4a6}";
/// Phosphor's `tray`.
pub const TRAY: &str = "\u{e4aa}";
/// Phosphor's `tree-structure`.
pub const TREE_STRUCTURE: &str = "\u{e67c}";
/// Phosphor's `users`.
pub const USERS: &str = "\u{e4d6}";
/// Phosphor's `users-three`.
pub const USERS_THREE: &str = "\u{e68e}";
/// Phosphor's `vector-two`.
pub const VECTOR_TWO: &str = "\u{ee64}";
/// Phosphor's `warning`.
pub const WARNING: &str = "\u{e4e0}";
/// Phosphor's `warning-circle`.
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
/// Phosphor's `wave-sine`.
pub const WAVE_SINE: &str = "\u{ea9a}";
/// Phosphor's `x`.
pub const X: &str = "\u{e4f6}";
/// Phosphor's `x-circle`.
pub const X_CIRCLE: &str = "\u{e4f8}";

/// Every icon with Phosphor's name for it, ordered by name.
pub const ALL: &[(&str, &str)] = &[
    ("archive", ARCHIVE),
    ("arrow-square-out", ARROW_SQUARE_OUT),
    ("arrow-u-up-left", ARROW_U_UP_LEFT),
    ("arrow-u-up-right", ARROW_U_UP_RIGHT),
    ("arrows-clockwise", ARROWS_CLOCKWISE),
    ("arrows-out", ARROWS_OUT),
    ("article", ARTICLE),
    ("bell", BELL),
    ("book-open", BOOK_OPEN),
    ("bookmark-simple", BOOKMARK_SIMPLE),
    ("brain", BRAIN),
    ("broadcast", BROADCAST),
    ("bug", BUG),
    ("buildings", BUILDINGS),
    ("caret-down", CARET_DOWN),
    ("caret-left", CARET_LEFT),
    ("caret-right", CARET_RIGHT),
    ("caret-up", CARET_UP),
    ("chart-bar", CHART_BAR),
    ("chart-line", CHART_LINE),
    ("chats-circle", CHATS_CIRCLE),
    ("check", CHECK),
    ("check-circle", CHECK_CIRCLE),
    ("check-square", CHECK_SQUARE),
    ("circle", CIRCLE),
    ("circle-notch", CIRCLE_NOTCH),
    ("clock", CLOCK),
    ("cloud", CLOUD),
    ("columns", COLUMNS),
    ("command", COMMAND),
    ("compass", COMPASS),
    ("copy", COPY),
    ("corners-out", CORNERS_OUT),
    ("cpu", CPU),
    ("crosshair", CROSSHAIR),
    ("cursor", CURSOR),
    ("database", DATABASE),
    ("desktop", DESKTOP),
    ("device-mobile-camera", DEVICE_MOBILE_CAMERA),
    ("dots-three", DOTS_THREE),
    ("download-simple", DOWNLOAD_SIMPLE),
    ("export", EXPORT),
    ("eye", EYE),
    ("eye-slash", EYE_SLASH),
    ("file", FILE),
    ("files", FILES),
    ("fingerprint", FINGERPRINT),
    ("flask", FLASK),
    ("floppy-disk", FLOPPY_DISK),
    ("flow-arrow", FLOW_ARROW),
    ("folder", FOLDER),
    ("folder-open", FOLDER_OPEN),
    ("funnel", FUNNEL),
    ("gauge", GAUGE),
    ("gear", GEAR),
    ("git-branch", GIT_BRANCH),
    ("git-diff", GIT_DIFF),
    ("git-fork", GIT_FORK),
    ("git-merge", GIT_MERGE),
    ("git-pull-request", GIT_PULL_REQUEST),
    ("graph", GRAPH),
    ("grid-nine", GRID_NINE),
    ("hand", HAND),
    ("hard-drives", HARD_DRIVES),
    ("image", IMAGE),
    ("info", INFO),
    ("keyboard", KEYBOARD),
    ("lightbulb", LIGHTBULB),
    ("link-simple", LINK_SIMPLE),
    ("list", LIST),
    ("lock-simple", LOCK_SIMPLE),
    ("magic-wand", MAGIC_WAND),
    ("magnifying-glass", MAGNIFYING_GLASS),
    ("magnifying-glass-minus", MAGNIFYING_GLASS_MINUS),
    ("magnifying-glass-plus", MAGNIFYING_GLASS_PLUS),
    ("minus", MINUS),
    ("monitor", MONITOR),
    ("moon", MOON),
    ("note-pencil", NOTE_PENCIL),
    ("package", PACKAGE),
    ("pause", PAUSE),
    ("pencil-line", PENCIL_LINE),
    ("play", PLAY),
    ("plugs-connected", PLUGS_CONNECTED),
    ("plus", PLUS),
    ("presentation-chart", PRESENTATION_CHART),
    ("push-pin", PUSH_PIN),
    ("question", QUESTION),
    ("robot", ROBOT),
    ("rocket-launch", ROCKET_LAUNCH),
    ("scales", SCALES),
    ("seal-check", SEAL_CHECK),
    ("shield-check", SHIELD_CHECK),
    ("shuffle", SHUFFLE),
    ("sliders", SLIDERS),
    ("sort-ascending", SORT_ASCENDING),
    ("sort-descending", SORT_DESCENDING),
    ("square", SQUARE),
    ("squares-four", SQUARES_FOUR),
    ("stack", STACK),
    ("star", STAR),
    ("stethoscope", STETHOSCOPE),
    ("stop", STOP),
    ("sun", SUN),
    ("table", TABLE),
    ("tag", TAG),
    ("text-aa", TEXT_AA),
    ("trash", TRASH),
    ("tray", TRAY),
    ("tree-structure", TREE_STRUCTURE),
    ("users", USERS),
    ("users-three", USERS_THREE),
    ("vector-two", VECTOR_TWO),
    ("warning", WARNING),
    ("warning-circle", WARNING_CIRCLE),
    ("wave-sine", WAVE_SINE),
    ("x", X),
    ("x-circle", X_CIRCLE),
];

/// The icon with Phosphor's kebab-case name, as files such as the theme and the catalog write it; `None` for a
/// name outside [`ALL`].
pub fn by_name(name: &str) -> Option<&'static str> {
    let place = ALL.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    ALL.get(place).map(|(_, icon)| *icon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_own_character() {
        for (name, icon) in ALL {
            assert_eq!(by_name(name), Some(*icon), "{name}");
        }
        assert_eq!(by_name("compass"), Some("\u{e1c8}"));
        assert_eq!(by_name("no-such-icon"), None);
    }

    #[test]
    fn no_two_icons_share_a_character() {
        let characters: std::collections::BTreeSet<&str> = ALL.iter().map(|(_, icon)| *icon).collect();
        assert_eq!(characters.len(), ALL.len());
    }

    #[test]
    fn both_fonts_draw_every_icon() {
        let files: [(&str, &'static [u8]); 2] = [
            ("outline", include_bytes!("../../assets/fonts/Phosphor.ttf")),
            ("fill", include_bytes!("../../assets/fonts/Phosphor-Fill.ttf")),
        ];
        for (name, bytes) in files {
            let mut fonts = egui::FontDefinitions::empty();
            fonts.font_data.insert(name.to_owned(), egui::FontData::from_static(bytes).into());
            fonts.families.insert(egui::FontFamily::Proportional, vec![name.to_owned()]);
            fonts.families.insert(egui::FontFamily::Monospace, vec![name.to_owned()]);
            let context = egui::Context::default();
            context.set_fonts(fonts);
            context.run_ui(egui::RawInput::default(), |_| {}).drop_without_applying_deltas();
            let id = egui::FontId::proportional(16.0);
            for (icon_name, icon) in ALL {
                assert!(context.fonts_mut(|fonts| fonts.has_glyphs(&id, icon)), "{name} lacks {icon_name}");
            }
            assert!(!context.fonts_mut(|fonts| fonts.has_glyphs(&id, "\u{4e2d}")));
        }
    }
}
