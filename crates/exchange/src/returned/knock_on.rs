//! Which formulas are worked out of a cell, over however many others.

use std::collections::{BTreeSet, HashMap};

use super::formula::Cells;
use super::view::{Place, Views};

/// Formulas that rest on each other are followed so far.
const DEEPEST: usize = 60;

/// All formulas of a workbook, and what each takes.
pub struct Graph {
    cells: Vec<Place>,
    /// What the formula of a cell takes, by its position.
    takes: Vec<(usize, Cells)>,
}

/// Cells by their sheets and columns.
type Columns = HashMap<(usize, u32), BTreeSet<u32>>;

impl Graph {
    pub fn of(views: &Views<'_>) -> Self {
        let mut graph = Self { cells: Vec::new(), takes: Vec::new() };
        let sheets = views.list.iter().enumerate().filter(|_| views.has_texts());
        for (sheet, formula) in sheets.flat_map(|(at, view)| view.sheet.formulas().map(move |formula| (at, formula))) {
            let at = graph.cells.len();
            graph.cells.push((sheet, formula.row, formula.column));
            graph.takes.extend(views.read(formula.text, sheet).cells().map(|cells| (at, *cells)));
        }
        graph
    }

    /// The cells that are worked out of some, without these.
    pub fn behind(&self, of: &[Place]) -> Vec<Place> {
        let mut known = Columns::new();
        let add = |known: &mut Columns, (sheet, row, column): Place| known.entry((sheet, column)).or_default().insert(row);
        for place in of {
            add(&mut known, *place);
        }
        let mut found = Vec::new();
        for _ in 0..DEEPEST {
            let before = found.len();
            for (at, cells) in &self.takes {
                let Some(place) = self.cells.get(*at) else { continue };
                if takes(cells, &known) && add(&mut known, *place) {
                    found.push(*place);
                }
            }
            if found.len() == before {
                break;
            }
        }
        found
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
