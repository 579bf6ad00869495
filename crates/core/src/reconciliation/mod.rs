//! Reconciliation in words: a system of figures with the names and places of the document they come from.
//!
//! [`crossfoot`](crate::crossfoot) decides about numbers. A [`Subject`] says what each number is called and where it stands, so
//! that what was decided can be told to a budget officer.

mod answer;
mod errors;
mod html;
mod json;
mod plan;
mod repair;
mod table;
mod text;
mod words;

use crate::crossfoot::{Reason, System};
use crate::decimal::NumberStyle;
use crate::plan::Plan;
use crate::source::Span;

pub use answer::{Cause, Range, Reconciliation, SumLine};
pub use table::{HowPrinted, LineSum, PrintedCell, PrintedTable};
pub use text::Text;
pub(crate) use words::Words;

/// Figures with their names and places.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Subject {
    /// What it is as a whole, in words: the plan's title, the file's name.
    pub title: String,
    /// The figures and what they should obey.
    pub system: System,
    /// One entry a figure of the system.
    pub figures: Vec<Named>,
    /// One entry a sum of the system.
    pub sums: Vec<Named>,
    /// How numbers are written.
    pub style: NumberStyle,
    /// Whether it is declared by which rule figures were rounded. Where it is not, they are taken to the nearest unit, and all
    /// other rules are tried as well.
    pub is_rule_declared: bool,
    /// The figures as the table they were printed in, where they were: rows of columns of figures, by position.
    pub layout: Option<Layout>,
}

/// What a figure or a sum is called, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// In words: `Colombia / Integration`, `row Colombia`, `the grand total`.
    pub words: String,
    /// Where it is printed, in words, where that has to be told apart: `main table`.
    pub place: String,
    /// Where it stands in the source text.
    pub span: Option<Span>,
    /// Ids that name it for programs and for `--range`: the office's, the result's.
    pub ids: Vec<String>,
    /// What is seen there, if it is a figure.
    pub in_print: InPrint,
}

/// What is seen in the place of a figure. What that means as an amount is declared; it is another thing than what is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InPrint {
    /// A number.
    #[default]
    Number,
    /// None: a dash.
    None,
    /// Nothing.
    Nothing,
    /// Words for "not available".
    NotAvailable,
}

impl InPrint {
    /// Its name in kebab case, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::None => "none",
            Self::Nothing => "nothing",
            Self::NotAvailable => "not-available",
        }
    }
}

impl Named {
    /// Whether it is a share and no amount.
    pub(crate) fn is_share(&self) -> bool {
        self.ids.iter().any(|id| id == "share")
    }
}

/// The table that figures were printed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows: a name and a figure a column, by position in the system; `None` where nothing stands.
    pub rows: Vec<(String, Vec<Option<usize>>)>,
    /// Which columns are totals.
    pub total_columns: Vec<usize>,
    /// Which rows are totals.
    pub total_rows: Vec<usize>,
}

impl Layout {
    /// The total of what is named: `row=Ecuador`, `column=Data`, `total`.
    fn total(&self, name: &str) -> Option<usize> {
        let row = name.strip_prefix("row=").map(|name| self.rows.iter().position(|row| row.0 == name));
        let column = name.strip_prefix("column=").map(|name| self.columns.iter().position(|column| column == name));
        let (row, column) = match (row, column) {
            (Some(row), _) => (row?, *self.total_columns.last()?),
            (_, Some(column)) => (*self.total_rows.last()?, column?),
            _ if name == "total" => (*self.total_rows.last()?, *self.total_columns.last()?),
            _ => return None,
        };
        *self.rows.get(row)?.1.get(column)?
    }
}

impl Plan {
    /// The system behind the plan: one figure an allocation, one a declared figure, one a cell that is not given.
    ///
    /// # Errors
    /// A [`Reason`] where a figure has more digits than can be held.
    pub fn subject(&self) -> Result<Subject, Reason> {
        let (subject, refusal) = plan::of(self);
        refusal.map_or(Ok(subject), Err)
    }
}
