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
        self.write_all(&table.title, std::slice::from_ref(table), width)
    }

    /// Tables one after the other, a page for a browser under a title; in JSON one as it is, several as a list.
    pub fn write_all(self, title: &str, tables: &[Table], width: usize) -> String {
        let joined = |render: &dyn Fn(&Table) -> String, between| tables.iter().map(render).collect::<Vec<_>>().join(between);
        match self {
            Self::Text => printable(&joined(&|table| table.text(width), "\n")),
            Self::Markdown => printable(&joined(&Table::markdown, "\n")),
            Self::Html => html_page(title, &joined(&Table::html, "\n")),
            Self::Csv => joined(&Table::csv, "\n"),
            Self::Json => match tables {
                [one] => one.json(),
                _ => format!("[\n{}\n]\n", joined(&|table| table.json().trim_end().to_owned(), ",\n")),
            },
        }
    }

    /// Whether a total belongs under the lines: programs add up by themselves.
    pub fn is_for_people(self) -> bool {
        !matches!(self, Self::Csv | Self::Json)
    }
}
