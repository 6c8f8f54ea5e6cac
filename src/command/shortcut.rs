//! Keys with their modifiers, and how they are printed.

/// A key with its modifiers; keys are named `K`, `F5`, `ArrowLeft`, `Plus`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key's name.
    pub key: &'static str,
}

impl Shortcut {
    pub(super) const fn plain(key: &'static str) -> Self {
        Self { ctrl: false, shift: false, alt: false, key }
    }

    pub(super) const fn ctrl(key: &'static str) -> Self {
        Self { ctrl: true, shift: false, alt: false, key }
    }

    pub(super) const fn ctrl_shift(key: &'static str) -> Self {
        Self { ctrl: true, shift: true, alt: false, key }
    }

    pub(super) const fn shift(key: &'static str) -> Self {
        Self { ctrl: false, shift: true, alt: false, key }
    }

    pub(super) const fn alt(key: &'static str) -> Self {
        Self { ctrl: false, shift: false, alt: true, key }
    }

    /// As printed on keys: `Ctrl+Shift+Z`.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for (on, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                out.push_str(name);
            }
        }
        out.push_str(match self.key {
            "ArrowLeft" => "Left",
            "ArrowRight" => "Right",
            "Plus" => "+",
            "Minus" => "−",
            "Comma" => ",",
            "Questionmark" => "?",
            key => key,
        });
        out
    }
}
