//! Where the rows of a sheet are now: they are found by their first cell, whatever was sorted, inserted or taken out.

use std::collections::HashMap;

use crate::export::{Sheet as Written, Value};
use crate::workbook::{Sheet, Workbook};

/// The rows of a sheet as it was written, in the sheet as it is.
pub struct Rows {
    /// Where the rows of the table are now, by what they were.
    moved: HashMap<u32, Option<u32>>,
    /// Rows of the table that were not there.
    pub added: Vec<u32>,
}

impl Rows {
    pub fn of(workbook: &Workbook, written: &Written, sheet: &Sheet) -> Self {
        let first = written.first_row();
        let body = first..first + written.body_rows;
        let key = |row: u32| written.cell(row, 0).and_then(|cell| text(&cell.value));
        let keys: Vec<(u32, Option<String>)> = body.clone().map(|row| (row, key(row))).collect();
        let mut known: HashMap<&str, u32> = HashMap::new();
        let are_distinct = keys.iter().all(|(row, key)| key.as_deref().is_some_and(|key| known.insert(key, *row).is_none()));
        if written.header_row.is_none() || !are_distinct {
            return Self { moved: HashMap::new(), added: Vec::new() };
        }
        let end = end(workbook, written, sheet, body.end);
        let mut moved: HashMap<u32, Option<u32>> = keys.iter().map(|(row, _)| (*row, None)).collect();
        let mut added = Vec::new();
        for row in sheet.rows.iter().map(|row| row.number).filter(|row| (first..end).contains(row)) {
            let own = workbook.at(sheet, row, 0).map(|field| field.text.to_string()).unwrap_or_default();
            match known.get(own.as_str()) {
                Some(was) if moved.get(was) == Some(&None) => {
                    moved.insert(*was, Some(row));
                }
                _ => added.push(row),
            }
        }
        // What stands below the table moved with its end.
        let below =
            (body.end..u32::try_from(written.rows.len()).unwrap_or(u32::MAX)).map(|row| (row, Some(row - body.end + end)));
        moved.extend(below);
        Self { moved, added }
    }

    /// Where a row is now; `None` where it is gone.
    pub fn now(&self, row: u32) -> Option<u32> {
        self.moved.get(&row).copied().unwrap_or(Some(row))
    }
}

/// Where the table ends now: at its row of totals, or where nothing follows.
fn end(workbook: &Workbook, written: &Written, sheet: &Sheet, was: u32) -> u32 {
    let total = written
        .rows
        .get(was as usize)
        .and_then(|cells| cells.iter().zip(0..).find_map(|(cell, column)| Some((column, text(&cell.value)?))));
    let Some((column, total)) = total else { return u32::MAX };
    let is_total = |row: u32| workbook.at(sheet, row, column).is_some_and(|field| field.text == total);
    sheet
        .rows
        .iter()
        .map(|row| row.number)
        .filter(|row| *row >= written.first_row())
        .find(|row| is_total(*row))
        .unwrap_or(u32::MAX)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.normalized().to_string()),
        Value::Blank | Value::Formula { .. } => None,
    }
}
