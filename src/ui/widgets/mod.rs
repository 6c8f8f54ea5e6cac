//! The few controls everything is made of: drawn from the theme, named for screen readers.

mod button;
mod camera;
mod choice;
mod completions;
mod facet;
mod layout;
mod list;
mod mark;
mod marked;
mod note;
mod removable;
mod target;
mod text;

pub use button::{Kind, button, check, check_in, check_row, chip, icon_button, icon_tab, small_button, tab};
pub use camera::Camera;
pub use choice::{choice, choice_ui};
pub use completions::{Completions, Offered, byte_of, keeping_focus, set_cursor};
pub use facet::{facet_head, facet_more, facet_row};
pub use layout::{columns, hairline, inside, inspector, inspector_edge, tool_bar};
pub use list::{ListRow, empty_state, fact, fact_with, section_head};
pub use mark::{
    MONOGRAM_LETTERS, key_cap, license_mark, lifecycle_strip, monogram, monogram_letters, monogram_tile,
    stage_dot, vertical_tick,
};
pub use marked::{marked_paragraph, marked_text};
pub use note::{Note, SIGN};
pub use removable::removable_chip;
pub use target::{forget_target, tell_target, told_target};
pub use text::{Ink, line, paint_text, paragraph, wrapped};
