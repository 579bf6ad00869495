//! Where the rows of a sheet are now: they are found by their first cell, whatever was sorted, inserted or taken out.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use logframe::{Span, column_letters};

use crate::export::{Cell, Sheet as Written, Value};
use crate::records::Field;
use crate::workbook::{Sheet, Workbook, readable};

/// The rows of a sheet as it was written, in the sheet as it is.
pub struct Rows {
    /// Where the rows from the headings on are now, by what they were; `None` for one that is gone.
    moved: HashMap<u32, Option<u32>>,
    /// Rows that were not there and hold something.
    pub added: Vec<u32>,
    /// Whether every row of the table is told from the others by what nobody changes in it.
    pub are_distinct: bool,
}

impl Rows {
    /// The rows by the headings that stand in `header` now.
    pub fn of(workbook: &Workbook, written: &Written, sheet: &Sheet, header: Option<u32>) -> Self {
        let (Some(header), Some(was)) = (header, written.header_row) else {
            return Self { moved: HashMap::new(), added: Vec::new(), are_distinct: true };
        };
        let body = written.first_row()..written.first_row() + written.body_rows;
        let shifted = (0..clamp(written.rows.len())).map(|row| (row, (row + header).checked_sub(was)));
        if body.clone().any(|row| written.cell(row, 0).is_some_and(is_formula)) {
            // What such a row is called is worked out: it is known by its place.
            return Self { moved: shifted.collect(), added: Vec::new(), are_distinct: true };
        }
        let mut columns = vec![0];
        let mut known = keyed(written, &columns);
        if !are_distinct(&known) {
            columns = labels(written);
            known = keyed(written, &columns);
        }
        let are_distinct = are_distinct(&known);
        let below = Below::of(workbook, written, sheet, body.end);
        let rest = (body.end..clamp(written.rows.len())).map(|row| (row, below.moved(row)));
        let mut moved: HashMap<u32, Option<u32>> = body.map(|row| (row, None)).chain(rest).collect();
        moved.extend(shifted.filter(|(row, _)| *row <= was));
        let taken: HashSet<u32> = moved.values().flatten().copied().collect();
        let mut added = Vec::new();
        for (at, row) in sheet.rows.iter().map(|row| row.number).enumerate().filter(|(_, row)| *row > header) {
            if taken.contains(&row) {
                continue;
            }
            let text = |column: &u16| workbook.at(sheet, row, (*column).into()).map(|field| field.text.to_string());
            let own: Vec<String> = columns.iter().map(|column| text(column).unwrap_or_default()).collect();
            match known.get_mut(&own).and_then(VecDeque::pop_front) {
                Some(was) => drop(moved.insert(was, Some(row))),
                None if workbook.record(sheet, at).iter().all(Field::is_blank) => {}
                None => added.push(row),
            }
        }
        Self { moved, added, are_distinct }
    }

    /// The rows of a form whose headings stand in `header` now: those that are filled, and what stands above them.
    pub fn of_form(written: &Written, header: u32, filled: &[u32]) -> Self {
        let now = |row: u32| (row + header).checked_sub(written.header_row.unwrap_or_default());
        let is_one = |now: &u32| *now <= header || filled.binary_search(now).is_ok();
        let moved = (0..clamp(written.rows.len())).map(|row| (row, now(row).filter(is_one))).collect();
        Self { moved, added: Vec::new(), are_distinct: true }
    }

    /// Where a row is now; `None` where it is gone.
    pub fn now(&self, row: u32) -> Option<u32> {
        self.moved.get(&row).copied().unwrap_or(Some(row))
    }

    /// Whether any row is elsewhere than it was written.
    pub fn are_moved(&self) -> bool {
        self.moved.iter().any(|(was, now)| *now != Some(*was))
    }

    /// Whether rows came or went that cannot be told from others: what stands in them cannot be known.
    pub fn are_confused(&self) -> bool {
        !self.are_distinct && (!self.added.is_empty() || self.moved.values().any(Option::is_none))
    }
}

fn is_formula(cell: &Cell) -> bool {
    matches!(cell.value, Value::Formula { .. })
}

/// The rows of a table by what stands in some of its columns, in order where it is the same.
type Keyed = HashMap<Vec<String>, VecDeque<u32>>;

fn keyed(written: &Written, columns: &[u16]) -> Keyed {
    let mut known = Keyed::new();
    for row in written.first_row()..written.first_row() + written.body_rows {
        let text = |column: &u16| written.cell(row, *column).and_then(|cell| text(&cell.value)).unwrap_or_default();
        known.entry(columns.iter().map(text).collect()).or_default().push_back(row);
    }
    known
}

fn are_distinct(known: &Keyed) -> bool {
    known.values().all(|rows| rows.len() == 1)
}

/// The first column, and those whose texts nobody changes.
fn labels(written: &Written) -> Vec<u16> {
    let is_label = |cell: &Cell| cell.origin.is_none() && matches!(cell.value, Value::Text(_) | Value::Blank);
    let is_it = |column: u16| {
        let mut rows = written.first_row()..written.first_row() + written.body_rows;
        rows.all(|row| written.cell(row, column).is_none_or(is_label))
    };
    let width = u16::try_from(written.columns.len()).unwrap_or(u16::MAX);
    std::iter::once(0).chain((1..width).filter(|column| is_it(*column))).collect()
}

/// Where the headings of a sheet are now: in the row that has the most of them. A heading that stands in another column is refused, with that
/// column: what is below it would be taken for something else.
pub fn header(workbook: &Workbook, written: &Written, sheet: &Sheet) -> Result<Option<u32>, (String, Option<Span>)> {
    let Some(was) = written.header_row else { return Ok(None) };
    let cells = written.rows.get(was as usize).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<(u32, String)> = (0..).zip(cells).filter_map(|(at, cell)| Some((at, text(&cell.value)?))).collect();
    let holds = |field: &Field<'_>, name: &str| field.text == name;
    let are_there = names.iter().all(|(at, name)| workbook.at(sheet, was, *at).is_some_and(|field| holds(&field, name)));
    if are_there {
        return Ok(Some(was));
    }
    let same = |row: u32| {
        names.iter().filter(|(at, name)| workbook.at(sheet, row, *at).is_some_and(|field| holds(&field, name))).count()
    };
    let rows = sheet.rows.iter().map(|row| row.number).take(clamp(written.rows.len()) as usize + HEAD);
    let Some((_, now)) = rows.map(|row| (same(row), Reverse(row))).max().filter(|(found, _)| *found > 0) else {
        return Err((format!("the headings of the sheet `{}` are gone", sheet.name), None));
    };
    let now = now.0;
    for (at, name) in &names {
        if workbook.at(sheet, now, *at).is_some_and(|field| holds(&field, name)) {
            continue;
        }
        let record = workbook.record(sheet, sheet.rows.binary_search_by_key(&now, |row| row.number).unwrap_or_default());
        let other = |column: &usize| names.iter().all(|(at, own)| *at as usize != *column || own != name);
        let elsewhere =
            (0..record.len()).filter(other).find(|column| record.get(*column).is_some_and(|field| holds(field, name)));
        if let Some(column) = elsewhere {
            let (is, was) = (column_letters(column), column_letters(*at as usize));
            let message = format!("the column `{name}` of the sheet `{}` was {was}, and is {is}", sheet.name);
            return Err((message, record.get(column).map(|field| field.span)));
        }
    }
    Ok(Some(now))
}

/// Rows beyond those that were written in which headings are looked for.
const HEAD: usize = 50;

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
