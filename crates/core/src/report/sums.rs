//! Sums by two keys, in the order in which the keys are named: what the reports of budget lines lay out.

use crate::decimal::Decimal;
use crate::table::{Cell, Column, Table};

/// A grid of sums with named rows and columns, all empty at first.
pub struct Sums {
    rows: Vec<String>,
    columns: Vec<(String, String)>,
    cells: Vec<Vec<Sum>>,
}

#[derive(Clone, Copy, Default)]
enum Sum {
    #[default]
    Absent,
    Amount(Decimal),
    TooLong,
}

impl Sum {
    fn add(&mut self, amount: Decimal) {
        *self = match *self {
            Self::Absent => Self::Amount(amount),
            Self::Amount(sum) => sum.exact_add(amount).map_or(Self::TooLong, Self::Amount),
            Self::TooLong => Self::TooLong,
        };
    }

    fn cell(self) -> Cell {
        if let Self::Amount(amount) = self { Cell::number(amount) } else { Cell::Absent }
    }
}

impl Sums {
    /// Rows by their titles, columns by their keys and titles; the totals are added.
    pub fn new(rows: Vec<String>, columns: Vec<(String, String)>) -> Self {
        let cells = vec![vec![Sum::default(); columns.len() + 1]; rows.len() + 1];
        Self { rows, columns, cells }
    }

    /// Adds an amount to a cell, and to the totals of its row, of its column and of all.
    pub fn add(&mut self, row: usize, column: usize, amount: Decimal) {
        let (height, width) = (self.rows.len(), self.columns.len());
        for (row, column) in [(row, column), (row, width), (height, column), (height, width)] {
            let sum = self.cells.get_mut(row).and_then(|cells| cells.get_mut(column));
            sum.into_iter().for_each(|sum| sum.add(amount));
        }
    }

    /// The sums as a table; rows and columns in which nothing was added are left out.
    pub fn table(self, title: String, first: Column) -> Table {
        let is_used = |column: &usize| self.cells.iter().any(|cells| !matches!(cells.get(*column), None | Some(Sum::Absent)));
        let used: Vec<usize> = (0..self.columns.len()).filter(is_used).collect();
        let named = used.iter().filter_map(|column| self.columns.get(*column));
        let columns = named.map(|(key, title)| Column::number(key, title));
        let mut table =
            Table::new(title, std::iter::once(first).chain(columns).chain([Column::number("total", "Total")]).collect());
        let width = self.columns.len();
        let line = |name: &str, sums: &[Sum]| {
            let cells = used.iter().chain([&width]).filter_map(|column| sums.get(*column)).map(|sum| sum.cell());
            std::iter::once(Cell::text(name)).chain(cells).collect::<Vec<Cell>>()
        };
        let lines = self.rows.iter().map(String::as_str).zip(&self.cells);
        for (name, sums) in lines.filter(|(_, sums)| !matches!(sums.get(width), None | Some(Sum::Absent))) {
            table.push(line(name, sums));
        }
        table.push_total(line("Total", self.cells.last().map_or(&[], Vec::as_slice)));
        table
    }
}
