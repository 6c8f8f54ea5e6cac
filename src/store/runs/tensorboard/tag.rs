//! A tag of a run, with its points as columns.

use std::sync::Arc;

use crate::runs::{LeftOut, Point, Series};
use crate::shown::{clipped, one_line};

/// What the values of a tag are; told by the name of their plugin, which comes with the first of them only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No plugin was named.
    Unnamed,
    Scalars,
    Text,
    Histograms,
    Images,
    Audio,
    /// What is not read.
    Other,
}

impl Kind {
    fn of(plugin: &[u8]) -> Self {
        match plugin {
            b"scalars" => Self::Scalars,
            b"text" => Self::Text,
            b"histograms" => Self::Histograms,
            b"images" => Self::Images,
            b"audio" => Self::Audio,
            _ => Self::Other,
        }
    }
}

/// What a value of a scalar tag is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    /// A point, and whether a date can show its time.
    Point(Point, bool),
    /// No number, at a step.
    Odd(i64),
}

/// Points in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    steps: Vec<i64>,
    times: Vec<i64>,
    values: Vec<f64>,
    beyond: usize,
    left_out: Option<LeftOut>,
}

impl Points {
    /// Takes a value in.
    pub fn take(&mut self, found: Found) {
        match found {
            Found::Point(point, is_shown) => {
                self.steps.push(point.step);
                self.times.push(point.time);
                self.values.push(point.value);
                self.beyond += usize::from(!is_shown);
            }
            Found::Odd(step) => {
                let odd = LeftOut { count: 1, first_step: Some(step) };
                self.left_out = Some(self.left_out.map_or(odd, |before| before.and(odd)));
            }
        }
    }

    /// Whether nothing was taken in.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.left_out.is_none()
    }

    /// The sorted series.
    pub fn series(&self) -> Series {
        let Self { steps, times, values, .. } = self.clone();
        let series = Series::from_columns(steps, times, values);
        Series { beyond: self.beyond, left_out: self.left_out, ..series }
    }
}

/// A tag.
#[derive(Debug)]
pub(super) struct Tag {
    pub name: Arc<str>,
    pub kind: Kind,
    /// The plugin of what is not read.
    pub other: Option<Box<str>>,
    points: Points,
    /// The last point, in the order of the files, and the number of its file.
    latest: Option<(u32, f64)>,
}

impl Tag {
    /// Without any value.
    pub fn new(name: Arc<str>) -> Self {
        Self { name, kind: Kind::Unnamed, other: None, points: Points::default(), latest: None }
    }

    /// The first plugin that is named counts.
    pub fn name_kind(&mut self, plugin: &[u8]) {
        if self.kind == Kind::Unnamed {
            self.kind = Kind::of(plugin);
            let is_unread = self.kind == Kind::Other && plugin != b"hparams";
            let name = || one_line(&clipped(&String::from_utf8_lossy(plugin))).into_owned();
            self.other = is_unread.then(|| name().into());
        }
    }

    /// Takes a value of a file in; returns how many points are kept more.
    pub fn take(&mut self, found: Found, file: u32, keeps: bool) -> usize {
        let is_point = matches!(found, Found::Point(..));
        if let Found::Point(point, _) = found
            && self.latest.is_none_or(|(latest, _)| latest <= file)
        {
            self.latest = Some((file, point.value));
        }
        if keeps || !is_point {
            self.points.take(found);
        }
        usize::from(keeps && is_point)
    }

    /// Lets go of the points.
    pub fn let_go(&mut self) {
        self.points = Points { left_out: self.points.left_out, ..Points::default() };
    }

    /// The value that was written last.
    pub fn latest(&self) -> Option<f64> {
        self.latest.map(|(_, value)| value)
    }

    /// The points that are kept.
    pub fn points(&self) -> &Points {
        &self.points
    }
}
