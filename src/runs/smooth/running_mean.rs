//! The mean of a window around every point, at a cost that does not grow with the window.
//!
//! Values are cut into blocks as long as the window; a window then is the end of one block and the beginning of the next, and
//! the sums of both are known (van Herk 1992; Gil and Werman 1993, there for extremes). Nothing is subtracted, so a huge
//! number leaves no error behind its window.

/// The mean of the numbers among `window` points around each number; what is no number stays. `window` is at least 1.
pub fn smoothed(values: &[f64], window: usize) -> Vec<f64> {
    let len = values.len();
    // No window is longer than from one end to the other on both sides.
    let window = window.min(2 * len + 1);
    let (before, behind) = (window / 2, (window - 1) / 2);
    let greatest =
        values.iter().filter(|value| value.is_finite()).fold(0.0_f64, |most, value| most.max(value.abs()));
    // A power of two costs no digit; it keeps sums of the greatest numbers finite.
    let scale = if greatest > 1e280 { 2.0_f64.powi(-64) } else { 1.0 };
    let number = |at: usize| if values[at].is_finite() { values[at] * scale } else { 0.0 };
    let mut to_end = vec![0.0; len];
    let mut from_start = vec![0.0; len];
    let mut counts = Vec::with_capacity(len + 1);
    counts.push(0_usize);
    for at in 0..len {
        let carried = if at % window == 0 { 0.0 } else { from_start[at - 1] };
        from_start[at] = carried + number(at);
        counts.push(counts[at] + usize::from(values[at].is_finite()));
    }
    for at in (0..len).rev() {
        let carried = if at + 1 == len || (at + 1) % window == 0 { 0.0 } else { to_end[at + 1] };
        to_end[at] = carried + number(at);
    }
    let mean = |at: usize| {
        if !values[at].is_finite() {
            return values[at];
        }
        let (first, last) = (at.saturating_sub(before), (at + behind).min(len - 1));
        let sum = match (first / window == last / window, first % window == 0) {
            (true, true) => from_start[last],
            // Cut off by the end of the series, which is the end of this block as well.
            (true, false) => to_end[first],
            (false, _) => to_end[first] + from_start[last],
        };
        sum / (counts[last + 1] - counts[first]) as f64 / scale
    };
    (0..len).map(mean).collect()
}
