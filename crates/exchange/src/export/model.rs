//! The workbook of a plan as data: sheets of cells, each with its place, its value, its look, and what of the plan it shows.

use logframe::{Decimal, Id};

/// The workbook of a plan, as it is written and as it is compared with when it comes back. Equal plans have equal books.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Book {
    /// Its title: that of the plan.
    pub title: String,
    /// Its sheets, in order; the one that holds the plan itself is last and hidden.
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// The sheet of a name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

/// A sheet. Rows and columns are counted from 0, as places in [`Book`] are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sheet {
    /// Its name: unique, and one that a spreadsheet takes.
    pub name: String,
    /// What kind of sheet it is.
    pub kind: SheetKind,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The row of the headings, where the sheet is one table.
    pub header_row: Option<u32>,
    /// How many rows under the headings belong to the table, totals not counted: what can be filtered.
    pub body_rows: u32,
    /// How many columns stay in view when the others move.
    pub frozen_columns: u16,
    /// All rows from the first of the sheet on, title and headings among them. A row may be shorter than the table is wide.
    pub rows: Vec<Vec<Cell>>,
    /// What may be typed where.
    pub validations: Vec<Validation>,
    /// Whether only cells that are to be filled in can be changed, until somebody takes the protection away: it has no password.
    pub is_protected: bool,
}

impl Sheet {
    /// A sheet on which nothing stands.
    pub(super) fn new(name: &str, kind: SheetKind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            columns: Vec::new(),
            header_row: None,
            body_rows: 0,
            frozen_columns: 0,
            rows: Vec::new(),
            validations: Vec::new(),
            is_protected: false,
        }
    }

    /// The cell at a place; `None` beyond what is written.
    pub fn cell(&self, row: u32, column: u16) -> Option<&Cell> {
        self.rows.get(usize::try_from(row).ok()?)?.get(usize::from(column))
    }

    /// Every cell with its row and its column, blank ones too.
    pub fn cells(&self) -> impl Iterator<Item = (u32, u16, &Cell)> {
        let rows = (0..).zip(&self.rows);
        rows.flat_map(|(row, cells)| (0..).zip(cells).map(move |(column, cell)| (row, column, cell)))
    }

    /// The first row under the headings.
    pub fn first_row(&self) -> u32 {
        self.header_row.map_or(0, |row| row + 1)
    }
}

/// What a sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SheetKind {
    /// The plan in a few figures.
    Summary,
    /// Results and indicators.
    Results,
    /// Offices by outcomes and budget heads.
    Budget,
    /// What is given for results deeper than those.
    Allocations,
    /// Budget lines.
    Lines,
    /// Exchange rates.
    Rates,
    /// Cost categories by offices.
    Categories,
    /// Offices by years.
    Years,
    /// What donors promised and gave.
    Funding,
    /// The money of one office.
    Office,
    /// Sustainable Development Goals.
    Sdg,
    /// What the document prints about its own numbers.
    Checks,
    /// What lists to choose from offer.
    Lists,
    /// The plan's own text, which nobody is shown.
    Plan,
}

/// What may be typed into cells under each other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validation {
    /// Their column.
    pub column: u16,
    /// Their first row.
    pub first_row: u32,
    /// Their last row.
    pub last_row: u32,
    /// What may be typed.
    pub allowed: Allowed,
    /// What is said to whoever types something else.
    pub message: &'static str,
}

/// What may be typed into a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Allowed {
    /// What stands in cells, written as a formula writes their places.
    Cells(String),
    /// Some words are offered, and others may be typed.
    Suggested(Vec<&'static str>),
    /// A number that is not below zero.
    NotNegative,
    /// A number from 0 to 100.
    Percent,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name for programs: that of the plan's key, where it shows one.
    pub key: &'static str,
    /// How wide it is, in characters.
    pub width: u16,
    /// Whether it is folded away: it holds nothing yet, and can be opened to be filled in.
    pub is_folded: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// How it looks.
    pub style: Style,
    /// What of the plan it shows, where a reader may change that here. A computed cell has none, and neither has a copy.
    pub origin: Option<Origin>,
    /// A remark at it.
    pub remark: Option<&'static str>,
}

/// What stands in a cell. Nothing, zero and the `-` of none are three things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// A text; that of an amount with more digits than a spreadsheet keeps is one as well.
    Text(String),
    /// A number of at most 15 significant digits, which a spreadsheet keeps exactly.
    Number(Decimal),
    /// A formula.
    Formula {
        /// As it is stored: without the equals sign, in English, with commas.
        text: String,
        /// What it shows.
        shows: Shown,
    },
}

impl Value {
    /// The number that is shown, whether it is written or computed.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Formula { shows: Shown::Number(number), .. } => Some(*number),
            _ => None,
        }
    }
}

impl Value {
    /// The text of a formula.
    pub(crate) fn formula(&self) -> Option<&str> {
        if let Self::Formula { text, .. } = self { Some(text) } else { None }
    }
}

/// What a formula shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// The `-` of none.
    Dash,
    /// Nothing.
    Nothing,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Style {
    /// What it looks like.
    pub look: Look,
    /// Whether it is a total, or to be filled in.
    pub part: Part,
}

/// Which part of a table a cell stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// None that is set apart.
    #[default]
    Body,
    /// A column of totals.
    TotalColumn,
    /// A row of totals.
    TotalRow,
    /// A cell to be filled in.
    Input,
    /// A cell among those that works itself out.
    Computed,
}

/// What a cell looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Look {
    /// Text that is wrapped.
    #[default]
    Text,
    /// The title of a sheet.
    Title,
    /// A line under the title.
    Note,
    /// The name of what stands beside it.
    Label,
    /// The name of a part of the sheet.
    Section,
    /// The heading of a column of texts.
    Heading,
    /// The heading of a column of numbers.
    NumberHeading,
    /// An id, which a spreadsheet must not take for a number.
    Id,
    /// The `-` of none, and an amount that is written as text: on the right, as numbers are.
    Right,
    /// A number with so many decimals.
    Number(u8),
    /// A count or a year, without separators.
    Count,
    /// A number that is not there yet: it is shown as it will be typed.
    Typed,
    /// A verdict that all is well.
    Good,
    /// A verdict that something is not certain.
    Doubtful,
    /// A verdict that something is wrong.
    Bad,
}

/// Which value of the plan a cell shows. Positions are counted from 0, in the order of the plan; keys are those of the plan file, with a
/// point between a table and what stands in it (`duration.from`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A key of the plan's head.
    Header(&'static str),
    /// A key of an office.
    Office {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// A key of an outcome, output, activity or budget head.
    Result {
        /// Its position in [`Plan::nodes`](logframe::Plan::nodes).
        node: usize,
        /// The key; of `assumptions` and `sdgs`, each stands on a line of its own.
        key: &'static str,
    },
    /// A key of an indicator.
    Indicator {
        /// The outcome or output that it measures, as a position in [`Plan::nodes`](logframe::Plan::nodes).
        node: usize,
        /// Its position among the indicators of that.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// What an office is given for a result. A blank cell is not given.
    Allocation {
        /// The office.
        office: Id,
        /// The result or budget head.
        result: Id,
    },
    /// A key of a budget line.
    Line {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// A key of a cost category of the plan's own.
    Category {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// A key of an exchange rate.
    Rate {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// A key of a donor.
    Donor {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// A key of what a donor promised or gave.
    Funding {
        /// Its position.
        at: usize,
        /// The key.
        key: &'static str,
    },
    /// The value of a declared figure.
    Declared {
        /// Its position in [`Plan::statements`](logframe::Plan::statements).
        statement: usize,
    },
}
