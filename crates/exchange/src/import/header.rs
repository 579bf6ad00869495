//! The row of headings of a list of budget lines, and what its columns are.

use std::collections::BTreeMap;

use super::calendar::{Told, heading, told};
use super::columns::{Columns, of_figures, of_headings};
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

/// How far to the left of a month its year can stand.
const MOST_OF_A_YEAR: usize = 11;

/// The row of headings of a list of lines, and its columns.
pub fn header_of_list(sheet: &Sheet<'_>, told: &TableMapping) -> Option<Headed> {
    let named = |at: usize| named(told, &sheet.rows.row(at));
    let end = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
    let columns = |at: usize| of_headings(&sheet.rows.get(at)?, &sheet.rows.part(at + 1..end)?);
    // Headings of two rows: what stands below tells more.
    let both = |at: usize| {
        let merged = merged_headings(&sheet.rows.get(at)?, &sheet.rows.get(at + 1)?)?;
        let mut columns = of_headings(&merged, &sheet.rows.part(at + 2..end)?)?;
        if speaks_of_revision(&sheet.rows.get(at)?) {
            columns.ask_for_amount();
        }
        Some((at + 1, columns))
    };
    let names_columns = |at: usize| {
        sheet.rows.get(at).is_some_and(|row| row.iter().filter(|field| Column::of(&field.text).is_some()).count() > 1)
    };
    // One heading for several columns, which the row below tells apart.
    let goes_on = |at: usize| sheet.rows.get(at).zip(sheet.rows.get(at + 1)).is_some_and(|(above, below)| splits(&above, &below));
    let better = |at: usize| {
        let one = columns(at).map(|columns| (at, columns));
        match (one, both(at)) {
            (Some(one), Some(two)) if two.1.of.len() > one.1.of.len() || names_columns(at + 1) || goes_on(at) => Some(two),
            // What stands above a whole row of headings is a title.
            (None, Some(two)) => Some(two).filter(|two| columns(at + 1).is_none_or(|own| own.of.len() < two.1.of.len())),
            (one, None) | (one @ Some(_), _) => one,
        }
    };
    if let Some(header) = told.header {
        let at = sheet.numbers.iter().position(|number| *number == header)?;
        return Some((at, named(at).or_else(|| columns(at))?));
    }
    let searched = || 0..sheet.rows.len().min(SEARCHED);
    // Headings in a language that is not known here: the figures tell.
    let by_figures = |at: usize| of_figures(&sheet.rows.get(at)?, &sheet.rows.part(at + 1..end)?).map(|columns| (at, columns));
    let found = searched().find_map(better).or_else(|| searched().find_map(by_figures));
    match named(found.as_ref().map_or(0, |(at, _)| *at)) {
        Some(named) => Some((found.map_or(0, |(at, _)| at), named)),
        None => found,
    }
}

/// Whether a row above headings tells an original budget from a revised one.
fn speaks_of_revision(above: &[Field<'_>]) -> bool {
    const WORDS: [&str; 9] =
        ["revised", "revision", "amended", "révisé", "révision", "revisado", "revisto", "modificado", "пересмотрен"];
    let speaks = |field: &&Field<'_>| WORDS.iter().any(|word| field.text.to_lowercase().contains(word));
    above.iter().filter(|field| !field.is_blank()).count() > 1 && above.iter().any(|field| speaks(&field))
}

/// The columns that a mapping names. Of a part of the amount the heading may say when it is spent.
fn named(table: &TableMapping, header: &[Field<'_>]) -> Option<Columns> {
    let (mut columns, mut periods) = (Columns::default(), BTreeMap::new());
    for (letters, name) in &table.columns {
        let Some(at) = column_of(letters) else { continue };
        match (Column::named(name), name.parse().ok()) {
            (Some(Column::Part), _) => drop(periods.insert(at, header.get(at).and_then(heading).unwrap_or(Told::Nothing))),
            (Some(column), _) => drop(columns.of.insert(at, column)),
            (None, Some(period)) => drop(periods.insert(at, Told::At(period))),
            (None, None) => {}
        }
    }
    columns.over(periods);
    (!columns.of.is_empty()).then_some(columns)
}

/// The headings of two rows as those of one: what stands below, and above where nothing does. The lower row holds words only, and years;
/// a year above counts for what is right of it, too.
fn merged_headings<'t>(above: &[Field<'t>], below: &[Field<'t>]) -> Option<Vec<Field<'t>>> {
    let words = below.iter().filter(|field| !field.is_blank());
    let are_words = words.clone().all(|field| field.seen() == Seen::Words || field.seen().is_year()) && words.count() > 1;
    let width = above.len().max(below.len());
    let pick = |at: usize| {
        let own = below.get(at).filter(|field| !field.is_blank()).or_else(|| above.get(at)).cloned()?;
        let year = || {
            let mut left = above.iter().take(at + 1).skip(at.saturating_sub(MOST_OF_A_YEAR));
            left.rfind(|field| !field.is_blank()).filter(|field| field.seen().is_year())
        };
        match told(&own.text) {
            Some(Told::Nth(..)) => Some(match year() {
                Some(year) => Field { text: format!("{} {}", own.text, year.text).into(), ..own },
                None => own,
            }),
            _ => Some(own),
        }
    };
    are_words.then(|| (0..width).filter_map(pick).collect())
}

/// Whether a row names columns that share a heading above: words stand there side by side, and above them one heading, once or over all.
fn splits(above: &[Field<'_>], below: &[Field<'_>]) -> bool {
    let text = |at: usize| above.get(at).map_or("", |field| field.text.trim());
    // A cell merged over both rows says the same in each.
    let says_more = |at: &usize| below.get(*at).is_some_and(|field| !field.is_blank() && field.text.trim() != text(*at));
    let named: Vec<usize> = (0..below.len()).filter(says_more).collect();
    let (Some(first), Some(last)) = (named.first().copied(), named.last().copied()) else { return false };
    let shares = |at: usize| text(at).is_empty() || text(at) == text(first);
    first > 0 && last > first && named.len() == last - first + 1 && !text(first).is_empty() && named.into_iter().all(shares)
}

pub fn column_of(letters: &str) -> Option<usize> {
    Area::read(&format!("{letters}1")).map(|area| area.left as usize)
}
