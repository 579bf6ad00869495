//! Sheets of cells read as budgets: the total that they are read to, and what is said of them.

use logframe::diagnostic::text::concise;
use logframe::{Diagnostic, Severity};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{book, rows};

/// Cells by rows, as [`rows`] takes them.
pub type Cells<'c> = &'c [&'c [&'c str]];

/// Sheets by their names, read as a mapping says.
pub fn read(sheets: &[(&str, Cells<'_>)], mapping: &str) -> Imported {
    let xml: Vec<(&str, String)> = sheets.iter().map(|(name, cells)| (*name, rows(cells))).collect();
    let bytes = book(&xml.iter().map(|(name, rows)| (*name, "", rows.as_str())).collect::<Vec<_>>());
    import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::parse(mapping).unwrap())
}

/// The total that a workbook is read to, without a currency.
pub fn total(imported: &Imported) -> String {
    imported.plan.as_ref().map_or_else(|| "no plan".to_owned(), |plan| plan.total().unwrap().amount.normalized().to_string())
}

/// Everything that is said, by the reading and by the rules.
pub fn said(imported: &Imported) -> Vec<String> {
    said_if(imported, |_| true)
}

/// The errors of both.
pub fn errors(imported: &Imported) -> Vec<String> {
    said_if(imported, |finding| finding.severity == Severity::Error)
}

/// Errors and warnings of both.
pub fn serious(imported: &Imported) -> Vec<String> {
    said_if(imported, |finding| finding.severity != Severity::Note)
}

/// What is said by both, some of it.
pub fn said_if(imported: &Imported, is_wanted: impl Fn(&Diagnostic) -> bool) -> Vec<String> {
    let of_plan = imported.plan.as_ref().map(|plan| plan.check().findings).unwrap_or_default();
    let wanted = imported.findings.iter().chain(&of_plan).filter(|finding| is_wanted(finding));
    wanted.map(|finding| concise(finding, Some(&imported.source))).collect()
}
