//! The sheets of a workbook of ours, with where their cells are that were written, and that would be written now.

use std::cell::Cell as Left;
use std::collections::HashMap;

use super::formula::{Cells, Formula, Names};
use super::order::{Order, Run};
use super::pairs::Pairs;
use super::shown::Placed;
use super::verdict::Found;
use crate::export::{Cell, Sheet as Written, SheetKind, Value};
use crate::workbook::{Area, Kind, Sheet, Workbook};

/// Rows and columns that are looked up one by one, at most: where rows were sorted, every range is taken apart.
const MOST: usize = 20_000_000;

/// Places of rows that have none among those that would be written now.
const BEYOND: u32 = 1 << 30;

/// A sheet, and how its rows follow from what was written and from what would be written now.
pub struct View<'b> {
    pub written: &'b Written,
    pub sheet: &'b Sheet,
    /// Rows of budget lines that were added.
    pub added: &'b [u32],
    /// Rows as they were written.
    was: Order,
    /// The sheet as it would be written now, where that is known.
    pub new: Option<New<'b>>,
    placed: &'b Placed<'b>,
}

pub struct New<'b> {
    pub pairs: Pairs<'b>,
    order: Order,
    /// Rows of the file that were written and would not be now: what they show counts. A line that is gone leaves nothing behind.
    past: Vec<u32>,
    /// Columns of the file, by what they would be now.
    columns: HashMap<u32, u32>,
}

/// What places in formulas mean: those of the sheets as they were written, or as they would be written now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Written,
    New,
}

/// A cell: the position of its sheet, its row and its column.
pub type Place = (usize, u32, u32);

/// Columns, each with places of rows.
pub type Runs = Vec<(u32, Run)>;

/// All sheets whose rows are known.
pub struct Views<'b> {
    pub list: Vec<View<'b>>,
    pub workbook: &'b Workbook,
    names: Names,
    /// How many rows and columns can still be looked up.
    pub left: Left<usize>,
    /// Whether every row is where it was written, and none came or went.
    pub is_unmoved: bool,
}

impl<'b> View<'b> {
    pub fn of(placed: &'b Placed<'b>, pairs: Option<Pairs<'b>>) -> Self {
        let Placed { written, sheet, rows, added } = placed;
        let all = || (0..).zip(&written.rows).filter_map(|(row, _)| Some((row, rows.now(row)?)));
        let new = pairs.map(|pairs| {
            let kept = pairs.rows.iter().filter_map(|(was, new)| Some((*new, rows.now(*was)?)));
            let first =
                pairs.new.first_row() + pairs.new.body_rows.saturating_sub(u32::try_from(added.len()).unwrap_or_default());
            let order = Order::of(kept.chain((first..).zip(added.iter().copied())));
            let columns = pairs.columns.iter().map(|(was, new)| (*new, *was)).collect();
            let is_past = |(was, _): &(u32, u32)| written.kind != SheetKind::Lines && !pairs.rows.contains_key(was);
            let mut past: Vec<u32> = all().filter(is_past).map(|(_, now)| now).collect();
            past.sort_unstable();
            New { pairs, order, past, columns }
        });
        Self { written, sheet, added, was: Order::of(all()), new, placed }
    }

    /// Cells that were blank, are blank, and would be formulas now that come to something; with these.
    pub fn vacant<'v>(&'v self, at: usize, workbook: &'v Workbook) -> impl Iterator<Item = (Place, &'b str)> + 'v {
        let new = self.new.as_ref().filter(|new| !std::ptr::eq(new.pairs.new, self.written));
        let found = move |(row, column, cell): (u32, u16, &'b Cell)| {
            let new = new.filter(|_| cell.value == Value::Blank)?.pairs.cell(row, column)?;
            let wanted = new.value.formula().filter(|_| new.value.number().is_some_and(|number| !number.is_zero()))?;
            let place = (at, self.placed.rows.now(row)?, u32::from(column));
            let is_blank = workbook.at(self.sheet, place.1, place.2).is_none_or(|field| field.is_blank());
            is_blank.then_some((place, wanted))
        };
        self.written.cells().filter_map(found)
    }

    /// The formulas of ours that are formulas in the file.
    fn formulas(&self, at: usize) -> impl Iterator<Item = Found<'b>> {
        let found = move |(row, column, cell): (u32, u16, &'b Cell)| {
            let Value::Formula { text, .. } = &cell.value else { return None };
            let now = self.placed.rows.now(row)?;
            let is = self.sheet.formula(now, column.into())?;
            let new = self.new.as_ref().and_then(|new| new.pairs.cell(row, column));
            Some(Found { place: (at, now, column.into()), row, was: text, is, new })
        };
        self.written.cells().filter_map(found)
    }

    /// Whether its rows stand in the order in which they were written.
    pub fn is_kept(&self) -> bool {
        self.was.is_kept
    }

    pub fn order(&self, layout: Layout) -> Option<&Order> {
        if layout == Layout::Written { Some(&self.was) } else { self.new.as_ref().map(|new| &new.order) }
    }

    /// A column of the file by what it is called there.
    fn column(&self, layout: Layout, column: u32) -> Option<u32> {
        if layout == Layout::Written { Some(column) } else { self.new.as_ref()?.columns.get(&column).copied() }
    }

    /// What would be written now into a row that was added.
    pub fn wanted(&self, row: u32, column: u16) -> Option<&'b Cell> {
        let new = &self.new.as_ref()?.pairs.new;
        let at = self.added.binary_search(&row).ok()?;
        let first = new.first_row() + new.body_rows.checked_sub(u32::try_from(self.added.len()).ok()?)?;
        new.cell(first + u32::try_from(at).ok()?, column)
    }
}

impl<'b> Views<'b> {
    pub fn of(list: Vec<View<'b>>, workbook: &'b Workbook) -> Self {
        let names = list.iter().enumerate().map(|(at, view)| (view.sheet.name.to_uppercase(), at)).collect();
        let is_unmoved = list.iter().all(|view| view.added.is_empty() && !view.placed.rows.are_moved());
        Self { list, workbook, names, left: Left::new(MOST), is_unmoved }
    }

    /// Whether the texts of formulas can be compared.
    pub fn has_texts(&self) -> bool {
        self.workbook.has_formula_texts
    }

    /// Every formula of ours that is one in the file.
    pub fn formulas(&self) -> impl Iterator<Item = Found<'b>> + '_ {
        self.list.iter().enumerate().flat_map(|(at, view)| view.formulas(at))
    }

    /// A formula that stands on a sheet, taken apart.
    pub fn read(&self, text: &str, sheet: usize) -> Formula {
        Formula::read(text, sheet, &self.names)
    }

    /// A formula as a spreadsheet shows it that stands on a sheet.
    pub fn text(&self, formula: &Formula, own: usize) -> String {
        let names: Vec<&str> = self.list.iter().map(|view| view.sheet.name.as_str()).collect();
        format!("={}", formula.text(own, &names))
    }

    /// Cells as they are called there, as far as the file has them.
    pub fn places(&self, layout: Layout, cells: &Cells) -> Option<Runs> {
        let view = self.list.get(cells.sheet)?;
        let runs = view.order(layout)?.places(cells.area.top, cells.area.bottom, &self.left)?;
        let columns = (cells.area.left..=cells.area.right).filter_map(|column| view.column(layout, column));
        Some(columns.flat_map(|column| runs.iter().map(move |run| (column, *run))).collect())
    }

    /// Cells of the file, among those that are known there.
    pub fn in_file(&self, layout: Layout, cells: &Cells) -> Option<Runs> {
        let Area { top, left, bottom, right } = cells.area;
        let view = self.list.get(cells.sheet)?;
        let mut all = columns(cells, view.order(layout)?.places_now(top, bottom));
        let past = view.new.as_ref().filter(|_| layout == Layout::New).map(|new| new.past.as_slice()).unwrap_or_default();
        let past = past.get(past.partition_point(|row| *row < top)..).unwrap_or_default();
        let width = (right - left) as usize + 1;
        for row in past.iter().take_while(|row| **row <= bottom) {
            self.left.set(self.left.get().checked_sub(width)?);
            let counts = |column: &u32| {
                let field = self.workbook.at(view.sheet, *row, *column);
                field.is_some_and(|field| field.kind == Kind::Number && field.text != "0")
            };
            all.extend((left..=right).filter(counts).map(|column| (column, (BEYOND + row, BEYOND + row + 1))));
        }
        Some(all)
    }

    /// Whether the file has all cells that would be taken now.
    pub fn is_known(&self, cells: &Cells) -> bool {
        let new = self.list.get(cells.sheet).and_then(|view| view.new.as_ref());
        new.is_some_and(|new| {
            let has_columns = (cells.area.left..=cells.area.right).all(|column| new.columns.contains_key(&column));
            has_columns && new.order.knows(cells.area.top, cells.area.bottom)
        })
    }
}

/// The same rows of all columns of cells.
pub fn columns(cells: &Cells, run: Run) -> Runs {
    (cells.area.left..=cells.area.right).map(|column| (column, run)).collect()
}
