//! Tables as CSV (RFC 4180) for programs: plain digits, keys as headings.

use super::{Cell, Table};

impl Table {
    /// The table as CSV: a line of keys, then the rows; numbers as plain digits, `-` for none, empty for not given.
    ///
    /// A text that a spreadsheet would take for a formula (beginning with `=`, `+`, `-`, `@`, a tab or a carriage return) is
    /// led by an apostrophe; the `-` of none and negative numbers are no texts.
    pub fn csv(&self) -> String {
        let keys: Vec<String> = self.columns.iter().map(|column| field(&column.key)).collect();
        let rows = self.rows.iter().map(|row| row.cells.iter().map(|cell| field(&guarded(cell))).collect::<Vec<_>>().join(","));
        std::iter::once(keys.join(",")).chain(rows).map(|line| line + "\n").collect()
    }
}

fn guarded(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        other => other.plain(),
    }
}

fn field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
