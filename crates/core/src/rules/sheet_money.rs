//! What sheets do and what their offices are given, side by side: the ground of two rules.

use std::collections::HashSet;

use crate::plan::{Cell, Id, NoneMeans, Outcome, Plan, Sheet};
use crate::source::Spanned;

/// A sheet and an outcome: which of the outcome's activities it carries out, and what its offices are given for it.
pub struct SheetOutcome<'p> {
    pub sheet: &'p Sheet,
    pub outcome: &'p Outcome,
    pub activities: Vec<&'p Spanned<Id>>,
    pub money: Money,
}

/// What the offices of a sheet are given for an outcome, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// At least one of them gets an amount that is not zero.
    Some,
    /// All cells are given, and all are zero or none.
    None,
    /// Nothing is given that is not zero, and some cell is not given, or unknown, or no known office's.
    NotGiven,
}

/// All pairs of a sheet that lists activities and an outcome.
pub fn of(plan: &Plan) -> Vec<SheetOutcome<'_>> {
    if plan.index().has_unplaced() {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let outcomes: Vec<&Outcome> = plan.outcomes.iter().filter(|outcome| seen.insert(&outcome.id.value)).collect();
    let sheets = plan.sheets.iter().filter(|sheet| sheet.activities.is_some());
    sheets.flat_map(|sheet| outcomes.iter().map(move |outcome| pair(plan, sheet, outcome))).collect()
}

fn pair<'p>(plan: &'p Plan, sheet: &'p Sheet, outcome: &'p Outcome) -> SheetOutcome<'p> {
    let root = plan.index().node(&outcome.id);
    let belongs = |id: &&Spanned<Id>| plan.node(id).is_some_and(|node| Some(node.root) == root);
    let activities = sheet.activities.iter().flatten().filter(belongs).collect();
    SheetOutcome { sheet, outcome, activities, money: money(plan, sheet, root) }
}

fn money(plan: &Plan, sheet: &Sheet, root: Option<usize>) -> Money {
    let index = plan.index();
    let unknown = plan.header.printed.none == Some(NoneMeans::Unknown);
    let mut all_given = !sheet.offices.is_empty();
    for office in &sheet.offices {
        let Some(office) = index.office(office) else {
            all_given = false;
            continue;
        };
        let row = index.of_office.get(office).map(Vec::as_slice).unwrap_or_default();
        let own = row.iter().filter(|i| {
            let node = index.places.get(**i).copied().flatten().and_then(|place| index.nodes.get(place.node));
            node.is_some_and(|node| Some(node.root) == root)
        });
        let cells: Vec<Cell> = own.filter_map(|i| plan.allocations.get(*i)).map(|allocation| *allocation.cell).collect();
        if cells.iter().any(|cell| cell.amount().is_some_and(|amount| !amount.is_zero())) {
            return Money::Some;
        }
        let open = cells.is_empty() || (unknown && cells.contains(&Cell::None));
        all_given &= !open;
    }
    if all_given { Money::None } else { Money::NotGiven }
}
