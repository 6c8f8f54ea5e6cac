//! What a file is called: a title as a name that every system takes.

use unicode_script::{Script, UnicodeScript as _};

/// Longer names are cut, counted in bytes: most file systems take 255, dialogs and mails show less.
pub const LONGEST_STEM: usize = 80;

/// A title as a part of a file's name, without an ending: letters and digits of any script in lower case.
///
/// Single hyphens stand between them, and there are at most [`LONGEST_STEM`] bytes. Where the title has no letter, it is
/// `otherwise`, which must be a stem itself.
pub fn stem(title: &str, otherwise: &str) -> String {
    let stem = within(LONGEST_STEM, title).unwrap_or_else(|| otherwise.to_owned());
    // On Windows these are devices, whatever ending follows.
    if is_device(&stem) { format!("{stem}-file") } else { stem }
}

/// Whether Windows keeps a name for a device.
fn is_device(stem: &str) -> bool {
    let numbered =
        |word: &str| stem.strip_prefix(word).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// The same of a title and of what is asked of it, which stays whole as far as half of the room goes:
/// `rag-operations-findings`.
pub fn stem_of(title: &str, aside: &str, otherwise: &str) -> String {
    let Some(aside) = within(LONGEST_STEM / 2, aside) else { return stem(title, otherwise) };
    let main = within(LONGEST_STEM - aside.len() - 1, title).unwrap_or_else(|| otherwise.to_owned());
    format!("{main}-{aside}")
}

/// At most so many bytes; none where the title has no letter.
fn within(most: usize, title: &str) -> Option<String> {
    let mut stem = String::new();
    let mut is_cut = false;
    for letter in title.chars() {
        let before = stem.len();
        if letter.is_alphanumeric() {
            stem.extend(letter.to_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push(if belongs_to_letter(letter) { letter } else { '-' });
        }
        if stem.len() > most {
            // A letter is in the name as a whole or not at all, and so is a word, as long as words have a usual length.
            is_cut = stem[before..] != *"-";
            stem.truncate(before);
            break;
        }
    }
    if is_cut && let Some(end) = stem.rfind('-').filter(|end| *end > most / 2) {
        stem.truncate(end);
    }
    let stem = stem.trim_end_matches('-');
    (!stem.is_empty()).then(|| stem.to_owned())
}

/// Whether it is a mark that the letter before it needs: a vowel sign, an accent, what joins letters. What no script has for
/// itself is a blank, punctuation or a symbol.
fn belongs_to_letter(letter: char) -> bool {
    !letter.is_ascii() && !matches!(letter.script(), Script::Common | Script::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_title_is() {
        for (title, name) in [
            ("MLflow + Airflow (self-hosted)", "mlflow-airflow-self-hosted"),
            ("Überblick: données/שלום", "überblick-données-שלום"),
            ("../../etc/passwd", "etc-passwd"),
            ("atlas:landscape/tool?id=x", "atlas-landscape-tool-id-x"),
            ("特徴量ストア 2", "特徴量ストア-2"),
            ("हिन्दी मॉडल।", "हिन्दी-मॉडल"),
            ("cafe\u{301} — \u{202e}txt", "cafe\u{301}-txt"),
            ("\u{301}–_  ", "view"),
            ("", "view"),
            ("Nul", "nul-file"),
            ("COM1", "com1-file"),
            ("Com 1", "com-1"),
            ("Console", "console"),
        ] {
            assert_eq!(stem(title, "view"), name, "{title:?}");
        }
    }

    #[test]
    fn what_is_asked_of_a_title_stays_in_its_name() {
        for (title, aside, name) in [
            ("RAG, with operations", "Findings", "rag-with-operations-findings"),
            ("RAG", "", "rag"),
            ("RAG", " – ", "rag"),
            ("", "findings", "view-findings"),
        ] {
            assert_eq!(stem_of(title, aside, "view"), name);
        }
        let long = stem_of(&"word ".repeat(50), &"aside ".repeat(50), "view");
        assert!(long.starts_with("word-word-") && long.ends_with("-aside-aside"), "{long}");
        assert!(long.len() <= LONGEST_STEM, "{long}");
    }

    #[test]
    fn a_long_title_ends_with_a_whole_word_within_eighty_bytes() {
        let words = "twelve bytes ".repeat(20);
        let cut = stem(&words, "view");
        assert_eq!(cut, "twelve-bytes-twelve-bytes-twelve-bytes-twelve-bytes-twelve-bytes-twelve-bytes");
        let exact = format!("{} b", "a".repeat(LONGEST_STEM));
        assert_eq!(stem(&exact, "view"), "a".repeat(LONGEST_STEM));
        // One word without an end is cut where a letter ends.
        for (letter, count) in [("ü", 40), ("語", 26), ("🙂x", 40)] {
            let cut = stem(&letter.repeat(500), "view");
            assert!(cut.len() <= LONGEST_STEM, "{} bytes", cut.len());
            assert_eq!(cut.chars().filter(|letter| *letter != '-').count(), count, "{cut}");
        }
    }
}
