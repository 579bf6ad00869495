//! Rows of sheets, each put together when it is looked at: all at once they take ten times the room of the cells.

use std::borrow::Cow;
use std::ops::Range;

use crate::records::Field;
use crate::workbook::{self, Workbook};

/// A row.
pub type Row<'r, 't> = Cow<'r, [Field<'t>]>;

/// The rows of a sheet that hold something.
#[derive(Clone)]
pub enum Rows<'t> {
    /// Those of a text.
    Records(Vec<Vec<Field<'t>>>),
    Cells(&'t Workbook, &'t workbook::Sheet),
}

impl<'t> Rows<'t> {
    pub fn len(&self) -> usize {
        match self {
            Self::Records(all) => all.len(),
            Self::Cells(_, sheet) => sheet.rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, at: usize) -> Option<Row<'_, 't>> {
        match self {
            Self::Records(all) => all.get(at).map(|row| Cow::Borrowed(row.as_slice())),
            Self::Cells(workbook, sheet) => (at < sheet.rows.len()).then(|| Cow::Owned(workbook.record(sheet, at))),
        }
    }

    /// A row; an empty one where there is none.
    pub fn row(&self, at: usize) -> Row<'_, 't> {
        self.get(at).unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_, 't>> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// What stands in the first rows, row by row.
    pub fn fields(&self, rows: usize) -> impl Iterator<Item = Field<'t>> + '_ {
        self.iter().take(rows).flat_map(Cow::into_owned)
    }

    /// The rows from one to another; `None` where there are not so many.
    pub fn part(&self, range: Range<usize>) -> Option<Part<'_, 't>> {
        (range.start <= range.end && range.end <= self.len()).then_some(Part { rows: self, range })
    }
}

/// Some rows of a sheet, one below the other.
#[derive(Clone)]
pub struct Part<'r, 't> {
    rows: &'r Rows<'t>,
    range: Range<usize>,
}

impl<'r, 't> Part<'r, 't> {
    pub fn iter(&self) -> impl Iterator<Item = Row<'r, 't>> + use<'r, 't> {
        let rows = self.rows;
        self.range.clone().filter_map(|at| rows.get(at))
    }

    /// The cells of a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = Cow<'r, Field<'t>>> + use<'r, 't> {
        let rows = self.rows;
        self.range.clone().filter_map(move |at| match rows {
            Rows::Records(all) => all.get(at)?.get(column).map(Cow::Borrowed),
            Rows::Cells(workbook, sheet) => workbook.cell(sheet, at, column).map(Cow::Owned),
        })
    }

    /// How many cells the longest of them has.
    pub fn width(&self) -> Option<usize> {
        let width = |at: usize| match self.rows {
            Rows::Records(all) => all.get(at).map(Vec::len),
            Rows::Cells(_, sheet) => Some(sheet.width(at)),
        };
        self.range.clone().filter_map(width).max()
    }
}

/// The rows of a list: some of a sheet's, in which names are carried down into the cells that are left empty below them.
pub struct Listed<'r, 't> {
    rows: &'r Rows<'t>,
    /// Positions in the sheet.
    kept: Vec<u32>,
    /// The cells that say what one above them says: row, column, and the row above. In order.
    carried: Vec<(usize, usize, usize)>,
}

impl<'r, 't> Listed<'r, 't> {
    pub fn new(rows: &'r Rows<'t>, kept: impl IntoIterator<Item = usize>) -> Self {
        let kept = kept.into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
        Self { rows, kept, carried: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Where a row stands in the sheet.
    pub fn position(&self, row: usize) -> usize {
        self.kept.get(row).map_or(0, |at| *at as usize)
    }

    pub fn row(&self, at: usize) -> Row<'r, 't> {
        let mut row = self.rows.row(self.position(at));
        let first = self.carried.partition_point(|(to, ..)| *to < at);
        for (_, column, from) in self.carried.iter().skip(first).take_while(|(to, ..)| *to == at) {
            let above = self.rows.row(self.position(*from));
            if let (Some(above), Some(field)) = (above.get(*column), row.to_mut().get_mut(*column)) {
                *field = above.clone();
            }
        }
        row
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'r, 't>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// Lets empty cells of a column say what the last cell above them says that is not, in rows that are lines. Whether there were any.
    pub fn carry_down(&mut self, column: usize, is_line: impl Fn(&[Field<'_>]) -> bool) -> bool {
        let (mut last, mut carried) = (None, Vec::new());
        for (at, row) in self.iter().enumerate() {
            match (row.get(column), last) {
                (Some(field), _) if !field.is_blank() => last = Some(at),
                (Some(_), Some(above)) if is_line(&row) => carried.push((at, column, above)),
                _ => {}
            }
        }
        let has_any = !carried.is_empty();
        self.carried.extend(carried);
        self.carried.sort_unstable();
        has_any
    }
}
