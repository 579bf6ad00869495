//! Tables as they are published, and texts that are none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "what a test cannot set up, it fails on")]

mod apart;
mod books;
mod currencies;
mod doubt;
mod export;
mod headings;
mod history;
mod hostile;
mod imports;
mod laws;
mod layouts;
mod lines;
mod money;
mod package;
mod periods;
mod published;
mod rates;
mod repeats;
mod returned;
mod shares;
mod sheets;
mod subtotals;
mod tables;
mod template;
mod totals;
mod workbooks;

use logframe::reconciliation::{PrintedCell, PrintedTable};
use logframe::{Severity, Source};
use logframe_exchange::{Options, ReadTable, read};

fn source(text: &str) -> Source {
    Source::new("table.csv", text)
}

fn reads(text: &str) -> ReadTable {
    read(&source(text), &Options::default())
}

fn table(text: &str) -> PrintedTable {
    let read = reads(text);
    read.table.unwrap_or_else(|| panic!("{:#?}", read.findings))
}

fn file(name: &str) -> Source {
    Source::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The messages of the errors.
fn errors(text: &str) -> Vec<String> {
    let read = reads(text);
    assert!(read.table.is_none(), "{text:?} is read");
    let errors = read.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.message).collect()
}

fn amount(text: &str) -> PrintedCell {
    PrintedCell::Amount(text.parse().unwrap())
}

/// A row's cells as plain digits; a dash, nothing and `?` for none, blank and not available.
fn row(table: &PrintedTable, row: usize) -> Vec<String> {
    let shown = |cell| match cell {
        PrintedCell::Amount(number) => number.to_string(),
        PrintedCell::None => "-".to_owned(),
        PrintedCell::Blank => String::new(),
        PrintedCell::NotAvailable => "?".to_owned(),
    };
    (0..table.columns.len()).map(|column| shown(table.cell(row, column))).collect()
}
