//! What is declared about a table, where it is not left to the table itself.

use std::convert::Infallible;
use std::str::FromStr;

use logframe::reconciliation::HowPrinted;

use crate::numbers::Convention;
use crate::separator::Separator;

/// What is declared about a table. What is left out is found out, or refused where it cannot be.
///
/// ```
/// use logframe_exchange::{Options, Pick, Totals};
/// let mut options = Options::default();
/// options.totals = Totals::None;
/// options.total_row = "TOTAL".parse().unwrap();
/// assert_eq!(options.total_row, Pick::Line("TOTAL".to_owned()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The sheet, in a workbook; where it is left out, the one that holds most figures.
    pub sheet: Option<String>,
    /// What stands between cells.
    pub separator: Option<Separator>,
    /// How numbers are written.
    pub numbers: Option<Convention>,
    /// Whether there are column names.
    pub header: Header,
    /// How many columns at the left hold labels.
    pub labels: Option<usize>,
    /// Which lines are totals, as a whole.
    pub totals: Totals,
    /// The row of totals.
    pub total_row: Pick,
    /// The column of totals.
    pub total_column: Pick,
    /// Whether every line but that of the column names is a row of figures, even where nothing stands in it: none is a title, a
    /// heading or a remark, and no column is left out for being empty.
    pub every_row: bool,
    /// How figures are to be read.
    pub how: HowPrinted,
}

/// Whether a table has column names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// As the first lines look.
    #[default]
    Auto,
    /// It has one line of them.
    Present,
    /// It has none.
    Absent,
}

/// Which lines are totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// Those that say so, or whose figures show it; subtotals likewise.
    #[default]
    Auto,
    /// None.
    None,
    /// The last row.
    LastRow,
    /// The last column.
    LastColumn,
    /// The last row and the last column.
    Last,
}

/// Which line is the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// As [`Totals`] says.
    #[default]
    Auto,
    /// None.
    None,
    /// The last.
    Last,
    /// The one at this position among those that hold figures: from 0, or from -1 back where it is negative.
    At(isize),
    /// The one of this name, or else of this number, from 1, among those that hold figures.
    Line(String),
}

impl FromStr for Pick {
    type Err = Infallible;

    /// `auto`, `none`, `last`, or a name or number.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "auto" => Self::Auto,
            "none" => Self::None,
            "last" => Self::Last,
            other => Self::Line(other.to_owned()),
        })
    }
}

impl Options {
    /// Which row is the total, with [`Totals`] taken into account.
    pub(crate) fn row(&self) -> Pick {
        match (&self.total_row, self.totals) {
            (Pick::Auto, Totals::None | Totals::LastColumn) => Pick::None,
            (Pick::Auto, Totals::LastRow | Totals::Last) => Pick::Last,
            (pick, _) => pick.clone(),
        }
    }

    /// Which column is the total, with [`Totals`] taken into account.
    pub(crate) fn column(&self) -> Pick {
        match (&self.total_column, self.totals) {
            (Pick::Auto, Totals::None | Totals::LastRow) => Pick::None,
            (Pick::Auto, Totals::LastColumn | Totals::Last) => Pick::Last,
            (pick, _) => pick.clone(),
        }
    }
}
