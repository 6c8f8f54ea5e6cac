//! The shipped fonts and their families: Inter for words, JetBrains Mono for figures, Phosphor for icons.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

/// Inter Medium: tabs, buttons.
pub const MEDIUM: &str = "medium";
/// Inter `SemiBold`: names, titles.
pub const SEMIBOLD: &str = "semibold";
/// Filled icons.
pub const ICON_FILL: &str = "icon-fill";

/// The definitions that replace egui's own.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8], tweak: FontTweak| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
    };
    let plain = FontTweak::default;
    // Phosphor stands first in every family, so its own metrics make the line; it needs no shift in it.
    let icons = FontTweak::default;
    add("inter", include_bytes!("../../../assets/fonts/Inter-Regular.otf"), plain());
    add("inter-medium", include_bytes!("../../../assets/fonts/Inter-Medium.otf"), plain());
    add("inter-semibold", include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"), plain());
    add("mono", include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf"), plain());
    add("phosphor", include_bytes!("../../../assets/fonts/Phosphor.ttf"), icons());
    add("phosphor-fill", include_bytes!("../../../assets/fonts/Phosphor-Fill.ttf"), icons());
    let mut family = |family: FontFamily, names: &[&str]| {
        fonts.families.insert(family, names.iter().map(|name| (*name).to_owned()).collect());
    };
    // Inter has letters of its own in the private-use range that the icons use, so the icons come first; they
    // have no other characters.
    family(FontFamily::Proportional, &["phosphor", "inter", "mono"]);
    family(FontFamily::Name(MEDIUM.into()), &["phosphor", "inter-medium", "mono"]);
    family(FontFamily::Name(SEMIBOLD.into()), &["phosphor", "inter-semibold", "mono"]);
    family(FontFamily::Monospace, &["phosphor", "mono", "inter"]);
    family(FontFamily::Name(ICON_FILL.into()), &["phosphor-fill", "phosphor"]);
    fonts
}
