//! The page of one run: what it was told, what came of it, and whether it could be made again.

use egui::accesskit::Role;
use egui::{Align2, Frame, Margin, RichText, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::{duration_text, number_text, time_text};
use crate::action::SourceId;
use crate::address::StoreLocation;
use crate::runs::page::{Families, Page};
use crate::runs::rerun::{Answer, Rerun, Verdict};
use crate::runs::{RunSet, SourceKind};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, empty_state, fact, paint_text, section_head, wrapped};

/// What is found once for a set of runs, and once for the run.
#[derive(Clone, Debug, Default)]
pub struct PageMemory {
    basis: Option<(SourceId, u64)>,
    families: Families,
    rerun: Option<(String, Rerun)>,
}

impl PageMemory {
    fn refresh(&mut self, of: (SourceId, u64), runs: &RunSet, run: &crate::runs::Run) {
        if self.basis != Some(of) {
            self.basis = Some(of);
            self.families = Families::of(runs);
            self.rerun = None;
        }
        if self.rerun.as_ref().is_none_or(|(id, _)| **id != *run.id) {
            let kind = runs.kind.unwrap_or(SourceKind::Several);
            self.rerun = Some((run.id.to_string(), Rerun::of(runs, run, kind, None)));
        }
    }
}

/// Draws the page of the selected run.
pub(super) fn page_ui(
    ui: &mut Ui,
    memory: &mut PageMemory,
    of: (SourceId, u64),
    runs: &RunSet,
    store: &mut StoreLocation,
) {
    let theme = Theme::of(ui);
    let Some(run) = store.selected.as_deref().and_then(|id| runs.run(id)) else {
        let text = "Press a run in the table, and its page is here.";
        empty_state(ui, icons::ARTICLE, "No run chosen", text, None);
        return;
    };
    memory.refresh(of, runs, run);
    let page = Page::of(runs, &memory.families, run);
    let mut selected = None;
    ScrollArea::vertical().auto_shrink(false).id_salt("run page").show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.label(RichText::new(run.shown_name()).font(theme.strong(theme.text.title)));
            ui.label(RichText::new(&*run.id).font(theme.mono()).color(theme.color.text_3));
            let wide = ui.available_width() > 900.0;
            if wide {
                crate::ui::widgets::columns(ui, 32.0, |[left, right]| {
                    told_ui(left, runs, &page, &mut selected);
                    rerun_ui(left, memory.rerun.as_ref().map(|(_, rerun)| rerun));
                    result_ui(right, &page);
                });
            } else {
                told_ui(ui, runs, &page, &mut selected);
                rerun_ui(ui, memory.rerun.as_ref().map(|(_, rerun)| rerun));
                result_ui(ui, &page);
            }
        });
    });
    if selected.is_some() {
        store.selected = selected;
    }
}

fn told_ui(ui: &mut Ui, runs: &RunSet, page: &Page<'_>, selected: &mut Option<String>) {
    let theme = Theme::of(ui);
    let run = page.run;
    ui.add_space(12.0);
    section_head(ui, "Run");
    fact(ui, "Experiment", run.experiment_name(runs));
    fact(ui, "State", &run.status.word().to_lowercase());
    fact(ui, "Started", &run.start_time.map_or_else(|| "–".to_owned(), time_text));
    fact(ui, "Duration", &run.duration().map_or_else(|| "–".to_owned(), duration_text));
    if let Some(user) = &run.user {
        fact(ui, "User", user);
    }
    if let Some(parent) = &page.parent {
        let name = parent.run.map_or(parent.id, |run| run.shown_name());
        crate::ui::widgets::fact_with(ui, "Belongs to", |ui| {
            if ui.link(RichText::new(name).color(theme.color.accent)).clicked() {
                *selected = Some(parent.id.to_owned());
            }
        });
    }
    if !page.children.is_empty() {
        ui.add_space(8.0);
        section_head(ui, &format!("Runs below it · {}", page.children.len()));
        for row in page.children.iter().take(30) {
            let child = &runs.runs[*row as usize];
            if ui.link(RichText::new(child.shown_name()).color(theme.color.accent)).clicked() {
                *selected = Some(child.id.to_string());
            }
        }
    }
    if let Some(note) = page.note {
        ui.add_space(8.0);
        section_head(ui, "Note");
        wrapped(ui, note, &Ink::new(theme.body(), theme.color.text_2));
    }
    texts_ui(ui, "Parameters", page.params.iter().map(|(key, text)| (*key, (*text).to_owned())));
    if !page.datasets.is_empty() {
        let datasets = page.datasets.iter();
        texts_ui(
            ui,
            "Datasets",
            datasets.map(|used| {
                let use_of = if used.context.is_empty() { "read" } else { &*used.context };
                (use_of, used.label())
            }),
        );
    }
    texts_ui(ui, "Code", page.code.iter().map(|told| (told.origin.title(), told.text.to_owned())));
    texts_ui(
        ui,
        "Environment",
        page.environment.iter().map(|told| (told.origin.title(), told.text.to_owned())),
    );
}

/// Could it be made again: the verdict, then each thing that it takes.
fn rerun_ui(ui: &mut Ui, rerun: Option<&Rerun>) {
    let Some(rerun) = rerun else { return };
    let theme = Theme::of(ui);
    let c = &theme.color;
    ui.add_space(12.0);
    section_head(ui, "Could it be made again?");
    let (icon, color) = match rerun.verdict {
        Verdict::Yes => (icons::CHECK_CIRCLE, c.ok),
        Verdict::No => (icons::X_CIRCLE, c.error),
        Verdict::Unknown => (icons::QUESTION, c.warn),
    };
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icon).font(theme.icon(18.0)).color(color));
        wrapped(ui, &rerun.sentence, &Ink::new(theme.body(), c.text));
    });
    ui.add_space(4.0);
    for (need, answer) in &rerun.answers {
        let (icon, color, text) = match answer {
            Answer::Found { what, place } => (icons::CHECK, c.ok, format!("{what} ({place})")),
            Answer::Missing(sentence) => (icons::X, c.error, sentence.clone()),
            Answer::Unknown(sentence) => (icons::QUESTION, c.text_3, sentence.clone()),
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.label(RichText::new(icon).font(theme.icon(13.0)).color(color));
            let (rect, _) = ui.allocate_exact_size(vec2(160.0, 18.0), Sense::hover());
            let ink = Ink::new(theme.body(), c.text_2);
            paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, need.title(), &ink, 158.0);
            wrapped(ui, &text, &Ink::new(theme.body(), c.text));
        });
    }
}

fn result_ui(ui: &mut Ui, page: &Page<'_>) {
    let numbers = |list: &[(&str, f64)]| -> Vec<(String, String)> {
        list.iter().map(|(key, value)| ((*key).to_owned(), number_text(*value))).collect()
    };
    for (title, list) in [("Metrics", &page.metrics), ("System metrics", &page.system_metrics)] {
        texts_ui(ui, title, numbers(list).iter().map(|(key, text)| (key.as_str(), text.clone())));
    }
    let models = page.models.iter().map(|model| {
        let version = model.version.map_or_else(String::new, |version| format!("version {version} "));
        (&*model.name, format!("{version}{}", model.status))
    });
    texts_ui(ui, "Models", models);
    texts_ui(ui, "Tags", page.own_tags.iter().map(|(key, text)| (*key, (*text).to_owned())));
    texts_ui(
        ui,
        "Tags of the tracker",
        page.system_tags.iter().map(|(key, text)| (*key, (*text).to_owned())),
    );
}

/// A list of keys with their texts, a line each; nothing where there is none.
fn texts_ui<'a>(ui: &mut Ui, title: &str, all: impl ExactSizeIterator<Item = (&'a str, String)>) {
    /// Nobody reads more on a page; the table has them all.
    const MOST: usize = 200;
    let count = all.len();
    if count == 0 {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(12.0);
    section_head(ui, &format!("{title} · {count}"));
    for (key, text) in all.take(MOST) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
        let told = format!("{key}: {text}");
        response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
        let names = (rect.width() * 0.44).min(280.0);
        let quiet = Ink::new(theme.body(), theme.color.text_2);
        let mono = Ink::new(theme.mono(), theme.color.text);
        let (_, key_cut) =
            paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, key, &quiet, names - 12.0);
        let at = rect.left_center() + vec2(names, 0.0);
        let line = text.lines().next().unwrap_or_default();
        let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, line, &mono, rect.width() - names);
        if cut || key_cut || line.len() != text.len() {
            response.on_hover_text(format!("{key}\n{text}"));
        }
    }
    if count > MOST {
        let text = format!("and {} more", count - MOST);
        ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_3));
    }
}
