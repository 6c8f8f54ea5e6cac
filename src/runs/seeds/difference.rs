//! Whether a metric differs between two groups of runs: Welch's interval of the difference of means.

use crate::runs::{Key, RunSet, student_t};

/// A metric over the runs of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Runs with a finite value.
    pub count: usize,
    /// Runs without one.
    pub missing: usize,
    /// The mean; NaN of none.
    pub mean: f64,
    /// The sample standard deviation, divided by one less than the count; NaN of fewer than two.
    pub std: f64,
}

impl Summary {
    /// Of the latest values of a metric.
    pub fn of(set: &RunSet, rows: &[u32], metric: Key) -> Self {
        let values = rows.iter().map(|row| set.runs.get(*row as usize).and_then(|run| run.metric(metric)));
        Self::of_values(values)
    }

    /// Of these values; what is missing, NaN and infinities are counted and left out.
    pub fn of_values(values: impl Iterator<Item = Option<f64>>) -> Self {
        let (mut missing, mut known) = (0, Vec::new());
        for value in values {
            match value.filter(|value| value.is_finite()) {
                Some(value) => known.push(value),
                None => missing += 1,
            }
        }
        let count = known.len();
        let mean = known.iter().sum::<f64>() / count as f64;
        // The second pass takes away what rounding did to the mean.
        let (squares, rest) = known
            .iter()
            .map(|value| value - mean)
            .fold((0.0, 0.0), |(squares, rest), off| (squares + off * off, rest + off));
        let variance = (squares - rest * rest / count as f64).max(0.0) / count.saturating_sub(1) as f64;
        let std = if count < 2 { f64::NAN } else { variance.sqrt() };
        Self { count, missing, mean, std }
    }

    /// What its count lets nobody say, as a sentence; none from three runs on.
    pub fn caveat(&self) -> Option<&'static str> {
        match self.count {
            0 => Some("No run of the group has a value"),
            1 => Some("One run tells nothing of how far others would lie from it"),
            2 => Some("Two runs cannot tell chance from a difference: run a third seed"),
            _ => None,
        }
    }
}

/// How far the means of two groups lie apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The second mean less the first.
    pub difference: f64,
    /// The 95 % interval of it by Welch: it does not take both groups to spread alike.
    pub interval: [f64; 2],
    /// Degrees of freedom by Welch and Satterthwaite.
    pub degrees: f64,
    /// What the counts let nobody say.
    pub caveat: Option<&'static str>,
}

impl Difference {
    /// Whether the interval leaves zero out, and both groups are large enough to say so.
    pub fn is_told(&self) -> bool {
        self.caveat.is_none() && (self.interval[0] > 0.0 || self.interval[1] < 0.0)
    }
}

/// The difference of a metric from the first group to the second; a sentence where there is none.
pub fn difference(first: &Summary, second: &Summary) -> Result<Difference, &'static str> {
    let of_fewest = if first.count <= second.count { first } else { second };
    let caveat = of_fewest.caveat();
    if of_fewest.count < 2 {
        return Err(caveat.unwrap_or("A group has too few runs"));
    }
    let part = |of: &Summary| of.std * of.std / of.count as f64;
    let (a, b) = (part(first), part(second));
    if a + b == 0.0 {
        return Err("All runs of each group gave the very same value, so chance had no part in it");
    }
    let freedom = |part: f64, of: &Summary| part * part / (of.count - 1) as f64;
    let degrees = (a + b) * (a + b) / (freedom(a, first) + freedom(b, second));
    let difference = second.mean - first.mean;
    let reach = student_t::quantile(0.975, degrees) * (a + b).sqrt();
    Ok(Difference { difference, interval: [difference - reach, difference + reach], degrees, caveat })
}
