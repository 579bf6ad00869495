//! The sheets of a file, and what stands in them besides tables.

use std::borrow::Cow;
use std::collections::HashSet;

use logframe::CELL_SEPARATOR;

use super::columns::Columns;
use super::heading::Column;
use crate::cell::Seen;
use crate::document::Document;
use crate::records::{Field, MAX_CELLS, records};
use crate::separator::Separator;
use crate::words;
use crate::workbook::{Sum, sheets_named};

/// A sheet, or the one table of a text.
pub struct Sheet<'t> {
    pub name: String,
    pub rows: Vec<Vec<Field<'t>>>,
    /// The number of each row, from 1.
    pub numbers: Vec<u32>,
    /// Of each row, the columns whose cells are formulas that add up.
    pub sums: Vec<HashSet<usize>>,
    pub is_hidden: bool,
    /// The cells whose formulas name other sheets: the row by its position, the column, and the names.
    pub draws: Vec<(usize, usize, Vec<String>)>,
}

/// The sheets of a workbook, or the one table of a text.
pub fn sheets(document: &Document) -> Vec<Sheet<'_>> {
    let Some(workbook) = document.workbook() else { return vec![of_text(document)] };
    workbook.sheets.iter().map(|one| with_formulas(one, workbook.records(one))).collect()
}

fn with_formulas<'t>(sheet: &crate::workbook::Sheet, rows: Vec<Vec<Field<'t>>>) -> Sheet<'t> {
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    let mut sums = vec![HashSet::new(); numbers.len()];
    let mut draws = Vec::new();
    for formula in sheet.formulas() {
        let Ok(at) = numbers.binary_search(&formula.row) else { continue };
        let column = formula.column as usize;
        if Sum::read(formula.text).is_some() {
            sums.get_mut(at).into_iter().for_each(|row| row.extend([column]));
        }
        let named = sheets_named(formula.text);
        if !named.is_empty() {
            draws.push((at, column, named));
        }
    }
    let numbers = numbers.into_iter().map(|number| number + 1).collect();
    Sheet { name: sheet.name.clone(), rows, numbers, sums, is_hidden: sheet.is_hidden, draws }
}

fn of_text(document: &Document) -> Sheet<'_> {
    let text = document.source().text();
    let separator = Separator::of(text).unwrap_or(Separator::Comma);
    let mut rows: Vec<Vec<Field<'_>>> = records(text, separator.byte(), MAX_CELLS).all;
    rows.retain(|row| row.iter().any(|field| !field.is_blank()));
    let line = |row: &Vec<Field<'_>>| row.first().map_or(0, |field| document.source().position(field.span.start).line);
    let numbers = rows.iter().map(|row| u32::try_from(line(row)).unwrap_or(u32::MAX)).collect();
    let sums = vec![HashSet::new(); rows.len()];
    Sheet { name: String::new(), rows, numbers, sums, is_hidden: false, draws: Vec::new() }
}

impl Sheet<'_> {
    /// The names of other sheets that its rows stand for, where that is what most of its rows do: a summary of them.
    pub fn summarised<'n>(&self, others: &[&'n str]) -> Vec<&'n str> {
        let figures = self.rows.iter().filter(|row| row.iter().any(|field| field.seen().is_figure()));
        let labels: Vec<String> = figures.filter_map(|row| label(row)).collect();
        let named: Vec<&str> = others.iter().copied().filter(|name| labels.iter().any(|label| is_alike(label, name))).collect();
        if named.len() > 1 && named.len() * 2 >= labels.len() { named } else { Vec::new() }
    }
}

/// The first words of a row.
pub fn label(row: &[Field<'_>]) -> Option<String> {
    row.iter().find(|field| field.seen() == Seen::Words).map(|field| field.text.to_string())
}

/// Whether two names are one, as people write them.
pub fn is_alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase().replace(CELL_SEPARATOR, "");
    // Names of sheets are cut at 31 characters.
    let (one, other) = (plain(one), plain(other));
    one == other || (other.chars().count() == 31 && one.starts_with(&other))
}

/// Whether a row under the headings only numbers the columns: `1 2 3 4 5=3x4`, `A B C`.
pub fn numbers_columns(row: &[Field<'_>]) -> bool {
    let filled: Vec<&str> =
        row.iter().filter(|field| !field.is_blank()).map(|field| field.text.trim_matches(['(', ')', '[', ']'])).collect();
    let is_short = |text: &&str| {
        let first = text.split(['=', '*', 'x', '×', '/']).next().unwrap_or_default().trim();
        first.len() <= 2 && first.chars().all(char::is_alphanumeric)
    };
    let counted = filled.iter().filter_map(|text| text.split('=').next()?.trim().parse::<usize>().ok()).collect::<Vec<_>>();
    let counts_up = counted.windows(2).all(|two| matches!(two, [a, b] if *b == a + 1));
    let lettered = filled.iter().filter(|text| text.chars().next().is_some_and(|c| c.is_ascii_uppercase())).count();
    filled.len() > 2 && filled.iter().all(is_short) && ((counted.len() > 2 && counts_up) || lettered == filled.len())
}

/// Reads what is blank under a name as that name, where a column names what several lines have in common: cells that are merged, and cells
/// that are left empty below. The letters of the columns in which that was done.
pub fn carried_down<'t>(rows: &mut [Cow<'_, [Field<'t>]>], columns: &Columns) -> Vec<usize> {
    let amounts: Vec<usize> = columns.all(Column::Amount).collect();
    let is_line = |row: &[Field<'_>]| {
        let has_amount = amounts.iter().any(|at| row.get(*at).is_some_and(|field| field.seen().is_figure()));
        has_amount && !row.iter().any(|field| field.seen() == Seen::Words && words::speaks_of_totals(&field.text))
    };
    let mut done = Vec::new();
    for at in [Column::Office, Column::Result, Column::Category].into_iter().flat_map(|column| columns.all(column)) {
        let mut last: Option<Field<'t>> = None;
        for row in rows.iter_mut() {
            match row.get(at).filter(|field| !field.is_blank()) {
                Some(field) => last = Some(field.clone()),
                None if is_line(row) => {
                    if let Some(above) = &last
                        && let Some(field) = row.to_mut().get_mut(at)
                    {
                        *field = above.clone();
                        if !done.contains(&at) {
                            done.push(at);
                        }
                    }
                }
                None => {}
            }
        }
    }
    done
}
