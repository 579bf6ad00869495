//! CSV text as records of fields with their places: the only file that knows `csv_core`.

use std::borrow::Cow;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use logframe::Span;

use crate::cell::Seen;
use crate::digits::in_ours;
use crate::workbook::Kind;

/// Cells that a table has at most: what bounds memory on hostile input.
pub const MAX_CELLS: usize = 2_000_000;

/// What stands between two separators, without the blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'t> {
    pub text: Cow<'t, str>,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// What it is in a workbook; a text in a file of texts.
    pub kind: Kind,
}

impl Field<'_> {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Why it is no number though it might be one, where its kind tells.
    pub fn why_no_number(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Error if self.text.starts_with('=') => {
                Some("the formula was never calculated; open the file in a spreadsheet and save it")
            }
            Kind::Error => Some("it is what a formula gives that fails"),
            Kind::Date => Some("it is a day"),
            Kind::Truth => Some("it is true or false"),
            Kind::Blank | Kind::Text | Kind::Number | Kind::Percent => None,
        }
    }

    /// What it says. A number of a workbook is one whatever convention its texts follow; a day or an error is none.
    pub fn seen(&self) -> Seen<'_> {
        match self.kind {
            Kind::Blank | Kind::Text => Seen::of(&self.text),
            Kind::Number | Kind::Percent => Seen::stored(&self.text),
            Kind::Date | Kind::Truth | Kind::Error => Seen::Words,
        }
    }
}

/// The records of a text. Empty lines are none.
#[derive(Clone, Debug, Default)]
pub struct Records<'t> {
    pub all: Vec<Vec<Field<'t>>>,
    /// A quote that is opened and never closed.
    pub unclosed: Option<Span>,
    /// Whether there are more cells than are read.
    pub is_too_large: bool,
}

/// Splits a text; `most` is how many cells are read at most.
pub fn records(text: &str, separator: u8, most: usize) -> Records<'_> {
    let reader = ReaderBuilder::new().delimiter(separator).build();
    let mut fields = Fields { text, reader, at: 0, buffer: vec![0; text.len()], separator: char::from(separator) };
    let (mut records, mut record, mut cells) = (Records::default(), Vec::new(), 0);
    while let Some((field, is_last)) = fields.next() {
        let quotes = text.get(field.span.range()).unwrap_or_default();
        if quotes.starts_with('"') && quotes.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            records.unclosed = Some(field.span);
        }
        record.push(field);
        if is_last {
            records.all.push(std::mem::take(&mut record));
        }
        cells += 1;
        if cells >= most {
            records.is_too_large = true;
            break;
        }
    }
    records
}

struct Fields<'t> {
    text: &'t str,
    reader: Reader,
    at: usize,
    /// As long as the text, so that every field fits.
    buffer: Vec<u8>,
    separator: char,
}

impl<'t> Fields<'t> {
    /// The next field, and whether it is the last of its record.
    fn next(&mut self) -> Option<(Field<'t>, bool)> {
        let (start, mut written) = (self.at, 0);
        loop {
            let (input, output) = (self.text.as_bytes().get(self.at..)?, self.buffer.get_mut(written..)?);
            let (result, read, wrote) = self.reader.read_field(input, output);
            (self.at, written) = (self.at + read, written + wrote);
            match result {
                // Nothing more comes: the next call is told so by an empty input.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::Field { record_end } => return Some((self.field(start, written, record_end), record_end)),
                ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
            }
        }
    }

    fn field(&self, start: usize, written: usize, is_last: bool) -> Field<'t> {
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let raw = if is_last { raw } else { raw.strip_suffix(self.separator).unwrap_or(raw) };
        let shown = raw.trim();
        let from = start + (raw.len() - raw.trim_start().len());
        let span = Span::new(from..from + shown.len());
        if !shown.contains('"') {
            return Field { text: in_ours(Cow::Borrowed(shown)), span, kind: Kind::Text };
        }
        let bytes = self.buffer.get(..written).unwrap_or_default();
        Field { text: in_ours(Cow::Owned(String::from_utf8_lossy(bytes).trim().to_owned())), span, kind: Kind::Text }
    }
}

#[cfg(test)]
mod tests {
    use logframe::Source;

    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let all = records(text, b',', MAX_CELLS).all;
        all.into_iter().map(|record| record.into_iter().map(|field| field.text.into_owned()).collect()).collect()
    }

    #[test]
    fn quotes_line_breaks_and_doubled_quotes_are_read() {
        assert_eq!(texts("a,\"b, \"\"c\"\"\nd\"\r\n\r\n1 , 2\n"), [vec!["a", "b, \"c\"\nd"], vec!["1", "2"]]);
        assert_eq!(texts("a,\n,b"), [["a", ""], ["", "b"]]);
    }

    #[test]
    fn the_place_of_a_field_is_right_after_quotes_line_breaks_and_carriage_returns() {
        let text = "é,\"two\nlines\",x\r\n\r\n\"1,5\", 27 ,z";
        let source = Source::new("t.csv", text);
        let records = records(source.text(), b',', MAX_CELLS).all;
        let place = |record: usize, field: usize| {
            let span = records[record][field].span;
            let at = source.position(span.start());
            (at.line, at.column, source.slice(span).to_owned())
        };
        assert_eq!(place(0, 1), (1, 3, "\"two\nlines\"".to_owned()));
        assert_eq!(place(0, 2), (2, 8, "x".to_owned()));
        assert_eq!(place(1, 0), (4, 1, "\"1,5\"".to_owned()));
        assert_eq!(place(1, 1), (4, 8, "27".to_owned()));
        assert_eq!(place(1, 2), (4, 12, "z".to_owned()));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_noticed() {
        assert!(records("a,b\n1,\"2\n3,4\n", b',', MAX_CELLS).unclosed.is_some());
        assert!(records("a,b\n1,\"2\"\"\"\n3,4\n", b',', MAX_CELLS).unclosed.is_none());
    }

    #[test]
    fn no_more_cells_are_read_than_allowed() {
        let records = records("1,2,3,4,5,6\n", b',', 4);
        assert!(records.is_too_large && records.all.is_empty());
    }
}
