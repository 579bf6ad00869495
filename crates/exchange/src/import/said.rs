//! What is said of tables: what was recognised in them, where they stand, and what a sheet hides.

use std::fmt::Write as _;
use std::path::Path;

use logframe::reconciliation::{LineSum, PrintedTable};
use logframe::{Diagnostic, Severity, Spanned, column_letters};

use super::columns::Columns;
use super::heading::Column;
use super::mapping::Layout;
use super::sheet::Sheet;
use crate::records::Field;
use crate::workbook::Workbook;

/// Rows and columns that a note names, at most.
const MOST_NAMED: usize = 8;

/// What a sheet hides, and is read all the same.
pub fn hidden(workbook: &Workbook) -> Vec<Diagnostic> {
    let note = |message: String| {
        Diagnostic::new("hidden", Severity::Note, message)
            .at(None, workbook.source.name(), "")
            .help("show it, or take it out; what nobody sees is added up like the rest")
    };
    let mut notes = Vec::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_hidden) {
        let rows: Vec<String> = sheet.rows.iter().filter(|row| row.is_hidden).map(|row| (row.number + 1).to_string()).collect();
        if !rows.is_empty() {
            let more = if rows.len() > MOST_NAMED { ", …" } else { "" };
            let named = rows.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            notes.push(note(format!("hidden rows of `{}` hold something, and are read: {named}{more}", sheet.name)));
        }
        if !sheet.hidden_columns.is_empty() {
            let named: Vec<String> =
                sheet.hidden_columns.iter().take(MOST_NAMED).map(|(from, _)| column_letters(*from as usize)).collect();
            notes.push(note(format!("`{}` has hidden columns, and they are read: {}", sheet.name, named.join(", "))));
        }
    }
    notes
}

pub fn said_of_list(area: &str, count: usize, head: &[Field<'_>], columns: &Columns) -> String {
    let mut said = format!("{area}: budget lines, {count} of them");
    for at in columns.of.iter().filter(|(_, column)| **column != Column::Other).map(|(at, _)| *at) {
        let heading = head.get(at).map_or("", |field| field.text.as_ref());
        let _ = write!(said, "\n  {:<3} {:<12} {heading}", column_letters(at), columns.name(at));
    }
    said
}

/// Columns by their letters and their headings.
pub fn columns_named(head: &[Field<'_>], all: &[usize]) -> String {
    let name = |at: &usize| format!("{} `{}`", column_letters(*at), head.get(*at).map_or("", |field| field.text.trim()));
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}

pub fn said_of(table: &PrintedTable, layout: Layout, place: &str) -> String {
    let names = |names: &[Spanned<String>], sums: &[LineSum]| {
        let own: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| !sums.iter().any(|sum| sum.at == *at))
            .map(|(_, name)| name.value.as_str())
            .collect();
        let shown = own.iter().take(6).copied().collect::<Vec<_>>().join(", ");
        let more = if own.len() > 6 { ", …" } else { "" };
        format!("{} ({shown}{more})", own.len())
    };
    let (rows, columns) = (names(&table.rows, &table.row_sums), names(&table.columns, &table.column_sums));
    let (of_rows, of_columns) = match layout {
        Layout::OfficesByResults => ("offices", "results"),
        Layout::ResultsByOffices => ("results", "offices"),
        _ => ("results", "column"),
    };
    let totals = |of: &str, at: Option<usize>, names: &[Spanned<String>]| {
        at.and_then(|at| names.get(at)).map(|name| format!("\n  totals   the {of} `{}`", name.value)).unwrap_or_default()
    };
    format!(
        "{place}: {}\n  rows     {of_rows}: {rows}\n  columns  {of_columns}: {columns}{}{}",
        layout.name(),
        totals("row", table.total_row, &table.rows),
        totals("column", table.total_column, &table.columns),
    )
}

/// What printed figures are said to be from.
pub fn said_place(sheet: &str) -> String {
    if sheet.is_empty() { "the table".to_owned() } else { format!("sheet {sheet}") }
}

/// Where a table stands, from a row of the sheet by its position to one by its number: `Lines!A4:K63`.
pub fn area(sheet: &Sheet<'_>, first: usize, last: u32) -> String {
    let top = sheet.numbers.get(first).copied().unwrap_or(1);
    let width = sheet.rows.part(first..sheet.rows.len()).and_then(|rows| rows.width()).unwrap_or(1);
    if sheet.name.is_empty() {
        return format!("lines {top} to {last}");
    }
    format!("{}!A{top}:{}{last}", sheet.name, column_letters(width.saturating_sub(1)))
}

/// A file's name without its folder and its ending.
pub fn stem(name: &str) -> String {
    Path::new(name).file_stem().and_then(std::ffi::OsStr::to_str).unwrap_or("plan").to_owned()
}
