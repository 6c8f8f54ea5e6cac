//! Words: phrases that say nothing, and texts that say the same.

use std::collections::BTreeSet;

/// Phrases that nobody can check. They match whole words, whatever the case, hyphens like spaces.
const GENERIC: &[&str] = &[
    "easy to use",
    "ease of use",
    "user friendly",
    "intuitive",
    "effortless",
    "effortlessly",
    "seamless",
    "seamlessly",
    "powerful",
    "robust",
    "popular",
    "is widely used",
    "are widely used",
    "is widely adopted",
    "are widely adopted",
    "well known",
    "large community",
    "active community",
    "vibrant community",
    "strong community",
    "learning curve",
    "rich ecosystem",
    "large ecosystem",
    "feature rich",
    "state of the art",
    "cutting edge",
    "best in class",
    "world class",
    "industry standard",
    "enterprise grade",
    "next generation",
    "battle tested",
    "blazing fast",
    "blazingly fast",
    "lightning fast",
    "highly scalable",
];

/// Words that do not tell two texts apart.
const STOP: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "does", "each", "for", "from", "has",
    "have", "in", "into", "is", "it", "its", "no", "not", "of", "on", "one", "only", "or", "so", "than",
    "that", "the", "their", "them", "then", "there", "they", "this", "to", "was", "when", "which", "while",
    "with", "without",
];

/// From this share of common words on, two claims count as the same one said twice.
const ALIKE: f64 = 0.6;

/// The lower-case words of a text, everything between letters and digits being space.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The first phrase in the text that says nothing.
pub(super) fn generic(text: &str) -> Option<&'static str> {
    let spaced = format!(" {} ", words(text).join(" "));
    GENERIC.iter().find(|phrase| spaced.contains(&format!(" {phrase} "))).copied()
}

/// Whether two texts share at least 60 % of their telling words (Jaccard index of the word sets).
pub(super) fn alike(a: &str, b: &str) -> bool {
    let telling =
        |text| words(text).into_iter().filter(|w| !STOP.contains(&w.as_str())).collect::<BTreeSet<_>>();
    let (a, b) = (telling(a), telling(b));
    let (common, all) = (a.intersection(&b).count(), a.union(&b).count());
    all > 0 && common as f64 >= ALIKE * all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_phrases_are_generic() {
        for (text, phrase) in [
            ("Has a Large Community behind it.", Some("large community")),
            ("A state-of-the-art solver.", Some("state of the art")),
            ("A steep learning curve.", Some("learning curve")),
            ("Popular with teams.", Some("popular")),
            ("Measures the robustness of classifiers.", None),
            ("Unpopular labels are dropped below 1 %.", None),
            ("It is widely used.", Some("is widely used")),
            ("Improvements of a widely used method count too.", None),
            ("A community of large banks funds it.", None),
        ] {
            assert_eq!(generic(text), phrase, "{text}");
        }
    }

    #[test]
    fn texts_are_alike_from_three_fifths_of_common_words_on() {
        // Five words in all, three of them common: 0.6. Stop words do not count.
        assert!(alike("The scheduler needs PostgreSQL.", "A scheduler needs PostgreSQL for four workers."));
        // Six in all, three common: 0.5.
        assert!(!alike(
            "The scheduler needs PostgreSQL.",
            "A scheduler needs PostgreSQL for four idle workers."
        ));
        assert!(!alike("the of", "to a"), "no telling word, nothing to compare");
    }
}
