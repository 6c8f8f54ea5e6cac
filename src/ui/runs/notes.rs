//! What a chart does not show, in words: lines still being read, points left out, metrics nobody logged.

use std::sync::Arc;

use egui::{Align, Label, Layout, RichText, Sense, Ui, vec2};

use crate::action::SeriesKey;
use crate::address::StoreLocation;
use crate::runs::{LeftOut, RunSet};
use crate::state::Source;
use crate::state::sources::{DrawnState, repeated_sentence};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{chip, inside};

/// What is to be said of one chart; worked out when its data changes, drawn in every frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Why the plot is empty, if it is.
    empty: Option<String>,
    /// Other metrics of the ticked runs, where none logged this one.
    offers: Vec<Arc<str>>,
    /// One quiet line.
    line: String,
    /// What is odd, a run a line.
    odd: String,
    details: String,
    /// Why series could not be read, a run a line.
    failures: Vec<String>,
}

/// What a person pressed.
pub(super) enum Pressed {
    /// Draw this metric instead.
    Instead(Arc<str>),
    /// Read what failed again.
    Again,
}

fn plural<'a>(count: usize, one: &'a str, more: &'a str) -> &'a str {
    if count == 1 { one } else { more }
}

impl Notes {
    /// Looks at the series of the ticked runs.
    pub fn of(source: &Source, runs: &RunSet, store: &StoreLocation, metric: &str) -> Self {
        let (mut loading, mut absent, mut points, mut numbers, mut repeated) = (0, 0, 0, 0, 0);
        let mut left_out: Option<LeftOut> = None;
        let mut notes = Self::default();
        let mut details = Vec::new();
        for id in &store.ticked {
            let name = runs.run(id).map_or(id.as_str(), |run| run.shown_name());
            let Some(drawn) = source.series.get(&SeriesKey { run: id.clone(), metric: metric.to_owned() })
            else {
                absent += 1;
                continue;
            };
            match &drawn.state {
                DrawnState::Loading => loading += 1,
                DrawnState::Failed(sentence) => notes.failures.push(format!("{name}: {sentence}")),
                DrawnState::Ready => {}
            }
            if let Some(curve) = &drawn.curve {
                points += curve.points();
                numbers += usize::from(curve.pyramid().has_value(curve.series()));
                let own = curve.repeated();
                repeated += own;
                if let Some(own) = curve.series().left_out {
                    left_out = Some(left_out.map_or(own, |before| before.and(own)));
                }
                details.extend(curve.series().oddities().iter().map(|odd| format!("{name}: {odd}")));
                if own > 0 {
                    details.push(format!("{name}: {}", repeated_sentence(own)));
                }
            }
        }
        let ticked = store.ticked.len();
        if absent == ticked {
            notes.empty = Some(match ticked {
                1 => format!("The ticked run did not log `{metric}`"),
                _ => format!("None of the {ticked} ticked runs logged `{metric}`"),
            });
            notes.offers = offers(runs, store);
            absent = 0;
        } else if numbers == 0 && points > 0 && loading == 0 {
            notes.empty = Some(match points {
                1 => format!("The only point of `{metric}` is NaN"),
                _ => format!("All {points} points of `{metric}` are NaN"),
            });
        }
        let mut odd = Vec::new();
        if let Some(LeftOut { count, first_step }) = left_out {
            let (points, numbers) =
                (plural(count, "point", "points"), plural(count, "no number", "no numbers"));
            let from = first_step.map_or_else(String::new, |step| format!(", from step {step} on"));
            odd.push(format!("{count} {points} left out: {numbers}{from}"));
        }
        if repeated > 0 {
            let points = plural(repeated, "point repeats a step", "points repeat a step");
            odd.push(format!("{repeated} {points}"));
        }
        let mut parts = Vec::new();
        if loading > 0 {
            parts.push(format!("reading {loading} more"));
        }
        if absent > 0 {
            parts.push(format!("{absent} of the ticked runs did not log it"));
        }
        notes.line = parts.join(" · ");
        notes.odd = odd.join(" · ");
        notes.details = details.join("\n");
        notes
    }

    /// Adds that points have no place on a logarithmic axis.
    pub fn tell_lost(&mut self, count: usize) {
        if count > 0 {
            self.tell(&format!(
                "{count} {} above 0",
                plural(count, "drawn point is not", "drawn points are not")
            ));
        }
    }

    /// Adds something to the quiet line.
    pub fn tell(&mut self, words: &str) {
        self.line = if self.line.is_empty() { words.to_owned() } else { format!("{} · {words}", self.line) };
    }

    /// Whether nothing can be drawn: axes would have nothing to measure.
    pub fn is_blank(&self) -> bool {
        self.empty.is_some()
    }

    /// Says over the plot why it is empty, and what could be drawn instead.
    pub fn over_ui(&self, ui: &mut Ui, plot: egui::Rect) -> Option<Pressed> {
        let sentence = self.empty.as_ref()?;
        let theme = Theme::of(ui);
        let room = plot.shrink2(vec2(24.0, 12.0));
        let mut pressed = None;
        inside(ui, room, Layout::top_down(Align::Center), |ui| {
            ui.add_space((room.height() * 0.5 - 44.0).max(0.0));
            ui.label(RichText::new(sentence).font(theme.body()).color(theme.color.text_2));
            if self.offers.is_empty() {
                return;
            }
            ui.add_space(4.0);
            ui.label(RichText::new("Logged instead:").font(theme.small()).color(theme.color.text_3));
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                for metric in &self.offers {
                    if chip(ui, None, metric, false).on_hover_text("Draw this metric here").clicked() {
                        pressed = Some(Pressed::Instead(Arc::clone(metric)));
                    }
                }
            });
        });
        pressed
    }

    /// The quiet line below the plot.
    pub fn below_ui(&self, ui: &mut Ui) -> Option<Pressed> {
        let theme = Theme::of(ui);
        let mut pressed = None;
        let quiet = |text: &str| RichText::new(text).font(theme.small()).color(theme.color.text_3);
        ui.horizontal_wrapped(|ui| {
            if !self.line.is_empty() {
                ui.label(quiet(&self.line));
            }
            if !self.odd.is_empty() {
                ui.add(Label::new(quiet(&self.odd)).sense(Sense::hover())).on_hover_text(&self.details);
            }
            if !self.failures.is_empty() {
                let text = format!("{} {} not read", icons::WARNING, self.failures.len());
                let text = RichText::new(text).font(theme.small()).color(theme.color.warn);
                ui.add(Label::new(text).sense(Sense::hover())).on_hover_text(self.failures.join("\n"));
                let again = RichText::new("read again").font(theme.small()).color(theme.color.accent);
                if ui.link(again).clicked() {
                    pressed = Some(Pressed::Again);
                }
            }
        });
        pressed
    }
}

/// Metrics of the ticked runs that have no chart yet: those of most runs first, then by name.
fn offers(runs: &RunSet, store: &StoreLocation) -> Vec<Arc<str>> {
    const MOST: usize = 6;
    let mut counts = vec![0_usize; runs.metric_keys.len()];
    let ticked = store.ticked.iter().filter_map(|id| runs.run(id));
    for (key, _) in ticked.flat_map(|run| &run.metrics) {
        counts[*key as usize] += 1;
    }
    let is_drawn = |key: &usize| store.metrics.iter().any(|metric| **metric == *runs.metric_keys[*key]);
    let mut keys: Vec<usize> = (0..counts.len()).filter(|key| counts[*key] > 0 && !is_drawn(key)).collect();
    keys.sort_by_key(|key| std::cmp::Reverse(counts[*key]));
    keys.into_iter().take(MOST).map(|key| Arc::clone(&runs.metric_keys[key])).collect()
}
