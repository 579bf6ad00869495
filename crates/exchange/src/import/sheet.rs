//! The sheets of a file, and what stands in them besides tables.

use std::collections::HashMap;
use std::ops::Range;

use logframe::CELL_SEPARATOR;

use super::columns::Columns;
use super::heading::Column;
use super::rows::{Listed, Rows};
use crate::cell::Seen;
use crate::document::Document;
use crate::records::{Field, MAX_CELLS, records};
use crate::separator::Separator;
use crate::words;
use crate::workbook::{self, Sum, Workbook, sheets_named};

/// Cells whose formulas add up others of their columns, by row and column, and the rows that they add up; all as positions.
pub type Sums = HashMap<(usize, usize), Vec<Range<usize>>>;

/// A cell whose formula names other sheets: the row by its position, the column, and the names.
pub type Draw = (usize, usize, Vec<String>);

/// A sheet, or the one table of a text.
pub struct Sheet<'t> {
    pub name: String,
    pub rows: Rows<'t>,
    /// The number of each row, from 1.
    pub numbers: Vec<u32>,
    /// Its cells that add up others above or below them.
    pub sums: Sums,
    pub is_hidden: bool,
    pub draws: Vec<Draw>,
}

/// What the formulas of a sheet tell, as its `sums` and its `draws`.
pub type OfFormulas = (Sums, Vec<Draw>);

/// The same of the sheets of a workbook.
pub fn of_formulas(document: &Document) -> Vec<OfFormulas> {
    document.workbook().map_or_else(Vec::new, |workbook| workbook.sheets.iter().map(told).collect())
}

fn told(sheet: &workbook::Sheet) -> OfFormulas {
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    let sums = sheet.formulas().filter_map(|formula| sum(&numbers, &formula)).collect();
    let named = sheet.formulas().map(|formula| (formula.row, formula.column as usize, sheets_named(formula.text)));
    let draws = named.filter(|(.., named)| !named.is_empty());
    let draws = draws.filter_map(|(row, column, named)| Some((numbers.binary_search(&row).ok()?, column, named))).collect();
    (sums, draws)
}

/// The sheets of a workbook, with what their formulas tell, or the one table of a text.
pub fn sheets(document: &Document, told: Vec<OfFormulas>) -> Vec<Sheet<'_>> {
    let Some(workbook) = document.workbook() else { return vec![of_text(document)] };
    workbook.sheets.iter().zip(told).map(|(sheet, told)| of_cells(workbook, sheet, told)).collect()
}

fn of_cells<'t>(workbook: &'t Workbook, sheet: &'t workbook::Sheet, (sums, draws): OfFormulas) -> Sheet<'t> {
    let numbers = sheet.rows.iter().map(|row| row.number + 1).collect();
    let rows = Rows::Cells(workbook, sheet);
    Sheet { name: sheet.name.clone(), rows, numbers, sums, is_hidden: sheet.is_hidden, draws }
}

/// A cell that adds up others of its column, and their rows, as positions among those that hold something.
fn sum(numbers: &[u32], formula: &workbook::Formula<'_>) -> Option<<Sums as IntoIterator>::Item> {
    let at = numbers.binary_search(&formula.row).ok()?;
    let areas = Sum::of_a_total(formula.text)?.areas.into_iter();
    let own = areas.filter(|area| (area.left..=area.right).contains(&formula.column));
    let rows = own.map(|area| {
        numbers.partition_point(|number| *number < area.top)..numbers.partition_point(|number| *number <= area.bottom)
    });
    let others: Vec<Range<usize>> = rows.filter(|rows| !rows.is_empty() && !rows.contains(&at)).collect();
    (!others.is_empty()).then_some(((at, formula.column as usize), others))
}

fn of_text(document: &Document) -> Sheet<'_> {
    let text = document.source().text();
    let separator = Separator::of(text).unwrap_or(Separator::Comma);
    let mut rows: Vec<Vec<Field<'_>>> = records(text, separator.byte(), MAX_CELLS).all;
    rows.retain(|row| row.iter().any(|field| !field.is_blank()));
    let line = |row: &Vec<Field<'_>>| row.first().map_or(0, |field| document.source().position(field.span.start()).line);
    let numbers = rows.iter().map(|row| u32::try_from(line(row)).unwrap_or(u32::MAX)).collect();
    let (name, rows) = (String::new(), Rows::Records(rows));
    Sheet { name, rows, numbers, sums: HashMap::new(), is_hidden: false, draws: Vec::new() }
}

impl Sheet<'_> {
    /// The names of other sheets that its rows stand for, where that is what most of its rows do: a summary of them.
    pub fn summarised<'n>(&self, others: &[&'n str]) -> Vec<&'n str> {
        if others.len() < 2 {
            return Vec::new();
        }
        let figures = self.rows.iter().filter(|row| row.iter().any(|field| field.seen().is_figure()));
        let labels: Vec<String> = figures.filter_map(|row| label(&row)).collect();
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
pub fn carried_down(list: &mut Listed<'_, '_>, columns: &Columns) -> Vec<usize> {
    let amounts: Vec<usize> = columns.all(Column::Amount).chain(columns.all(Column::Part)).collect();
    let is_line = |row: &[Field<'_>]| {
        let has_amount = amounts.iter().any(|at| row.get(*at).is_some_and(|field| field.seen().is_figure()));
        has_amount && !row.iter().any(|field| field.seen() == Seen::Words && words::speaks_of_totals(&field.text))
    };
    let named = [Column::Office, Column::Result, Column::Category].into_iter().flat_map(|column| columns.all(column));
    named.filter(|at| list.carry_down(*at, is_line)).collect()
}
