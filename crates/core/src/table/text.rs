//! Tables as text for a terminal: the only place that uses `comfy_table`.

use comfy_table::{CellAlignment, ContentArrangement, TableComponent};

use super::{Column, Table};

impl Table {
    /// The table as text, wrapped to a width in characters.
    pub fn text(&self, width: usize) -> String {
        todo!()
    }
}
