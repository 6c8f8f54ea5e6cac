//! Rows of CSV as bytes come, by `csv-core`: quoted fields may hold line ends, lines may end in any way, and nothing
//! grows without bound.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{MOST_COLUMNS, MOST_LINE};

/// The commas that are looked for.
pub(in crate::store::runs) const COMMAS: [u8; 3] = [b',', b';', b'\t'];

/// What came of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A row is whole: see [`Rows::fields`].
    Row,
    /// All bytes are used.
    More,
    /// The row is longer than a row may be.
    TooLong,
}

/// Splits bytes into rows.
pub(super) struct Rows {
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    written: usize,
    fields: usize,
    /// Bytes of the row that is being read.
    taken: usize,
}

impl Rows {
    /// For a table with this comma, at the beginning of a row.
    pub fn new(comma: u8) -> Self {
        let mut rows = Self {
            core: ReaderBuilder::new().delimiter(comma).build(),
            text: vec![0; 4_096],
            ends: vec![0; 64],
            written: 0,
            fields: 0,
            taken: 0,
        };
        // The mark of a text's beginning is a letter like any other in its midst, and `csv-core` takes it away from the
        // first row that it sees.
        rows.take(b"x\n");
        rows.next();
        rows
    }

    /// Whether no row has begun.
    pub fn is_between(&self) -> bool {
        self.taken == 0
    }

    /// Takes bytes until a row is whole, or those of empty lines alone. Returns how many were used.
    pub fn take(&mut self, bytes: &[u8]) -> (Step, usize) {
        let mut used = 0;
        loop {
            if self.taken == 0 {
                // Empty lines, and what is left of the end of the line before: no row begins with them.
                let blank = bytes[used..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                if blank > 0 || bytes.is_empty() {
                    return (Step::More, blank);
                }
            }
            let (result, read, written, fields) = self.core.read_record(
                &bytes[used..],
                &mut self.text[self.written..],
                &mut self.ends[self.fields..],
            );
            used += read;
            self.taken += read;
            self.written += written;
            self.fields += fields;
            match result {
                _ if self.taken > MOST_LINE => return (Step::TooLong, used),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return (Step::More, used),
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.fields > MOST_COLUMNS => {
                    return (Step::TooLong, used);
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return (Step::Row, used),
            }
        }
    }

    /// The end of the text: a row that has begun ends here.
    pub fn end(&mut self) -> Step {
        while !self.is_between() {
            let (result, _, written, fields) =
                self.core.read_record(&[], &mut self.text[self.written..], &mut self.ends[self.fields..]);
            self.written += written;
            self.fields += fields;
            match result {
                ReadRecordResult::Record => return Step::Row,
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Step::More,
            }
        }
        Step::More
    }

    /// The bytes of all fields without quotes, and where each of them ends.
    pub fn fields(&self) -> (&[u8], &[usize]) {
        (&self.text[..self.written], &self.ends[..self.fields])
    }

    /// Begins the next row.
    pub fn next(&mut self) {
        (self.written, self.fields, self.taken) = (0, 0, 0);
    }
}

/// The first rows of a text that may be cut off anywhere: only whole rows, at most `most`; and where the first one ends.
pub(in crate::store::runs) fn first_rows(bytes: &[u8], comma: u8, most: usize) -> (Vec<Vec<String>>, usize) {
    let (mut rows, mut found, mut used, mut end_of_first) = (Rows::new(comma), Vec::new(), 0, 0);
    while found.len() < most && used < bytes.len() {
        let (step, more) = rows.take(&bytes[used..]);
        used += more;
        match step {
            Step::Row => {}
            Step::More if rows.is_between() => continue,
            Step::More | Step::TooLong => break,
        }
        let (text, ends) = rows.fields();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let field = |(start, end): (usize, &usize)| String::from_utf8_lossy(&text[start..*end]).into_owned();
        found.push(starts.zip(ends).map(field).collect());
        if found.len() == 1 {
            end_of_first = used;
        }
        rows.next();
    }
    (found, end_of_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows of a text that comes in pieces of this size.
    fn rows(text: &str, piece: usize) -> Vec<Vec<String>> {
        let (mut rows, mut found) = (Rows::new(b','), Vec::new());
        let mut push = |rows: &mut Rows| {
            let (text, ends) = rows.fields();
            let mut start = 0;
            found.push(
                ends.iter()
                    .map(|end| {
                        String::from_utf8_lossy(&text[std::mem::replace(&mut start, *end)..*end]).into_owned()
                    })
                    .collect(),
            );
            rows.next();
        };
        for bytes in text.as_bytes().chunks(piece) {
            let mut used = 0;
            while used < bytes.len() {
                let (step, more) = rows.take(&bytes[used..]);
                used += more;
                if step == Step::Row {
                    push(&mut rows);
                }
            }
        }
        if rows.end() == Step::Row {
            push(&mut rows);
        }
        found
    }

    #[test]
    fn rows_are_the_same_in_whatever_pieces_they_come() {
        let text = "a,\"b, \"\"c\"\"\"\r\n\r\n1,\"two\nlines\"\n,\n2,3\r4,5";
        let whole = rows(text, text.len());
        assert_eq!(
            whole,
            [["a", "b, \"c\""], ["1", "two\nlines"], ["", ""], ["2", "3"], ["4", "5"]]
                .map(|row| row.map(String::from).to_vec())
        );
        for piece in 1..text.len() {
            assert_eq!(rows(text, piece), whole, "{piece}");
        }
    }

    /// Found by chance: what a file holds does not depend on where its reading was taken up.
    #[test]
    fn a_mark_of_order_in_the_midst_is_a_letter() {
        let text = "\u{feff},1\n\u{feff}a,2\n";
        let expected = [["\u{feff}", "1"], ["\u{feff}a", "2"]].map(|row| row.map(String::from).to_vec());
        assert_eq!(rows(text, text.len()), expected);
        assert_eq!(rows(text, 1), expected);
    }

    #[test]
    fn a_row_without_an_end_is_not_kept_for_ever() {
        let mut rows = Rows::new(b',');
        let piece = vec![b'x'; 1 << 20];
        assert_eq!(rows.take(b"\"").0, Step::More);
        let outcome = (0..64).map(|_| rows.take(&piece).0).find(|step| *step != Step::More);
        assert_eq!(outcome, Some(Step::TooLong));
        let mut rows = Rows::new(b',');
        assert_eq!(rows.take(&vec![b','; MOST_COLUMNS * 4]).0, Step::TooLong);
    }
}
