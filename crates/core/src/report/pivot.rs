//! The budget by any two of its dimensions.

use super::dimension::{Dimension, Group, Groups};
use super::printed_amount;
use crate::decimal::Decimal;
use crate::plan::{self, Plan};
use crate::table::{Cell, Column, Table};

/// What a selection of allocations comes to by two dimensions, with totals. `selection` holds positions in
/// [`Draft::allocations`](crate::Draft::allocations); where it is all of them, things without any money have their line, too. With
/// `declared`, the totals that the document prints stand beside those that are computed, with what they differ by.
///
/// Every allocation is counted once: an office that works in several regions has the line "several regions", and money that is given
/// to an outcome and to none of its outputs has a line of its own.
///
/// ```
/// use logframe::report::{self, Dimension};
/// use logframe::{Allocation, Draft, Head, Header, Office, Plan};
/// let plan = Plan::new(Draft {
///     header: Header::new("demo", "Demo", "USD"),
///     heads: vec![Head::new("food", "Food"), Head::new("shelter", "Shelter")],
///     offices: vec![Office::new("north", "North"), Office::new("south", "South")],
///     allocations: vec![Allocation::new("north", "food", 10.into()), Allocation::none("south", "food")],
///     ..Draft::default()
/// });
/// let table = report::pivot(&plan, &[0, 1], Dimension::Office, Dimension::Outcome, false);
/// assert_eq!(table.csv(), "office,food,shelter,total\nNorth,10,,10\nSouth,-,,-\nTotal,10,,10\n");
/// ```
pub fn pivot(plan: &Plan, selection: &[usize], rows: Dimension, columns: Dimension, declared: bool) -> Table {
    let is_whole = selection.len() == plan.allocations.len();
    let grid = Grid::of(plan, selection, Groups::new(plan, rows, is_whole), Groups::new(plan, columns, is_whole));
    let mut table = Table::new(format!("{}, {}", plan.header.title, plan.header.currency.value), grid.headings(rows));
    table.style = plan.number_style();
    for (group, sums) in grid.rows.all().iter().zip(&grid.sums) {
        table.push(line(&group.title, sums));
    }
    table.push_total(line("Total", grid.sums.last().map_or(&[], Vec::as_slice)));
    if declared && is_whole {
        grid.declare(plan, &mut table);
    } else if declared {
        table.notes.push("what the document prints is of the whole plan; this is a part of it".to_owned());
    }
    if grid.sums.iter().flatten().any(|sum| *sum == Sum::TooLong) {
        table.notes.push("a sum that is left out has more digits than can be held exactly".to_owned());
    }
    table
}

fn line(name: &str, sums: &[Sum]) -> Vec<Cell> {
    std::iter::once(Cell::text(name)).chain(sums.iter().map(|sum| sum.cell())).collect()
}

/// What some cells of the budget come to. None given, none printed and zero are three things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sum {
    #[default]
    Absent,
    None,
    Amount(Decimal),
    TooLong,
}

impl Sum {
    fn add(&mut self, cell: plan::Cell) {
        *self = match (*self, cell.amount()) {
            (Self::TooLong, _) => Self::TooLong,
            (Self::Absent, None) => Self::None,
            (before, None) => before,
            (Self::Amount(sum), Some(amount)) => sum.exact_add(amount).map_or(Self::TooLong, Self::Amount),
            (Self::Absent | Self::None, Some(amount)) => Self::Amount(amount),
        };
    }

    fn cell(self) -> Cell {
        match self {
            Self::Absent | Self::TooLong => Cell::Absent,
            Self::None => Cell::None,
            Self::Amount(amount) => Cell::number(amount),
        }
    }

    fn amount(self) -> Option<Decimal> {
        if let Self::Amount(amount) = self { Some(amount) } else { None }
    }
}

/// The sums by row and column, the totals last in each.
struct Grid {
    rows: Groups,
    columns: Groups,
    sums: Vec<Vec<Sum>>,
}

impl Grid {
    fn of(plan: &Plan, selection: &[usize], mut rows: Groups, mut columns: Groups) -> Self {
        let places: Vec<(usize, usize)> = selection.iter().map(|i| (rows.place(plan, *i), columns.place(plan, *i))).collect();
        let (of_rows, of_columns) = (rows.sort(), columns.sort());
        let (height, width) = (of_rows.len(), of_columns.len());
        let mut sums = vec![vec![Sum::default(); width + 1]; height + 1];
        for (i, (row, column)) in selection.iter().zip(places) {
            let Some(allocation) = plan.allocations.get(*i) else { continue };
            let row = of_rows.get(row).copied().unwrap_or(height);
            let column = of_columns.get(column).copied().unwrap_or(width);
            for (row, column) in [(row, column), (row, width), (height, column), (height, width)] {
                let sum = sums.get_mut(row).and_then(|sums| sums.get_mut(column));
                sum.into_iter().for_each(|sum| sum.add(*allocation.cell));
            }
        }
        Self { rows, columns, sums }
    }

    fn headings(&self, rows: Dimension) -> Vec<Column> {
        let first = Column::text(rows.name(), rows.heading());
        let middle = self.columns.all().iter().map(|group| Column::number(&group.key, &group.title));
        std::iter::once(first).chain(middle).chain([Column::number("total", "Total")]).collect()
    }

    /// Adds what the document prints beside the totals, and by how much it misses them.
    fn declare(&self, plan: &Plan, table: &mut Table) {
        table.columns.extend([Column::number("declared", "Declared"), Column::number("difference", "Difference")]);
        let nothing = Group::whole();
        let of_rows = self.rows.all().iter().chain([&nothing]);
        for ((row, group), sums) in table.rows.iter_mut().zip(of_rows).zip(&self.sums) {
            let (declared, difference) = beside(plan, [group, &nothing], sums.last().copied().unwrap_or_default());
            row.cells.extend([declared, difference]);
        }
        let totals = self.sums.last().map_or(&[] as &[Sum], Vec::as_slice);
        let of_columns = self.columns.all().iter().chain([&nothing]).zip(totals);
        let (declared, differences): (Vec<Cell>, Vec<Cell>) =
            of_columns.map(|(group, sum)| beside(plan, [group, &nothing], *sum)).unzip();
        for (name, cells) in [("Declared", declared), ("Difference", differences)] {
            table.push_total(std::iter::once(Cell::text(name)).chain(cells).collect());
        }
    }
}

/// The figure that the document prints for a crossing, and what it is more than the sum.
fn beside(plan: &Plan, groups: [&Group; 2], sum: Sum) -> (Cell, Cell) {
    let [office, result] = [|group: &Group| group.office.clone(), |group: &Group| group.result.clone()]
        .map(|pick| groups.iter().find_map(|group| pick(group)));
    let is_printed_for = groups.iter().all(|group| group.office.is_some() || group.result.is_some() || group.is_whole);
    let declared = is_printed_for.then(|| printed_amount(plan, office.as_deref(), result.as_deref())).flatten();
    let difference = declared.zip(sum.amount()).and_then(|(declared, sum)| declared.exact_sub(sum));
    (declared.map_or(Cell::Absent, Cell::number), difference.map_or(Cell::Absent, Cell::number))
}
