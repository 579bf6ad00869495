//! The row of headings of a list of budget lines, and what its columns are.

use std::collections::BTreeMap;

use super::columns::{Columns, of_headings};
use super::heading::Column;
use super::mapping::TableMapping;
use super::sheet::Sheet;
use crate::cell::Seen;
use crate::records::Field;
use crate::workbook::Area;

/// A row of headings by its position, and what its columns are.
pub type Headed = (usize, Columns);

/// Rows in which headings are looked for.
pub const SEARCHED: usize = 200;

/// The row of headings of a list of lines, and its columns.
pub fn header_of_list(sheet: &Sheet<'_>, told: &TableMapping) -> Option<Headed> {
    let of: BTreeMap<usize, Column> =
        told.columns.iter().filter_map(|(letters, name)| Some((column_of(letters)?, Column::named(name)?))).collect();
    let named = (!of.is_empty()).then(|| Columns { of, ..Columns::default() });
    let end = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
    let columns = |at: usize| of_headings(&sheet.rows.get(at)?, &sheet.rows.part(at + 1..end)?);
    // Headings of two rows: what stands below tells more.
    let both = |at: usize| {
        let merged = merged_headings(&sheet.rows.get(at)?, &sheet.rows.get(at + 1)?)?;
        of_headings(&merged, &sheet.rows.part(at + 2..end)?).map(|columns| (at + 1, columns))
    };
    let better = |at: usize| {
        let one = columns(at).map(|columns| (at, columns));
        match (one, both(at)) {
            (Some(one), Some(two)) if two.1.of.len() > one.1.of.len() => Some(two),
            (None, two) => two,
            (one, _) => one,
        }
    };
    if let Some(header) = told.header {
        let at = sheet.numbers.iter().position(|number| *number == header)?;
        return Some((at, named.or_else(|| columns(at))?));
    }
    let found = (0..sheet.rows.len().min(SEARCHED)).find_map(better);
    match named {
        Some(named) => Some((found.map_or(0, |(at, _)| at), named)),
        None => found,
    }
}

/// The headings of two rows as those of one: what stands below, and above where nothing does. The lower row holds words only.
fn merged_headings<'t>(above: &[Field<'t>], below: &[Field<'t>]) -> Option<Vec<Field<'t>>> {
    let words = below.iter().filter(|field| !field.is_blank());
    let are_words = words.clone().all(|field| field.seen() == Seen::Words) && words.count() > 1;
    let width = above.len().max(below.len());
    let pick = |at: usize| below.get(at).filter(|field| !field.is_blank()).or_else(|| above.get(at)).cloned();
    are_words.then(|| (0..width).filter_map(pick).collect())
}

pub fn column_of(letters: &str) -> Option<usize> {
    Area::read(&format!("{letters}1")).map(|area| area.left as usize)
}
