//! A published table of figures as data: what is printed in each cell, which lines are sums of which, and how it is to be read.

use std::collections::HashMap;

use super::{InPrint, Layout, Named, Subject};
use crate::crossfoot::{Figure, NoneMeans, Rounding, Sum, System};
use crate::decimal::{Decimal, NumberStyle};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Span, Spanned};
use crate::table::{Cell, Column, Table};

/// What is printed in one cell. Nothing at all, none and not available are three things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintedCell {
    /// A number.
    Amount(Decimal),
    /// None: a dash.
    None,
    /// Nothing.
    #[default]
    Blank,
    /// Words for "not available" or "not applicable": an amount that is not known, or that there is none. Nothing tells which.
    NotAvailable,
}

/// How the cells of a table are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HowPrinted {
    /// The unit that figures were rounded to, in the unit that they are printed in; without one they are exact.
    pub unit: Option<Decimal>,
    /// The rule that they were rounded by.
    pub rounding: Rounding,
    /// Whether that rule is declared, and not only supposed.
    pub is_rule_declared: bool,
    /// What a dash stands for.
    pub none: NoneMeans,
    /// What an empty cell stands for.
    pub blank: NoneMeans,
    /// Whether totals were added up from the figures as they are printed, and not rounded apart from them.
    pub sums_printed: bool,
}

impl Default for HowPrinted {
    /// Exact figures; a dash is zero, an empty cell is not known.
    fn default() -> Self {
        Self {
            unit: None,
            rounding: Rounding::Nearest,
            is_rule_declared: false,
            none: NoneMeans::Zero,
            blank: NoneMeans::Unknown,
            sums_printed: false,
        }
    }
}

/// A row that is the sum of other rows, or a column that is the sum of other columns; named by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineSum {
    /// The line that is the sum.
    pub at: usize,
    /// The lines that add up to it.
    pub parts: Vec<usize>,
}

/// A published table of figures.
///
/// ```
/// use logframe::reconciliation::{PrintedCell, PrintedTable};
/// let mut table = PrintedTable::new("two by two", ["1", "2", "total"], [
///     ("A", vec![PrintedCell::Amount(120.into()), PrintedCell::Amount(235.into()), PrintedCell::Amount(355.into())]),
///     ("B", vec![PrintedCell::Amount(310.into()), PrintedCell::None, PrintedCell::Amount(310.into())]),
/// ]);
/// table.set_total_column(2);
/// let subject = table.subject().unwrap();
/// assert_eq!((subject.system.figures().len(), subject.system.sums().len()), (6, 2));
/// assert_eq!(subject.figures[1].words, "A / 2");
/// assert_eq!(subject.figures[2].words, "the total of A");
/// assert_eq!(subject.sums[1].words, "row B");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrintedTable {
    /// What it is as a whole: its heading, the file's name.
    pub title: String,
    /// What the labels of the rows are: `Office`, `Region / Office`; may be empty.
    pub label: String,
    /// The columns' names.
    pub columns: Vec<Spanned<String>>,
    /// The rows' names; labels of several columns are joined with ` / `.
    pub rows: Vec<Spanned<String>>,
    /// The cells, a list a row; a cell that is missing at the end of its row is blank.
    pub cells: Vec<Vec<Spanned<PrintedCell>>>,
    /// The rows that are sums of rows.
    pub row_sums: Vec<LineSum>,
    /// The columns that are sums of columns.
    pub column_sums: Vec<LineSum>,
    /// The row of the totals of the columns: one of `row_sums`.
    pub total_row: Option<usize>,
    /// The column of the totals of the rows: one of `column_sums`.
    pub total_column: Option<usize>,
    /// How it is to be read.
    pub how: HowPrinted,
    /// How its numbers are written.
    pub style: NumberStyle,
}

impl PrintedTable {
    /// A table of cells without totals.
    pub fn new<C: Into<String>, R: Into<String>>(
        title: impl Into<String>,
        columns: impl IntoIterator<Item = C>,
        rows: impl IntoIterator<Item = (R, Vec<PrintedCell>)>,
    ) -> Self {
        let columns = columns.into_iter().map(|name| Spanned::from(name.into())).collect();
        let spanned = |cells: Vec<PrintedCell>| cells.into_iter().map(Spanned::from).collect();
        let (rows, cells) = rows.into_iter().map(|(name, cells)| (Spanned::from(name.into()), spanned(cells))).unzip();
        Self { title: title.into(), columns, rows, cells, ..Self::default() }
    }

    /// Makes a row the sum of the rows that are no part of another sum; its position is from 0.
    pub fn set_total_row(&mut self, at: usize) {
        set_total(&mut self.row_sums, &mut self.total_row, at, self.rows.len());
    }

    /// Makes a column the sum of the columns that are no part of another sum; its position is from 0.
    pub fn set_total_column(&mut self, at: usize) {
        set_total(&mut self.column_sums, &mut self.total_column, at, self.columns.len());
    }

    /// What is printed in a cell.
    pub fn cell(&self, row: usize, column: usize) -> PrintedCell {
        self.spanned(row, column).value
    }

    /// Where a cell stands in the source text.
    pub fn span(&self, row: usize, column: usize) -> Option<Span> {
        self.spanned(row, column).span
    }

    fn spanned(&self, row: usize, column: usize) -> Spanned<PrintedCell> {
        self.cells.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or_default()
    }

    /// The figures with every sum that they should obey, their names and their places: rows, columns, subtotals, and the grand
    /// total both ways. Figures stand in it row by row.
    ///
    /// # Errors
    /// A finding for each cell that is no whole multiple of the unit, or that has too many digits.
    pub fn subject(&self) -> Result<Subject, Vec<Diagnostic>> {
        let (mut system, mut findings) = (System::default(), Vec::new());
        for (row, column) in self.places() {
            match self.figure(row, column) {
                Ok(figure) => drop(system.add(figure)),
                Err(finding) => findings.push(*finding),
            }
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        let sums = self.sums().map(|(sum, named)| {
            system.sum(sum);
            named
        });
        let sums = sums.collect();
        let figures = self.figure_names();
        let (title, layout) = (self.title.clone(), Some(self.layout()));
        Ok(Subject { title, system, figures, sums, style: self.style, is_rule_declared: self.how.is_rule_declared, layout })
    }

    /// The same table with other numbers, one a figure of its [`Subject`]; cells that print none stay as they are.
    #[must_use]
    pub fn with_amounts(&self, amounts: &[Decimal]) -> Self {
        let mut table = self.clone();
        let width = self.columns.len();
        for (row, cells) in table.cells.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate().take(width) {
                let amount = amounts.get(row * width + column).filter(|_| matches!(cell.value, PrintedCell::Amount(_)));
                cell.value = amount.map_or(cell.value, |amount| PrintedCell::Amount(*amount));
            }
        }
        table
    }

    /// The table for showing, its numbers as they are.
    pub fn table(&self) -> Table {
        let number = |name: &Spanned<String>| Column::number(name.value.clone(), name.value.clone());
        let label = Column::text(self.label.clone(), self.label.clone());
        let columns = std::iter::once(label).chain(self.columns.iter().map(number)).collect();
        let mut table = Table::new(self.title.clone(), columns);
        table.style = self.style;
        for (row, name) in self.rows.iter().enumerate() {
            let cells = (0..self.columns.len()).map(|column| shown(self.cell(row, column)));
            let cells = std::iter::once(Cell::text(name.value.clone())).chain(cells).collect();
            if self.row_sums.iter().any(|sum| sum.at == row) { table.push_total(cells) } else { table.push(cells) }
        }
        table
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.rows.len()).flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)))
    }

    /// The position of a cell's figure in the system.
    fn position(&self, row: usize, column: usize) -> usize {
        row * self.columns.len() + column
    }

    fn figure(&self, row: usize, column: usize) -> Result<Figure, Box<Diagnostic>> {
        let how = &self.how;
        let figure = match (self.cell(row, column), how.unit) {
            (PrintedCell::NotAvailable, _) => Some(Figure::unknown()),
            (PrintedCell::Blank, unit) => Figure::none(how.blank, unit, how.rounding),
            (PrintedCell::None, unit) => Figure::none(how.none, unit, how.rounding),
            (PrintedCell::Amount(number), None) => Some(Figure::exact(number)),
            (PrintedCell::Amount(number), Some(unit)) => match number.is_multiple_of(unit) {
                Some(false) => return Err(Box::new(self.no_multiple(row, column, number, unit))),
                Some(true) => Figure::printed(number, unit, how.rounding),
                None => None,
            },
        };
        figure.ok_or_else(|| {
            let message = format!("{} cannot be told apart from its neighbours in exact digits", self.place(row, column));
            Box::new(Diagnostic::new("too-many-digits", Severity::Error, message).at(
                self.spanned(row, column).span,
                self.place(row, column),
                "more than 28 digits would be needed",
            ))
        })
    }

    fn no_multiple(&self, row: usize, column: usize, number: Decimal, unit: Decimal) -> Diagnostic {
        let (place, shown) = (self.place(row, column), number.grouped(self.style));
        let unit = unit.grouped(self.style);
        Diagnostic::new("finer-than-unit", Severity::Error, format!("{place} is printed {shown}, no whole multiple of {unit}"))
            .at(self.spanned(row, column).span, place, format!("not rounded to {unit}"))
            .help("the unit is that of the figures as they are printed: where `708` stands for thousands, it is 1")
    }

    fn place(&self, row: usize, column: usize) -> String {
        let (of_row, of_column) = (row_name(self, row), column_name(self, column));
        match (Some(row) == self.total_row, Some(column) == self.total_column) {
            (true, true) => "the grand total".to_owned(),
            (true, false) => format!("the total of {of_column}"),
            (false, true) => format!("the total of {of_row}"),
            (false, false) => format!("{of_row} / {of_column}"),
        }
    }

    /// The names of all figures. Rows that share a name are told apart by their place.
    fn figure_names(&self) -> Vec<Named> {
        let mut times: HashMap<&str, usize> = HashMap::new();
        self.rows.iter().for_each(|name| *times.entry(name.as_str()).or_default() += 1);
        let is_shared = |row| self.rows.get(row).is_some_and(|name: &Spanned<String>| times.get(name.as_str()) > Some(&1));
        let place = |row| if is_shared(row) { format!("row {} of the table", row + 1) } else { String::new() };
        let named = |(row, column)| {
            let named = self.named(self.place(row, column), (row, column));
            Named { place: place(row), ..named }
        };
        self.places().map(named).collect()
    }

    /// Every sum with its name.
    fn sums(&self) -> impl Iterator<Item = (Sum, Named)> + '_ {
        let across = (0..self.rows.len()).flat_map(move |row| self.column_sums.iter().map(move |sum| self.across(row, sum)));
        let down = (0..self.columns.len()).flat_map(move |column| self.row_sums.iter().map(move |sum| self.down(column, sum)));
        across.chain(down).flatten()
    }

    /// A row that should add up.
    fn across(&self, row: usize, sum: &LineSum) -> Option<(Sum, Named)> {
        let at = |column: &usize| (*column < self.columns.len()).then(|| self.position(row, *column));
        let (name, column) = (row_name(self, row), column_name(self, sum.at));
        let words = match (Some(sum.at) == self.total_column, Some(row) == self.total_row) {
            (true, true) => "the grand total, across".to_owned(),
            (true, false) => format!("row {name}"),
            (false, _) => format!("{name} / {column}, across"),
        };
        Some((self.sum(at(&sum.at)?, sum.parts.iter().filter_map(at)), self.named(words, (row, sum.at))))
    }

    /// A column that should add up.
    fn down(&self, column: usize, sum: &LineSum) -> Option<(Sum, Named)> {
        let at = |row: &usize| (*row < self.rows.len()).then(|| self.position(*row, column));
        let (row, name) = (row_name(self, sum.at), column_name(self, column));
        let words = match (Some(sum.at) == self.total_row, Some(column) == self.total_column) {
            (true, true) => "the grand total, down".to_owned(),
            (true, false) => format!("column {name}"),
            (false, _) => format!("{row} / {name}, down"),
        };
        Some((self.sum(at(&sum.at)?, sum.parts.iter().filter_map(at)), self.named(words, (sum.at, column))))
    }

    fn sum(&self, total: usize, parts: impl Iterator<Item = usize>) -> Sum {
        Sum { is_of_printed: self.how.sums_printed, ..Sum::new(total, parts) }
    }

    fn named(&self, words: String, (row, column): (usize, usize)) -> Named {
        let ids = vec![format!("row={}", row_name(self, row)), format!("column={}", column_name(self, column))];
        let in_print = match self.cell(row, column) {
            PrintedCell::Amount(_) => InPrint::Number,
            PrintedCell::None => InPrint::None,
            PrintedCell::Blank => InPrint::Nothing,
            PrintedCell::NotAvailable => InPrint::NotAvailable,
        };
        Named { words, place: String::new(), span: self.spanned(row, column).span, ids, in_print }
    }

    fn layout(&self) -> Layout {
        let figures = |row| (0..self.columns.len()).map(move |column| Some(self.position(row, column))).collect();
        let all = |sums: &[LineSum]| sums.iter().map(|sum| sum.at).collect();
        Layout {
            columns: (0..self.columns.len()).map(|column| column_name(self, column)).collect(),
            rows: (0..self.rows.len()).map(|row| (row_name(self, row), figures(row))).collect(),
            total_columns: all(&self.column_sums),
            total_rows: all(&self.row_sums),
        }
    }
}

fn set_total(sums: &mut Vec<LineSum>, total: &mut Option<usize>, at: usize, lines: usize) {
    sums.retain(|sum| sum.at != at && Some(sum.at) != *total);
    let mut is_part = vec![false; lines];
    for part in sums.iter().flat_map(|sum| &sum.parts).chain([&at]) {
        is_part.get_mut(*part).into_iter().for_each(|mark| *mark = true);
    }
    let parts = is_part.iter().enumerate().filter(|(_, is_part)| !**is_part).map(|(line, _)| line).collect();
    sums.push(LineSum { at, parts });
    *total = Some(at);
}

fn shown(cell: PrintedCell) -> Cell {
    match cell {
        PrintedCell::Amount(number) => Cell::number(number),
        PrintedCell::None => Cell::None,
        PrintedCell::Blank => Cell::Absent,
        PrintedCell::NotAvailable => Cell::text("N.A."),
    }
}

fn row_name(table: &PrintedTable, row: usize) -> String {
    name(table.rows.get(row), "row", row)
}

fn column_name(table: &PrintedTable, column: usize) -> String {
    name(table.columns.get(column), "column", column)
}

fn name(name: Option<&Spanned<String>>, line: &str, at: usize) -> String {
    match name {
        Some(name) if !name.trim().is_empty() => name.value.clone(),
        _ => format!("{line} {}", at + 1),
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
