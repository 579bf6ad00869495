//! Sheets while they are read: their text, their cells, and what bounds both.

use logframe::{CELL_SEPARATOR, Diagnostic, Severity, Source, Span};

use super::cells::Cell;
use super::money::Money;
use super::number::{Stored, per_cent, stored};
use super::{Kind, LINE_BREAK, Row, Sheet, Workbook};

/// Rows of a sheet, at most: those of Excel.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns of a sheet, at most: those of Excel.
pub const MAX_COLUMNS: u32 = 16_384;
/// Cells of a workbook that are read, at most, blank ones between others included.
const MAX_CELLS: usize = 8_000_000;
/// Bytes of text of a workbook, at most.
const MAX_TEXT: usize = 128 * 1024 * 1024;
const _: () = assert!(MAX_TEXT < Cell::MOST);
/// Findings that are kept at most.
const MAX_FINDINGS: usize = 100;

/// The sheet that a plan's own text is kept in.
pub const EMBEDDED: &str = "_plan";

/// A workbook under way.
#[derive(Default)]
pub struct Builder {
    sheets: Vec<(Sheet, String)>,
    cells: usize,
    text: usize,
    /// Bytes of the texts of formulas, of all sheets.
    formulas: usize,
    /// Cells with digits beyond those that are kept: sheet, and the place in its text.
    beyond: Vec<(usize, Span)>,
    notes: Vec<String>,
    /// What stands in the cells of the sheet that a plan is embedded in, as it is.
    embedded: Vec<String>,
    /// Of the sheet under way: the row that its next cell is in, from 0, and whether it has begun.
    row: (u32, bool),
    is_hidden: bool,
}

impl Builder {
    pub fn sheet(&mut self, name: &str, is_hidden: bool) {
        self.sheets.push((Sheet { name: name.to_owned(), is_hidden, ..Sheet::default() }, String::new()));
        self.row = (0, false);
    }

    /// The sheet under way.
    pub fn current(&mut self) -> Option<&mut Sheet> {
        self.sheets.last_mut().map(|(sheet, _)| sheet)
    }

    /// Something to be told about the file.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Goes on to a row, from 0.
    pub fn row(&mut self, number: u32, is_hidden: bool) -> Result<(), String> {
        let last = self.sheets.last().and_then(|(sheet, _)| sheet.rows.last());
        if number >= MAX_ROWS {
            return Err(format!("it has more than {MAX_ROWS} rows"));
        }
        if last.is_some_and(|last| number <= last.number) {
            return Err(format!("row {} stands after row {}", number + 1, last.map_or(0, |last| last.number + 1)));
        }
        (self.row, self.is_hidden) = ((number, false), is_hidden);
        Ok(())
    }

    /// A number of the current row as it is stored. A formula's result is told from what was typed.
    pub fn number(&mut self, column: u32, raw: &str, is_percent: bool, is_computed: bool) -> Result<(), String> {
        let read = if is_percent { per_cent(raw) } else { stored(raw) };
        let Some(Stored { text, is_beyond }) = read else { return self.cell(column, Kind::Text, raw) };
        if is_percent {
            self.cell(column, Kind::Percent, &format!("{text}%"))?;
        } else {
            self.cell(column, Kind::Number, &text)?;
        }
        if let (true, false, Some((sheet, own))) = (is_beyond, is_computed, self.sheets.last()) {
            let start = sheet.cells.last().map_or(own.len(), |cell| cell.start() as usize);
            self.beyond.push((self.sheets.len() - 1, Span::new(start..own.len())));
        }
        Ok(())
    }

    /// A number of the current row that is shown as true, or as false where it is zero.
    pub fn truth(&mut self, column: u32, raw: &str) -> Result<(), String> {
        let is_false = stored(raw).is_some_and(|number| number.text == "0");
        self.cell(column, Kind::Truth, if is_false { "FALSE" } else { "TRUE" })
    }

    /// A cell of the current row; cells come from left to right, those between them are blank.
    pub fn cell(&mut self, column: u32, kind: Kind, text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(format!("it has more than {MAX_COLUMNS} columns"));
        }
        if self.sheets.last().is_some_and(|(sheet, _)| sheet.name == EMBEDDED) {
            self.text += text.len();
            self.embedded.push(text.to_owned());
            return if self.text > MAX_TEXT { Err("it has more text than is read".to_owned()) } else { Ok(()) };
        }
        let (number, is_hidden) = (self.row.0, self.is_hidden);
        let is_new = !std::mem::replace(&mut self.row.1, true);
        let Some((sheet, own)) = self.sheets.last_mut() else { return Err("it has no sheets".to_owned()) };
        let before = (own.len(), sheet.cells.len());
        if is_new {
            let blank = number - sheet.rows.last().map_or(0, |last| last.number);
            own.extend(std::iter::repeat_n('\n', blank as usize));
            sheet.rows.push(Row { number, is_hidden, first: clamp(sheet.cells.len()) });
        }
        let first = sheet.rows.last().map_or(0, |row| row.first as usize);
        let width = sheet.cells.len() - first;
        if width > column as usize {
            return Err(format!("the cells of row {} are in disorder", number + 1));
        }
        for at in width..=column as usize {
            if at > 0 {
                own.push(CELL_SEPARATOR);
            }
            sheet.cells.push(Cell::new(own.len(), if at == column as usize { kind } else { Kind::Blank }));
        }
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            own.push_str(text);
        } else {
            own.extend(text.chars().filter(|c| *c != '\r').map(plain));
        }
        self.text += own.len() - before.0;
        self.cells += sheet.cells.len() - before.1;
        if self.text > MAX_TEXT || self.cells > MAX_CELLS {
            return Err(format!("it has more than {MAX_CELLS} cells, or more text than is read"));
        }
        Ok(())
    }

    /// The currency that the cell that came last is shown in.
    pub fn money(&mut self, money: Option<Money>) {
        if let (Some(money), Some((sheet, _))) = (money, self.sheets.last_mut()) {
            let start = sheet.cells.last().map_or(0, |cell| cell.start());
            sheet.money.push((start, money));
        }
    }

    /// The formula of the cell that came last. Texts beyond what is read are not kept.
    pub fn formula(&mut self, text: &str) {
        let Some((sheet, _)) = self.sheets.last_mut() else { return };
        let at = clamp(sheet.cells.len().saturating_sub(1));
        let Some(cell) = sheet.cells.last_mut() else { return };
        *cell = cell.of_formula();
        let before = self.formulas;
        self.formulas = before.saturating_add(text.len());
        if self.formulas <= MAX_TEXT {
            sheet.formula_texts.push_str(text);
            sheet.formulas.push((at, clamp(sheet.formula_texts.len())));
        } else if before <= MAX_TEXT {
            self.note(
                "it has more text of formulas than is read: what the rest of them say is not looked at, only what they came to",
            );
        }
    }

    /// The workbook.
    pub fn finish(self, name: &str) -> Workbook {
        let (mut sheets, mut texts): (Vec<Sheet>, Vec<String>) = self.sheets.into_iter().unzip();
        // The larger a piece was that was given back, the larger are those that an allocator keeps from then on.
        texts.iter_mut().for_each(String::shrink_to_fit);
        let lengths: Vec<usize> = texts.iter().map(String::len).collect();
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let (source, starts) = Source::of_sheets(name, names.iter().map(String::as_str).zip(texts));
        for ((sheet, start), length) in sheets.iter_mut().zip(&starts).zip(lengths) {
            sheet.text = Span::between(*start, *start + clamp(length));
            sheet.cells.shrink_to_fit();
            sheet.formulas.shrink_to_fit();
            sheet.formula_texts.shrink_to_fit();
            sheet.money.shrink_to_fit();
        }
        let note = |note: String| Diagnostic::new("workbook", Severity::Note, note).at(None, name, "");
        let mut findings: Vec<Diagnostic> = self.notes.into_iter().map(note).collect();
        let beyond = self.beyond.into_iter().take(MAX_FINDINGS).map(|(sheet, span)| {
            let start = starts.get(sheet).copied().unwrap_or_default();
            let span = Span::between(span.start() + start, span.end() + start);
            let message = format!("the cell holds more than 15 significant digits, and is read as {}", source.slice(span));
            Diagnostic::new("beyond-15-digits", Severity::Warning, message)
                .at(Some(span), "the cell", "")
                .help("spreadsheets keep 15; a longer amount has to be a text")
        });
        findings.extend(beyond);
        Workbook { source, sheets, findings, embedded: self.embedded, has_formula_texts: true }
    }
}

/// A text as it is found in a cell that it was written into: a tab is a space there, as what has no sign at all is a mark for it.
pub fn readable(text: &str) -> String {
    let as_read = text.chars().filter(|c| *c != '\r').map(plain).map(|c| if c == LINE_BREAK { '\n' } else { c });
    as_read.collect::<String>().trim().to_owned()
}

/// A character as it stands in the text of a sheet.
fn plain(c: char) -> char {
    match c {
        '\n' => LINE_BREAK,
        CELL_SEPARATOR => '|',
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
