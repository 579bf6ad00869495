//! What has to be known of the rows of a sheet before the first of them is written.

use super::format::Key;
use std::ops::Range;

use super::formula::At;
use super::height::height;
use super::laid::{Filled, Laid};
use super::model::{Cell, Look, Sheet, Value};

/// The longest text of a cell, in the units that a spreadsheet counts.
const LONGEST: usize = 32_767;

/// What a reader might type that a spreadsheet takes for a formula, or for more than a text.
const FORMULA_LIKE: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How long a text can be in the format for texts.
const SHOWN_AS_TEXT: usize = 255;

/// A sheet, with what was seen of its rows.
pub struct Survey<'c> {
    pub laid: Laid<'c>,
    pub seen: Seen,
}

impl<'c> Survey<'c> {
    pub fn new(mut laid: Laid<'c>, seen: Seen) -> Self {
        laid.fold(&seen.filled);
        Self { laid, seen }
    }
}

/// What was seen of some rows of a sheet.
#[derive(Default)]
pub struct Seen {
    /// How many cells the longest has.
    pub width: usize,
    /// What formats are made from, each once, in the order of the cells.
    pub keys: Vec<Key>,
    /// How high they are, where that is said.
    pub heights: Vec<Option<u16>>,
    /// Remarks with their places.
    pub remarks: Vec<(u32, u16, &'static str)>,
    filled: Filled,
}

impl Seen {
    /// Looks rows through; an error where a spreadsheet cannot hold one.
    pub fn of(laid: &Laid<'_>, rows: Range<u32>) -> Result<Self, String> {
        let (sheet, mut seen) = (&laid.sheet, Self::default());
        for (row, cells) in laid.rows(rows) {
            seen.width = cells.len().max(seen.width);
            seen.heights.push(height(&cells, &sheet.columns));
            seen.filled.see(sheet, row, &cells);
            for (column, cell) in (0..).zip(cells.iter()) {
                check_length(cell).map_err(|why| format!("{}: {why}", At::new(row, column).name_on(&sheet.name)))?;
                seen.add(key(sheet, row, cell));
                seen.remarks.extend(cell.remark.map(|remark| (row, column, remark)));
            }
        }
        Ok(seen)
    }

    fn add(&mut self, key: Key) {
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    /// With what was seen of the rows that follow.
    pub fn append(&mut self, mut next: Self) {
        self.width = self.width.max(next.width);
        next.keys.into_iter().for_each(|key| self.add(key));
        self.heights.append(&mut next.heights);
        self.remarks.append(&mut next.remarks);
        self.filled.append(&next.filled);
    }
}

fn check_length(cell: &Cell) -> Result<(), String> {
    let Value::Text(text) = &cell.value else { return Ok(()) };
    // No text has more of these units than bytes.
    let length = if text.len() <= LONGEST { text.len() } else { text.encode_utf16().count() };
    if length <= LONGEST {
        return Ok(());
    }
    Err(format!("a text has {length} characters, and a cell of a spreadsheet holds {LONGEST}; shorten it in the plan"))
}

/// What the format of a cell is made from.
pub fn key(sheet: &Sheet, row: u32, cell: &Cell) -> Key {
    let text = if let Value::Text(text) = &cell.value { Some(text) } else { None };
    let is_quoted = text.is_some_and(|text| text.starts_with(FORMULA_LIKE) && text != logframe::Cell::NONE);
    let is_plain = cell.style.look == Look::Label || cell.style.look == Look::Note;
    // Some spreadsheets show a longer text in a cell of the format for texts as a row of hashes.
    let is_text = text.is_some_and(|text| text.len() <= SHOWN_AS_TEXT || text.chars().count() <= SHOWN_AS_TEXT) && !is_plain;
    // Rows of a table are ruled, headings included.
    let is_ruled = sheet.header_row.is_some_and(|head| row >= head);
    Key { style: cell.style, is_text, is_quoted, is_ruled }
}
