//! Which formulas are worked out of a cell, over however many others.

use std::cell::Cell as Left;
use std::collections::{BTreeSet, HashMap};

use super::formula::Cells;
use super::view::{Place, Views};

/// Ranges that are looked at, at most: formulas can be put so that going through all of them finds one at a time.
const MOST: usize = 100_000_000;

/// All formulas of a workbook, and what each takes.
pub struct Graph {
    cells: Vec<Place>,
    /// What the formula of a cell takes, by its position.
    takes: Vec<(usize, Cells)>,
    left: Left<usize>,
}

/// Cells by their sheets and columns.
type Columns = HashMap<(usize, u32), BTreeSet<u32>>;

impl Graph {
    pub fn of(views: &Views<'_>) -> Self {
        let mut graph = Self { cells: Vec::new(), takes: Vec::new(), left: Left::new(MOST) };
        let sheets = views.list.iter().enumerate().filter(|_| views.has_texts());
        for (sheet, formula) in sheets.flat_map(|(at, view)| view.sheet.formulas().map(move |formula| (at, formula))) {
            let at = graph.cells.len();
            graph.cells.push((sheet, formula.row, formula.column));
            graph.takes.extend(views.read(formula.text, sheet).cells().map(|cells| (at, *cells)));
        }
        graph
    }

    /// The cells that are worked out of some, without these; `None` where finding them costs too much.
    pub fn behind(&self, of: &[Place]) -> Option<Vec<Place>> {
        let mut known = Columns::new();
        let add = |known: &mut Columns, (sheet, row, column): Place| known.entry((sheet, column)).or_default().insert(row);
        for place in of {
            add(&mut known, *place);
        }
        let mut found = Vec::new();
        loop {
            self.left.set(self.left.get().checked_sub(self.takes.len())?);
            let before = found.len();
            for (at, cells) in &self.takes {
                let Some(place) = self.cells.get(*at) else { continue };
                if takes(cells, &known) && add(&mut known, *place) {
                    found.push(*place);
                }
            }
            if found.len() == before {
                return Some(found);
            }
        }
    }
}

fn takes(cells: &Cells, known: &Columns) -> bool {
    let area = cells.area;
    let rows = |rows: &BTreeSet<u32>| rows.range(area.top..=area.bottom).next().is_some();
    if area.left == area.right {
        return known.get(&(cells.sheet, area.left)).is_some_and(rows);
    }
    let is_in = |(sheet, column): (usize, u32)| sheet == cells.sheet && (area.left..=area.right).contains(&column);
    known.iter().any(|(at, own)| is_in(*at) && rows(own))
}
