//! What survives a restart: small, tolerant of old and broken files.

use serde::{Deserialize, Serialize};

use crate::architecture::export::PictureOptions;
use crate::problem::Problem;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light grounds.
    Light,
    /// Dark grounds.
    Dark,
}

/// The least zoom, in percent.
pub const LEAST_ZOOM: u16 = 80;
/// The largest zoom, in percent.
pub const MOST_ZOOM: u16 = 300;

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The theme.
    pub theme: ThemeChoice,
    /// The size of everything, [`LEAST_ZOOM`] to [`MOST_ZOOM`] percent.
    pub zoom_percent: u16,
    /// Everything larger, for a projector.
    pub projector: bool,
    /// Addresses of the views prepared for presenting, in the order of their digits.
    pub bookmarks: Vec<String>,
    /// The columns of the tool table as last chosen, as addresses write them; empty for the default ones.
    pub table_columns: String,
    /// What a drawing was exported as last, as the command line calls it; empty before the first.
    pub export_as: String,
    /// How pictures of drawings were made last.
    pub picture: PictureOptions,
    /// How tables are read where a person chose that, the newest last.
    pub mappings: Vec<KeptMapping>,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMapping {
    /// The table's absolute path.
    pub path: String,
    /// The mapping as text.
    pub map: String,
}

/// More mappings than this are not kept.
const MOST_MAPPINGS: usize = 200;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom_percent: 100,
            projector: false,
            bookmarks: Vec::new(),
            table_columns: String::new(),
            export_as: String::new(),
            picture: PictureOptions::default(),
            mappings: Vec::new(),
        }
    }
}

impl Settings {
    /// How the table at an absolute path is read, where a person chose that.
    pub fn mapping_of(&self, path: &str) -> Option<&str> {
        self.mappings.iter().find(|kept| kept.path == path).map(|kept| kept.map.as_str())
    }

    /// Keeps how a table is read; without a mapping it is guessed again. Those of longest ago are forgotten.
    pub fn keep_mapping(&mut self, path: &str, map: Option<String>) {
        self.mappings.retain(|kept| kept.path != path);
        self.mappings.extend(map.map(|map| KeptMapping { path: path.to_owned(), map }));
        self.mappings.drain(..self.mappings.len().saturating_sub(MOST_MAPPINGS));
    }

    /// Reads settings; what cannot be understood becomes the default and a problem that says so.
    pub fn from_toml(text: &str, at: &str) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
                let message =
                    format!("The settings could not be read and are the defaults now: {}", error.message());
                return (Self::default(), vec![Problem::warning(message, format!("{at}:{line}"))]);
            }
        };
        let mut settings = Self::default();
        for (key, value) in table {
            if key == "picture"
                && let toml::Value::Table(inner) = &value
            {
                let mut kept = toml::Table::new();
                for (inner_key, value) in inner {
                    if PictureOptions::takes(inner_key, value) {
                        kept.insert(inner_key.clone(), value.clone());
                    } else {
                        let message =
                            format!("picture.{inner_key} = {value} is not understood; the default is used.");
                        problems
                            .push(Problem::warning(message, format!("{at}:{}", line_of(text, inner_key))));
                    }
                }
                settings.picture = toml::Value::Table(kept).try_into().unwrap_or_default();
                continue;
            }
            // One key at a time, so that one bad value does not take the others with it.
            let one = toml::Table::from_iter([(key.clone(), value.clone())]);
            let line = text
                .lines()
                .position(|line| line.trim_start_matches(['[', ' ', '\t']).starts_with(&key))
                .map_or(1, |at| at + 1);
            let place = format!("{at}:{line}");
            let Ok(read) = one.try_into::<Self>() else {
                let message = format!("{key} = {value} is not understood; the default is used.");
                problems.push(Problem::warning(message, place));
                continue;
            };
            match key.as_str() {
                "theme" => settings.theme = read.theme,
                "projector" => settings.projector = read.projector,
                "bookmarks" => settings.bookmarks = read.bookmarks,
                "table_columns" => settings.table_columns = read.table_columns,
                "export_as" => settings.export_as = read.export_as,
                "mappings" => {
                    read.mappings
                        .into_iter()
                        .for_each(|kept| settings.keep_mapping(&kept.path, Some(kept.map)));
                }
                "zoom_percent" => {
                    settings.zoom_percent = read.zoom_percent.clamp(LEAST_ZOOM, MOST_ZOOM);
                    if settings.zoom_percent != read.zoom_percent {
                        let message = format!("zoom_percent is {LEAST_ZOOM} to {MOST_ZOOM}, not {value}.");
                        problems.push(Problem::warning(message, place));
                    }
                }
                _ => {
                    let message = format!("There is no setting called {key}; it is ignored.");
                    problems.push(Problem::warning(message, place));
                }
            }
        }
        (settings, problems)
    }

    /// Writes settings as TOML.
    pub fn to_toml(&self) -> String {
        // Plain values and a list of texts: this cannot fail.
        toml::to_string(self).unwrap_or_default()
    }
}

/// The line on which a key stands, from 1 on.
fn line_of(text: &str, key: &str) -> usize {
    let is_it = |line: &str| line.trim_start_matches(['[', ' ', '\t']).starts_with(key);
    text.lines().position(is_it).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::export::Page;

    #[test]
    fn what_is_written_is_read_again() {
        let settings = Settings {
            theme: ThemeChoice::Light,
            zoom_percent: 150,
            projector: true,
            bookmarks: vec!["atlas:home".to_owned()],
            table_columns: "name,claims".to_owned(),
            export_as: "d2".to_owned(),
            picture: PictureOptions { scale: 3, transparent: true, page: Page::A3, ..Default::default() },
            mappings: vec![KeptMapping {
                path: "/data/a.csv".to_owned(),
                map: "metrics=\"a, b\"|c".to_owned(),
            }],
        };
        assert_eq!(Settings::from_toml(&settings.to_toml(), "s"), (settings, Vec::new()));
    }

    #[test]
    fn the_newest_mappings_are_kept_one_for_each_table() {
        let mut settings = Settings::default();
        for number in 0..300 {
            settings.keep_mapping(&format!("/data/{number}.csv"), Some(format!("metrics=m{number}")));
        }
        settings.keep_mapping("/data/100.csv", Some("metrics=again".to_owned()));
        settings.keep_mapping("/data/299.csv", None);
        assert_eq!(settings.mappings.len(), 199);
        let of = |number: usize| settings.mapping_of(&format!("/data/{number}.csv"));
        assert_eq!(
            [of(99), of(100), of(101), of(299)],
            [None, Some("metrics=again"), Some("metrics=m101"), None]
        );
    }

    #[test]
    fn broken_settings_are_defaults_and_say_where() {
        let cases = [
            ("", 0, Settings::default(), ""),
            ("theme = [", 1, Settings::default(), "s:1"),
            (
                "theme = \"pink\"\nprojector = true",
                1,
                Settings { projector: true, ..Settings::default() },
                "s:1",
            ),
            ("zoom_percent = 999", 1, Settings { zoom_percent: 300, ..Settings::default() }, "s:1"),
            (
                "theme = \"dark\"\nold = 1",
                1,
                Settings { theme: ThemeChoice::Dark, ..Settings::default() },
                "s:2",
            ),
            (
                "projector = true\n[picture]\nscale = 9\ntransparent = true",
                1,
                Settings {
                    projector: true,
                    picture: PictureOptions { transparent: true, ..Default::default() },
                    ..Settings::default()
                },
                "s:3",
            ),
        ];
        for (text, count, expected, at) in cases {
            let (settings, problems) = Settings::from_toml(text, "s");
            assert_eq!((settings, problems.len()), (expected, count), "{text}");
            assert!(problems.iter().all(|problem| problem.at == at), "{problems:?}");
        }
    }
}
