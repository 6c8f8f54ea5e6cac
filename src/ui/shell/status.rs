//! The status bar with what is running, and the notices that wait to be read.

use egui::accesskit::Role;
use egui::{Align, Align2, Area, Frame, Layout, Margin, Order, RichText, Stroke, Ui, WidgetInfo, vec2};

use crate::action::{Action, Ask, PresentAction, WindowAction};
use crate::address::Location;
use crate::command::Command;
use crate::problem::Severity;
use crate::shown::{counted, grouped};
use crate::state::SourceState;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, icon_button, told_target, wrapped};
use crate::ui::{View, icons, shortcuts};

pub(super) fn status_bar_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let rect = ui.max_rect().shrink2(vec2(12.0, 0.0));
    let small = |text: String| RichText::new(text).font(theme.small()).color(theme.color.text_3);
    crate::ui::widgets::inside(ui, rect, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        let sheet = small(format!("{} ? shortcuts", icons::KEYBOARD));
        let response = ui.add(egui::Label::new(sheet).sense(egui::Sense::click()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Show keyboard shortcuts"));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            shortcuts::execute(view, Command::Shortcuts);
        }
        jobs(ui, view);
        led(ui, view);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let told = told_target(ui.ctx()).map(|address| format!("Opens {address}"));
            ui.add(egui::Label::new(small(told.unwrap_or_else(|| summary(view)))).truncate());
        });
    });
}

/// What the present place is about, in figures.
fn summary(view: &View<'_>) -> String {
    let state = view.state;
    match view.location() {
        Location::Drawing(_) => match view.focused_drawing() {
            Some((_, drawing)) => {
                let architecture = drawing.architecture;
                let found = match drawing.judged.findings.len() {
                    _ if drawing.is_unjudged => "…".to_owned(),
                    0 => "no findings".to_owned(),
                    1 => "1 finding".to_owned(),
                    count => format!("{count} findings"),
                };
                let (nodes, flows) = (architecture.nodes.len(), architecture.flows.len());
                let part = if drawing.is_reported { "as reported · " } else { "" };
                format!("{part}{nodes} nodes · {flows} flows · {found}")
            }
            None => String::new(),
        },
        Location::Store(_) => match view.focused_source() {
            Some((_, source)) => {
                let count = source.runs.as_ref().map_or(0, |runs| runs.runs.len());
                let what = match &source.state {
                    SourceState::Loading => "reading…".to_owned(),
                    SourceState::Ready => counted(count, "run", "runs"),
                    SourceState::Failed(_) => "could not be read".to_owned(),
                };
                format!("{} · read-only · {what}", state.source_name(&source.origin))
            }
            None => String::new(),
        },
        _ => {
            let total = state.coverage.total;
            let date = state.catalog.newest_date().map_or_else(String::new, |date| {
                format!(" · data of {:04}-{:02}", date.year(), date.month())
            });
            let open = state.workspace.as_ref();
            let workspace = open.map_or_else(String::new, |open| format!(" · workspace {}", open.name));
            format!("{} tools · {} complete{date}{workspace}", total.all(), total.complete)
        }
    }
}

fn jobs(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let Some(job) = view.state.jobs.first().cloned() else {
        ui.label(RichText::new("no jobs").font(theme.small()).color(theme.color.text_3));
        return;
    };
    let cancel = ui.add(
        egui::Label::new(RichText::new(icons::X).font(theme.icon(11.0)).color(theme.color.text_3))
            .sense(egui::Sense::click()),
    );
    let name = format!("Cancel: {}", job.label);
    cancel.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    if cancel.on_hover_text("Cancel").clicked() {
        view.ask(Ask::CancelJob(job.id));
    }
    let (done, total) = job.progress;
    let share = match (done * 100).checked_div(total) {
        Some(share) => format!(" {share} %"),
        None if done > 0 => format!(" {}", grouped(done)),
        None => String::new(),
    };
    let more = match view.state.jobs.len() {
        1 => String::new(),
        count => format!(" (+{})", count - 1),
    };
    let text = format!("{} {}{share}{more}", icons::CIRCLE_NOTCH, job.label);
    ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_2));
}

/// What is to be known in a window whose second one presents.
fn led(ui: &mut Ui, view: &mut View<'_>) {
    if view.state.led_from(view.window).is_none() {
        return;
    }
    let theme = Theme::of(ui);
    let text = format!("{} presenting in a second window", icons::PRESENTATION_CHART);
    let text = RichText::new(text).font(theme.small()).color(theme.color.accent);
    let response = ui.add(egui::Label::new(text).sense(egui::Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "End presenting in the second window"));
    let hint = "PgDn, PgUp and 1 … 9 go through the bookmarks there, B blanks it, Shift+F5 shows this view there. \
                Press here, or F5, to end.";
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(hint).clicked() {
        view.act(WindowAction::Present(PresentAction::End));
    }
}

/// Unread messages, bottom right, newest lowest.
pub(super) fn notices_ui(ui: &Ui, view: &mut View<'_>) {
    if view.state.notices.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let whole = ui.max_rect();
    Area::new(ui.scope_id().with("notices"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(whole.right_bottom() - vec2(12.0, 12.0 + theme.size.status_bar))
        .show(ui.ctx(), |ui| {
            ui.set_width(380.0_f32.min(whole.width() - 48.0));
            for notice in &view.state.notices {
                let (icon, color) = match notice.problem.severity {
                    Severity::Info => (icons::INFO, theme.color.info),
                    Severity::Warning => (icons::WARNING, theme.color.warn),
                    Severity::Error => (icons::WARNING_CIRCLE, theme.color.error),
                };
                Frame::new()
                    .fill(theme.color.panel)
                    .stroke(Stroke::new(1.0, theme.color.line_strong))
                    .corner_radius(8)
                    .shadow(ui.visuals().popup_shadow)
                    .inner_margin(Margin::symmetric(12, 10))
                    .outer_margin(Margin { bottom: 6, ..Margin::ZERO })
                    .show(ui, |ui| {
                        ui.horizontal_top(|ui| {
                            ui.label(RichText::new(icon).font(theme.icon(17.0)).color(color));
                            ui.vertical(|ui| {
                                ui.set_width(ui.available_width() - 36.0);
                                let ink = Ink::new(theme.body(), theme.color.text);
                                wrapped(ui, &notice.problem.message, &ink);
                                if !notice.problem.at.is_empty() {
                                    let ink = Ink::new(theme.small(), theme.color.text_3);
                                    wrapped(ui, &notice.problem.at, &ink);
                                }
                            });
                            if icon_button(ui, icons::X, "Dismiss", false).clicked() {
                                view.actions.push(Action::Dismiss(notice.id));
                            }
                        });
                    });
            }
        });
}
