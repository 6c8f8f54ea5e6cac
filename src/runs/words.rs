//! The words that a key is made of.

/// The words of a key in small letters: it is divided at everything that is no letter and no digit, and where a capital
/// letter begins a word (`valLoss`, `HTTPTime`).
pub fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in parts(key) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (at, letter) in letters.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| letters[at]);
            let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            let begins = letter.is_uppercase()
                && before.is_some_and(|before| !before.is_uppercase() || (next_is_small && at > 0));
            if begins && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(letter.to_lowercase());
        }
        words.push(word);
    }
    words
}

/// The parts of a key between what is no letter and no digit, as they are spelled.
pub fn parts(key: &str) -> impl Iterator<Item = &str> {
    key.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_divided_where_a_reader_would() {
        for (key, expected) in [
            ("val_loss", vec!["val", "loss"]),
            ("val/Loss.total-x y", vec!["val", "loss", "total", "x", "y"]),
            ("valLoss", vec!["val", "loss"]),
            ("HTTPTime", vec!["http", "time"]),
            ("RMSE", vec!["rmse"]),
            ("mAP50", vec!["m", "ap50"]),
            ("f1Score", vec!["f1", "score"]),
            ("top5_acc", vec!["top5", "acc"]),
            ("__", vec![]),
            ("", vec![]),
            ("größeVerlust", vec!["größe", "verlust"]),
        ] {
            assert_eq!(words(key), expected, "{key}");
        }
    }
}
