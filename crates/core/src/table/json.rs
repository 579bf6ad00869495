//! Tables as JSON for programs: one object a row, amounts as strings.

use serde_json::{Map, Value, json};

use super::{Cell, Table};

impl Table {
    /// The table as pretty JSON: `title`, `columns` and `rows`, one object a row. Numbers are strings of their digits, none is
    /// `"-"`, what is not given is `null`.
    pub fn json(&self) -> String {
        let columns: Vec<Value> = self.columns.iter().map(|c| json!({ "key": c.key, "heading": c.heading })).collect();
        let value = |cell: &Cell| match cell {
            Cell::Absent => Value::Null,
            other => Value::String(other.plain()),
        };
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let mut object = Map::new();
                object.extend(self.columns.iter().zip(&row.cells).map(|(column, cell)| (column.key.clone(), value(cell))));
                Value::Object(object)
            })
            .collect();
        let table = json!({ "title": self.title, "columns": columns, "rows": rows, "notes": self.notes });
        serde_json::to_string_pretty(&table).unwrap_or_default() + "\n"
    }
}
