//! The picture that stands beside a report: its name, and a mark by which the program knows its own again.
//!
//! The mark is the last line and holds a checksum of all before it: a picture that somebody has worked on since is theirs,
//! and is not replaced.

/// Stands before the checksum.
const MARK: &str =
    "<!-- The picture of a report, made by MLOps Atlas. Without this line, or changed, it is kept: ";

/// What the picture is called beside a report whose name, without its ending, is this; a number tells it from others.
pub fn picture_name(report: &str, number: u32) -> String {
    match number {
        1 => format!("{report}-picture.svg"),
        number => format!("{report}-picture-{number}.svg"),
    }
}

/// A picture with the mark, for a report of this name, its ending too.
pub fn own_picture(mut svg: Vec<u8>, report: &str) -> Vec<u8> {
    let mark = format!("{MARK}{:016x} -->\n", checksum(&svg, report));
    svg.extend(mark.bytes());
    svg
}

/// Whether a file is such a picture, of a report of this name, and as it was written.
pub fn is_own_picture(bytes: &[u8], report: &str) -> bool {
    let length = MARK.len() + "0123456789abcdef -->\n".len();
    let Some(at) = bytes.len().checked_sub(length) else { return false };
    let (svg, mark) = bytes.split_at(at);
    mark == format!("{MARK}{:016x} -->\n", checksum(svg, report)).as_bytes()
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo): it guards against chance, not against malice.
fn checksum(bytes: &[u8], report: &str) -> u64 {
    let bytes = bytes.iter().copied().chain(report.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_knows_its_own_picture_until_somebody_changes_it() {
        let own = own_picture(b"<svg/>\n".to_vec(), "r.md");
        assert!(is_own_picture(&own, "r.md") && !is_own_picture(&own, "r.txt"));
        let text = String::from_utf8(own).unwrap();
        for other in [
            text.replace("<svg/>", "<svg />"),
            text.replace("<svg/>", "<svg><!-- mine --></svg>"),
            text.trim_end().to_owned(),
            format!("{text}<!-- edited -->"),
            text.lines().next().unwrap().to_owned(),
            String::new(),
        ] {
            assert!(!is_own_picture(other.as_bytes(), "r.md"), "{other}");
        }
    }

    #[test]
    fn the_checksum_is_fnv_1a() {
        // Of the test vectors that its authors publish.
        assert_eq!(checksum(b"", ""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum(b"a", ""), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(checksum(b"foo", "bar"), 0x8594_4171_f739_67e8);
    }
}
