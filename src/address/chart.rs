//! How the charts of a store are drawn.

use crate::runs::group::Spread;
use crate::runs::{Look, Smoothing, XAxis};

/// How the charts of a store are drawn; the same for all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartLook {
    /// Axis and smoothing.
    pub look: Look,
    /// Whether what lies from left to right is drawn by its logarithm.
    pub log_x: bool,
    /// Whether values are drawn by their logarithm.
    pub log_y: bool,
    /// Whether the few values far from all others are left out of sight.
    pub without_outliers: bool,
    /// The columns by which runs are drawn as groups, by MLflow's words; each run for itself where there is none.
    pub group: Vec<String>,
    /// How far the band of a group reaches.
    pub spread: Spread,
    /// The metric whose chart has all the room; all of them where there is none.
    pub alone: Option<String>,
}

/// The bands by their words.
pub const SPREADS: [(&str, Spread, &str); 4] = [
    ("minmax", Spread::MinMax, "least to greatest"),
    ("std", Spread::Std, "± standard deviation"),
    ("stderr", Spread::Stderr, "± standard error"),
    ("ci95", Spread::Ci95, "95 % interval of the mean"),
];

/// `ema:0.6`, `gauss:4`, `mean:11`; empty for none.
pub(super) fn smoothing_word(smoothing: Smoothing) -> String {
    match smoothing {
        Smoothing::None => String::new(),
        Smoothing::Ema(weight) => format!("ema:{weight}"),
        Smoothing::Gaussian(sigma) => format!("gauss:{sigma}"),
        Smoothing::RunningMean(points) => format!("mean:{points}"),
    }
}

/// What [`smoothing_word`] wrote; none for another text.
pub(super) fn read_smoothing(word: &str) -> Option<Smoothing> {
    let (kind, amount) = word.split_once(':')?;
    let number = || amount.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0);
    Some(match kind {
        "ema" => Smoothing::Ema(number().filter(|weight| *weight < 1.0)?),
        "gauss" => Smoothing::Gaussian(number()?),
        "mean" => Smoothing::RunningMean(amount.parse().ok()?),
        _ => return None,
    })
}

/// `relative`, `wall`, `metric:KEY`; empty for steps.
pub(super) fn axis_word(axis: &XAxis) -> String {
    match axis {
        XAxis::Step => String::new(),
        XAxis::Relative => "relative".to_owned(),
        XAxis::Wall => "wall".to_owned(),
        XAxis::Metric(key) => format!("metric:{key}"),
    }
}

/// What [`axis_word`] wrote, and `step`; none for another text.
pub(super) fn read_axis(word: &str) -> Option<XAxis> {
    Some(match word {
        "step" => XAxis::Step,
        "relative" => XAxis::Relative,
        "wall" => XAxis::Wall,
        _ => XAxis::Metric(word.strip_prefix("metric:")?.to_owned()),
    })
}
