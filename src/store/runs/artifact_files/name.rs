//! What the name of an artifact's file tells: what it is, and of a logged image its step and time.

use crate::runs::ArtifactKind;

/// By the ending.
pub(super) fn kind_of(name: &str) -> ArtifactKind {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match end.as_deref() {
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "svg" | "tif" | "tiff" | "avif") => {
            ArtifactKind::Image
        }
        Some("wav" | "mp3" | "ogg" | "flac" | "m4a" | "aac" | "opus") => ArtifactKind::Audio,
        Some("mp4" | "webm" | "mov" | "avi" | "mkv") => ArtifactKind::Video,
        Some("csv" | "tsv" | "parquet" | "arrow" | "feather") => ArtifactKind::Table,
        Some(
            "txt" | "md" | "markdown" | "json" | "jsonl" | "yaml" | "yml" | "toml" | "ini" | "cfg" | "log"
            | "html" | "htm" | "xml" | "py" | "ipynb" | "sh" | "sql" | "tex" | "rst" | "patch" | "diff",
        ) => ArtifactKind::Text,
        _ => ArtifactKind::File,
    }
}

/// The step and the time, in microseconds since 1970, in the name of an image that was logged by key and step:
/// `key+step+N+timestamp+MS+id.png`, with `%` for `+` before 2.15.
pub(super) fn logged_at(name: &str) -> (Option<i64>, Option<i64>) {
    let after = |word: &str| {
        ['+', '%'].into_iter().find_map(|mark| {
            let (_, rest) = name.rsplit_once(&format!("{mark}{word}{mark}"))?;
            rest.split(mark).next()?.parse::<i64>().ok()
        })
    };
    match (after("step"), after("timestamp")) {
        (Some(step), Some(ms)) => (Some(step), ms.checked_mul(1_000)),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kind_step_and_time() {
        let image = "samples+step+1+timestamp+1795403472771+18eba8ae-e98c-4903-b80f-3beaa9fb61f3.png";
        assert_eq!(kind_of(image), ArtifactKind::Image);
        assert_eq!(logged_at(image), (Some(1), Some(1_795_403_472_771_000)));
        assert_eq!(logged_at("a%step%-2%timestamp%5%x+compressed.webp"), (Some(-2), Some(5_000)));
        assert_eq!(logged_at("a+step+1.png"), (None, None));
        assert_eq!(
            (kind_of("CONF.JSON"), kind_of("model"), kind_of("a.b.Csv")),
            (ArtifactKind::Text, ArtifactKind::File, ArtifactKind::Table)
        );
    }
}
