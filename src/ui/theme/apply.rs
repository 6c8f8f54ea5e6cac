//! Turns the tokens into egui's style, so that stock widgets look like ours.

use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::{Theme, fonts};

/// Installs fonts and both styles in a new context. Animations are at most 150 ms; `still` turns them off.
pub fn install(ctx: &Context, still: bool) {
    ctx.set_fonts(fonts::definitions());
    for (mode, dark) in [(egui::Theme::Dark, true), (egui::Theme::Light, false)] {
        let mut style = style(Theme::of_mode(dark));
        if still {
            style.animation_time = 0.0;
            style.visuals.text_cursor.blink = false;
        }
        ctx.set_style_of(mode, style);
    }
    ctx.options_mut(|options| {
        // Ctrl+0/+/- belong to the canvas where it has the focus; commands do the zooming.
        options.zoom_with_keyboard = false;
    });
}

/// Chooses the mode: `Some(dark)` or the system's.
pub fn apply(ctx: &Context, dark: Option<bool>) {
    ctx.set_theme(match dark {
        None => egui::ThemePreference::System,
        Some(true) => egui::ThemePreference::Dark,
        Some(false) => egui::ThemePreference::Light,
    });
}

fn style(theme: &Theme) -> Style {
    let text_styles = [
        (TextStyle::Small, theme.small()),
        (TextStyle::Body, theme.body()),
        (TextStyle::Button, theme.body()),
        (TextStyle::Heading, theme.strong(theme.text.heading)),
        (TextStyle::Monospace, theme.mono()),
    ]
    .into();
    let mut style = Style { text_styles, animation_time: 0.12, ..Style::default() };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style.spacing.item_spacing = vec2(theme.size.gap, 4.0);
    style.spacing.button_padding = vec2(10.0, 4.0);
    style.spacing.interact_size = vec2(theme.size.control, theme.size.row_compact);
    style.spacing.icon_width = 14.0;
    style.spacing.icon_width_inner = 8.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.tooltip_width = 360.0;
    style.spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::thin() };
    style.visuals = visuals(theme);
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let c = &theme.color;
    let radius = CornerRadius::same(theme.size.radius as u8);
    let widget = |fill: Color32, outline: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: outline,
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let shadow =
        |alpha: u8| Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(alpha) };
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(c.text_3);
    visuals.widgets = Widgets {
        noninteractive: widget(c.surface, Stroke::new(1.0, c.line), c.text),
        inactive: widget(c.raised, Stroke::NONE, c.text),
        hovered: widget(c.selected, Stroke::NONE, c.text),
        active: widget(c.selected, Stroke::new(1.0, c.accent), c.text),
        open: widget(c.selected, Stroke::NONE, c.text),
    };
    visuals.selection = Selection { bg_fill: c.selected, stroke: Stroke::new(1.0, c.accent) };
    visuals.hyperlink_color = c.accent;
    visuals.faint_bg_color = c.panel;
    visuals.extreme_bg_color = c.raised;
    visuals.text_edit_bg_color = Some(c.raised);
    visuals.code_bg_color = c.raised;
    visuals.warn_fg_color = c.warn;
    visuals.error_fg_color = c.error;
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = radius;
    visuals.window_fill = c.panel;
    visuals.window_stroke = Stroke::new(1.0, c.line_strong);
    visuals.panel_fill = c.surface;
    visuals.window_shadow = shadow(if theme.dark { 120 } else { 40 });
    visuals.popup_shadow = shadow(if theme.dark { 100 } else { 32 });
    // A blinking cursor would repaint at rest.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, c.accent);
    visuals.button_frame = true;
    visuals.striped = false;
    visuals.slider_trailing_fill = true;
    visuals
}
