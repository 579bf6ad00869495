//! Sheets of which rows are made when they are wanted: all cells of a hundred thousand lines are never there at one time.

use std::borrow::Cow;
use std::ops::Range;

use super::model::{Cell, Sheet, Value};

/// What makes a row by its number; `None` for one that is there.
type Later<'c> = Box<dyn Fn(u32) -> Option<Vec<Cell>> + Send + Sync + 'c>;

/// A sheet as it is laid out.
pub struct Laid<'c> {
    /// All of it but the cells of rows that are made later, which are empty here.
    pub sheet: Sheet,
    later: Later<'c>,
    folds: bool,
}

impl From<Sheet> for Laid<'_> {
    fn from(sheet: Sheet) -> Self {
        Self::new(sheet, |_| None)
    }
}

impl<'c> Laid<'c> {
    pub fn new(sheet: Sheet, later: impl Fn(u32) -> Option<Vec<Cell>> + Send + Sync + 'c) -> Self {
        Self { sheet, later: Box::new(later), folds: false }
    }

    /// With columns that hold nothing folded away.
    pub fn folded(self) -> Self {
        Self { folds: true, ..self }
    }

    /// Rows with their numbers, each made when it is asked for.
    pub fn rows(&self, rows: Range<u32>) -> impl Iterator<Item = (u32, Cow<'_, [Cell]>)> {
        let there = self.sheet.rows.iter().skip(rows.start as usize).map(Vec::as_slice);
        let row = |(number, there)| (number, (self.later)(number).map_or(Cow::Borrowed(there), Cow::Owned));
        rows.zip(there).map(row)
    }

    /// The sheet with all its rows.
    pub fn whole(mut self) -> Sheet {
        let mut filled = Filled::default();
        let rows = self.rows(0..u32::MAX).map(|(number, row)| {
            filled.see(&self.sheet, number, &row);
            row.into_owned()
        });
        let rows = rows.collect();
        self.fold(&filled);
        Sheet { rows, ..self.sheet }
    }

    /// Folds away what holds nothing, once that is known.
    pub fn fold(&mut self, filled: &Filled) {
        let holds = filled.0.iter().copied().chain(std::iter::repeat(false));
        let columns = self.sheet.columns.iter_mut().zip(holds).filter(|_| self.folds);
        columns.for_each(|(column, holds)| column.is_folded = !holds);
    }
}

/// Which columns hold something under their headings.
#[derive(Default)]
pub struct Filled(Vec<bool>);

impl Filled {
    /// Looks at a row.
    pub fn see(&mut self, sheet: &Sheet, number: u32, row: &[Cell]) {
        if number >= sheet.first_row() {
            self.add(row.iter().map(|cell| cell.value != Value::Blank));
        }
    }

    /// What others hold, too.
    pub fn append(&mut self, other: &Self) {
        self.add(other.0.iter().copied());
    }

    fn add(&mut self, holds: impl ExactSizeIterator<Item = bool>) {
        self.0.resize(self.0.len().max(holds.len()), false);
        self.0.iter_mut().zip(holds).for_each(|(all, holds)| *all |= holds);
    }
}
