//! Where the rows of a sheet are now: they are found by their first cell, whatever was sorted, inserted or taken out.

use std::collections::HashMap;

use crate::export::{Sheet as Written, Value};
use crate::workbook::{Sheet, Workbook, readable};

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
        let below = Below::of(workbook, written, sheet, body.end);
        let end = below.now.unwrap_or(u32::MAX);
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
        moved.extend((body.end..clamp(written.rows.len())).map(|row| (row, below.moved(row))));
        Self { moved, added }
    }

    /// Where a row is now; `None` where it is gone.
    pub fn now(&self, row: u32) -> Option<u32> {
        self.moved.get(&row).copied().unwrap_or(Some(row))
    }
}

/// What stands below a table, as its row of totals, which moves with the end of the table.
struct Below {
    /// The first row there that says something.
    first: u32,
    /// Where it is now.
    now: Option<u32>,
}

impl Below {
    fn of(workbook: &Workbook, written: &Written, sheet: &Sheet, end: u32) -> Self {
        let cells = |row: u32| written.rows.get(row as usize).map(Vec::as_slice).unwrap_or_default();
        let says = |row: u32| cells(row).iter().zip(0..).find_map(|(cell, column)| Some((column, text(&cell.value)?)));
        let Some((first, (column, said))) = (end..clamp(written.rows.len())).find_map(|row| Some((row, says(row)?))) else {
            return Self { first: end, now: None };
        };
        // A line can be called `Total` too: rows that say the same are told by how many of them follow.
        let same = |row: u32| written.cell(row, column).and_then(|cell| text(&cell.value)).as_ref() == Some(&said);
        let following = (first + 1..clamp(written.rows.len())).filter(|row| same(*row)).count();
        let is_it = |row: &u32| workbook.at(sheet, *row, column.into()).is_some_and(|field| field.text == said);
        let now = sheet.rows.iter().rev().map(|row| row.number).filter(is_it).nth(following);
        Self { first, now: now.filter(|now| *now >= written.first_row()) }
    }

    /// Where a row is now that was below the table.
    fn moved(&self, row: u32) -> Option<u32> {
        (row + self.now?).checked_sub(self.first)
    }
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(readable(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.normalized().to_string()),
        Value::Blank | Value::Formula { .. } => None,
    }
}
