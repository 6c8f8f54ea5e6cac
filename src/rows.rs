//! Tables as rows: the one form in which any of them is taken away, and the one writer of CSV.

mod stem;

use crate::shown::markdown;

pub use stem::{LONGEST_STEM, stem, stem_of};

/// A table with its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The cells of each row, as many as the head has.
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    /// One line a row, after one for the head; no cell is a formula.
    pub fn csv(&self) -> String {
        let lines = std::iter::once(&self.head).chain(&self.rows);
        lines.map(csv_line).collect()
    }

    /// A table in Markdown with its head; a cell is one line, and no letter of it is markup.
    pub fn markdown(&self) -> String {
        let mut out = markdown_line(&self.head);
        out.push('|');
        out.extend(self.head.iter().map(|_| " --- |"));
        out.push('\n');
        self.rows.iter().for_each(|row| out.push_str(&markdown_line(row)));
        out
    }
}

fn markdown_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| markdown(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// One line of CSV as RFC 4180 wants it, with a line feed. What a spreadsheet would compute begins with an apostrophe.
pub fn csv_line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_cell(&mut out, cell.as_ref());
    }
    out.push('\n');
    out
}

/// A number begins with its sign and computes nothing, so it stays what it is; so do the infinities.
fn push_cell(out: &mut String, text: &str) {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let guard = if is_formula { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        out.extend(["\"", guard, &text.replace('"', "\"\""), "\""]);
    } else {
        out.extend([guard, text]);
    }
}

/// A number that is read back as the very same one: `0.1`, `3.0`, `1e-7`, `NaN`, `Infinity`, `-Infinity`.
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        format!("{value:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_csv_is_read_back_and_computes_nothing() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (" blank", "\" blank\""),
            ("=1+1", "'=1+1"),
            ("@SUM(1,2)", "\"'@SUM(1,2)\""),
            ("\t=1", "\"'\t=1\""),
            ("-1+1", "'-1+1"),
            ("-A1", "'-A1"),
            ("+", "'+"),
            ("--lr=1", "'--lr=1"),
            ("-1", "-1"),
            ("-2.5e-7", "-2.5e-7"),
            ("-Infinity", "-Infinity"),
            ("", ""),
        ] {
            assert_eq!(csv_line([cell, "end"]), format!("{written},end\n"));
        }
    }

    #[test]
    fn the_head_comes_first_and_is_no_formula_either() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = Rows { head: row(["a", "=b"]), rows: vec![row(["1", "2,5"])] };
        assert_eq!(rows.csv(), "a,'=b\n1,\"2,5\"\n");
    }

    #[test]
    fn a_table_in_markdown_keeps_its_columns_whatever_stands_in_its_cells() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = Rows {
            head: row(["tool", "a|b"]),
            rows: vec![row(["two\nlines", "*x* `|`"]), row(["", "<b>=1</b>"])],
        };
        let expected =
            "| tool | a\\|b |\n| --- | --- |\n| two lines | \\*x\\* \\`\\|\\` |\n|  | \\<b\\>=1\\</b\\> |\n";
        assert_eq!(rows.markdown(), expected);
    }

    #[test]
    fn numbers_are_whole_in_every_digit() {
        for (value, text) in [
            (0.1, "0.1"),
            (3.0, "3.0"),
            (-0.25, "-0.25"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "1e-7"),
            (1e300, "1e300"),
            (f64::NAN, "NaN"),
            (-f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
