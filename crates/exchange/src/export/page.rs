//! Sheets put together: a title, a line about it, headings, rows.

use super::formula::At;
use super::model::{Cell, Column, Look, Origin, Part, Sheet, SheetKind, Style, Value};

/// The row of the headings of every table.
const HEAD: u32 = 3;

/// The first row of every table.
pub const FIRST: u32 = HEAD + 1;

impl Cell {
    /// A text; blank where it is empty.
    pub fn text(text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Blank } else { Value::Text(text) };
        Self { value, style: Style { look, part: Part::Body }, ..Self::default() }
    }

    /// An id.
    pub fn id(id: &str) -> Self {
        Self::text(id, Look::Id)
    }

    /// A text that can be missing.
    pub fn maybe(text: Option<&str>) -> Self {
        Self::text(text.unwrap_or_default(), Look::Text)
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        Self { value: Value::Number(number.into()), style: Style { look: Look::Count, part: Part::Body }, ..Self::default() }
    }

    /// What is printed as none.
    pub fn dash() -> Self {
        Self::text(logframe::Cell::NONE, Look::Right)
    }

    /// The same, showing a value of the plan.
    #[must_use]
    pub fn of(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// The same in a row of totals.
    #[must_use]
    pub fn total(self) -> Self {
        Self { style: Style { part: Part::TotalRow, ..self.style }, ..self }
    }

    /// The same in a column of totals.
    #[must_use]
    pub fn total_beside(self) -> Self {
        Self { style: Style { part: Part::TotalColumn, ..self.style }, ..self }
    }
}

/// A column with its heading.
pub struct Head {
    column: Column,
    heading: Cell,
}

impl Head {
    /// A column of texts.
    pub fn text(key: &'static str, heading: impl Into<String>, width: u16) -> Self {
        Self::new(key, Cell::text(heading, Look::Heading), width)
    }

    /// A column of numbers.
    pub fn number(key: &'static str, heading: impl Into<String>, width: u16) -> Self {
        Self::new(key, Cell::text(heading, Look::NumberHeading), width)
    }

    /// The same, folded away.
    pub fn folded(mut self) -> Self {
        self.column.is_folded = true;
        self
    }

    /// A column whose heading is another cell than a text.
    pub fn new(key: &'static str, heading: Cell, width: u16) -> Self {
        Self { column: Column { key, width, is_folded: false }, heading }
    }
}

/// A sheet that is one table.
pub struct Page {
    sheet: Sheet,
}

impl Page {
    pub fn new(name: &str, kind: SheetKind, title: &str, note: &str, heads: Vec<Head>) -> Self {
        let (columns, headings) = heads.into_iter().map(|head| (head.column, head.heading)).unzip();
        let rows = vec![vec![Cell::text(title, Look::Title)], vec![Cell::text(note, Look::Note)], Vec::new(), headings];
        let header_row = Some(HEAD);
        Self { sheet: Sheet { columns, header_row, rows, ..Sheet::new(name, kind) } }
    }

    /// Keeps the first columns in view.
    pub fn frozen(mut self, columns: u16) -> Self {
        self.sheet.frozen_columns = columns;
        self
    }

    /// Cells above the headings.
    pub fn above(&mut self, cells: &[Cell]) {
        self.sheet.rows.get_mut(2).into_iter().for_each(|row| *row = cells.to_vec());
    }

    /// Moves what stands above the headings to the second column: the first is repeated on every page, and would show where it begins.
    pub fn indent(&mut self) {
        self.sheet.rows.iter_mut().take(HEAD as usize).for_each(|row| row.insert(0, Cell::default()));
    }

    /// The number of the row that comes next.
    pub fn next(&self) -> u32 {
        u32::try_from(self.sheet.rows.len()).unwrap_or(u32::MAX)
    }

    /// The place of a column in the row that comes next.
    pub fn at(&self, column: u16) -> At {
        At::new(self.next(), column)
    }

    /// A row of the table.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.sheet.rows.push(row);
        self.sheet.body_rows = self.next() - FIRST;
    }

    /// A row of the table that is made when it is wanted.
    pub fn push_later(&mut self) {
        self.push(Vec::new());
    }

    /// A row of totals, which nobody filters or sorts; all its cells look so.
    pub fn push_total(&mut self, row: Vec<Cell>) {
        self.push_beside(row.into_iter().map(Cell::total).collect());
    }

    /// A row that is no part of the table.
    pub fn push_beside(&mut self, row: Vec<Cell>) {
        self.sheet.rows.push(row);
    }

    /// Whether the table has rows.
    pub fn is_empty(&self) -> bool {
        self.next() <= FIRST
    }

    /// The sheet, without the columns of these keys that hold nothing.
    pub fn without_empty(mut self, keys: &[&str]) -> Self {
        let gone: Vec<bool> =
            self.empty_columns().zip(&self.sheet.columns).map(|(empty, c)| empty && keys.contains(&c.key)).collect();
        let keep = |at: usize| !gone.get(at).copied().unwrap_or_default();
        let mut at = 0..;
        self.sheet.columns.retain(|_| at.next().is_some_and(keep));
        for row in self.sheet.rows.iter_mut().skip(HEAD as usize) {
            let mut at = 0..;
            row.retain(|_| at.next().is_some_and(keep));
        }
        self
    }

    fn empty_columns(&self) -> impl Iterator<Item = bool> {
        let body = self.sheet.rows.get(FIRST as usize..).unwrap_or_default();
        let is_blank = |at: usize| body.iter().all(|row| row.get(at).is_none_or(|cell| cell.value == Value::Blank));
        (0..self.sheet.columns.len()).map(is_blank)
    }

    pub fn sheet(self) -> Sheet {
        self.sheet
    }
}

/// So many blank cells that look like text.
pub fn blanks(count: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_n(Cell::default(), count)
}
