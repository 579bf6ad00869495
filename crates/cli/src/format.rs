//! How tables are written.

use clap::ValueEnum;
use logframe::table::{Table, html_page};

use crate::streams::printable;

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal
    Text,
    /// For documents
    Markdown,
    /// A whole page for a browser
    Html,
    /// For spreadsheets: plain digits
    Csv,
    /// For programs: amounts as strings
    Json,
}

impl Format {
    /// One table, for a terminal of so many columns.
    pub fn write(self, table: &Table, width: usize) -> String {
        match self {
            Self::Text => printable(&table.text(width)),
            Self::Markdown => printable(&table.markdown()),
            Self::Html => html_page(&table.title, &table.html()),
            Self::Csv => table.csv(),
            Self::Json => table.json(),
        }
    }

    /// Whether a total belongs under the lines: programs add up by themselves.
    pub fn is_for_people(self) -> bool {
        !matches!(self, Self::Csv | Self::Json)
    }
}
