//! Workbooks: cells as they are stored, exactly, with their places.
//!
//! A workbook becomes one text, a line a row, in which every cell has its place; what reads tables reads it as it reads CSV. Nothing
//! of a workbook is ever run: formulas are read as texts beside the values that were kept for them, macros and links are left alone.

mod area;
mod biff;
mod binary;
mod builder;
mod cells;
mod check;
mod formula;
mod money;
mod number;
mod ods;
mod package;
mod styles;
mod xlsx;
mod xml;

use std::ops::Range;

use logframe::{CELL_SEPARATOR, Diagnostic, Error, Source, Span};

pub use area::Area;
pub use builder::{MAX_COLUMNS, readable};
use cells::Cell;
pub use cells::Kind;
pub use check::{formulas, is_noise, without_noise};
pub use formula::{Sum, sheets_named};
pub use money::{Money, SIGNS};

use crate::digits::in_ours;
use crate::records::Field;

/// A workbook that was read.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// Its text; places in it are cells.
    pub source: Source,
    pub sheets: Vec<Sheet>,
    /// What was noticed about the file: macros, links, digits beyond what a workbook keeps.
    pub findings: Vec<Diagnostic>,
    /// What stands in the sheet `_plan`, cell by cell, as it is: a plan's own text, where the workbook was made of one.
    pub embedded: Vec<String>,
    /// Whether the texts of its formulas are those of the file. Of an `.xls` they are not always: a library makes them out of codes.
    pub has_formula_texts: bool,
}

/// A sheet, with the cells of its rows that hold something.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    pub rows: Vec<Row>,
    cells: Vec<Cell>,
    /// The formulas by the position of their cell, each with the end of its text among those of all.
    formulas: Vec<(u32, u32)>,
    formula_texts: String,
    /// The currencies that cells are shown in, by where their texts begin.
    money: Vec<(u32, Money)>,
    /// Cells that are shown as one.
    pub merged: Vec<Area>,
    /// Columns that are not shown, from and to.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Where its text begins and ends.
    text: Span,
}

/// A row that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 0.
    pub number: u32,
    pub is_hidden: bool,
    /// Its first cell among those of the sheet.
    first: u32,
}

/// A formula, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula<'s> {
    pub row: u32,
    pub column: u32,
    pub text: &'s str,
}

/// How long in a text what separates cells is.
#[expect(clippy::cast_possible_truncation, reason = "a character has four bytes at most")]
const SEPARATOR: u32 = CELL_SEPARATOR.len_utf8() as u32;

/// What marks a line break in a cell's text.
const LINE_BREAK: char = '⏎';

impl Workbook {
    /// Reads a workbook from the bytes of its file.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with why it is none, or why it is not read.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let read = match Format::of(bytes) {
            Format::Zip => package::Package::open(bytes).and_then(|mut package| {
                if package.has("content.xml") { ods::read(name, &mut package) } else { xlsx::read(name, &mut package) }
            }),
            Format::Compound => binary::xls(name, bytes),
            Format::Encrypted => Err("it is protected by a password; save it without one".to_owned()),
            Format::Other => Err("it is no workbook, whatever its name says".to_owned()),
        };
        read.map_err(|why| Error::Unreadable { name: name.to_owned(), source: std::io::Error::other(why) })
    }

    /// Whether bytes begin as those of a workbook do.
    pub fn is_one(bytes: &[u8]) -> bool {
        Format::of(bytes) != Format::Other
    }

    /// Forgets the texts of formulas; which cells are computed stays known.
    pub fn forget_formulas(&mut self) {
        self.sheets.iter_mut().for_each(|sheet| (sheet.formulas, sheet.formula_texts) = Default::default());
    }

    /// The rows of a sheet as records, those that hold something.
    pub fn records<'b>(&'b self, sheet: &'b Sheet) -> Vec<Vec<Field<'b>>> {
        (0..sheet.rows.len()).map(|row| self.record(sheet, row)).collect()
    }

    /// One of the cells of a row that holds something.
    pub fn cell(&self, sheet: &Sheet, row: usize, column: usize) -> Option<Field<'_>> {
        sheet.cells_in(row, column..column + 1).next().map(|cell| self.field(sheet, cell))
    }

    /// One of the rows that hold something.
    pub fn record<'b>(&'b self, sheet: &Sheet, row: usize) -> Vec<Field<'b>> {
        sheet.cells_of(row).map(|cell| self.field(sheet, cell)).collect()
    }

    fn field(&self, sheet: &Sheet, (kind, span): (Kind, Span)) -> Field<'_> {
        let span = Span::between(span.start() + sheet.text.start(), span.end() + sheet.text.start());
        let text = self.source.slice(span).trim();
        let is_broken = kind == Kind::Text && text.contains(LINE_BREAK);
        let text = if is_broken { text.replace(LINE_BREAK, "\n").into() } else { text.into() };
        let text = if kind == Kind::Text { in_ours(text) } else { text };
        Field { text, span, kind }
    }

    /// The currency that the cell at a place of the text is shown in.
    pub fn money(&self, span: Span) -> Option<Money> {
        let (sheet, start) = self.sheet_at(span)?;
        let at = sheet.money.binary_search_by_key(&start, |(start, _)| *start).ok()?;
        sheet.money.get(at).map(|(_, money)| *money)
    }

    /// Whether what stands at a place in its text is worked out by a formula.
    pub fn is_computed(&self, span: Span) -> bool {
        let cell = self.sheet_at(span).and_then(|(sheet, start)| {
            let next = sheet.cells.partition_point(|cell| cell.start() <= start);
            sheet.cells.get(next.checked_sub(1)?)
        });
        cell.is_some_and(|cell| cell.is_formula())
    }

    /// The sheet that a place in its text is in, and where that begins in the sheet's.
    fn sheet_at(&self, span: Span) -> Option<(&Sheet, u32)> {
        let next = self.sheets.partition_point(|sheet| sheet.text.start() <= span.start());
        let sheet = self.sheets.get(next.checked_sub(1)?)?;
        Some((sheet, span.start() - sheet.text.start()))
    }

    /// The cell at a place, from 0; `None` where nothing is stored there.
    pub fn at(&self, sheet: &Sheet, row: u32, column: u32) -> Option<Field<'_>> {
        self.cell(sheet, sheet.rows.binary_search_by_key(&row, |row| row.number).ok()?, column as usize)
    }
}

impl Sheet {
    /// The cells of a row by their positions.
    fn range(&self, row: usize) -> Range<usize> {
        let first = |row: usize| self.rows.get(row).map_or(self.cells.len(), |row| row.first as usize);
        first(row)..first(row + 1)
    }

    /// How many cells a row has.
    pub fn width(&self, row: usize) -> usize {
        self.range(row).len()
    }

    /// What the cells of a row are, and where in the sheet's text they stand.
    fn cells_of(&self, row: usize) -> impl Iterator<Item = (Kind, Span)> {
        self.cells_in(row, 0..self.width(row))
    }

    /// The same of the cells of some columns: each reaches up to the separator before the next.
    fn cells_in(&self, row: usize, columns: Range<usize>) -> impl Iterator<Item = (Kind, Span)> {
        let own = self.cells.get(self.range(row)).unwrap_or_default();
        let end = self.end_of(row);
        columns.map_while(move |at| {
            let cell = own.get(at)?;
            let end = own.get(at + 1).map_or(end, |next| next.start().saturating_sub(SEPARATOR));
            Some((cell.kind(), Span::between(cell.start(), end)))
        })
    }

    /// Where the text of a row ends: a line break or more before the next.
    fn end_of(&self, row: usize) -> u32 {
        let next = || {
            let (own, next) = (self.rows.get(row)?, self.rows.get(row + 1)?);
            Some(self.cells.get(next.first as usize)?.start().saturating_sub(next.number - own.number))
        };
        next().unwrap_or_else(|| self.text.end().saturating_sub(self.text.start()))
    }

    /// Its formulas, row by row.
    pub fn formulas(&self) -> impl Iterator<Item = Formula<'_>> {
        self.formulas.iter().enumerate().filter_map(|(at, (cell, _))| {
            let row = self.rows.get(self.rows.partition_point(|row| row.first <= *cell).checked_sub(1)?)?;
            Some(Formula { row: row.number, column: cell - row.first, text: self.formula_text(at) })
        })
    }

    /// The text of a formula: it stands behind that of the one before.
    fn formula_text(&self, at: usize) -> &str {
        let end = |at: usize| self.formulas.get(at).map(|(_, end)| *end as usize);
        let start = at.checked_sub(1).and_then(end).unwrap_or_default();
        end(at).and_then(|end| self.formula_texts.get(start..end)).unwrap_or_default()
    }

    /// The formula of a cell.
    pub fn formula(&self, row: u32, column: u32) -> Option<&str> {
        let row = self.rows.get(self.rows.binary_search_by_key(&row, |row| row.number).ok()?)?;
        let at = self.formulas.binary_search_by_key(&(row.first + column), |(cell, _)| *cell).ok()?;
        Some(self.formula_text(at))
    }

    /// Whether a cell is worked out by a formula.
    pub fn is_formula(&self, row: u32, column: u32) -> bool {
        let Ok(row) = self.rows.binary_search_by_key(&row, |row| row.number) else { return false };
        self.range(row).nth(column as usize).and_then(|at| self.cells.get(at)).is_some_and(|cell| cell.is_formula())
    }

    /// The columns in which something is stored in one of the rows that hold something.
    pub fn filled(&self, row: usize) -> impl Iterator<Item = u32> {
        let cells = (0..).zip(self.cells_of(row));
        cells.filter(|(_, (kind, _))| *kind != Kind::Blank).map(|(column, _)| column)
    }

    /// How many of its cells are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.cells.iter().filter(|cell| cell.kind() == kind).count()
    }

    /// The rows from one number to another, as positions.
    fn rows_in(&self, from: u32, to: u32) -> Range<usize> {
        self.rows.partition_point(|row| row.number < from)..self.rows.partition_point(|row| row.number <= to)
    }
}

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Office Open XML or `OpenDocument`.
    Zip,
    /// The compound files of older Excels.
    Compound,
    /// A compound file that holds an encrypted workbook.
    Encrypted,
    Other,
}

impl Format {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'P', b'K', 3, 4, ..] => Self::Zip,
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => {
                // The names of what a compound file holds are UTF-16.
                let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
                let is_encrypted = bytes.windows(name.len()).take(1 << 22).any(|window| window == name);
                if is_encrypted { Self::Encrypted } else { Self::Compound }
            }
            _ => Self::Other,
        }
    }
}
