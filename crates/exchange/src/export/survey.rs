//! What has to be known of the rows of a sheet before the first of them is written.

use super::format::Key;
use super::formula::At;
use super::height::height;
use super::laid::{Filled, Laid};
use super::model::{Cell, Look, Sheet, Value};

/// The longest text of a cell, in the units that a spreadsheet counts.
const LONGEST: usize = 32_767;

/// Rows of a sheet, at most.
const MOST_ROWS: usize = 1_048_576;

/// What a reader might type that a spreadsheet takes for a formula, or for more than a text.
const FORMULA_LIKE: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How long a text can be in the format for texts.
const SHOWN_AS_TEXT: usize = 255;

/// A sheet whose rows were looked through.
pub struct Survey<'c> {
    pub laid: Laid<'c>,
    /// How many cells the longest row has.
    pub width: usize,
    /// What formats are made from, each once, in the order of the cells.
    pub keys: Vec<Key>,
    /// How high the rows are, where that is said.
    pub heights: Vec<Option<u16>>,
    /// Remarks with their places.
    pub remarks: Vec<(u32, u16, &'static str)>,
}

impl<'c> Survey<'c> {
    /// Looks a sheet through; an error where a spreadsheet cannot hold it.
    pub fn of(mut laid: Laid<'c>) -> Result<Self, String> {
        let sheet = &laid.sheet;
        if sheet.rows.len() > MOST_ROWS {
            return Err(format!("sheet {}: it has {} rows, and a spreadsheet holds {MOST_ROWS}", sheet.name, sheet.rows.len()));
        }
        let (mut keys, mut remarks, mut filled) = (Vec::new(), Vec::new(), Filled::default());
        let (mut width, mut heights) = (0, Vec::with_capacity(sheet.rows.len()));
        for (row, cells) in laid.rows() {
            filled.see(sheet, row, &cells);
            width = cells.len().max(width);
            heights.push(height(&cells, &sheet.columns));
            for (column, cell) in (0..).zip(cells.iter()) {
                check_length(cell).map_err(|why| format!("{}: {why}", At::new(row, column).name_on(&sheet.name)))?;
                let key = key(sheet, row, cell);
                if !keys.contains(&key) {
                    keys.push(key);
                }
                remarks.extend(cell.remark.map(|remark| (row, column, remark)));
            }
        }
        laid.fold(&filled);
        Ok(Self { laid, width, keys, heights, remarks })
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
