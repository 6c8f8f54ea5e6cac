//! What somebody may have meant by a name that nothing has, for every place where people type names.

/// The answers whose spellings are most like `asked`, at most three, the nearest first; none when none is near.
///
/// `known` are pairs of a spelling and the answer that it stands for.
pub fn nearest<'a>(asked: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let asked = asked.to_lowercase();
    let mut near: Vec<(usize, &str)> = known
        .map(|(spelling, answer)| {
            let spelling = spelling.to_lowercase();
            let is_inside = asked.len() >= 2 && spelling.contains(&asked);
            (if is_inside { 0 } else { distance(&asked, &spelling) }, spelling.chars().count(), answer)
        })
        .filter(|(far, length, _)| *far <= length / 2)
        .map(|(far, _, answer)| (far, answer))
        .collect();
    near.sort_unstable();
    let mut answers = Vec::new();
    for (_, answer) in near {
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    answers.truncate(3);
    answers
}

/// Levenshtein distance in characters, of texts no longer than a name may sensibly be.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_names_come_first_each_once() {
        let known = [("mlflow", "mlflow"), ("MLflow", "mlflow"), ("mlrun", "mlrun"), ("feast", "feast")];
        for (asked, expected) in [
            ("mlfow", &["mlflow"] as &[&str]),
            ("FEATS", &["feast"]),
            ("flow", &["mlflow"]),
            ("kubernetes", &[]),
            ("", &[]),
        ] {
            assert_eq!(nearest(asked, known.into_iter()), expected, "{asked}");
        }
    }
}
