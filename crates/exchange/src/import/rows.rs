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

    /// A cell of a row.
    pub fn cell(&self, at: usize, column: usize) -> Option<Cow<'_, Field<'t>>> {
        match self {
            Self::Records(all) => all.get(at)?.get(column).map(Cow::Borrowed),
            Self::Cells(workbook, sheet) => workbook.cell(sheet, at, column).map(Cow::Owned),
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

    pub fn len(&self) -> usize {
        self.range.len()
    }

    pub fn row(&self, at: usize) -> Row<'r, 't> {
        let row = self.range.clone().nth(at);
        row.map_or_else(Row::default, |at| self.rows.row(at))
    }

    /// The first of them, so many at most.
    pub fn first(&self, most: usize) -> Self {
        let end = self.range.end.min(self.range.start.saturating_add(most));
        Self { rows: self.rows, range: self.range.start..end }
    }

    /// The cells of a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = Cow<'r, Field<'t>>> + use<'r, 't> {
        let rows = self.rows;
        self.range.clone().filter_map(move |at| rows.cell(at, column))
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
    /// Columns in which names are carried down, and of each row the one whose cell counts: its own, or one above.
    carried: Vec<(usize, Vec<u32>)>,
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

    /// How many of them stand above a row of the sheet.
    pub fn before(&self, position: usize) -> usize {
        self.kept.partition_point(|kept| (*kept as usize) < position)
    }

    pub fn row(&self, at: usize) -> Row<'r, 't> {
        let position = self.position(at);
        let mut row = self.rows.row(position);
        for (column, from) in &self.carried {
            let from = from.get(at).map_or(position, |from| *from as usize);
            if from == position {
                continue;
            }
            if let (Some(above), Some(field)) = (self.rows.cell(from, *column), row.to_mut().get_mut(*column)) {
                *field = above.into_owned();
            }
        }
        row
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'r, 't>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// Lets empty cells of a column say what the last cell above them says that is not, in rows that are lines. Whether there were any.
    pub fn carry_down(&mut self, column: usize, is_line: impl Fn(&[Field<'_>]) -> bool) -> bool {
        let (mut from, mut last) = (self.kept.clone(), None);
        for (at, from) in from.iter_mut().enumerate() {
            match (self.rows.cell(*from as usize, column), last) {
                (Some(field), _) if !field.is_blank() => last = Some(*from),
                (Some(_), Some(above)) if is_line(&self.row(at)) => *from = above,
                _ => {}
            }
        }
        let has_any = from != self.kept;
        self.carried.extend(has_any.then_some((column, from)));
        has_any
    }
}
