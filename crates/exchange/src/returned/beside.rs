//! What somebody wrote where nothing of the plan stands: beside a table, above it, or in a blank cell of it.

use std::collections::HashMap;

use logframe::Severity;

use super::rows::Rows;
use super::{Comparing, named};
use crate::export::{Sheet as Written, SheetKind, Value};
use crate::workbook::Sheet;

/// Cells that a note names.
const NAMED: usize = 3;

impl Comparing<'_> {
    /// Says in one note what is not read of a sheet.
    pub(super) fn beside(&mut self, written: &Written, sheet: &Sheet, rows: &Rows) {
        let were: HashMap<u32, u32> = (0..).zip(&written.rows).filter_map(|(was, _)| Some((rows.now(was)?, was))).collect();
        let is_added = |row: &u32| rows.added.binary_search(row).is_ok();
        self.not_read(sheet, |row, column| match were.get(&row) {
            Some(was) => is_written(written, *was, column),
            // Other rows that were added are told as rows.
            None => is_added(&row) && (written.kind != SheetKind::Lines || is_in_table(written, column)),
        });
    }

    /// The same of the form of a template, which is read from its headings on.
    pub(super) fn beside_form(&mut self, written: &Written, sheet: &Sheet, header: u32) {
        let was = |row: u32| (row + written.header_row.unwrap_or_default()).checked_sub(header);
        self.not_read(sheet, |row, column| {
            if row > header { is_in_table(written, column) } else { was(row).is_some_and(|was| is_written(written, was, column)) }
        });
    }

    fn not_read(&mut self, sheet: &Sheet, is_read: impl Fn(u32, u32) -> bool) {
        let stored = sheet.rows.iter().enumerate().flat_map(|(at, row)| sheet.filled(at).map(move |column| (row.number, column)));
        let mut cells = stored.filter(|(row, column)| !is_read(*row, *column)).filter_map(|(row, column)| {
            let field = self.workbook.at(sheet, row, column).filter(|field| !field.is_blank())?;
            Some((field.span, row, column))
        });
        let first: Vec<_> = cells.by_ref().take(NAMED).collect();
        let count = first.len() + cells.count();
        let Some((span, ..)) = first.first() else { return };
        let names: Vec<String> = first.iter().map(|(_, row, column)| named(sheet, *row, *column)).collect();
        let more = if count > NAMED { ", …" } else { "" };
        let what =
            if count == 1 { "a cell beside the table is".to_owned() } else { format!("{count} cells beside the table are") };
        let message = format!("{what} not read: {}{more}", names.join(", "));
        self.find(Severity::Note, Some(*span), message, "");
    }
}

/// Whether something of the plan stands in a cell as it was written, or can.
fn is_written(written: &Written, row: u32, column: u32) -> bool {
    let cell = u16::try_from(column).ok().and_then(|column| written.cell(row, column));
    cell.is_some_and(|cell| cell.origin.is_some() || cell.value != Value::Blank)
}

fn is_in_table(written: &Written, column: u32) -> bool {
    (column as usize) < written.columns.len()
}
