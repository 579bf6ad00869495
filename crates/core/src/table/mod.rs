//! Tables as data: columns, rows, cells. Each renderer is one file and one method.

mod csv;
mod html;
mod json;
mod markdown;
mod text;

use crate::decimal::{Decimal, NumberStyle};

pub(crate) use html::escaped;
pub use html::page as html_page;

/// A table: what a report returns, ready to be rendered.
///
/// ```
/// use logframe::table::{Cell, Column, Table};
/// let mut table = Table::new("Two offices", vec![Column::text("office", "Office"), Column::number("total", "Total")]);
/// table.push(vec![Cell::text("North"), Cell::number("1250.50".parse()?)]);
/// table.push(vec![Cell::text("South"), Cell::None]);
/// assert_eq!(table.csv(), "office,total\nNorth,1250.50\nSouth,-\n");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Row>,
    /// Remarks that belong under it.
    pub notes: Vec<String>,
    /// How its numbers are shown to people; files for programs always have plain digits.
    pub style: NumberStyle,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { title: title.into(), columns, rows: Vec::new(), notes: Vec::new(), style: NumberStyle::default() }
    }

    /// Adds a row. Cells that are too few are absent, those too many are dropped.
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.push_row(cells, false);
    }

    /// Adds a row that is set apart as a total.
    pub fn push_total(&mut self, cells: Vec<Cell>) {
        self.push_row(cells, true);
    }

    fn push_row(&mut self, mut cells: Vec<Cell>, is_total: bool) {
        cells.resize(self.columns.len(), Cell::Absent);
        self.rows.push(Row { cells, is_total });
    }

    /// A cell as people read it.
    fn shown(&self, cell: &Cell) -> String {
        // A terminal must not obey what a plan says: line breaks become blanks, other control characters a sign that they are there.
        let harmless = |c: char| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        };
        match cell {
            Cell::Text(text) => text.chars().map(harmless).collect(),
            Cell::Number { value, mark } => format!("{}{mark}", value.grouped(self.style)),
            Cell::Share { value, mark } => format!("{}%{mark}", value.grouped(self.style)),
            Cell::None => "-".to_owned(),
            Cell::Absent => String::new(),
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name in files for programs: short, stable.
    pub key: String,
    /// Its heading for people.
    pub heading: String,
    /// Whether its cells are numbers, and stand on the right.
    pub is_number: bool,
}

impl Column {
    /// A column of texts.
    pub fn text(key: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { key: key.into(), heading: heading.into(), is_number: false }
    }

    /// A column of numbers.
    pub fn number(key: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { key: key.into(), heading: heading.into(), is_number: true }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
    /// Whether it is a total.
    pub is_total: bool,
}

/// What a cell holds. Zero, none and absent are three things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// An exact number, with a mark that refers to a note, or an empty one.
    Number {
        /// The number.
        value: Decimal,
        /// A mark such as `*`, shown to people only.
        mark: &'static str,
    },
    /// An exact share in per cent.
    Share {
        /// Per cent.
        value: Decimal,
        /// A mark such as `*`, shown to people only.
        mark: &'static str,
    },
    /// Printed as none.
    None,
    /// Not given.
    Absent,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number without a mark.
    pub fn number(value: Decimal) -> Self {
        Self::Number { value, mark: "" }
    }

    /// The cell for programs: plain digits, `-` for none, nothing for absent.
    fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number { value, .. } | Self::Share { value, .. } => value.to_string(),
            Self::None => "-".to_owned(),
            Self::Absent => String::new(),
        }
    }
}
